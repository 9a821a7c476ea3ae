package page_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"photodesk/export/page"
	"photodesk/export/page/browsertest"
	"photodesk/project"
)

func TestMain(m *testing.M) { os.Exit(browsertest.Main(m).Run()) }

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

// What a reader sees of a page that comes slowly stays where it is.
func TestMastheadInParts(t *testing.T) {
	t.Parallel()
	for _, theme := range page.BuiltIn() {
		t.Run(theme.Name, func(t *testing.T) {
			t.Parallel()
			in := input()
			in.Theme = theme
			dir := bundle(t, in)
			html, err := os.ReadFile(filepath.Join(dir, "index.html"))
			if err != nil {
				t.Fatal(err)
			}
			at := strings.Index(string(html), `<span class="dateline">`)
			if at < 0 {
				t.Fatal("the page has no dateline")
			}
			painted := make(chan struct{})
			files := http.FileServer(http.Dir(dir))
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path != "/" {
					files.ServeHTTP(w, r)
					return
				}
				w.Write(html[:at])
				w.(http.Flusher).Flush()
				select {
				case <-painted:
					w.Write(html[at:])
				case <-r.Context().Done():
				}
			}))
			t.Cleanup(server.Close)
			tab := browsertest.Open(t, 1440, 900)
			tab.Do(`setTimeout(() => { location = "` + server.URL + `/"; })`)
			tab.Until(`performance.getEntriesByName("first-contentful-paint").length && document.querySelector(".byline")`)
			close(painted)
			tab.Wait(`document.readyState === "complete" && document.querySelector(".dateline").checkVisibility({visibilityProperty: true})`)
			if shifts := browsertest.Ask[string](tab, `observed.shifts.join("\n")`); shifts != "" {
				t.Errorf("the layout shifted:\n%s", shifts)
			}
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

// severalCovered is an essay with two covered photos, one with a reason of its own.
func severalCovered() page.Input {
	in := input()
	ph := in.Photos[2]
	ph.Sensitive, ph.SensitiveWhy = true, "A body is seen at the roadside."
	in.Photos[2] = ph
	in.Essay.Blocks = []project.Block{
		shows(project.KindPhoto, project.WidthColumn, 1), shows(project.KindPhoto, project.WidthColumn, 2), shows(project.KindPhoto, project.WidthWide, 4),
	}
	return in
}

// A cover says the editor's reason. What a reader chose to see, one or all, stays seen in this visit, and in no other.
func TestCoversAreChosenForTheVisit(t *testing.T) {
	t.Parallel()
	address := browsertest.Address(t, bundle(t, severalCovered()))
	tab := browsertest.Open(t, 390, 844)
	tab.Visit(address)
	const open = `[...document.querySelectorAll("details.cover")].map((d) => d.open).join(" ")`
	tab.Wait(`document.querySelectorAll(".cover-all").length === 2`)
	for expression, want := range map[string]string{
		`document.querySelectorAll(".cover-why")[0].textContent`: "A body is seen at the roadside.",
		`document.querySelectorAll(".cover-why")[1].textContent`: "Some readers may find this distressing.",
		open: "false false",
	} {
		if got := browsertest.Ask[string](tab, expression); got != want {
			t.Errorf("%s is %q, want %q", expression, got, want)
		}
	}
	// One choice is for one photo.
	tab.Do(`document.querySelector("summary").click()`)
	tab.Wait(open + ` === "true false" && Object.keys(sessionStorage).length === 1`)
	tab.Reload()
	tab.Wait(open + ` === "true false"`)
	// The lightbox says why, too, and offers all.
	tab.Do(`location.hash = document.querySelectorAll("figure[data-photo]")[2].id`)
	tab.Wait(`document.querySelector("dialog .cover-all")`)
	if got := browsertest.Ask[string](tab, `document.querySelector(".lightbox-cover span").textContent`); got != "Some readers may find this distressing." {
		t.Errorf("the lightbox says %q", got)
	}
	tab.Do(`document.querySelector("dialog .cover-all").click()`)
	tab.Wait(`document.querySelector("dialog [data-stage] img")?.naturalWidth > 0 && ` + open + ` === "true true"`)
	tab.Press(kb.Escape)
	tab.Reload()
	tab.Wait(open + ` === "true true"`)
	// Covered again is covered for good.
	tab.Do(`document.querySelectorAll("summary")[1].click()`)
	tab.Wait(open + ` === "true false" && Object.keys(sessionStorage).length === 1`)
	another := browsertest.Open(t, 390, 844)
	another.Visit(address)
	another.Wait(`document.querySelectorAll(".cover-all").length === 2`)
	if got := browsertest.Ask[string](another, open); got != "false false" {
		t.Errorf("another reader sees %s", got)
	}
}

// The lightbox shows a photo as large as its largest file is sharp: by button, by key, by a click where the reader looks.
func TestZoom(t *testing.T) {
	t.Parallel()
	tab := browsertest.Open(t, 1440, 900)
	tab.Visit(browsertest.Address(t, bundle(t, input())))
	tab.Do(`location.hash = document.querySelector("figure[data-photo]").id`)
	const img = `document.querySelector("dialog [data-stage] img")`
	tab.Wait(`document.activeElement.matches("[data-stage]")`)
	const wide = `Math.round(` + img + `.getBoundingClientRect().width)`
	tab.Wait(img + `?.naturalWidth > 0`)
	tab.Do(`document.querySelector("[data-zoom]").click()`)
	tab.Wait(wide + ` >= 1600 && document.querySelector("[data-zoom]").getAttribute("aria-pressed") === "true"`)
	middle := `((s) => Math.abs(s.scrollLeft + s.clientWidth / 2 - s.scrollWidth / 2) < 2)(document.querySelector("[data-stage]"))`
	if !browsertest.Ask[bool](tab, middle) {
		t.Error("the photo's middle is not in the middle")
	}
	// The keys move within it, not to the next photo.
	tab.Press(kb.ArrowRight)
	if got := browsertest.Ask[string](tab, `document.querySelector("[data-count]").textContent`); got != "1 of 15" {
		t.Errorf("an arrow leads to %s", got)
	}
	tab.Press("-")
	tab.Wait(wide + ` < 1440 && document.querySelector("[data-zoom]").getAttribute("aria-pressed") === "false"`)
	tab.Do(`(() => {
  const r = ` + img + `.getBoundingClientRect();
  for (const type of ["pointerdown", "pointerup"])
    ` + img + `.dispatchEvent(new PointerEvent(type, {bubbles: true, isPrimary: true, pointerId: 1, pointerType: "mouse", button: 0, clientX: r.left + 5, clientY: r.top + r.height / 2}));
})()`)
	tab.Wait(wide + ` >= 1600 && document.querySelector("[data-stage]").scrollLeft === 0`)
	// Another photo begins whole.
	tab.Do(`document.querySelector("[data-go='1']").click()`)
	tab.Wait(`document.querySelector("[data-count]").textContent === "2 of 15" && ` + wide + ` < 1440`)
}

// A page that pastes the embed's code shows it at the height that it needs, and only frames of its own can say so.
func TestEmbedTakesTheHeightItNeeds(t *testing.T) {
	t.Parallel()
	in := input()
	server := httptest.NewUnstartedServer(nil)
	in.Essay.Canonical = "http://" + server.Listener.Addr().String() + "/essay/"
	files := http.StripPrefix("/essay/", http.FileServer(http.Dir(bundle(t, in))))
	code, err := page.EmbedCode(in.Essay)
	if err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/around" {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, `<!DOCTYPE html><title>Around</title><body>`+code)
			return
		}
		files.ServeHTTP(w, r)
	})
	server.Start()
	t.Cleanup(server.Close)
	tab := browsertest.Open(t, 800, 900)
	tab.Visit(server.URL + "/around")
	tab.Wait(`(() => { const f = document.querySelector("iframe"); return f.contentDocument.body && f.offsetHeight === Math.ceil(f.contentDocument.body.getBoundingClientRect().height) && f.offsetHeight !== 640; })()`)
	before := browsertest.Ask[int](tab, `document.querySelector("iframe").offsetHeight`)
	tab.Do(`postMessage({photodesk: "height", height: 77}, "*")`)
	tab.Do(`new Promise((done) => { addEventListener("message", done); postMessage("after", "*"); })`)
	if after := browsertest.Ask[int](tab, `document.querySelector("iframe").offsetHeight`); after != before {
		t.Errorf("the frame's height became %d; a stranger said so", after)
	}
}
