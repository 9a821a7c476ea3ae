package page_test

// This file owns what readers do with widgets that a service counts for, in a
// real browser.

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
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

// The essay's widget, and what it shows: points, total, upvotes, their
// percentage, downvotes, theirs, and which buttons are pressed.
const (
	widget = `document.querySelector("form.of-essay")`
	state  = `[...` + widget + `.querySelectorAll("[data-tally]")].map((n) => n.textContent).concat([...` + widget + `.querySelectorAll(".vote-button")].map((b) => b.getAttribute("aria-pressed"))).join(" ")`
	note   = widget + `.querySelector("[data-note]").textContent`
	said   = widget + `.querySelector("[data-said]").textContent`
	retry  = widget + `.querySelector("[data-retry]:not([hidden])")`
	idle   = widget + `.getAttribute("aria-busy") === null`

	unknown = "– – –  –  false false"
	nobody  = "0 0 0 0% 0 0% false false"
	mineUp  = "1 1 1 100% 0 0% true false"
	mineDn  = "−1 1 0 0% 1 100% false true"
)

// shortEssay has the essay's widget and, twice, a photo's.
func shortEssay() page.Input { return shortWithService() }

func is(expression, want string) string { return fmt.Sprintf("%s === %q", expression, want) }

// click is not what a layout shift is forgiven after, so that each counts.
func click(tab *browsertest.Tab, side string) {
	tab.Do(widget + `.querySelector("` + side + `").click()`)
}

// settled checks what holds after every test: nothing moved, the policy held.
func settled(t *testing.T, tab *browsertest.Tab) {
	t.Helper()
	if shifts := browsertest.Ask[string](tab, `observed.shifts.join("\n")`); shifts != "" {
		t.Errorf("the layout shifted:\n%s", shifts)
	}
	if v := browsertest.Ask[string](tab, `observed.violations.join("; ")`); v != "" {
		t.Errorf("the policy was violated: %s", v)
	}
}

// Everything that holds for a page holds for one with a service: votes given,
// switched, taken back, there again after a reload; no layout shift, no violation, no
// request but to the service.
func TestVotesAtAService(t *testing.T) {
	t.Parallel()
	s, site := serve(t, shortEssay())
	browsertest.Check(t, site, browsertest.Expect{Photos: 2, Votes: 3, Service: s.URL})
	if got := s.tally(votes.KindEssay, ""); got != (votes.Tally{}) {
		t.Errorf("votes taken back leave %+v", got)
	}
	if seen := s.requests(); !slices.Contains(seen, "OPTIONS") || seen[0] != "GET 2" {
		t.Errorf("the page asked %q", seen)
	}
}

func TestTwoReadersSeeBothVotes(t *testing.T) {
	t.Parallel()
	s, site := serve(t, shortEssay())
	s.give(votes.KindEssay, "", 3, 1)
	one := browsertest.Open(t, 1440, 900)
	one.Visit(site)
	one.Wait(is(state, "2 4 3 75% 1 25% false false"))
	click(one, ".up")
	one.Wait(is(state, "3 5 4 80% 1 20% true false"))
	one.Wait(is(said, "You upvoted. Points: 3."))

	two := browsertest.Open(t, 390, 844)
	two.Visit(site)
	two.Wait(is(state, "3 5 4 80% 1 20% false false"))
	click(two, ".down")
	two.Wait(is(state, "2 6 4 67% 2 33% false true"))

	one.Reload()
	one.Wait(is(state, "2 6 4 67% 2 33% true false"))
	for _, tab := range []*browsertest.Tab{one, two} {
		settled(t, tab)
		if p := tab.Problems(); len(p) > 0 {
			t.Errorf("problems: %q", p)
		}
	}
}

// Large numbers are grouped and move nothing when they arrive.
func TestManyVotesMoveNothing(t *testing.T) {
	t.Parallel()
	s, site := serve(t, shortEssay())
	s.give(votes.KindEssay, "", 12_345, 1_234)
	for _, size := range [][2]int64{{320, 700}, {390, 844}, {500, 900}, {1440, 900}} {
		tab := browsertest.Open(t, size[0], size[1])
		tab.Visit(site)
		tab.Do(widget + `.scrollIntoView({behavior: "instant", block: "center"})`)
		tab.Wait(is(state, "11,111 13,579 12,345 91% 1,234 9% false false"))
		if wide := browsertest.Ask[float64](tab, `document.documentElement.scrollWidth - innerWidth`); wide > 0 {
			t.Errorf("%d px: the page is %v too wide", size[0], wide)
		}
		settled(t, tab)
	}
}

func TestAVoteShowsOnlyOnceItIsCounted(t *testing.T) {
	t.Parallel()
	s, site := serve(t, shortEssay())
	tab := browsertest.Open(t, 1440, 900)
	tab.Visit(site)
	tab.Wait(is(state, nobody))

	arrived, release := make(chan struct{}), make(chan struct{})
	s.failing(func(w http.ResponseWriter, r *http.Request) {
		arrived <- struct{}{}
		<-release
		s.failing(nil)
		s.ServeHTTP(w, r)
	})
	height := browsertest.Ask[float64](tab, widget+`.offsetHeight`)
	click(tab, ".up")
	<-arrived
	tab.Wait(widget + `.getAttribute("aria-busy") === "true" && ` + is(state, nobody) + ` && ` + is(note, "Sending your vote…"))
	click(tab, ".down") // one at a time
	if got := browsertest.Ask[string](tab, state); got != nobody {
		t.Errorf("while it is sent it shows %q", got)
	}
	if got := browsertest.Ask[float64](tab, widget+`.offsetHeight`); got != height {
		t.Errorf("the widget is %v high, was %v", got, height)
	}
	close(release)
	tab.Wait(is(state, mineUp) + ` && ` + idle + ` && ` + is(said, "You upvoted. Points: 1."))
	if seen := s.requests(); strings.Join(seen, " ") != "GET 2 OPTIONS POST" {
		t.Errorf("the page asked %q", seen)
	}
	settled(t, tab)
}

func TestAFailedVoteReturnsToWhatWas(t *testing.T) {
	t.Parallel()
	s, site := serve(t, shortEssay())
	tab := browsertest.Open(t, 390, 844)
	tab.Visit(site)
	click(tab, ".up")
	tab.Wait(is(state, mineUp))
	height := browsertest.Ask[float64](tab, widget+`.offsetHeight`)
	for _, c := range []struct {
		fail http.HandlerFunc
		want string
	}{
		{status(http.StatusInternalServerError, ""), "No answer came: your vote may not be counted."},
		{hangUp, "No answer came: your vote may not be counted."},
		{status(http.StatusForbidden, ""), "Your vote was refused and is not counted."},
		{func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>A portal</html>")) }, "No answer came: your vote may not be counted."},
		{func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"up":-1}`)) }, "No answer came: your vote may not be counted."},
	} {
		s.failing(c.fail)
		click(tab, ".down")
		tab.Wait(idle + ` && ` + retry + ` && ` + is(note, c.want) + ` && ` + is(said, c.want))
		if got := browsertest.Ask[string](tab, state); got != mineUp {
			t.Errorf("after the failure it shows %q", got)
		}
		if got := browsertest.Ask[float64](tab, widget+`.offsetHeight`); got != height {
			t.Errorf("the widget is %v high, was %v", got, height)
		}
		s.failing(nil)
		tab.Do(retry + `.focus()`)
		tab.Press(kb.Enter)
		tab.Wait(is(state, mineDn) + ` && !` + retry + ` && ` + is(note, "Votes are counted by "+strings.TrimPrefix(s.URL, "http://")+"."))
		if !browsertest.Ask[bool](tab, `document.activeElement === `+widget+`.querySelector(".down")`) {
			t.Error("the focus is lost")
		}
		click(tab, ".up")
		tab.Wait(is(state, mineUp))
	}
	settled(t, tab)
}

// Too many: the reader is told when to try again, and can then.
func TestLimited(t *testing.T) {
	t.Parallel()
	s, site := serve(t, shortEssay())
	tab := browsertest.Open(t, 390, 844)
	tab.Visit(site)
	tab.Wait(is(state, nobody))
	for _, c := range []struct {
		fail http.HandlerFunc
		want string
	}{
		{status(http.StatusTooManyRequests, "3600"), "Too many votes at once. Try again in 60 minutes."},
		{status(http.StatusServiceUnavailable, "30"), "The vote service is busy. Try again in 30 seconds."},
		{status(http.StatusServiceUnavailable, ""), "No answer came: your vote may not be counted."},
		{status(http.StatusTooManyRequests, "1"), "Too many votes at once. Try again in 1 second."},
	} {
		s.failing(c.fail)
		click(tab, ".up")
		tab.Wait(idle + ` && ` + is(note, c.want) + ` && ` + is(said, c.want) + ` && ` + is(state, nobody))
		if !strings.Contains(c.want, "No answer") && !browsertest.Ask[bool](tab, retry+`.disabled`) {
			t.Errorf("%s It can be retried at once.", c.want)
		}
	}
	s.failing(nil)
	tab.Wait(is(note, "You can try again now.") + ` && ` + is(said, "You can try again now.") + ` && ` + retry + `.disabled === false`)
	tab.Do(retry + `.click()`)
	tab.Wait(is(state, mineUp) + ` && !` + retry)
	settled(t, tab)
}

func TestOffline(t *testing.T) {
	t.Parallel()
	s, site := serve(t, shortEssay())
	tab := browsertest.Open(t, 390, 844)
	tab.Visit(site)
	tab.Wait(is(state, nobody))
	tab.Offline(true)
	click(tab, ".up")
	tab.Wait(is(note, "You are offline: your vote is not counted.") + ` && ` + retry + ` && ` + is(state, nobody))
	tab.Offline(false)
	tab.Do(retry + `.click()`)
	tab.Wait(is(state, mineUp))
	if got := s.tally(votes.KindEssay, ""); got != (votes.Tally{Up: 1}) {
		t.Errorf("counted %+v", got)
	}
	settled(t, tab)
}

// Tallies that can't be read leave the counts unknown, not zero; they come with
// Retry, or when the network is back. Meanwhile a vote can be given all the same.
func TestTalliesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	s, site := serve(t, shortEssay())
	s.give(votes.KindEssay, "", 1, 0)
	tab := browsertest.Open(t, 390, 844)
	const photoState = `document.querySelector("form.of-photo [data-tally=points]").textContent`
	for _, again := range []string{retry + `.click()`, `dispatchEvent(new Event("online"))`} {
		s.failing(hangUp)
		tab.Visit(site)
		tab.Wait(is(note, "Votes could not be loaded.") + ` && ` + retry + ` && ` + is(state, unknown))
		s.failing(nil)
		tab.Do(again)
		tab.Wait(is(state, "1 1 1 100% 0 0% false false") + ` && !` + retry + ` && ` + is(photoState, "0"))
	}
	s.failing(status(http.StatusTooManyRequests, "3600"))
	tab.Visit(site)
	tab.Wait(is(note, "Too many votes at once. Try again in 60 minutes.") + ` && ` + is(state, unknown))
	s.failing(nil)
	click(tab, ".up")
	tab.Wait(is(state, "2 2 2 100% 0 0% true false") + ` && ` + is(photoState, "–"))
	settled(t, tab)
}

// A photo that is placed twice has one tally, and both widgets show it.
func TestAPhotoPlacedTwiceHasOneTally(t *testing.T) {
	t.Parallel()
	s, site := serve(t, shortEssay())
	tab := browsertest.Open(t, 1440, 900)
	tab.Visit(site)
	const points = `[...document.querySelectorAll("form.of-photo [data-tally=points]")].map((n) => n.textContent).join(" ")`
	tab.Wait(is(points, "0 0"))
	tab.Do(`document.querySelectorAll("form.of-photo")[1].querySelector(".up").click()`)
	tab.Wait(is(points, "1 1"))
	if got := s.tally(votes.KindPhoto, "bead00000001"); got != (votes.Tally{Up: 1}) {
		t.Errorf("counted %+v", got)
	}
	if seen := s.requests(); strings.Join(seen, " ") != "GET 2 OPTIONS POST" {
		t.Errorf("the page asked %q", seen)
	}
}

// More widgets than one request may ask for are read in as few as it takes.
func TestManyWidgetsAreReadInFewRequests(t *testing.T) {
	t.Parallel()
	in := shortEssay()
	grid := project.Block{Kind: project.KindGallery, Layout: project.LayoutGrid}
	for id := int64(1); id <= 45; id++ {
		p := photo(id, "", "Jane Doe", 30, 20)
		p.Placeholder = ""
		for i := range p.Sources {
			p.Sources[i].Candidates = []page.Candidate{{Path: p.Full, Width: 30}}
		}
		in.Photos[id] = p
		grid.Placements = append(grid.Placements, project.Placement{PhotoID: id, Vote: true})
	}
	in.Essay.Blocks = []project.Block{grid}
	s, site := serve(t, in)
	tab := browsertest.Open(t, 1440, 900)
	tab.Visit(site)
	tab.Wait(`[...document.querySelectorAll("[data-tally=points]")].every((n) => n.textContent === "0")`)
	if seen := s.requests(); strings.Join(seen, " ") != "GET 40 GET 6" {
		t.Errorf("the page asked %q", seen)
	}
}

// A plain form: no script, two buttons, and back to the widget. Script then
// shows the vote as the reader's own, but only where the service is on the page's
// site: browsers keep the cookie of another site's page apart from its frames'
// and requests'.
func TestVotesWithoutScript(t *testing.T) {
	t.Parallel()
	for host, after := range map[string]string{"127.0.0.1": mineDn, "localhost": strings.Replace(mineDn, "true", "false", 1)} {
		t.Run(host, func(t *testing.T) {
			t.Parallel()
			withoutScript(t, host, after)
		})
	}
}

func withoutScript(t *testing.T, host, after string) {
	s, site := serveAt(t, shortEssay(), host)
	tab := browsertest.Open(t, 390, 844)
	tab.Script(false)
	tab.Visit(site)
	for expression, want := range map[string]bool{
		widget + `.querySelector(".up").checkVisibility()`:           true,
		widget + `.querySelector(".up").disabled`:                    false,
		widget + `.querySelector(".vote-tally").checkVisibility()`:   false,
		widget + `.querySelector("[data-note]").checkVisibility()`:   false,
		widget + `.querySelector("[data-retry]").checkVisibility()`:  false,
		widget + `.querySelector("noscript p").checkVisibility()`:    true,
		`document.documentElement.scrollWidth <= innerWidth`:         true,
		`document.querySelectorAll("[id=vote-essay]").length === 1`:  true,
		widget + `.querySelector("noscript p").textContent.length>9`: true,
	} {
		if got := browsertest.Ask[bool](tab, expression); got != want {
			t.Errorf("%s is %v", expression, got)
		}
	}
	click(tab, ".down")
	tab.Arrive(site + "#vote-essay")
	if got := s.tally(votes.KindEssay, ""); got != (votes.Tally{Down: 1}) {
		t.Errorf("counted %+v", got)
	}
	tab.Do(`document.querySelectorAll("form.of-photo")[1].querySelector(".up").click()`)
	tab.Arrive(site + "#vote-bead00000001-2")
	if got := s.tally(votes.KindPhoto, "bead00000001"); got != (votes.Tally{Up: 1}) {
		t.Errorf("counted %+v", got)
	}
	if seen := s.requests(); strings.Join(seen, " ") != "FORM FORM" {
		t.Errorf("the page asked %q", seen)
	}
	tab.Script(true)
	tab.Visit(site + "embed.html")
	tab.Wait(is(state, after))
}

func TestTheEmbedVotesAtTheService(t *testing.T) {
	t.Parallel()
	s, site := serve(t, shortEssay())
	tab := browsertest.Open(t, 390, 844)
	tab.Visit(site + "embed.html")
	tab.Wait(is(state, nobody))
	click(tab, ".up")
	tab.Wait(is(state, mineUp))
	settled(t, tab)
	tab.Script(false)
	tab.Reload()
	click(tab, ".down")
	tab.Arrive(site + "embed.html#vote-essay")
	if seen := s.requests(); strings.Join(seen, " ") != "GET 1 OPTIONS POST FORM" {
		t.Errorf("the page asked %q", seen)
	}
}

// In a sandboxed frame and from a disk the origin is "null": counts are shown,
// votes can't be given, and the widget says so.
func TestCountsOnlyWithoutAnOrigin(t *testing.T) {
	t.Parallel()
	s, _ := serve(t, shortEssay())
	s.give(votes.KindEssay, "", 2, 0)
	dir := bundle(t, counted(shortEssay(), s.URL))
	files := http.FileServer(http.Dir(dir))
	sandbox := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "sandbox allow-scripts")
		files.ServeHTTP(w, r)
	})
	for name, address := range map[string]string{"sandbox": sandbox + "/embed.html", "disk": browsertest.Address(t, dir)} {
		t.Run(name, func(t *testing.T) {
			tab := browsertest.Open(t, 390, 844)
			tab.Visit(address)
			tab.Wait(is(state, "2 2 2 100% 0 0% false false") + ` && ` + is(note, "To vote, open the essay on its own site."))
			if !browsertest.Ask[bool](tab, widget+`.querySelector(".up").disabled`) {
				t.Error("a vote can be given")
			}
			settled(t, tab)
		})
	}
}

// A site that the service doesn't know can neither read nor vote.
func TestAnotherSiteIsToldThatNothingCounts(t *testing.T) {
	t.Parallel()
	s, _ := serve(t, shortEssay())
	other := newServer(t, http.FileServer(http.Dir(bundle(t, counted(shortEssay(), s.URL)))).ServeHTTP)
	tab := browsertest.Open(t, 390, 844)
	tab.Visit(other)
	tab.Wait(is(note, "Votes could not be loaded."))
	click(tab, ".up")
	tab.Wait(is(note, "No answer came: your vote may not be counted.") + ` && ` + is(state, unknown))
	if got := s.tally(votes.KindEssay, ""); got != (votes.Tally{}) {
		t.Errorf("counted %+v", got)
	}
}

// Where the browser keeps no cookie of the service, the page remembers who
// voted: a vote is switched, not given twice, also after a reload.
func TestVotesWhereCookiesAreBlocked(t *testing.T) {
	t.Parallel()
	s, site := serve(t, shortEssay())
	s.mu.Lock()
	s.cookies = false
	s.mu.Unlock()
	tab := browsertest.Open(t, 390, 844)
	tab.Visit(site)
	tab.Wait(is(state, nobody))
	click(tab, ".up")
	tab.Wait(is(state, mineUp) + ` && ` + idle)
	click(tab, ".down")
	tab.Wait(is(state, mineDn) + ` && ` + idle)
	tab.Reload()
	tab.Wait(is(state, mineDn))
	click(tab, ".up")
	tab.Wait(is(state, mineUp))
	if got := s.tally(votes.KindEssay, ""); got != (votes.Tally{Up: 1}) {
		t.Errorf("counted %+v", got)
	}
	settled(t, tab)
}

// A protected essay has the browser work, which the reader doesn't notice.
func TestAProtectedEssay(t *testing.T) {
	t.Parallel()
	s, site := serve(t, shortEssay())
	essay := s.subject(votes.KindEssay, "")
	if err := s.store.SetGuard(t.Context(), store.Guard{Essay: essay, Bits: 10}); err != nil {
		t.Fatal(err)
	}
	tab := browsertest.Open(t, 390, 844)
	tab.Visit(site)
	tab.Wait(is(state, nobody))
	for deadline := time.Now().Add(time.Minute); !s.asksForWork(site); {
		if time.Now().After(deadline) {
			t.Fatal("the service doesn't protect the essay")
		}
	}
	click(tab, ".up")
	tab.Wait(is(state, mineUp) + ` && ` + idle)
	click(tab, ".down")
	tab.Wait(is(state, mineDn) + ` && ` + idle)
	tab.Do(`document.querySelector("form.of-photo .up").click()`)
	tab.Wait(`document.querySelector("form.of-photo [data-tally=points]").textContent === "1"`)
	// The first vote is sent again with the work; what follows needs none.
	if posts := slices.DeleteFunc(s.requests(), func(what string) bool { return what != "POST" }); len(posts) != 4 {
		t.Errorf("%d votes were sent, not 4", len(posts))
	}
	settled(t, tab)
}

// asksForWork reports whether the service knows that the essay is protected. It
// takes back a vote that nobody has, which leaves nothing behind.
func (s *service) asksForWork(site string) bool {
	s.t.Helper()
	body := fmt.Sprintf(`{"subject":%q,"vote":0}`, votes.Sign(projectKey, votes.KindEssay, "essay-1", ""))
	r := httptest.NewRequestWithContext(s.t.Context(), http.MethodPost, votes.VotesPath, strings.NewReader(body))
	r.Header.Set("Origin", strings.TrimSuffix(site, "/"))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set(votes.Header, "1")
	w := httptest.NewRecorder()
	s.real.ServeHTTP(w, r)
	return w.Code == http.StatusPreconditionRequired
}
