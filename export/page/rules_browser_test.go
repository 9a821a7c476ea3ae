package page_test

// This file owns what readers see of an essay's vote rules, and of a service
// that has them work, in a real browser and at the real service.

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"photodesk/export/page"
	"photodesk/export/page/browsertest"
	"photodesk/export/votes"
	"photodesk/export/votes/store"
	"photodesk/project"
)

const (
	shut   = `[...` + widget + `.querySelectorAll(".vote-button")].every((b) => b.disabled)`
	active = `[...` + widget + `.querySelectorAll(".vote-button")].every((b) => !b.disabled)`
	when   = widget + `.querySelector(".vote-when").textContent`
)

var zone = time.FixedZone("", 3600)

// later is a moment that many hours from now, to the second.
func later(hours int) time.Time {
	return time.Now().Add(time.Duration(hours) * time.Hour).Truncate(time.Second).In(zone)
}

// ruledEssay is shortEssay with rules that were set a moment ago.
func ruledEssay(rules project.VoteRules) page.Input {
	in := shortEssay()
	in.Essay.VoteRules, in.Essay.RulesAt = rules, time.Now()
	return in
}

// onDevice makes a page of it whose votes are counted nowhere.
func onDevice(t *testing.T, in page.Input) string {
	t.Helper()
	in.VotesURL, in.Subject = "", nil
	return newServer(t, http.FileServer(http.Dir(bundle(t, in))).ServeHTTP)
}

// unmoved checks a widget in the state it is in: as high as when it came, still,
// accessible, no wider than the window.
func unmoved(t *testing.T, tab *browsertest.Tab, at string) {
	t.Helper()
	settled(t, tab)
	tab.Accessible(at)
	if wide := browsertest.Ask[float64](tab, `document.documentElement.scrollWidth - innerWidth`); wide > 0 {
		t.Errorf("%s: the page is %v too wide", at, wide)
	}
}

// Every state that rules bring, as the service has it and as the device has it,
// at a phone's and a desktop's width.
func TestRuledWidgets(t *testing.T) {
	t.Parallel()
	const counted, kept = "Votes are counted by {host}.", "Votes stay on this device."
	for name, c := range map[string]struct {
		rules           project.VoteRules
		service, device string // the note
		state           string // of what the service has counted
		deviceState     string
		open            bool
	}{
		"not open yet": {
			project.VoteRules{Opens: later(5)},
			"Voting has not opened yet.", "Voting has not opened yet. " + kept, "1 3 2 67% 1 33% false false", nobody, false,
		},
		"closed": {
			project.VoteRules{Closes: later(-5)},
			"Voting has closed. This is the final result.", "Voting has closed. " + kept, "1 3 2 67% 1 33% false false", nobody, false,
		},
		"open for a time": {
			project.VoteRules{Opens: later(-5), Closes: later(5)},
			counted, kept, "1 3 2 67% 1 33% false false", nobody, true,
		},
		"results hidden": {
			project.VoteRules{Hidden: true},
			"Results show once you have voted. " + counted, "Results show once you have voted. " + kept, unknown, unknown, true,
		},
		"results hidden, closed": {
			project.VoteRules{Hidden: true, Closes: later(-5)},
			"Voting has closed. This is the final result.", "Voting has closed. " + kept, "1 3 2 67% 1 33% false false", nobody, false,
		},
		"upvotes only":    {project.VoteRules{UpvotesOnly: true}, counted, kept, "1 3 false", "0 0 false", true},
		"sign in to vote": {project.VoteRules{SignIn: true}, "Sign in to vote.", kept, "1 3 2 67% 1 33% false false", nobody, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, site := serve(t, ruledEssay(c.rules))
			s.give(votes.KindEssay, "", 2, 1)
			device := onDevice(t, ruledEssay(c.rules))
			for _, size := range [][2]int64{{390, 844}, {1280, 900}} {
				for _, at := range []struct {
					where, note, state string
					open               bool
				}{
					{site, strings.ReplaceAll(c.service, "{host}", strings.TrimPrefix(s.URL, "http://")), c.state, c.open},
					{device, c.device, c.deviceState, c.open || c.rules.SignIn},
				} {
					tab := browsertest.Open(t, size[0], size[1])
					tab.Visit(at.where)
					// Seen while it changes, since what is out of sight shifts nothing.
					tab.Do(widget + `.scrollIntoView({behavior: "instant", block: "center"})`)
					buttons := shut
					if at.open {
						buttons = active
					}
					tab.Wait(is(state, at.state) + ` && ` + is(note, at.note) + ` && ` + buttons + ` && !` + retry)
					unmoved(t, tab, name)
				}
			}
		})
	}
}

func TestHiddenUntilVoted(t *testing.T) {
	t.Parallel()
	s, site := serve(t, ruledEssay(project.VoteRules{Hidden: true}))
	s.give(votes.KindEssay, "", 2, 1)
	tab := browsertest.Open(t, 390, 844)
	tab.Visit(site)
	tab.Wait(is(state, unknown) + ` && ` + active)
	click(tab, ".up")
	tab.Wait(is(state, "2 4 3 75% 1 25% true false") + ` && ` + is(said, "You upvoted. Points: 2.") + ` && ` + note + `.startsWith("Votes are counted by")`)
	tab.Reload()
	tab.Wait(is(state, "2 4 3 75% 1 25% true false"))
	click(tab, ".up")
	tab.Wait(is(state, unknown) + ` && ` + is(said, "Your vote is taken back.") + ` && ` + note + `.startsWith("Results show once")`)
	settled(t, tab)

	device := browsertest.Open(t, 390, 844)
	device.Visit(onDevice(t, ruledEssay(project.VoteRules{Hidden: true})))
	device.Wait(is(state, unknown) + ` && ` + active)
	click(device, ".down")
	device.Wait(is(state, mineDn) + ` && ` + is(note, "Votes stay on this device."))
	click(device, ".down")
	device.Wait(is(state, unknown) + ` && ` + is(said, "Your vote is taken back."))
	settled(t, device)
}

// Voting opens and closes while the page is there, without a reload.
func TestThePageTurnsByItself(t *testing.T) {
	t.Parallel()
	turn := time.Now().Add(3 * time.Second).Truncate(time.Second).In(zone)
	opening := project.VoteRules{Opens: turn}
	closing := project.VoteRules{Closes: turn}
	_, opens := serve(t, ruledEssay(opening))
	_, closes := serve(t, ruledEssay(closing))
	for where, want := range map[string]string{
		opens: active, closes: shut + ` && ` + is(note, "Voting has closed. This is the final result."),
		onDevice(t, ruledEssay(opening)): active, onDevice(t, ruledEssay(closing)): shut,
	} {
		tab := browsertest.Open(t, 390, 844)
		tab.Visit(where)
		tab.Wait(want)
		settled(t, tab)
	}
}

// The service's clock counts, not the reader's.
func TestAWrongClock(t *testing.T) {
	t.Parallel()
	s, site := serve(t, ruledEssay(project.VoteRules{Opens: later(2)}))
	tab := browsertest.Open(t, 390, 844)
	tab.Before(`const now = Date.now; Date.now = () => now() + 3 * 3600e3`)
	tab.Visit(site)
	tab.Wait(shut + ` && ` + is(note, "Voting has not opened yet."))
	tab.Do(widget + `.querySelectorAll(".vote-button").forEach((b) => { b.disabled = false; })`)
	click(tab, ".up")
	tab.Wait(idle + ` && ` + shut + ` && ` + is(said, "Voting has not opened yet.") + ` && ` + is(note, "Voting has not opened yet.") + ` && !` + retry)
	if got := s.tally(votes.KindEssay, ""); got != (votes.Tally{}) {
		t.Errorf("counted %+v", got)
	}
	settled(t, tab)
}

// A page from before the rules were changed is told to be loaded again, on
// reading and on voting, and shows no vote as counted.
func TestAPageFromBefore(t *testing.T) {
	t.Parallel()
	s, site := serve(t, shortEssay())
	tab := browsertest.Open(t, 390, 844)
	tab.Visit(site)
	tab.Wait(is(state, nobody))
	const stale = "The rules of this vote have changed. Reload the page to vote."
	subject := votes.EssayOf(s.subject(votes.KindEssay, ""))
	if err := s.store.Learn(t.Context(), map[string]int64{subject: time.Now().Unix()}); err != nil {
		t.Fatal(err)
	}
	click(tab, ".up")
	tab.Wait(idle + ` && ` + shut + ` && ` + is(note, stale) + ` && ` + is(said, stale) + ` && ` + is(state, nobody) + ` && !` + retry)
	unmoved(t, tab, "stale")
	again := browsertest.Open(t, 390, 844)
	again.Visit(site)
	again.Wait(shut + ` && ` + is(note, stale))
	if got := s.tally(votes.KindEssay, ""); got != (votes.Tally{}) {
		t.Errorf("counted %+v", got)
	}
}

func TestSignedOut(t *testing.T) {
	t.Parallel()
	s, site := serve(t, ruledEssay(project.VoteRules{SignIn: true}))
	tab := browsertest.Open(t, 390, 844)
	tab.Visit(site)
	tab.Wait(shut + ` && ` + widget + `.querySelector("[data-note] a")?.href === ` + `"` + s.URL + `/account/?return=" + encodeURIComponent(location.href)`)
	if h := browsertest.Ask[float64](tab, widget+`.querySelector("[data-note] a").offsetHeight`); h < 44 {
		t.Errorf("the link is %v px high", h)
	}
	if links := browsertest.Ask[int](tab, `document.querySelectorAll("[data-note] a").length`); links != 3 {
		t.Errorf("%d of three widgets lead to the service", links)
	}
	unmoved(t, tab, "signed out")
}

// Without script the page says when votes are taken, and has no button for
// what it knows to be over.
func TestRulesWithoutScript(t *testing.T) {
	t.Parallel()
	ended := project.VoteRules{Opens: time.Date(2026, 3, 1, 8, 0, 0, 0, zone), Closes: time.Date(2026, 3, 9, 10, 30, 0, 0, zone)}
	row, notes := widget+`.querySelector(".vote-row").checkVisibility()`, `[...`+widget+`.querySelectorAll("p")].filter((p) => p.checkVisibility() && p.className !== "unseen").map((p) => p.textContent.trim()).join(" | ")`
	for name, c := range map[string]struct {
		rules   project.VoteRules
		service bool
		row     bool
		notes   string
	}{
		"ended": {ended, true, false, "Voting has closed. | Votes are taken from 1 March 2026, 08:00 (UTC+1) until 9 March 2026, 10:30 (UTC+1)."},
		"ended on the device": {
			ended, false, false,
			"Voting has closed. | Votes are taken from 1 March 2026, 08:00 (UTC+1) until 9 March 2026, 10:30 (UTC+1).",
		},
		"will open": {
			project.VoteRules{Opens: time.Date(2099, 12, 24, 18, 0, 0, 0, time.FixedZone("", -12600))},
			true, true,
			"Your vote is sent to {host} and counted there. Seeing the counts needs JavaScript, which is off in this browser. | Votes are taken from 24 December 2099, 18:00 (UTC−3:30).",
		},
		"will open on the device": {
			project.VoteRules{Opens: time.Date(2099, 12, 24, 18, 0, 0, 0, time.UTC)},
			false, false,
			"Voting needs JavaScript, which is off in this browser. | Votes are taken from 24 December 2099, 18:00 (UTC).",
		},
		"signing in": {
			project.VoteRules{SignIn: true},
			true, true,
			"Sign in to vote. Your vote is sent to {host} and counted there. Seeing the counts needs JavaScript, which is off in this browser.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			host, where := "", ""
			if c.service {
				var s *service
				s, where = serve(t, ruledEssay(c.rules))
				host = strings.TrimPrefix(s.URL, "http://")
			} else {
				where = onDevice(t, ruledEssay(c.rules))
			}
			tab := browsertest.Open(t, 390, 844)
			tab.Script(false)
			tab.Visit(where)
			if got := browsertest.Ask[bool](tab, row); got != c.row {
				t.Errorf("buttons are shown: %v", got)
			}
			if got, want := browsertest.Ask[string](tab, notes), strings.ReplaceAll(c.notes, "{host}", host); got != want {
				t.Errorf("it says\n%q, want\n%q", got, want)
			}
			if c.row && c.rules.Opens.After(time.Now()) {
				click(tab, ".up") // the service knows what time it is
				tab.Arrive("http://" + host + votes.VotesPath)
				if got := browsertest.Ask[string](tab, `document.querySelector("h1").textContent`); got != "Voting has not opened yet." {
					t.Errorf("the service says %q", got)
				}
			}
		})
	}
}

// The work of a protected essay doesn't hold up the page, and can be cancelled.
func TestWorkIsCancelled(t *testing.T) {
	t.Parallel()
	s, site := serve(t, shortEssay())
	guard := func(bits int) {
		t.Helper()
		if err := s.store.SetGuard(t.Context(), store.Guard{Essay: s.subject(votes.KindEssay, ""), Bits: bits}); err != nil {
			t.Fatal(err)
		}
	}
	guard(31) // takes a browser hours
	tab := browsertest.Open(t, 390, 844)
	tab.Visit(site)
	tab.Wait(is(state, nobody))
	for deadline := time.Now().Add(time.Minute); !s.asksForWork(site); {
		if time.Now().After(deadline) {
			t.Fatal("the service doesn't protect the essay")
		}
	}
	height := browsertest.Ask[float64](tab, widget+`.offsetHeight`)
	click(tab, ".up")
	const working = "This essay is protected: before its first vote here, your browser has to work a moment."
	tab.Wait(is(note, working) + ` && ` + is(said, working) + ` && ` + retry + `?.textContent === "Cancel" && ` + is(state, nobody))
	tab.Accessible("working")
	// The page is drawn meanwhile: a hundred frames come, none of them late by much.
	longest := browsertest.Ask[float64](tab, `new Promise((done) => {
  let last = performance.now(), longest = 0, n = 0;
  requestAnimationFrame(function frame(now) {
    longest = Math.max(longest, now - last);
    last = now;
    if (++n < 100) requestAnimationFrame(frame); else done(longest);
  });
})`)
	t.Logf("the longest frame took %.0f ms", longest)
	if got := browsertest.Ask[float64](tab, widget+`.offsetHeight`); got != height {
		t.Errorf("the widget is %v high, was %v", got, height)
	}
	tab.Do(retry + `.focus()`)
	tab.Press(kb.Enter)
	const cancelled = "Cancelled: your vote is not counted."
	tab.Wait(idle + ` && ` + is(note, cancelled) + ` && ` + is(said, cancelled) + ` && ` + retry + `?.textContent === "Retry" && ` + is(state, nobody))
	if got := s.tally(votes.KindEssay, ""); got != (votes.Tally{}) {
		t.Errorf("counted %+v", got)
	}
	settled(t, tab)
}
