package publish

// This file owns where the published page is opened.

import (
	"encoding/json"
	"net/url"
	"os"
	"path"
	"path/filepath"
)

// address is where a reader opens the page: the essay's own address where it has one, else what the target alone says.
func (t Target) address(b *bundle) string {
	if t.Kind == Folder {
		return (&url.URL{Scheme: "file", Path: path.Join("/", filepath.ToSlash(t.Path), indexName)}).String()
	}
	if t.Kind == Zip {
		return ""
	}
	var story struct {
		Canonical string `json:"canonical"`
	}
	if data, err := os.ReadFile(filepath.Join(b.dir, "story.json")); err == nil && json.Unmarshal(data, &story) == nil && story.Canonical != "" {
		return story.Canonical
	}
	if t.Kind != S3 {
		return ""
	}
	u := url.URL{Scheme: "https", Host: t.Bucket + ".s3.amazonaws.com", Path: path.Join("/", t.Path, indexName)}
	if t.Region != "" {
		u.Host = t.Bucket + ".s3." + t.Region + ".amazonaws.com"
	}
	if e, err := url.Parse(t.Endpoint); err == nil && t.Endpoint != "" {
		u = url.URL{Scheme: e.Scheme, Host: e.Host, Path: path.Join("/", t.Bucket, t.Path, indexName)}
	}
	return u.String()
}
