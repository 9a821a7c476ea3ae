package accounts_test

// This file owns what accounts do for readers, over HTTP and in a browser.

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"photodesk/export/page/browsertest"
	"photodesk/export/votes"
	"photodesk/export/votes/accounts"
)

// The whole way in a browser without script: create, confirm, vote, sign out,
// forget the password, set it anew, sign in, delete.
func TestInBrowser(t *testing.T) {
	for kind, address := range kinds {
		t.Run(kind, func(t *testing.T) { inBrowser(t, begin(t, address(t))) })
	}
}

func inBrowser(t *testing.T, w *world) {
	const email = "ada@news.example"
	essay := w.site + "/essay/#vote"
	tab := browsertest.Open(t, 390, 844)
	back := url.Values{"return": {essay}}.Encode()
	tab.Visit(w.at("signin") + "?" + back)
	tab.Script(false)
	press := func(field, text string) {
		t.Helper()
		tab.Do(`document.querySelector("#` + field + `").focus()`)
		tab.Press(text)
	}
	heading := func(want string) {
		t.Helper()
		tab.Until(`document.readyState === "complete" && document.querySelector("h1").textContent === "` + want + `"`)
	}
	follow := func(page string) {
		t.Helper()
		tab.Do(`document.querySelector("a[href*='` + accounts.Path + page + `']").click()`)
		tab.Arrive(w.at(page) + "?" + back)
	}
	follow("create")
	press("email", "Ada@News.example")
	press("password", password+kb.Enter)
	heading("Look into your mail")
	link := w.post.Next(t, email, "Confirm your address").Link()
	tab.Visit(link)
	press("password", password+kb.Enter)
	tab.Arrive(essay)

	vote := func(v string) float64 {
		t.Helper()
		return browsertest.Ask[float64](tab, `fetch("`+w.base+votes.VotesPath+`", {method: "POST", credentials: "include", headers: {"Content-Type": "application/json", "`+votes.Header+`": "1"},
  body: JSON.stringify({subject: "`+token("e")+`", vote: `+v+`})}).then((r) => r.json()).then((c) => c.up)`)
	}
	if up := vote("1"); up != 1 {
		t.Errorf("%v upvotes", up)
	}
	// Another device with the same account is the same voter.
	other := browsertest.Open(t, 1440, 900)
	other.Visit(w.at("signin") + "?" + back)
	other.Do(`document.querySelector("#email").value = "` + email + `"`)
	other.Do(`document.querySelector("#password").focus()`)
	other.Press(password + kb.Enter)
	other.Arrive(essay)
	mine := browsertest.Ask[float64](other, `fetch("`+w.base+votes.TalliesPath+`?s=`+token("e")+`", {credentials: "include"}).then((r) => r.json()).then((a) => a.tallies[0].mine)`)
	if mine != 1 || w.tally("e") != (votes.Tally{Up: 1}) {
		t.Errorf("on another device the vote is %v of %+v", mine, w.tally("e"))
	}

	tab.Visit(w.at(""))
	heading("Your account")
	tab.Do(`document.querySelector("form[action*=signout] button").click()`)
	tab.Arrive(w.at("signin"))
	tab.Do(`document.querySelector("a[href*=forgot]").click()`)
	tab.Arrive(w.at("forgot"))
	press("email", email+kb.Enter)
	heading("Look into your mail")
	link = w.post.Next(t, email, "Set a new password").Link()
	tab.Visit(link)
	heading("Set a new password")
	press("password", "quite another one"+kb.Enter)
	tab.Until(`document.querySelector("[role=status]")?.textContent.includes("new password is set")`)
	w.post.Next(t, email, "Your password was changed")
	other.Visit(w.at("")) // signed out there as well
	if got := browsertest.Ask[string](other, `location.pathname`); got != accounts.Path+"signin" {
		t.Errorf("the other device is at %s", got)
	}
	press("password", "quite another one"+kb.Enter)
	tab.Arrive(w.at(""))
	tab.Visit(link)
	heading("This link no longer works")

	tab.Visit(w.at("delete"))
	press("password", "quite another one"+kb.Enter)
	heading("Your account is deleted")
	if got := w.tally("e"); got != (votes.Tally{}) {
		t.Errorf("a deleted account leaves %+v", got)
	}
	for _, tab := range []*browsertest.Tab{tab, other} {
		for _, p := range tab.Problems() {
			if !strings.HasPrefix(p, "410 for") && !strings.Contains(p, "status of 410") {
				t.Error(p)
			}
		}
		if v := browsertest.Ask[string](tab, `window.observed ? observed.violations.join("; ") : ""`); v != "" {
			t.Error(v)
		}
	}
}

// A browser's votes become the account's, and no vote counts twice.
func TestTakingOver(t *testing.T) {
	for kind, address := range kinds {
		t.Run(kind, func(t *testing.T) {
			w := begin(t, address(t))
			first := w.join("ada@news.example")
			first.vote("both", votes.Up)
			first.vote("back", votes.Up)
			first.vote("back", votes.None)

			second := w.reader()
			for essay, v := range map[string]votes.Vote{"both": votes.Down, "only": votes.Down, "back": votes.Up, "none": votes.Up} {
				second.vote(essay, v)
			}
			second.vote("none", votes.None)
			if got := w.tally("both"); got != (votes.Tally{Up: 1, Down: 1}) {
				t.Errorf("before, both: %+v", got)
			}
			for range 2 { // again changes nothing
				if a := second.form("signin", "email", "ADA@news.example", "password", password); a.status != http.StatusSeeOther {
					t.Fatalf("signing in is answered %d %s", a.status, a.body)
				}
				for essay, want := range map[string]votes.Tally{"both": {Up: 1}, "only": {Down: 1}, "back": {}, "none": {}} {
					if got := w.tally(essay); got != want {
						t.Errorf("%s: %+v, want %+v", essay, got, want)
					}
				}
			}
			second.vote("only", votes.Up)
			first.vote("only", votes.Up)
			if got := w.tally("only"); got != (votes.Tally{Up: 1}) {
				t.Errorf("on two devices: %+v", got)
			}
			if a := first.vote("both", votes.Down); a.header.Get(votes.VoterHeader) != "" || a.header.Get("Set-Cookie") != "" {
				t.Errorf("an account's vote names a browser: %v", a.header)
			}
		})
	}
}

// Every page in every language passes axe, in both schemes, without being wider
// than a phone.
func TestPages(t *testing.T) {
	w := begin(t, kinds["sqlite"](t))
	r := w.join("ada@news.example")
	w.reader().form("forgot", "email", "ada@news.example")
	reset := w.post.Next(t, "ada@news.example", "Set a new password").Link()
	w.reader().form("create", "email", "eve@news.example", "password", password)
	confirm := w.post.Next(t, "eve@news.example", "Confirm your address").Link()
	_ = r
	for _, size := range [][2]int64{{320, 700}, {1440, 900}} {
		tab := browsertest.Open(t, size[0], size[1])
		for _, address := range []string{w.at("signin"), w.at("create"), w.at("forgot"), reset, confirm, w.at("reset") + "?link=none"} {
			for _, dark := range []bool{false, true} {
				tab.Scheme(dark)
				tab.Visit(address)
				tab.Accessible(address)
				if wide := browsertest.Ask[float64](tab, `document.documentElement.scrollWidth - innerWidth`); wide > 0 {
					t.Errorf("%s is %v px too wide at %d", address, wide, size[0])
				}
				if small := browsertest.Ask[string](tab, `[...document.querySelectorAll("button, input:not([type=hidden]), .more a")].filter((b) => b.getBoundingClientRect().height < 44).map((b) => b.outerHTML).join()`); small != "" {
					t.Errorf("%s: less than 44 px: %s", address, small)
				}
				if v := browsertest.Ask[string](tab, `observed.violations.join("; ")`); v != "" {
					t.Error(v)
				}
			}
		}
	}
}

// Every language has every text, with the same places to fill.
func TestLanguages(t *testing.T) {
	w := begin(t, kinds["sqlite"](t))
	seen := map[string]string{}
	for _, lang := range []string{"en", "de", "fr", "es", "pt", "uk", "ar", "zh"} {
		r := w.reader()
		r.header.Set("Accept-Language", lang+"-XX, en;q=0.5")
		a := r.get(w.at("create"))
		dir := "ltr"
		if lang == "ar" {
			dir = "rtl"
		}
		if !strings.Contains(a.body, `<html lang="`+lang+`" dir="`+dir+`">`) || a.header.Get("Content-Language") != lang {
			t.Errorf("%s: %.80s", lang, a.body)
		}
		_, rest, _ := strings.Cut(a.body, "<title>")
		title, _, _ := strings.Cut(rest, "<")
		if was := seen[title]; was != "" {
			t.Errorf("%s and %s are both titled %q", lang, was, title)
		}
		seen[title] = lang
	}
}
