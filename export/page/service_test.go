package page_test

// This file owns the vote service that pages are tested against: the real one,
// over a store on the disk, behind a door that writes down what a page asks for,
// holds it to its side of the protocol, and fails when it is told to.

import (
	"crypto/ed25519"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"photodesk/export/page"
	"photodesk/export/votes"
	votesvc "photodesk/export/votes/service"
	"photodesk/export/votes/store"
	"photodesk/project"
)

type service struct {
	*httptest.Server
	t     testing.TB
	store store.Store
	real  *votesvc.Service

	mu   sync.Mutex
	seen []string     // "GET 2" for two tallies, "OPTIONS", "POST", "FORM"
	fail http.Handler // answers instead, but for preflights
	// cookies is false where the browser keeps none of the service's.
	cookies bool
}

// serve starts a service, and a site with the bundle of an essay that is
// counted there. The two are on different sites, as a browser sees them, so
// that cookies have the hardest way.
func serve(t testing.TB, in page.Input) (s *service, site string) {
	t.Helper()
	return serveAt(t, in, "localhost")
}

// serveAt is serve with a name for the page's host; 127.0.0.1 is the service's own.
func serveAt(t testing.TB, in page.Input, host string) (s *service, site string) {
	t.Helper()
	s = &service{t: t, cookies: true}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)

	var files http.Handler
	pages := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { files.ServeHTTP(w, r) }))
	t.Cleanup(pages.Close)
	origin := strings.Replace(pages.URL, "127.0.0.1", host, 1)
	site = origin + "/"

	var err error
	if s.store, err = store.Open(t.Context(), filepath.Join(t.TempDir(), "votes.db")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.store.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := s.store.AddKey(t.Context(), store.Key{Public: public(), Added: time.Now()}); err != nil {
		t.Fatal(err)
	}
	s.real, err = votesvc.New(t.Context(), votesvc.Config{Store: s.store, Origins: []string{origin}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.real.Close)

	in.Essay.Canonical = site
	files = http.FileServer(http.Dir(bundle(t, counted(in, s.URL))))
	return s, site
}

// counted has an essay's votes counted at an address.
func counted(in page.Input, address string) page.Input {
	in.VotesURL = address
	rules := signedRules(in.Essay)
	in.Subject = func(kind, photoKey string) string {
		return votes.SignRuled(projectKey, kind, in.Essay.UID, photoKey, rules)
	}
	return in
}

// signedRules are an essay's rules as an export signs them.
func signedRules(e *project.Essay) (r votes.Rules) {
	from := e.VoteRules
	if !e.RulesAt.IsZero() {
		r.Revision = e.RulesAt.Unix()
	}
	if !from.Opens.IsZero() {
		r.Opens = from.Opens.Unix()
	}
	if !from.Closes.IsZero() {
		r.Closes = from.Closes.Unix()
	}
	r.UpvotesOnly, r.Hidden, r.SignIn = from.UpvotesOnly, from.Hidden, from.SignIn
	return r
}

// failing makes everything but preflights be answered by h; nil ends it.
func (s *service) failing(h http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail = nil
	if h != nil {
		s.fail = h
	}
}

// status fails with a status and, where it isn't "", when to try again.
func status(code int, retryAfter string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if retryAfter != "" {
			w.Header().Set("Retry-After", retryAfter)
		}
		http.Error(w, `{"error":"told to fail"}`, code)
	}
}

// hangUp closes the connection without an answer.
func hangUp(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

// requests are what was asked for so far.
func (s *service) requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.seen)
}

func (s *service) tally(kind, photoKey string) votes.Tally {
	s.t.Helper()
	found, err := s.store.Read(s.t.Context(), []store.Asked{{Subject: s.subject(kind, photoKey)}})
	if err != nil {
		s.t.Fatal(err)
	}
	return found[0].Tally
}

// give has some other voters vote, straight into the store.
func (s *service) give(kind, photoKey string, up, down int) {
	s.t.Helper()
	var group []store.Cast
	for i := range up + down {
		v := votes.Up
		if i >= up {
			v = votes.Down
		}
		group = append(group, store.Cast{Subject: s.subject(kind, photoKey), Voter: fmt.Appendf(nil, "other-%d", i), Vote: v})
	}
	if _, err := s.store.Apply(s.t.Context(), group); err != nil {
		s.t.Fatal(err)
	}
}

func (s *service) subject(kind, photoKey string) string {
	s.t.Helper()
	subject, err := votes.Verify(public(), votes.Sign(projectKey, kind, "essay-1", photoKey))
	if err != nil {
		s.t.Fatal(err)
	}
	return subject.String()
}

func public() ed25519.PublicKey { return projectKey.Public().(ed25519.PublicKey) }

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	fail, cookies := s.fail, s.cookies
	switch r.Method {
	case http.MethodOptions:
		s.seen = append(s.seen, "OPTIONS")
		fail = nil
	case http.MethodPost:
		what := "POST"
		if r.Header.Get(votes.Header) == "" {
			what = "FORM"
		}
		if fail == nil {
			s.seen = append(s.seen, what)
		}
	default:
		if fail == nil {
			s.seen = append(s.seen, fmt.Sprintf("GET %d", len(r.URL.Query()["s"])))
		}
	}
	s.mu.Unlock()
	if !cookies {
		r.Header.Del("Cookie")
	}
	if fail != nil {
		// What a browser lets a page see of a failure is the service's to say.
		if origin := r.Header.Get("Origin"); origin != "" {
			w.Header().Set("Access-Control-Allow-Origin", origin)
			w.Header().Set("Access-Control-Allow-Credentials", "true")
			w.Header().Set("Access-Control-Expose-Headers", "Retry-After")
		}
		fail.ServeHTTP(w, r)
		return
	}
	out := &statusWriter{ResponseWriter: w}
	s.real.ServeHTTP(out, r)
	// The page's side of the protocol: what it asks for is understood, and its own.
	switch out.status {
	case http.StatusBadRequest, http.StatusMethodNotAllowed, http.StatusNotFound, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType:
		s.t.Errorf("the page's %s %s is answered %d", r.Method, r.URL.Path, out.status)
	}
}

type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// newServer serves until the test ends and returns its address.
func newServer(t testing.TB, h http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server.URL
}
