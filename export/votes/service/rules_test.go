package service

// This file owns what the service makes of an essay's rules: it goes by its
// clock and by what was signed, leaves nothing of what it refuses, and never
// goes back to older ones.

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"photodesk/export/votes"
	"photodesk/export/votes/store"
)

// clock is the service's, set by hand.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) time() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) set(unix int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = time.Unix(unix, 0)
}

func (c *clock) config(to *Config) { to.now = c.time }

func ruledEssay(r votes.Rules) string {
	return votes.SignRuled(projectKey, votes.KindEssay, "essay-1", "", r)
}

func ruledPhoto(r votes.Rules) string {
	return votes.SignRuled(projectKey, votes.KindPhoto, "essay-1", "0123456789ab", r)
}

// refusedWith checks a refusal with a code, to a script and to a plain form.
func (w *world) refusedWith(r *reader, token string, v votes.Vote, code votes.No) {
	w.t.Helper()
	a := r.vote(token, v)
	var got struct {
		Error string
		Code  votes.No
	}
	must(w.t, json.Unmarshal([]byte(a.body), &got))
	if a.status != http.StatusForbidden || got.Code != code || got.Error == "" || a.header.Get("Set-Cookie") != "" {
		w.t.Errorf("a vote of %d is answered %d %s, want the code %q", v, a.status, a.body, code)
	}
	words := map[votes.No]string{
		votes.NotYet: "Voting has not opened yet.", votes.Closed: "Voting has closed. This is the final result.",
		votes.UpvotesOnly: "Only upvotes are taken here.", votes.SignIn: "Sign in to vote.",
		votes.Stale: "The rules of this vote have changed. Reload the page to vote.",
	}
	if a := r.form(token, v, site); a.status != http.StatusForbidden || !strings.Contains(a.body, "<h1>"+words[code]+"</h1>") {
		w.t.Errorf("a form of %d is answered %d %s, want %q", v, a.status, a.body, words[code])
	}
}

func TestOpensAndCloses(t *testing.T) {
	for kind, address := range kinds {
		t.Run(kind, func(t *testing.T) {
			c := &clock{}
			w := beginAt(t, address(t), c.config)
			token := ruledEssay(votes.Rules{Revision: 10, Opens: 100, Closes: 200})
			one, two := w.reader(), w.reader()
			c.set(99)
			if got := one.tally(token); got.No != votes.NotYet || got.Hidden {
				t.Errorf("before it opens: %+v", got)
			}
			w.refusedWith(one, token, votes.Up, votes.NotYet)
			w.untouched()
			c.set(100)
			if got := one.vote(token, votes.Up).counted(t); got.Tally != (votes.Tally{Up: 1}) || got.No != "" {
				t.Errorf("as it opens: %+v", got)
			}
			c.set(200)
			w.refusedWith(one, token, votes.None, votes.Closed)
			w.refusedWith(one, token, votes.Down, votes.Closed)
			w.refusedWith(two, token, votes.Up, votes.Closed)
			if got := two.tally(token); got.Tally != (votes.Tally{Up: 1}) || got.No != votes.Closed {
				t.Errorf("closed: %+v", got)
			}
			w.honest()
		})
	}
}

// A vote that was closed before its time stays closed, also for who kept the
// page that says otherwise, whichever instance they ask.
func TestAClosedVoteIsNotReopened(t *testing.T) {
	for kind, address := range kinds {
		for how, show := range map[string]func(w *world, token string){
			"by a reading":      func(w *world, token string) { w.reader().tally(token) },
			"by a refused vote": func(w *world, token string) { w.refusedWith(w.reader(), token, votes.Up, votes.Closed) },
		} {
			t.Run(kind+"/"+how, func(t *testing.T) {
				c := &clock{}
				c.set(150)
				at := address(t)
				w := beginAt(t, at, c.config)
				other := beginAt(t, at, c.config)
				open := ruledEssay(votes.Rules{Revision: 10, Closes: 1000})
				closed := ruledEssay(votes.Rules{Revision: 20, Closes: 140})
				one := w.reader()
				one.vote(open, votes.Up).counted(t)
				other.reader().vote(open, votes.Up).counted(t)

				show(w, closed)
				for _, w := range []*world{w, other} {
					for _, old := range []string{open, essay, ruledEssay(votes.Rules{Revision: 19})} {
						w.refusedWith(w.reader(), old, votes.Up, votes.Stale)
						w.refusedWith(w.reader(), old, votes.None, votes.Stale)
					}
					w.refusedWith(w.reader(), photo, votes.Up, votes.Stale)
					w.refusedWith(w.reader(), ruledPhoto(votes.Rules{Revision: 10}), votes.Down, votes.Stale)
				}
				if got := one.tally(open); got.No != votes.Stale || got.Tally != (votes.Tally{Up: 2}) {
					t.Errorf("the old page reads %+v", got)
				}
				if got := other.reader().tally(closed); got.No != votes.Closed || got.Tally != (votes.Tally{Up: 2}) {
					t.Errorf("the new page reads %+v", got)
				}
				// Opened again, by the desk.
				again := ruledEssay(votes.Rules{Revision: 21})
				if got := other.reader().vote(again, votes.Down).counted(t); got.Tally != (votes.Tally{Up: 2, Down: 1}) {
					t.Errorf("opened again: %+v", got)
				}
				w.refusedWith(w.reader(), closed, votes.Up, votes.Closed)
				w.refusedWith(w.reader(), open, votes.Up, votes.Stale)
				w.honest()
			})
		}
	}
}

func TestUpvotesOnly(t *testing.T) {
	w := begin(t)
	one := w.reader()
	one.vote(essay, votes.Down).counted(t)
	token := ruledEssay(votes.Rules{Revision: 10, UpvotesOnly: true})
	w.refusedWith(w.reader(), token, votes.Down, votes.UpvotesOnly)
	w.refusedWith(one, token, votes.Down, votes.UpvotesOnly)
	if got := one.vote(token, votes.None).counted(t); got.Tally != (votes.Tally{}) {
		t.Errorf("an old downvote is taken back: %+v", got)
	}
	if got := one.vote(token, votes.Up).counted(t); got.Tally != (votes.Tally{Up: 1}) || got.No != "" {
		t.Errorf("an upvote: %+v", got)
	}
	w.refusedWith(one, essay, votes.Down, votes.Stale)
	w.honest()
}

func TestHiddenResults(t *testing.T) {
	c := &clock{}
	c.set(100)
	w := begin(t, c.config)
	token := ruledEssay(votes.Rules{Revision: 10, Hidden: true, Closes: 200})
	one, two := w.reader(), w.reader()
	hidden := func(a answer) {
		t.Helper()
		if a.status != http.StatusOK || !strings.Contains(a.body, `"hidden":true`) || strings.Contains(a.body, `"up"`) || strings.Contains(a.body, `"down"`) {
			t.Errorf("results are not hidden: %d %s", a.status, a.body)
		}
	}
	hidden(one.tallies(token))
	if got := one.vote(token, votes.Up).counted(t); got.Hidden || got.Tally != (votes.Tally{Up: 1}) {
		t.Errorf("who has voted is answered %+v", got)
	}
	if got := one.tally(token); got.Hidden || got.Tally != (votes.Tally{Up: 1}) {
		t.Errorf("who has voted reads %+v", got)
	}
	hidden(two.tallies(token))
	hidden(two.vote(token, votes.None))
	hidden(one.vote(token, votes.None))
	if a := one.form(token, votes.None, ""); a.status != http.StatusOK || !strings.Contains(a.body, "<h1>Your vote is taken back.</h1>") {
		t.Errorf("a form is answered %d %s", a.status, a.body)
	}
	two.vote(token, votes.Down).counted(t)
	c.set(200)
	if got := w.reader().tally(token); got.Hidden || got.Tally != (votes.Tally{Down: 1}) {
		t.Errorf("at the end everybody reads %+v", got)
	}
}

func TestSignInIsNeeded(t *testing.T) {
	w := begin(t)
	token := ruledEssay(votes.Rules{Revision: 10, SignIn: true})
	w.refusedWith(w.reader(), token, votes.Up, votes.SignIn)
	if got := w.reader().tally(token); got.No != votes.SignIn {
		t.Errorf("it reads %+v", got)
	}
	w.untouched()
}

// A vote that the rules refuse costs its reader no work and none of their limit.
func TestRulesComeBeforeWorkAndLimits(t *testing.T) {
	c := &clock{}
	c.set(50)
	address := kinds["sqlite"](t)
	s, err := store.Open(t.Context(), address)
	must(t, err)
	must(t, s.SetGuard(t.Context(), store.Guard{Essay: essayName, Bits: 4}))
	must(t, s.Close())
	w := beginAt(t, address, c.config, func(c *Config) { c.Limits = Limits{NewVoters: 1, NewVotersRate: 0.001} })
	token := ruledEssay(votes.Rules{Revision: 10, Opens: 100})
	for range 5 {
		w.refusedWith(w.reader(), token, votes.Up, votes.NotYet)
	}
	c.set(100)
	if a := w.reader().vote(token, votes.Up); a.status != http.StatusPreconditionRequired {
		t.Errorf("once it is open: %d %s", a.status, a.body)
	}
}

// Rules that were altered hold nobody, and are remembered of no essay.
func TestForgedRulesAreNotLearnt(t *testing.T) {
	w := begin(t)
	newer := votes.SignRuled(otherKey, votes.KindEssay, "essay-1", "", votes.Rules{Revision: 1 << 31})
	good := ruledEssay(votes.Rules{Revision: 10})
	mixed := newer[:strings.LastIndexByte(newer, '.')] + good[strings.LastIndexByte(good, '.'):]
	for _, token := range []string{newer, mixed} {
		if a := w.reader().tallies(token); a.status != http.StatusForbidden {
			t.Errorf("it reads %d %s", a.status, a.body)
		}
		if a := w.reader().vote(token, votes.Up); a.status != http.StatusForbidden || strings.Contains(a.body, "code") {
			t.Errorf("it votes %d %s", a.status, a.body)
		}
	}
	w.untouched()
	w.reader().vote(essay, votes.Up).counted(t)
}

func TestRulesWithoutAStore(t *testing.T) {
	w := begin(t)
	token := ruledEssay(votes.Rules{Revision: 10, Closes: 1})
	must(t, w.store.Close())
	if a := w.reader().tallies(token); a.status != http.StatusServiceUnavailable || a.header.Get("Retry-After") == "" {
		t.Errorf("a reading: %d", a.status)
	}
	if a := w.reader().vote(token, votes.Up); a.status != http.StatusServiceUnavailable || a.header.Get("Retry-After") == "" {
		t.Errorf("a vote: %d", a.status)
	}
}
