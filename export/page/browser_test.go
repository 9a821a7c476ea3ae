package page_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"photodesk/export/page"
	"photodesk/export/page/browsertest"
	"photodesk/project"
)

var expected = browsertest.Expect{Photos: 15, Covered: 1, Votes: 2}

func TestInABrowserFromDisk(t *testing.T) {
	t.Parallel()
	browsertest.Check(t, bundle(t, input()), expected)
}

func TestInABrowserOverHTTP(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.FileServer(http.Dir(bundle(t, input()))))
	t.Cleanup(server.Close)
	browsertest.Check(t, server.URL+"/", expected)
}

func TestInABrowserRightToLeft(t *testing.T) {
	t.Parallel()
	in := input()
	in.Essay.Lang, in.Essay.Dir = "he", "rtl" // its words are English, and its numbers
	in.Essay.Headline = "חורף לאורך החוף הצפוני"
	browsertest.Check(t, bundle(t, in), expected)
}

// Each theme is a page that works, also where the opening photograph carries the headline.
func TestThemesInABrowser(t *testing.T) {
	t.Parallel()
	for _, theme := range page.BuiltIn()[1:] {
		t.Run(theme.Name, func(t *testing.T) {
			t.Parallel()
			in := input()
			in.Theme = theme
			in.Essay.Blocks = append([]project.Block{shows(project.KindPhoto, project.WidthFull, 1)}, in.Essay.Blocks...)
			want := expected
			want.Photos++
			browsertest.Check(t, bundle(t, in), want)
		})
	}
}

// Without script every photo is there and leads to its JPEG, a covered one
// waits for its summary, and the widget says what it lacks.
func TestWithoutScript(t *testing.T) {
	t.Parallel()
	tab := browsertest.Open(t, 1440, 900)
	tab.Script(false)
	tab.Visit(browsertest.Address(t, bundle(t, input())))
	for expression, want := range map[string]bool{
		`document.querySelectorAll("a.frame[href$='.jpg'] img").length === 15`:                                                                                    true,
		`document.querySelector("details .frame").checkVisibility({contentVisibilityAuto: true})`:                                                                 false,
		`document.querySelector(".vote button").checkVisibility()`:                                                                                                false,
		`document.querySelector(".vote noscript p").checkVisibility()`:                                                                                            true,
		`document.querySelector(".compare-at").checkVisibility()`:                                                                                                 false,
		`document.querySelectorAll(".compare img")[0].getBoundingClientRect().right <= document.querySelectorAll(".compare img")[1].getBoundingClientRect().left`: true,
		`document.querySelector("dialog").checkVisibility()`:                                                                                                      false,
	} {
		if got := browsertest.Ask[bool](tab, expression); got != want {
			t.Errorf("%s is %v", expression, got)
		}
	}
}

// In a sandboxed frame localStorage throws: votes work all the same, and the
// widget says how long they last.
func TestEmbedInASandbox(t *testing.T) {
	t.Parallel()
	files := http.FileServer(http.Dir(bundle(t, input())))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "sandbox allow-scripts")
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	tab := browsertest.Open(t, 390, 844)
	tab.Visit(server.URL + "/embed.html")
	tab.Wait(`document.querySelector(".up:enabled")`)
	tab.Do(`document.querySelector(".up").click()`)
	tab.Wait(`document.querySelector("[data-tally=points]").textContent === "1"`)
	if note := browsertest.Ask[string](tab, `document.querySelector("[data-note]").textContent`); note != "Votes last until this page is closed." {
		t.Errorf("the widget says %q", note)
	}
}

// The range uncovers the first photo over the second; the keyboard moves it.
func TestCompare(t *testing.T) {
	t.Parallel()
	tab := browsertest.Open(t, 1440, 900)
	tab.Visit(browsertest.Address(t, bundle(t, input())))
	const edge = `getComputedStyle(document.querySelector(".compare .frame")).clipPath`
	tab.Wait(edge + `.includes("50%")`)
	tab.Do(`document.querySelector(".compare-at").focus()`)
	tab.Press(kb.End)
	tab.Wait(edge + ` === "inset(0px)" || ` + edge + `.includes(" 0%") || ` + edge + `.includes("100% - 100%")`)
	same := `(([a, b]) => a.top === b.top && a.left === b.left && a.width === b.width && a.height === b.height)([...document.querySelectorAll(".compare img")].map((i) => i.getBoundingClientRect()))`
	if !browsertest.Ask[bool](tab, same) {
		t.Error("the two photos don't lie over each other")
	}
}

// A slideshow's buttons move it, and rest at its ends.
func TestSlideshow(t *testing.T) {
	t.Parallel()
	tab := browsertest.Open(t, 390, 844)
	tab.Visit(browsertest.Address(t, bundle(t, input())))
	at := func(side string) string {
		return `document.querySelector(".slide-button.` + side + `")?.getAttribute("aria-disabled")`
	}
	tab.Wait(at("previous") + ` === "true" && ` + at("next") + ` === "false"`)
	tab.Do(`document.querySelector(".slide-button.next").click()`)
	tab.Wait(at("previous") + ` === "false"`)
}

func TestOneUncoveredPhotoAndNothingElse(t *testing.T) {
	t.Parallel()
	in := input()
	in.Essay.Blocks = []project.Block{shows(project.KindPhoto, project.WidthColumn, 1)}
	in.Essay.Votes = false
	browsertest.Check(t, bundle(t, in), browsertest.Expect{Photos: 1})
}
