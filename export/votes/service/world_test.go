package service

// This file owns what the tests of the service stand on: a service over a real
// store behind a real server, and a client that holds every answer to the
// service's own description.

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"photodesk/export/votes"
	"photodesk/export/votes/store"
	"photodesk/export/votes/store/pgtest"
)

func TestMain(m *testing.M) {
	openapi3filter.RegisterBodyDecoder("text/html", openapi3filter.FileBodyDecoder)
	pgtest.Main(m)
}

const site = "https://news.example"

var (
	projectKey = ed25519.NewKeyFromSeed([]byte("a seed of 32 bytes for the tests"))
	otherKey   = ed25519.NewKeyFromSeed([]byte("a seed of 32 bytes for strangers"))
	essay      = votes.Sign(projectKey, votes.KindEssay, "essay-1", "")
	photo      = votes.Sign(projectKey, votes.KindPhoto, "essay-1", "0123456789ab")
	essayName  = votes.KeyID(public(projectKey)) + "/essay-1"
)

func public(k ed25519.PrivateKey) ed25519.PublicKey { return k.Public().(ed25519.PublicKey) }

// kinds give the address of an empty store.
var kinds = map[string]func(t testing.TB) string{
	"sqlite":     func(t testing.TB) string { return t.TempDir() + "/votes.db" },
	"postgresql": func(t testing.TB) string { return pgtest.Shared(t).Schema(t) },
}

type world struct {
	t       testing.TB
	service *Service
	store   store.Store
	url     string
	router  routers.Router
}

// begin starts a service over a new SQLite file.
func begin(t testing.TB, change ...func(*Config)) *world {
	t.Helper()
	return beginAt(t, kinds["sqlite"](t), change...)
}

// beginAt starts a service over the store at an address, with the project's key.
func beginAt(t testing.TB, address string, change ...func(*Config)) *world {
	t.Helper()
	s, err := store.Open(t.Context(), address)
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	must(t, s.AddKey(t.Context(), store.Key{Public: public(projectKey), Added: time.Now()}))
	c := Config{Store: s, Origins: []string{site}}
	for _, f := range change {
		f(&c)
	}
	service, err := New(t.Context(), c)
	must(t, err)
	t.Cleanup(service.Close)
	server := httptest.NewServer(service)
	t.Cleanup(server.Close)
	doc, err := openapi3.NewLoader().LoadFromData(description)
	must(t, err)
	router, err := gorillamux.NewRouter(doc)
	must(t, err)
	return &world{t, service, s, server.URL, router}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

func (a answer) counted(t testing.TB) (c votes.Counted) {
	t.Helper()
	if a.status != http.StatusOK {
		t.Fatalf("answered %d: %s", a.status, a.body)
	}
	must(t, json.Unmarshal([]byte(a.body), &c))
	return c
}

// reader is a browser: it keeps its cookie, unless it is of those that don't.
type reader struct {
	*world
	cookie string
	header http.Header // sent with everything
}

func (w *world) reader() *reader {
	return &reader{world: w, header: http.Header{"Origin": {site}}}
}

func (r *reader) with(name, value string) *reader {
	r.header = r.header.Clone()
	r.header.Set(name, value)
	return r
}

func (r *reader) vote(token string, v votes.Vote) answer {
	r.t.Helper()
	return r.post("application/json", fmt.Sprintf(`{"subject":%q,"vote":%d}`, token, v))
}

func (r *reader) post(kind, body string) answer {
	r.t.Helper()
	return r.send(http.MethodPost, votes.VotesPath, kind, body)
}

func (r *reader) form(token string, v votes.Vote, back string) answer {
	r.t.Helper()
	return r.post("application/x-www-form-urlencoded", url.Values{"subject": {token}, "vote": {fmt.Sprint(v)}, "return": {back}}.Encode())
}

func (r *reader) tallies(tokens ...string) answer {
	r.t.Helper()
	return r.send(http.MethodGet, votes.TalliesPath+"?"+url.Values{"s": tokens}.Encode(), "", "")
}

// tally is one subject's.
func (r *reader) tally(token string) votes.Counted {
	r.t.Helper()
	a := r.tallies(token)
	var out votes.Tallies
	must(r.t, json.Unmarshal([]byte(a.body), &out))
	if a.status != http.StatusOK || len(out.Tallies) != 1 {
		r.t.Fatalf("answered %d: %s", a.status, a.body)
	}
	return out.Tallies[0]
}

var client = &http.Client{
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	Transport:     &http.Transport{MaxIdleConnsPerHost: 128},
	Timeout:       time.Minute,
}

func (r *reader) send(method, path, kind, body string) answer {
	r.t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), method, r.url+path, strings.NewReader(body))
	must(r.t, err)
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	if kind == "application/json" {
		req.Header.Set(votes.Header, "1")
	}
	for name, value := range r.header {
		req.Header[name] = value
		if value[0] == "" {
			req.Header.Del(name)
		}
	}
	if r.cookie != "" {
		req.Header.Set("Cookie", cookieName+"="+r.cookie)
	}
	resp, err := client.Do(req)
	must(r.t, err)
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	must(r.t, err)
	for _, c := range resp.Cookies() {
		if c.Name == cookieName {
			r.cookie = c.Value
		}
	}
	a := answer{resp.StatusCode, resp.Header, string(data)}
	r.described(req, body, a)
	return a
}

// described holds an exchange to the description.
func (r *reader) described(req *http.Request, body string, a answer) {
	r.t.Helper()
	route, params, err := r.router.FindRoute(req)
	if err != nil {
		if a.status != http.StatusMethodNotAllowed && a.status != http.StatusNotFound && req.Method != http.MethodHead {
			r.t.Errorf("%s %s is answered %d and not described: %v", req.Method, req.URL.Path, a.status, err)
		}
		return
	}
	req.Body = io.NopCloser(strings.NewReader(body))
	in := &openapi3filter.RequestValidationInput{Request: req, PathParams: params, Route: route, Options: &openapi3filter.Options{IncludeResponseStatus: true}}
	if a.status < 400 {
		if err := openapi3filter.ValidateRequest(req.Context(), in); err != nil {
			r.t.Errorf("%s %s is accepted, and not as described: %v", req.Method, req.URL.Path, err)
		}
	}
	err = openapi3filter.ValidateResponse(req.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: in, Status: a.status, Header: a.header, Body: io.NopCloser(bytes.NewReader([]byte(a.body))), Options: in.Options,
	})
	if err != nil {
		r.t.Errorf("%s %s is answered %d %s, not as described: %v", req.Method, req.URL.Path, a.status, a.body, err)
	}
}

// untouched fails where anything is kept.
func (w *world) untouched() {
	w.t.Helper()
	err := w.store.Rows(context.Background(), func(r store.Row) error { return fmt.Errorf("%+v is kept", r) })
	if err != nil {
		w.t.Error(err)
	}
	w.honest()
}

func (w *world) honest() {
	w.t.Helper()
	wrong, err := w.store.Recount(context.Background())
	if err != nil || len(wrong) > 0 {
		w.t.Errorf("a recount finds %+v, %v", wrong, err)
	}
}

// until waits for a condition.
func until(t testing.TB, holds func() bool) {
	t.Helper()
	deadline := time.Now().Add(time.Minute)
	for !holds() {
		if time.Now().After(deadline) {
			t.Fatal("it never came")
		}
		time.Sleep(5 * time.Millisecond)
	}
}
