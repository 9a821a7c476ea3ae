package page_test

// This file owns a vote service to test pages against. It keeps to the protocol
// of package votes, counts by that package's rules, and holds the page to its
// side of the protocol; it keeps votes in memory and fails when it is told to.

import (
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"photodesk/export/page"
	"photodesk/export/votes"
)

const voterCookie = "__Host-voter"

type service struct {
	*httptest.Server
	t testing.TB

	mu      sync.Mutex
	allowed string // the one origin that may vote
	cast    map[votes.Subject]map[string]votes.Vote
	seen    []string     // "GET 2" for two tallies, "OPTIONS", "POST", "FORM"
	fail    http.Handler // answers instead, but for preflights
	voters  int
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
	s = &service{t: t, cast: map[votes.Subject]map[string]votes.Vote{}}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)

	var files http.Handler
	pages := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { files.ServeHTTP(w, r) }))
	t.Cleanup(pages.Close)
	s.allowed = strings.Replace(pages.URL, "127.0.0.1", host, 1)
	site = s.allowed + "/"
	in.Essay.Canonical = site
	files = http.FileServer(http.Dir(bundle(t, counted(in, s.URL))))
	return s, site
}

// counted has an essay's votes counted at an address.
func counted(in page.Input, address string) page.Input {
	in.VotesURL = address
	in.Subject = func(kind, photoKey string) string { return votes.Sign(projectKey, kind, in.Essay.UID, photoKey) }
	return in
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
	s.mu.Lock()
	defer s.mu.Unlock()
	subject, err := votes.Verify(public(), votes.Sign(projectKey, kind, "essay-1", photoKey))
	if err != nil {
		s.t.Fatal(err)
	}
	return s.count(subject, "").Tally
}

// give has some other voters vote, straight into the count.
func (s *service) give(kind, photoKey string, up, down int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	subject, err := votes.Verify(public(), votes.Sign(projectKey, kind, "essay-1", photoKey))
	if err != nil {
		s.t.Fatal(err)
	}
	for i := range up + down {
		v := votes.Up
		if i >= up {
			v = votes.Down
		}
		s.put(subject, fmt.Sprintf("other-%d", i), v)
	}
}

func public() ed25519.PublicKey { return projectKey.Public().(ed25519.PublicKey) }

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	origin := r.Header.Get("Origin")
	s.mu.Lock()
	mayVote := origin == s.allowed
	s.mu.Unlock()
	w.Header().Set("Vary", "Origin")
	switch {
	case mayVote:
		w.Header().Set("Access-Control-Allow-Origin", origin)
		w.Header().Set("Access-Control-Allow-Credentials", "true")
		w.Header().Set("Access-Control-Expose-Headers", "Retry-After")
	case origin == "null" && r.Method == http.MethodGet:
		w.Header().Set("Access-Control-Allow-Origin", "null")
	}
	route := r.Method + " " + r.URL.Path
	if route == "OPTIONS "+votes.VotesPath {
		s.preflight(w, r)
		return
	}
	s.mu.Lock()
	fail := s.fail
	s.mu.Unlock()
	if fail != nil {
		fail.ServeHTTP(w, r)
		return
	}
	switch route {
	case "GET " + votes.TalliesPath:
		s.read(w, r)
	case "POST " + votes.VotesPath:
		if !mayVote {
			http.Error(w, `{"error":"this site may not vote here"}`, http.StatusForbidden)
			return
		}
		s.vote(w, r)
	default:
		s.t.Errorf("the page asked for %s", route)
		http.NotFound(w, r)
	}
}

func (s *service) note(what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen = append(s.seen, what)
}

func (s *service) preflight(w http.ResponseWriter, r *http.Request) {
	s.note("OPTIONS")
	asked := r.Header.Get("Access-Control-Request-Headers")
	if r.Header.Get("Access-Control-Request-Method") != "POST" || !strings.Contains(asked, "content-type") || !strings.Contains(asked, "x-photodesk-vote") {
		s.t.Errorf("a preflight for %s with %q", r.Header.Get("Access-Control-Request-Method"), asked)
	}
	w.Header().Set("Access-Control-Allow-Methods", "POST")
	w.Header().Set("Access-Control-Allow-Headers", "Content-Type, "+votes.Header)
	w.WriteHeader(http.StatusNoContent)
}

func (s *service) read(w http.ResponseWriter, r *http.Request) {
	tokens := r.URL.Query()["s"]
	s.note(fmt.Sprintf("GET %d", len(tokens)))
	if len(tokens) == 0 || len(tokens) > votes.MaxSubjects {
		http.Error(w, `{"error":"too many"}`, http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var out votes.Tallies
	for _, token := range tokens {
		subject, err := votes.Verify(public(), token)
		if err != nil {
			s.t.Errorf("a token of the page: %v", err)
			http.Error(w, `{"error":"no subject"}`, http.StatusForbidden)
			return
		}
		c := s.count(subject, voterOf(r))
		c.Subject = token
		out.Tallies = append(out.Tallies, c)
	}
	answer(w, out)
}

func (s *service) vote(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, votes.MaxBody+1))
	if err != nil {
		s.t.Error(err)
		return
	}
	kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	var b votes.Ballot
	var back string
	if kind == "application/x-www-form-urlencoded" {
		s.note("FORM")
		var form url.Values
		if form, err = url.ParseQuery(string(body)); err == nil {
			b, back, err = votes.ParseForm(form)
		}
	} else {
		s.note("POST")
		if kind != "application/json" || r.Header.Get(votes.Header) != "1" {
			s.t.Errorf("a vote as %q with %s %q", kind, votes.Header, r.Header.Get(votes.Header))
		}
		b, err = votes.ParseBallot(body)
	}
	subject, err2 := votes.Verify(public(), b.Subject)
	if err != nil || err2 != nil {
		s.t.Errorf("a vote of the page: %v, %v", err, err2)
		http.Error(w, `{"error":"no vote"}`, http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	voter := voterOf(r)
	if voter == "" {
		s.voters++
		voter = fmt.Sprintf("voter-%d", s.voters)
		http.SetCookie(w, &http.Cookie{
			Name: voterCookie, Value: voter, Path: "/", HttpOnly: true, Secure: true, SameSite: http.SameSiteNoneMode, Partitioned: true,
		})
	}
	s.put(subject, voter, b.Vote)
	if kind != "application/json" {
		if back == "" || !strings.HasPrefix(back, s.allowed+"/") {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = io.WriteString(w, "<!DOCTYPE html><title>Your vote is counted</title>")
			return
		}
		http.Redirect(w, r, back, http.StatusSeeOther)
		return
	}
	c := s.count(subject, voter)
	c.Subject = b.Subject
	answer(w, c)
}

func voterOf(r *http.Request) string {
	c, err := r.Cookie(voterCookie)
	if err != nil {
		return ""
	}
	return c.Value
}

func (s *service) put(subject votes.Subject, voter string, v votes.Vote) {
	if s.cast[subject] == nil {
		s.cast[subject] = map[string]votes.Vote{}
	}
	s.cast[subject][voter] = v
}

// count adds the votes up from nothing, as the rule says it; mine is null for
// no voter.
func (s *service) count(subject votes.Subject, voter string) (c votes.Counted) {
	for _, v := range s.cast[subject] {
		c.Tally = c.Change(votes.None, v)
	}
	if voter != "" {
		mine := s.cast[subject][voter]
		c.Mine = &mine
	}
	return c
}

func answer(w http.ResponseWriter, what any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "private, no-cache")
	_ = json.NewEncoder(w).Encode(what)
}

// newServer serves until the test ends and returns its address.
func newServer(t testing.TB, h http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server.URL
}
