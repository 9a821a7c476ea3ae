package publish

// This file owns how a file is served: its type, how long it may be kept, and whether its name says its content.

import (
	"path"
	"strings"

	"photodesk/export"
)

// mediaTypes are those of what bundles hold. The system's table is not asked: it differs from one to the next.
var mediaTypes = map[string]string{
	".avif":  "image/avif",
	".css":   "text/css; charset=utf-8",
	".csv":   "text/csv; charset=utf-8",
	".gif":   "image/gif",
	".html":  "text/html; charset=utf-8",
	".ico":   "image/x-icon",
	".jpeg":  "image/jpeg",
	".jpg":   "image/jpeg",
	".js":    "text/javascript; charset=utf-8",
	".json":  "application/json",
	".mp3":   "audio/mpeg",
	".mp4":   "video/mp4",
	".ogg":   "audio/ogg",
	".opus":  "audio/ogg",
	".pdf":   "application/pdf",
	".png":   "image/png",
	".svg":   "image/svg+xml",
	".txt":   "text/plain; charset=utf-8",
	".vtt":   "text/vtt; charset=utf-8",
	".wasm":  "application/wasm",
	".webm":  "video/webm",
	".webp":  "image/webp",
	".woff2": "font/woff2",
	".xml":   "application/xml; charset=utf-8",
}

func mediaType(name string) string {
	if t, ok := mediaTypes[strings.ToLower(path.Ext(name))]; ok {
		return t
	}
	return "application/octet-stream"
}

// byContent reports whether a file is named by what is in it, so that another content has another name.
func byContent(f export.ManifestFile) bool {
	return strings.Contains(f.Path, "/") && len(f.SHA256) == 64 && strings.Contains(path.Base(f.Path), f.SHA256[:8])
}

// cacheControl is how long a reader's browser may keep a file without asking.
func cacheControl(f export.ManifestFile) string {
	if byContent(f) {
		return "public, max-age=31536000, immutable"
	}
	return "no-cache" // kept, but asked for each time whether it is still so
}
