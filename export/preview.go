package export

// This file owns the preview: the bundle that Export would write, served on
// loopback from memory and built again when the project changes.
//
// A browser that shows it is told to load again by a script that only the
// server adds: a long poll through script elements, which the page's own
// Content-Security-Policy ('self') lets pass unchanged.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"mime"
	"net"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"

	"photodesk/project"
)

// Preview is a running preview of one essay.
type Preview struct {
	project *project.Project
	essay   int64
	url     string
	server  *http.Server
	cancel  context.CancelFunc
	done    sync.WaitGroup
	unwatch func()
	dirty   chan struct{}

	mu      sync.Mutex
	version int
	files   map[string][]byte
	err     error
	next    chan struct{} // closed when version grows
}

// StartPreview serves the essay on a loopback address ("" is 127.0.0.1 with a
// free port) until ctx ends or Close is called. Problems that would stop an
// export don't stop a preview: it is there to look at them.
func StartPreview(ctx context.Context, p *project.Project, essay int64, addr string) (*Preview, error) {
	if addr == "" {
		addr = "127.0.0.1:0"
	}
	if err := onLoopback(addr); err != nil {
		return nil, err
	}
	if _, err := p.Essay(ctx, essay); err != nil {
		return nil, err
	}
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("preview on %s: %w", addr, err)
	}
	ctx, cancel := context.WithCancel(ctx)
	pv := &Preview{
		project: p, essay: essay, url: "http://" + ln.Addr().String() + "/", cancel: cancel,
		dirty: make(chan struct{}, 1), next: make(chan struct{}),
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /", pv.serve)
	mux.HandleFunc("GET /_preview/reload.js", serveReload)
	mux.HandleFunc("GET /_preview/wait.js", pv.wait)
	pv.server = &http.Server{Handler: onlyLocalHost(mux), ReadHeaderTimeout: 10 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	pv.unwatch = p.Watch(func(project.Event) { pv.markDirty() })
	pv.done.Go(func() { _ = pv.server.Serve(ln) })
	pv.done.Go(func() { pv.follow(ctx) })
	context.AfterFunc(ctx, func() { _ = pv.server.Close() })
	return pv, nil
}

// onLoopback keeps an unpublished essay on this machine.
func onLoopback(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("preview address %q: use HOST:PORT, for example 127.0.0.1:0", addr)
	}
	if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() {
		return nil
	}
	return fmt.Errorf("preview address %q is not on this machine; use 127.0.0.1:0", addr)
}

// onlyLocalHost refuses requests under another host's name, with which a page
// elsewhere could read the preview (DNS rebinding).
func onlyLocalHost(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if onLoopback(r.Host) != nil {
			http.Error(w, "not here", http.StatusForbidden)
			return
		}
		h.ServeHTTP(w, r)
	})
}

// URL is where the preview is, with a slash at its end.
func (pv *Preview) URL() string { return pv.url }

// Close ends the preview and waits for it.
func (pv *Preview) Close() error {
	pv.unwatch()
	pv.cancel()
	err := pv.server.Close()
	pv.done.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

func (pv *Preview) markDirty() {
	select {
	case pv.dirty <- struct{}{}:
	default: // a build to come will see this change too
	}
}

// settle is how long the preview waits for the typing to pause.
const settle = 250 * time.Millisecond

func (pv *Preview) follow(ctx context.Context) {
	pv.build(ctx)
	for {
		select {
		case <-ctx.Done():
			return
		case <-pv.dirty:
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(settle):
		}
		select {
		case <-pv.dirty:
		default:
		}
		pv.build(ctx)
	}
}

func (pv *Preview) build(ctx context.Context) {
	files, err := pv.makeFiles(ctx)
	if ctx.Err() != nil {
		return
	}
	pv.mu.Lock()
	defer pv.mu.Unlock()
	if err == nil && sameFiles(pv.files, files) {
		pv.err = nil
		return
	}
	pv.err = err
	if err == nil {
		pv.files = files
	}
	pv.version++
	close(pv.next)
	pv.next = make(chan struct{})
}

func (pv *Preview) makeFiles(ctx context.Context) (map[string][]byte, error) {
	pn, err := newPlan(ctx, pv.project, pv.essay, Options{}, openCache(""))
	if err != nil {
		return nil, err
	}
	b, err := pn.build(ctx, inMemory{}, func(Progress) {})
	if err != nil {
		return nil, err
	}
	out := make(map[string][]byte, len(b.files))
	for _, f := range b.files {
		out[f.path] = f.data
	}
	return out, nil
}

func sameFiles(a, b map[string][]byte) bool {
	return len(a) == len(b) && bytes.Equal(a[ManifestName], b[ManifestName])
}

const reloadTag = `<script src="/_preview/reload.js" defer></script>`

func (pv *Preview) serve(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	if name == "" {
		name = "index.html"
	}
	pv.mu.Lock()
	if first := pv.next; pv.version == 0 {
		pv.mu.Unlock()
		select { // a reader who comes early waits for the first build
		case <-first:
		case <-r.Context().Done():
			return
		}
		pv.mu.Lock()
	}
	data, ok := pv.files[name]
	err := pv.err
	pv.mu.Unlock()
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if err != nil && name == "index.html" {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusInternalServerError)
		fmt.Fprintf(w, "<!doctype html><meta charset=utf-8><title>Preview</title>%s<p>The essay can’t be shown yet: %s</p>",
			reloadTag, html.EscapeString(err.Error()))
		return
	}
	if !ok {
		http.NotFound(w, r)
		return
	}
	if ct := mime.TypeByExtension(path.Ext(name)); ct != "" {
		w.Header().Set("Content-Type", ct)
	}
	if name == "index.html" {
		data = bytes.Replace(data, []byte("</head>"), []byte(reloadTag+"</head>"), 1)
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}

func serveReload(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	fmt.Fprint(w, `"use strict";
(() => {
  const wait = (version) => {
    const script = document.createElement("script");
    script.src = "/_preview/wait.js?after=" + version;
    script.onerror = () => setTimeout(wait, 2000, version);
    document.head.append(script);
    script.addEventListener("load", () => script.remove());
  };
  globalThis.photodeskPreview = (version, changed) => (changed ? location.reload() : wait(version));
  addEventListener("load", () => wait(-1));
})();
`)
}

// waitAtMost ends a poll before a proxy or the browser would.
const waitAtMost = 25 * time.Second

// wait answers when there is a newer version than the one the browser has; -1 asks which there is.
func (pv *Preview) wait(w http.ResponseWriter, r *http.Request) {
	after, err := strconv.Atoi(r.URL.Query().Get("after"))
	if err != nil {
		http.Error(w, "after: a number", http.StatusBadRequest)
		return
	}
	pv.mu.Lock()
	version, next := pv.version, pv.next
	pv.mu.Unlock()
	if after >= version {
		select {
		case <-next:
		case <-time.After(waitAtMost):
		case <-r.Context().Done():
			return
		}
		pv.mu.Lock()
		version = pv.version
		pv.mu.Unlock()
	}
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	fmt.Fprintf(w, "photodeskPreview(%d, %t);\n", version, after >= 0 && version > after)
}
