package service

// This file owns what pages and readers get from the service when all is well.

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/prometheus/client_golang/prometheus"

	"photodesk/export/votes"
	"photodesk/export/votes/store"
)

func TestVotesAreCounted(t *testing.T) {
	for kind, address := range kinds {
		t.Run(kind, func(t *testing.T) {
			w := beginAt(t, address(t))
			one, two := w.reader(), w.reader()
			if c := one.tally(essay); c.Mine != nil || c.Tally != (votes.Tally{}) {
				t.Errorf("before any vote: %+v", c)
			}
			w.untouched()
			for i, step := range []struct {
				who   *reader
				token string
				vote  votes.Vote
				want  votes.Tally
			}{
				{one, essay, votes.Up, votes.Tally{Up: 1}},
				{one, essay, votes.Up, votes.Tally{Up: 1}},
				{two, essay, votes.Down, votes.Tally{Up: 1, Down: 1}},
				{two, essay, votes.Up, votes.Tally{Up: 2}},
				{one, photo, votes.Down, votes.Tally{Down: 1}},
				{one, essay, votes.None, votes.Tally{Up: 1}},
			} {
				c := step.who.vote(step.token, step.vote).counted(t)
				if c.Subject != step.token || c.Tally != step.want || c.Mine == nil || *c.Mine != step.vote {
					t.Errorf("step %d: %+v", i, c)
				}
				// The voter, another voter and nobody in particular see the same at once.
				for _, r := range []*reader{step.who, two, w.reader()} {
					if got := r.tally(step.token); got.Tally != step.want {
						t.Errorf("step %d reads %+v", i, got)
					}
				}
				if mine := step.who.tally(step.token).Mine; mine == nil || *mine != step.vote {
					t.Errorf("step %d: mine is %v", i, mine)
				}
			}
			w.honest()
		})
	}
}

func TestAnswersAsTheProtocolSaysThem(t *testing.T) {
	w := begin(t)
	a := w.reader().vote(essay, votes.Up)
	if want := `{"subject":"` + essay + `","up":1,"down":0,"mine":1}`; a.body != want || a.header.Get("Content-Type") != "application/json" {
		t.Errorf("a vote is answered %q, want %q", a.body, want)
	}
	cookie := a.header.Get("Set-Cookie")
	for _, want := range []string{"__Host-photodesk-voter=v1.", "; Path=/", "; HttpOnly", "; Secure", "; SameSite=None", "; Partitioned", "; Max-Age=34560000"} {
		if !strings.Contains(cookie, want) {
			t.Errorf("the cookie %q lacks %q", cookie, want)
		}
	}
	if strings.Contains(cookie, "Domain") {
		t.Errorf("the cookie %q has a domain", cookie)
	}
	header(t, a, map[string]string{
		"Access-Control-Allow-Origin": site, "Access-Control-Allow-Credentials": "true",
		"Access-Control-Expose-Headers": "Retry-After, X-Photodesk-Voter", "Vary": "Origin", "Cache-Control": "private, no-cache",
	})

	same := begin(t, func(c *Config) { c.SameSite = true })
	if cookie := same.reader().vote(essay, votes.Up).header.Get("Set-Cookie"); !strings.Contains(cookie, "; SameSite=Lax") || strings.Contains(cookie, "Partitioned") || !strings.Contains(cookie, "; HttpOnly; Secure") {
		t.Errorf("on the page's own site the cookie is %q", cookie)
	}

	a = w.reader().tallies(photo, essay)
	if want := `{"tallies":[{"subject":"` + photo + `","up":0,"down":0,"mine":null},{"subject":"` + essay + `","up":1,"down":0,"mine":null}]}`; a.body != want {
		t.Errorf("tallies are answered %q, want %q", a.body, want)
	}
	header(t, a, map[string]string{"Cache-Control": "public, max-age=5, stale-while-revalidate=30", "Vary": "Origin", "Access-Control-Allow-Origin": site})
	tag := a.header.Get("ETag")
	if again := w.reader().with("If-None-Match", `"x", W/`+tag).tallies(photo, essay); again.status != http.StatusNotModified || again.body != "" || again.header.Get("ETag") != tag {
		t.Errorf("asked again: %d %q", again.status, again.body)
	}
	known := w.reader()
	known.vote(essay, votes.Down)
	a = known.with("If-None-Match", tag).tallies(photo, essay)
	if want := `"up":1,"down":1,"mine":-1`; a.status != http.StatusOK || !strings.Contains(a.body, want) {
		t.Errorf("a voter is answered %d %s", a.status, a.body)
	}
	header(t, a, map[string]string{"Cache-Control": "private, no-cache"})
	if a := known.send(http.MethodHead, votes.TalliesPath+"?s="+essay, "", ""); a.status != http.StatusOK || a.body != "" {
		t.Errorf("HEAD: %d %q", a.status, a.body)
	}
}

func header(t *testing.T, a answer, want map[string]string) {
	t.Helper()
	for name, value := range want {
		if got := a.header.Get(name); got != value {
			t.Errorf("%s is %q, want %q", name, got, value)
		}
	}
}

func TestPreflights(t *testing.T) {
	w := begin(t)
	for path, method := range map[string]string{votes.VotesPath: "POST", votes.TalliesPath: "GET"} {
		a := w.reader().send(http.MethodOptions, path, "", "")
		if a.status != http.StatusNoContent {
			t.Errorf("%s: %d", path, a.status)
		}
		header(t, a, map[string]string{
			"Access-Control-Allow-Methods": method, "Access-Control-Allow-Origin": site, "Access-Control-Allow-Credentials": "true",
			"Access-Control-Allow-Headers": "Content-Type, X-Photodesk-Vote, X-Photodesk-Voter, X-Photodesk-Work",
		})
		for _, origin := range []string{"https://evil.example", "null", ""} {
			a := w.reader().with("Origin", origin).send(http.MethodOptions, path, "", "")
			if a.status != http.StatusForbidden || a.header.Get("Access-Control-Allow-Origin") != "" || a.header.Get("Access-Control-Allow-Methods") != "" {
				t.Errorf("%s for %q: %d %v", path, origin, a.status, a.header)
			}
		}
	}
}

// Who may read: everybody, but only a page on the list, or of the service's own
// origin, learns what its reader voted.
func TestWhoReads(t *testing.T) {
	w := begin(t)
	r := w.reader()
	r.vote(essay, votes.Up)
	for origin, want := range map[string]struct {
		mine, allowed bool
		allow         string
	}{
		site: {true, true, site}, "": {true, false, ""}, "null": {false, false, "null"}, "https://evil.example": {false, false, ""},
	} {
		a := r.with("Origin", origin).tallies(essay)
		if got := strings.Contains(a.body, `"up":1,"down":0,"mine":1`); got != want.mine || a.status != http.StatusOK {
			t.Errorf("%q is answered %d %s", origin, a.status, a.body)
		}
		credentials := ""
		if want.allowed {
			credentials = "true"
		}
		header(t, a, map[string]string{"Access-Control-Allow-Origin": want.allow, "Access-Control-Allow-Credentials": credentials, "Vary": "Origin"})
	}
}

// A plain form goes back to where it came from, if that is on the list.
func TestForms(t *testing.T) {
	w := begin(t, func(c *Config) { c.Origins = []string{site, "http://127.0.0.1:8080", "HTTPS://Other.example:443/"} })
	for back, want := range map[string]string{
		site + "/storm/#vote-essay":             site + "/storm/#vote-essay",
		"http://127.0.0.1:8080/a?b=c#d":         "http://127.0.0.1:8080/a?b=c#d",
		"https://other.example/":                "https://other.example/",
		"":                                      "",
		"/storm/":                               "",
		"//news.example/":                       "",
		"https://news.example.evil.example/":    "",
		"https://news.example@evil.example/":    "",
		"https://news.example:444/":             "",
		"javascript:alert(1)":                   "",
		"https://evil.example/#" + site:         "",
		`https://evil.example\@news.example/`:   "",
		"https://user@news.example/":            "",
		"https://news.example/\r\nSet-Cookie:x": "",
	} {
		a := w.reader().form(essay, votes.Up, back)
		switch {
		case want != "" && (a.status != http.StatusSeeOther || a.header.Get("Location") != want):
			t.Errorf("back to %q: %d, %q", back, a.status, a.header.Get("Location"))
		case want == "" && (a.status != http.StatusOK || a.header.Get("Location") != "" || !strings.Contains(a.body, "You upvoted. Points: ")):
			t.Errorf("back to %q: %d, %q, %s", back, a.status, a.header.Get("Location"), a.body)
		}
		if a.header.Get("Set-Cookie") == "" || a.header.Get(votes.VoterHeader) != "" {
			t.Errorf("back to %q: cookie %q, header %q", back, a.header.Get("Set-Cookie"), a.header.Get(votes.VoterHeader))
		}
	}
	if c := w.reader().tally(essay); c.Up != 14 {
		t.Errorf("14 forms make %+v", c.Tally)
	}
	for lang, want := range map[string]string{
		"de-AT,de;q=0.9": `<html lang="de" dir="ltr">`, "ar": `<html lang="ar" dir="rtl">`, "xx": `<html lang="en" dir="ltr">`, "": `<html lang="en" dir="ltr">`,
	} {
		a := w.reader().with("Accept-Language", lang).form(essay, votes.Down, "")
		if !strings.Contains(a.body, want) || strings.Contains(a.body, "{points}") || !strings.HasPrefix(a.header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("in %q: %s", lang, a.body)
		}
		if a := w.reader().with("Accept-Language", lang).form("x", votes.Down, ""); a.status != http.StatusBadRequest || !strings.Contains(a.body, want) {
			t.Errorf("refused in %q: %d %s", lang, a.status, a.body)
		}
	}
}

// Where no cookie comes through, the page can be the one who remembers.
func TestVotersByHeader(t *testing.T) {
	w := begin(t)
	a := w.reader().vote(essay, votes.Up)
	token := a.header.Get(votes.VoterHeader)
	if token == "" {
		t.Fatal("no header names the voter")
	}
	r := w.reader().with(votes.VoterHeader, token)
	if c := r.tally(essay); c.Mine == nil || *c.Mine != votes.Up {
		t.Errorf("the voter by header reads %+v", c)
	}
	if c := r.vote(essay, votes.Down).counted(t); c.Tally != (votes.Tally{Down: 1}) {
		t.Errorf("the voter by header votes %+v", c)
	}
	// A cookie goes before, and then no header says who it is.
	other := w.reader()
	other.vote(essay, votes.Up)
	other.with(votes.VoterHeader, token)
	a = other.vote(essay, votes.Up)
	if c := a.counted(t); c.Tally != (votes.Tally{Up: 1, Down: 1}) || a.header.Get(votes.VoterHeader) != "" || a.header.Get("Set-Cookie") != "" {
		t.Errorf("cookie and header: %+v, %v", c, a.header)
	}
}

// A hundred readers at once, twice each, on both stores: to the vote.
func TestAHundredReadersAtOnce(t *testing.T) {
	for kind, address := range kinds {
		t.Run(kind, func(t *testing.T) {
			w := beginAt(t, address(t))
			var all sync.WaitGroup
			for i := range 100 {
				all.Go(func() {
					r := w.reader()
					for _, v := range []votes.Vote{votes.Down, votes.Vote(1 - 2*(i%4/3))} {
						if a := r.vote(essay, v); a.status != http.StatusOK {
							t.Errorf("reader %d: %d %s", i, a.status, a.body)
						}
					}
				})
			}
			all.Wait()
			if c := w.reader().tally(essay); c.Tally != (votes.Tally{Up: 75, Down: 25}) {
				t.Errorf("100 readers make %+v", c.Tally)
			}
			w.honest()
		})
	}
}

// What one instance counts the other ones show: at once where the store tells,
// soon where it doesn't.
func TestInstancesConverge(t *testing.T) {
	for kind, address := range kinds {
		t.Run(kind, func(t *testing.T) {
			at := address(t)
			one, two := beginAt(t, at), beginAt(t, at)
			shown := func() votes.Tally { return two.reader().tally(essay).Tally }
			if got := shown(); got != (votes.Tally{}) {
				t.Fatalf("at first %+v", got)
			}
			if kind == "postgresql" {
				for _, w := range []*world{one, two} {
					until(t, func() bool {
						w.service.board.mu.Lock()
						defer w.service.board.mu.Unlock()
						return w.service.board.life == longLife
					})
				}
			}
			r := one.reader()
			r.vote(essay, votes.Up)
			until(t, func() bool { return shown() == votes.Tally{Up: 1} })
			// A voter is known at any instance, and sees their own vote counted.
			elsewhere := two.reader()
			elsewhere.cookie = r.cookie
			if c := elsewhere.vote(essay, votes.Down).counted(t); c.Tally != (votes.Tally{Down: 1}) {
				t.Errorf("the same voter elsewhere: %+v", c)
			}
			if c := r.tally(essay); c.Tally != (votes.Tally{Down: 1}) || *c.Mine != votes.Down {
				t.Errorf("and back: %+v", c)
			}
			until(t, func() bool { return one.reader().tally(essay).Tally == votes.Tally{Down: 1} })
		})
	}
}

// Keys come and go while the service runs.
func TestKeysWhileItRuns(t *testing.T) {
	w := begin(t)
	token := votes.Sign(otherKey, votes.KindEssay, "theirs", "")
	if a := w.reader().vote(token, votes.Up); a.status != http.StatusForbidden {
		t.Errorf("a strange key: %d", a.status)
	}
	must(t, w.store.AddKey(t.Context(), store.Key{Public: public(otherKey), Added: time.Now()}))
	until(t, func() bool { return w.reader().vote(token, votes.Up).status == http.StatusOK })
	must(t, w.store.RemoveKey(t.Context(), votes.KeyID(public(otherKey))))
	until(t, func() bool { return w.reader().tallies(token).status == http.StatusForbidden })
}

func TestHealthAndDescription(t *testing.T) {
	w := begin(t)
	for _, path := range []string{HealthPath, ReadyPath} {
		if a := w.reader().send(http.MethodGet, path, "", ""); a.status != http.StatusOK || a.body != `{"status":"ok"}` {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
	doc, err := openapi3.NewLoader().LoadFromData([]byte(w.reader().send(http.MethodGet, DescriptionPath, "", "").body))
	must(t, err)
	must(t, doc.Validate(t.Context()))
	must(t, w.store.Close())
	if a := w.reader().send(http.MethodGet, ReadyPath, "", ""); a.status != http.StatusServiceUnavailable || a.header.Get("Retry-After") == "" {
		t.Errorf("without a store: %d", a.status)
	}
	if a := w.reader().vote(essay, votes.Up); a.status != http.StatusServiceUnavailable || a.header.Get("Retry-After") == "" {
		t.Errorf("a vote without a store: %d", a.status)
	}
	if a := w.reader().tallies(essay); a.status != http.StatusServiceUnavailable || a.header.Get("Retry-After") == "" {
		t.Errorf("tallies without a store: %d", a.status)
	}
}

func TestMetrics(t *testing.T) {
	registry := prometheus.NewRegistry()
	w := begin(t, func(c *Config) { c.Metrics = registry })
	w.reader().vote(essay, votes.Up)
	w.reader().vote("x", votes.Up)
	w.reader().tally(essay)
	families, err := registry.Gather()
	must(t, err)
	got := map[string]float64{}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			name := f.GetName()
			for _, l := range m.GetLabel() {
				name += " " + l.GetValue()
			}
			got[name] = m.GetCounter().GetValue() + float64(m.GetHistogram().GetSampleCount())
		}
	}
	for name, want := range map[string]float64{
		"photodesk_votes_counted_total 1": 1, "photodesk_votes_refused_total 400": 1, "photodesk_votes_tallies_total memory": 1,
		"photodesk_votes_request_seconds /v1/votes 200": 1, "photodesk_votes_group_votes": 1, "photodesk_votes_commit_seconds kept": 1,
	} {
		if got[name] != want {
			t.Errorf("%s is %v, want %v, in %v", name, got[name], want, got)
		}
	}
}

// busy takes no votes.
type busy struct{ err error }

func (b busy) Cast(context.Context, store.Cast) (store.Result, error) { return store.Result{}, b.err }

func TestBusy(t *testing.T) {
	for _, err := range []error{store.ErrFull, store.ErrClosed, errors.New("the disk is full"), context.Canceled} {
		w := begin(t, func(c *Config) { c.caster = busy{err} })
		a := w.reader().vote(essay, votes.Up)
		if a.status != http.StatusServiceUnavailable || a.header.Get("Retry-After") == "" || a.header.Get("Set-Cookie") != "" {
			t.Errorf("%v: %d, %v", err, a.status, a.header)
		}
		if a := w.reader().form(essay, votes.Up, site); a.status != http.StatusServiceUnavailable || !strings.Contains(a.body, "The vote service is busy. Try again in ") {
			t.Errorf("%v: %d, %s", err, a.status, a.body)
		}
	}
}

func TestOriginsAreChecked(t *testing.T) {
	s, err := store.Open(t.Context(), kinds["sqlite"](t))
	must(t, err)
	defer s.Close()
	for _, origin := range []string{"news.example", "null", "*", "ftp://news.example", "https://", "https://a@news.example"} {
		if service, err := New(t.Context(), Config{Store: s, Origins: []string{origin}}); err == nil {
			service.Close()
			t.Errorf("%q is taken for an origin", origin)
		} else if !strings.Contains(err.Error(), fmt.Sprintf("%q", origin)) {
			t.Errorf("%q: %v", origin, err)
		}
	}
}
