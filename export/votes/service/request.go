package service

// This file owns what all requests have in common: origins, errors, answers.

import (
	"context"
	"encoding/json"
	"math"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"photodesk/export/votes"
)

// Addresses beside those of the protocol.
const (
	DescriptionPath = "/v1/openapi.json"
	HealthPath      = "/healthz" // the process runs
	ReadyPath       = "/readyz"  // the store answers
)

type request struct {
	*Service
	w      http.ResponseWriter
	r      *http.Request
	origin string // as sent; "" for none
}

func (q *request) dispatch(by map[string]func()) {
	if answer := by[q.r.Method]; answer != nil {
		answer()
		return
	}
	var methods []string
	for m := range by {
		methods = append(methods, m)
	}
	slices.Sort(methods)
	q.w.Header().Set("Allow", strings.Join(methods, ", "))
	q.fail(http.StatusMethodNotAllowed, "this address doesn't take "+q.r.Method, 0)
}

// allow sets what lets a browser show the answer to a page.
func (q *request) allow() {
	h := q.w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	// Also where there is no origin: a cache must not keep that answer for one.
	h.Add("Vary", "Origin")
	switch {
	case q.allowed():
		h.Set("Access-Control-Allow-Origin", q.origin)
		h.Set("Access-Control-Allow-Credentials", "true")
		h.Set("Access-Control-Expose-Headers", "Retry-After, "+votes.VoterHeader)
	case q.origin == "null" && q.r.Method == http.MethodGet && q.r.URL.Path == votes.TalliesPath:
		h.Set("Access-Control-Allow-Origin", "null")
	}
}

// allowed reports whether the request comes from a page on the list.
func (q *request) allowed() bool { return q.origins[q.origin] }

// mayKnow reports whether the request's voter may be looked at: for a page on
// the list, and for one of the service's own origin, whose readings name none.
func (q *request) mayKnow() bool { return q.origin == "" || q.allowed() }

func (q *request) preflight(method string) func() {
	return func() {
		if !q.allowed() {
			q.fail(http.StatusForbidden, "this site may not vote here", 0)
			return
		}
		h := q.w.Header()
		h.Set("Access-Control-Allow-Methods", method)
		h.Set("Access-Control-Allow-Headers", strings.Join([]string{"Content-Type", votes.Header, votes.VoterHeader, votes.WorkHeader}, ", "))
		h.Set("Access-Control-Max-Age", "3600")
		q.w.WriteHeader(http.StatusNoContent)
	}
}

// isForm reports whether the request is a plain form's.
func (q *request) isForm() bool {
	kind, _, err := mime.ParseMediaType(q.r.Header.Get("Content-Type"))
	return err == nil && kind == "application/x-www-form-urlencoded"
}

// fail answers with an error: JSON to a script, a page to a plain form. wait is
// after how long to try again; 0 says nothing about it.
func (q *request) fail(status int, what string, wait time.Duration) {
	q.failWith(status, map[string]any{"error": what}, wait)
}

func (q *request) failWith(status int, what map[string]any, wait time.Duration) {
	if wait > 0 {
		q.w.Header().Set("Retry-After", strconv.Itoa(seconds(wait)))
	}
	q.w.Header().Set("Cache-Control", "no-store")
	if q.isForm() {
		code, _ := what["code"].(votes.No)
		q.refusalPage(status, what["error"].(string), wait, code)
		return
	}
	q.json(status, what)
}

// seconds rounds up: who comes back then is not too early.
func seconds(d time.Duration) int { return max(1, int(math.Ceil(d.Seconds()))) }

func (q *request) json(status int, what any) {
	body, err := json.Marshal(what)
	if err != nil { // what we answer always has JSON
		status, body = http.StatusInternalServerError, []byte(`{"error":"a fault of the service"}`)
	}
	q.body(status, "application/json", body)
}

func (q *request) body(status int, kind string, body []byte) {
	q.w.Header().Set("Content-Type", kind)
	q.w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	q.w.WriteHeader(status)
	if q.r.Method != http.MethodHead {
		_, _ = q.w.Write(body) // a client that has gone needs no answer
	}
}

func (q *request) healthy() {
	q.w.Header().Set("Cache-Control", "no-store")
	q.json(http.StatusOK, map[string]string{"status": "ok"})
}

func (q *request) ready() {
	if err := q.Ready(q.context()); err != nil {
		q.log.Warn("not ready", "error", err)
		q.fail(http.StatusServiceUnavailable, "the store doesn't answer", 5*time.Second)
		return
	}
	q.healthy()
}

func (q *request) context() context.Context { return q.r.Context() }
