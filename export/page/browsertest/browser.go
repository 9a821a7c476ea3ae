package browsertest

// This file owns the browser: starting it, driving it, and writing down what a
// page does that it shouldn't.

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long a condition may take to come true. It is only ever
// spent whole by a test that fails.
const patience = 20 * time.Second

// Tab is one tab of a browser, with a record of what went wrong in it.
type Tab struct {
	t   testing.TB
	ctx context.Context

	mu       sync.Mutex
	requests []string
	problems []string
}

// observer runs before a page's own script. Layout shifts are summed as
// Cumulative Layout Shift sums them: without those that follow what the reader did.
const observer = `
window.observed = {shift: 0, shifts: [], violations: []};
new PerformanceObserver((list) => {
  for (const e of list.getEntries()) if (!e.hadRecentInput) {
    observed.shift += e.value;
    observed.shifts.push(...e.sources.map((s) => (s.node && (s.node.id || s.node.className || s.node.nodeName)) + " " + JSON.stringify(s.previousRect) + " to " + JSON.stringify(s.currentRect)));
  }
}).observe({type: "layout-shift", buffered: true});
document.addEventListener("securitypolicyviolation", (e) => observed.violations.push(e.violatedDirective + " " + e.blockedURI));
`

// shared is the browser of a package's tests: starting one takes longer than
// most of them.
var shared struct {
	sync.Mutex
	ending bool            // Main sees to the end
	ctx    context.Context // nil until a test opens a tab
	stop   func()
}

// Tests are what a package's TestMain is given.
type Tests interface{ Run() int }

// Main is a package's tests with one browser for all of them, which ends after them.
func Main(tests Tests) Tests {
	shared.ending = true
	return withBrowser{tests}
}

type withBrowser struct{ Tests }

func (w withBrowser) Run() int {
	code := w.Tests.Run()
	shared.Lock()
	defer shared.Unlock()
	if shared.ctx != nil {
		shared.stop()
	}
	return code
}

// Open opens an empty tab of the given size for a reader of its own: it shares
// no cookies and no storage. Where there is no browser the test fails: a check
// that didn't run must not look like one that passed.
func Open(t testing.TB, width, height int64) *Tab {
	t.Helper()
	browser, err := started()
	if err != nil {
		t.Fatalf("start the browser: %v", err)
	}
	ctx, closeTab := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(closeTab)
	return prepare(t, ctx, width, height)
}

func started() (context.Context, error) {
	shared.Lock()
	defer shared.Unlock()
	if shared.ctx != nil {
		return shared.ctx, nil
	}
	if !shared.ending {
		return nil, errors.New("the package's TestMain has to go through browsertest.Main")
	}
	path, err := exec.LookPath("chromium-headless-shell")
	if err != nil {
		return nil, fmt.Errorf("no chromium on this machine; `make test` installs it: %w", err)
	}
	profile, err := os.MkdirTemp("", "photodesk-browser-")
	if err != nil {
		return nil, err
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(path),
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.UserDataDir(profile),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
	)
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, closeTab := chromedp.NewContext(ctx)
	end := func() {
		_ = chromedp.Cancel(ctx) // waits until the profile is free to be removed
		closeTab()
		stop()
		_ = os.RemoveAll(profile)
	}
	if err := chromedp.Do(ctx); err != nil {
		end()
		return nil, err
	}
	shared.ctx, shared.stop = ctx, end
	return ctx, nil
}

// prepare starts what is written down of a tab, and sizes it.
func prepare(t testing.TB, ctx context.Context, width, height int64) *Tab {
	t.Helper()
	tab := &Tab{t: t, ctx: ctx}
	tab.must("open a tab", chromedp.Do(ctx))
	tab.must("listen", chromedp.Listen(ctx, tab.note))
	_, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: observer})
	tab.must("observe", err)
	_, err = chromedp.Call(ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: width, Height: height, DeviceScaleFactor: 1, Mobile: width < 600,
	})
	tab.must("size the tab", err)
	// Several tests drive a browser at once; each tab has to believe it has the keyboard.
	_, err = chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	tab.must("give the tab the focus", err)
	return tab
}

// Before runs a script before those of every page that is visited next.
func (tab *Tab) Before(script string) {
	tab.t.Helper()
	_, err := chromedp.Call(tab.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
	tab.must("prepare the page", err)
}

// Script switches the page's script on or off for what is visited next.
func (tab *Tab) Script(on bool) {
	tab.t.Helper()
	_, err := chromedp.Call(tab.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
	tab.must("switch the script", err)
}

// Offline takes the tab's network away, or gives it back.
func (tab *Tab) Offline(off bool) {
	tab.t.Helper()
	conditions := network.EmulateNetworkConditionsByRuleParams{}
	if off {
		conditions.MatchedNetworkConditions = []*network.Conditions{{Offline: true, DownloadThroughput: -1, UploadThroughput: -1}}
	}
	_, err := chromedp.Call(tab.ctx, network.EmulateNetworkConditionsByRule, conditions)
	tab.must("switch the network", err)
	_, err = chromedp.Call(tab.ctx, network.OverrideNetworkState, network.OverrideNetworkStateParams{
		Offline: off, DownloadThroughput: -1, UploadThroughput: -1,
	})
	tab.must("switch the network's state", err)
}

// Visit loads an address and waits until it and what it asks for at once are there.
func (tab *Tab) Visit(address string) {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	tab.must("visit "+address, chromedp.Do(ctx, chromedp.Navigate(address)))
}

// Arrive waits until the tab has gone to an address by itself and the page is
// there. The browser is asked, not the page, so it also works without script.
func (tab *Tab) Arrive(address string) {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	for {
		at := "nowhere" // between two pages there is no answer
		if history, err := chromedp.Run(ctx, chromedp.NavigationEntries()); err == nil {
			at = history.Entries[history.CurrentIndex].URL
		}
		ready, err := chromedp.Run(ctx, chromedp.Evaluate[string](`document.readyState`))
		if at == address && err == nil && ready == "complete" {
			return
		}
		select {
		case <-ctx.Done():
			tab.t.Fatalf("the tab is at %s, not at %s\nproblems: %s", at, address, strings.Join(tab.Problems(), "\n"))
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// Until waits until an expression is true in whatever page the tab goes to by
// itself, also without script.
func (tab *Tab) Until(expression string) {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	for {
		// Between two pages there is no answer.
		if is, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("!!("+expression+")")); err == nil && is {
			return
		}
		select {
		case <-ctx.Done():
			tab.t.Fatalf("it never came true: %s\nproblems: %s", expression, strings.Join(tab.Problems(), "\n"))
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// Reload loads the page again.
func (tab *Tab) Reload() {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	tab.must("reload", chromedp.Do(ctx, chromedp.Reload()))
}

// PDF prints the page on A4 when all photos that it shows have come, with the
// backgrounds that a reader may ask a printer for or without.
func (tab *Tab) PDF(backgrounds bool) []byte {
	tab.t.Helper()
	tab.Do(`document.querySelectorAll("img[loading=lazy]").forEach((i) => { i.loading = "eager"; })`)
	tab.Wait(`[...document.images].every((i) => i.complete)`)
	res, err := chromedp.Call(tab.ctx, page.PrintToPDF, page.PrintToPDFParams{
		PaperWidth: 8.27, PaperHeight: 11.69, PrintBackground: &backgrounds,
	})
	tab.must("print", err)
	return res.Data
}

// Press sends keys to whatever has the focus.
func (tab *Tab) Press(keys string) {
	tab.t.Helper()
	tab.must("press a key", chromedp.Do(tab.ctx, chromedp.KeyEvent(keys)))
}

// Do runs a statement in the page.
func (tab *Tab) Do(script string) {
	tab.t.Helper()
	_, err := chromedp.Run(tab.ctx, chromedp.Evaluate[chromedp.Void](script, chromedp.EvalAwaitPromise))
	tab.must(script, err)
}

// Wait waits until an expression is true in the page.
func (tab *Tab) Wait(expression string) {
	tab.t.Helper()
	script := fmt.Sprintf(`new Promise((yes, no) => {
  const end = Date.now() + %d;
  (function look() {
    try {
      if (%s) yes();
      else if (Date.now() > end) no(new Error("it didn't come true"));
      else setTimeout(look, 10);
    } catch (e) { no(e); }
  })();
})`, patience.Milliseconds(), expression)
	_, err := chromedp.Run(tab.ctx, chromedp.Evaluate[chromedp.Void](script, chromedp.EvalAwaitPromise))
	tab.must("wait for "+expression, err)
}

// Ask evaluates an expression in the page; a promise is waited for.
func Ask[T any](tab *Tab, expression string) T {
	tab.t.Helper()
	v, err := chromedp.Run(tab.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	tab.must(expression, err)
	return v
}

// Requests are the addresses asked for so far.
func (tab *Tab) Requests() []string {
	tab.mu.Lock()
	defer tab.mu.Unlock()
	return slices.Clone(tab.requests)
}

// Problems are errors and warnings of the console, exceptions, and what failed to load.
func (tab *Tab) Problems() []string {
	tab.mu.Lock()
	defer tab.mu.Unlock()
	return slices.Clone(tab.problems)
}

// note runs inside the loop that reads the browser's messages, so it only writes down.
func (tab *Tab) note(event any) {
	tab.mu.Lock()
	defer tab.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		tab.requests = append(tab.requests, e.Request.URL)
	case *network.EventLoadingFailed:
		if !e.Canceled {
			tab.problems = append(tab.problems, "loading failed: "+e.ErrorText)
		}
	case *network.EventResponseReceived:
		if e.Response.Status >= 400 {
			tab.problems = append(tab.problems, fmt.Sprintf("%d for %s", e.Response.Status, e.Response.URL))
		}
	case *runtime.EventExceptionThrown:
		tab.problems = append(tab.problems, "exception: "+e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		if kind := string(e.Type); kind == "error" || kind == "warning" {
			tab.problems = append(tab.problems, "console: "+kind)
		}
	case *log.EventEntryAdded:
		if level := string(e.Entry.Level); level == "error" || level == "warning" {
			tab.problems = append(tab.problems, level+": "+e.Entry.Text+" "+e.Entry.URL)
		}
	}
}

func (tab *Tab) must(what string, err error) {
	tab.t.Helper()
	if err != nil {
		tab.t.Fatalf("%s: %v\nproblems: %s", what, err, strings.Join(tab.Problems(), "\n"))
	}
}

// within reports whether a request stays in the bundle that home is a page of.
func within(home, request string) bool {
	if strings.HasPrefix(request, "data:") {
		return true
	}
	base, err := url.Parse(home)
	if err != nil {
		return false
	}
	base.Path = base.Path[:strings.LastIndexByte(base.Path, '/')+1]
	base.Fragment, base.RawQuery = "", ""
	return strings.HasPrefix(request, base.String())
}
