package browsertest

// This file owns the checks, one function for each promise of the page.

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// Expect is what a bundle's page should hold.
type Expect struct {
	Photos  int // photos shown, each placement counted, as the lightbox counts them
	Covered int // how many of them are covered
	Votes   int // vote widgets, the essay's and the photos'

	// Service is the address of the vote service that the page may ask, and that
	// has no votes when the check begins; "" where votes stay on the device.
	Service string
}

// Check visits the page of a bundle at a phone's and a desktop's size and
// reports everything that breaks a promise. where is the page's http or file
// address, or the bundle's folder.
func Check(t testing.TB, where string, want Expect) {
	t.Helper()
	address := Address(t, where)
	for _, size := range [][2]int64{{390, 844}, {1440, 900}} {
		tab := Open(t, size[0], size[1])
		tab.Visit(address)
		c := &checker{Tab: tab, t: t, want: want, name: fmt.Sprintf("%d px: ", size[0])}
		c.photos()
		c.layout()
		c.lightbox()
		c.covers()
		c.votes()
		c.quiet(address)
	}
}

// Address is the address of a page that is given as such or as a bundle's folder.
func Address(t testing.TB, where string) string {
	t.Helper()
	if strings.Contains(where, "://") {
		return where
	}
	path, err := filepath.Abs(where)
	if err != nil {
		t.Fatal(err)
	}
	return "file://" + filepath.ToSlash(filepath.Join(path, "index.html"))
}

type checker struct {
	*Tab
	t    testing.TB
	want Expect
	name string // what is being checked at the moment, for messages
}

func (c *checker) errorf(format string, args ...any) {
	c.t.Helper()
	c.t.Errorf(c.name+format, args...)
}

// equal compares what an expression gives in the page.
func equal[T comparable](c *checker, expression string, want T) {
	c.t.Helper()
	if got := Ask[T](c.Tab, expression); got != want {
		c.errorf("%s is %v, want %v", expression, got, want)
	}
}

const (
	photos   = `[...document.querySelectorAll("figure[data-photo]")]`
	open     = `document.querySelector("dialog").open`
	count    = `document.querySelector("[data-count]").textContent.match(/\d+/g).join(" of ")` // in whatever language
	shownIMG = `document.querySelector("dialog [data-stage] img")`
)

// photos: each one loads as the reader comes to it, and a covered one doesn't.
func (c *checker) photos() {
	c.t.Helper()
	equal(c, photos+`.length`, c.want.Photos)
	equal(c, photos+`.filter((f) => f.querySelector("details:not([open])")).length`, c.want.Covered)
	// Photos in a slideshow come into view only when it is scrolled.
	c.Do(`(async () => {
  for (const f of ` + photos + `) {
    f.scrollIntoView({behavior: "instant", block: "center", inline: "center"});
    await new Promise((next) => setTimeout(next));
    const img = f.querySelector("img");
    if (!f.querySelector("details:not([open])") && !img.complete)
      await new Promise((next) => { img.onload = img.onerror = next; });
  }
  scrollTo({top: 0, behavior: "instant"});
})()`)
	equal(c, photos+`.filter((f) => !f.querySelector("details:not([open])") && f.querySelector("img").naturalWidth === 0).map((f) => f.id).join(" ")`, "")
	equal(c, photos+`.filter((f) => f.querySelector("details:not([open])") && f.querySelector("img").currentSrc).map((f) => f.id).join(" ")`, "")
	equal(c, `[...document.images].filter((i) => !i.alt).length`, 0)
}

// layout: nothing has moved by itself, nothing reaches beyond the window, and
// what a finger presses is 44 px at the least.
func (c *checker) layout() {
	c.t.Helper()
	if shift := Ask[float64](c.Tab, `observed.shift`); shift != 0 {
		c.errorf("the layout shifted by %v:\n%s", shift, Ask[string](c.Tab, `observed.shifts.join("\n")`))
	}
	equal(c, `document.documentElement.scrollWidth <= innerWidth`, true)
	c.buttons()
}

func (c *checker) buttons() {
	c.t.Helper()
	equal(c, `[...document.querySelectorAll("button, summary")].filter((b) => {
  const r = b.getBoundingClientRect();
  return b.checkVisibility() && (r.width < 44 || r.height < 44);
}).map((b) => b.className + " " + b.textContent).join("; ")`, "")
}

// lightbox: opened, walked and left by the keyboard alone, the focus returned.
func (c *checker) lightbox() {
	c.t.Helper()
	link := photos + `.map((f) => f.querySelector("a.frame")).find((a) => a.checkVisibility())`
	c.Do(link + `.focus()`)
	before := Ask[int](c.Tab, `history.length`)
	start := Ask[int](c.Tab, photos+`.findIndex((f) => f.contains(document.activeElement))`)
	of := func(n int) string { return fmt.Sprintf("%d of %d", n, c.want.Photos) }

	c.Press(kb.Enter)
	c.Wait(open)
	equal(c, `document.querySelector("dialog").contains(document.activeElement)`, true)
	equal(c, count, of(start+1))
	c.Wait(shownIMG + `?.naturalWidth > 0`)
	equal(c, `location.hash`, "#"+Ask[string](c.Tab, photos+fmt.Sprintf(`[%d].id`, start)))
	c.buttons()

	forward, back := kb.ArrowRight, kb.ArrowLeft
	if Ask[bool](c.Tab, `document.dir === "rtl"`) {
		forward, back = back, forward
	}
	c.Press(kb.End)
	c.Wait(count + ` === "` + of(c.want.Photos) + `"`)
	c.Press(forward)
	equal(c, count, of(c.want.Photos))
	c.Press(kb.Home)
	c.Wait(count + ` === "` + of(1) + `"`)
	c.Press(back)
	equal(c, count, of(1))
	if c.want.Photos > 1 {
		c.Press(forward)
		c.Wait(count + ` === "` + of(2) + `"`)
		equal(c, `document.querySelector("[data-caption]").textContent === (`+photos+`[1].querySelector(".caption")?.textContent || "")`, true)
		equal(c, `document.querySelector("dialog [data-credit]").textContent === (`+photos+`[1].querySelector(".credit")?.textContent || "")`, true)
		c.Press(back)
		c.Wait(count + ` === "` + of(1) + `"`)
		c.swipe(-120)
		equal(c, count, of(2))
		c.swipe(120)
		equal(c, count, of(1))
	}
	c.Press(kb.Tab)
	equal(c, `document.querySelector("dialog").contains(document.activeElement)`, true)

	c.Press(kb.Escape)
	c.Wait(`!` + open + ` && location.hash === ""`)
	equal(c, `document.activeElement === `+link, true)

	// The browser's Back closes too, and stays on the page.
	c.Press(kb.Enter)
	c.Wait(open)
	equal(c, `history.length`, before+1)
	c.Do(`history.back()`)
	c.Wait(`!` + open)
	equal(c, `document.activeElement === `+link, true)
	c.deepLink()
}

// swipe moves one finger over the lightbox, level, towards the next photo
// where by is negative in a page that reads from left to right.
func (c *checker) swipe(by int) {
	c.t.Helper()
	c.Do(fmt.Sprintf(`for (const [type, x] of [["pointerdown", 200], ["pointerup", 200 + %d * (document.dir === "rtl" ? -1 : 1)]])
  document.querySelector("[data-stage]").dispatchEvent(new PointerEvent(type, {isPrimary: true, pointerId: 7, pointerType: "touch", clientX: x, clientY: 300}));`, by))
}

// deepLink: an address with a photo's name opens it.
func (c *checker) deepLink() {
	c.t.Helper()
	last := Ask[string](c.Tab, photos+`.at(-1).id`)
	c.Do(`location.hash = "` + last + `"`)
	c.Wait(open)
	equal(c, count, fmt.Sprintf("%d of %d", c.want.Photos, c.want.Photos))
	c.Reload()
	c.Wait(`document.querySelector("dialog")?.open`)
	equal(c, count, fmt.Sprintf("%d of %d", c.want.Photos, c.want.Photos))
	c.Press(kb.Escape)
	c.Wait(`!` + open + ` && location.hash === ""`)
}

// covers: the lightbox keeps a covered photo covered until the reader chooses,
// and then the page shows it too.
func (c *checker) covers() {
	c.t.Helper()
	if c.want.Covered == 0 {
		return
	}
	id := Ask[string](c.Tab, photos+`.find((f) => f.querySelector("details:not([open])")).id`)
	c.Do(`location.hash = "` + id + `"`)
	c.Wait(open)
	equal(c, shownIMG+` === null`, true)
	equal(c, `document.getElementById("`+id+`").querySelector("img").currentSrc`, "")
	c.Wait(`document.activeElement?.matches("dialog [data-stage]")`) // a frame after the dialog is open
	c.Do(`document.querySelector("dialog .cover-button").focus()`)
	c.Press(kb.Enter)
	c.Wait(shownIMG + `?.naturalWidth > 0`)
	equal(c, `document.getElementById("`+id+`").querySelector("details").open`, true)
	equal(c, `document.querySelector("dialog").contains(document.activeElement)`, true)
	c.Press(kb.Escape)
	c.Wait(`!` + open + ` && location.hash === ""`)
}

// votes: given, switched, taken back and kept, counted right at every step.
func (c *checker) votes() {
	c.t.Helper()
	equal(c, `document.querySelectorAll("form[data-vote]").length`, c.want.Votes)
	for i := range c.want.Votes {
		form := fmt.Sprintf(`document.querySelectorAll("form[data-vote]")[%d]`, i)
		// points, total, upvotes, their percentage, downvotes, theirs; what is pressed
		state := `((f) => [...f.querySelectorAll("[data-tally]")].map((n) => n.textContent).concat([...f.querySelectorAll(".vote-button")].map((b) => b.getAttribute("aria-pressed"))).join(" "))(` + form + `)`
		press := func(value, want string) {
			c.t.Helper()
			c.Do(form + `.querySelector(".` + value + `").focus()`)
			height := Ask[float64](c.Tab, form+`.offsetHeight`)
			c.Press(kb.Enter)
			c.Wait(state + ` === "` + want + `"`)
			equal(c, form+`.querySelector("[data-said]").textContent !== ""`, true)
			equal(c, form+`.offsetHeight`, height)
		}
		const none, up, down = "0 0 0 0% 0 0% false false", "1 1 1 100% 0 0% true false", "\u22121 1 0 0% 1 100% false true"
		c.Wait(state + ` === "` + none + `"`)
		press("up", up)
		press("down", down)
		press("down", none)
		press("up", up)
		c.Reload()
		c.Wait(state + ` === "` + up + `"`)
		press("up", none)
	}
}

// quiet: no error, no violation of the page's policy, no request elsewhere.
func (c *checker) quiet(address string) {
	c.t.Helper()
	for _, p := range c.Problems() {
		c.errorf("%s", p)
	}
	equal(c, `observed.violations.join("; ")`, "")
	for _, r := range c.Requests() {
		if !within(address, r) && (c.want.Service == "" || !strings.HasPrefix(r, c.want.Service+"/v1/")) {
			c.errorf("asked for %s", r)
		}
	}
	if shift := Ask[float64](c.Tab, `observed.shift`); shift != 0 {
		c.errorf("the layout shifted by %v after the reload:\n%s", shift, Ask[string](c.Tab, `observed.shifts.join("\n")`))
	}
}
