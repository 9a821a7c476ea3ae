package browsertest

// This file owns the checkers that others keep: the Nu HTML checker, html-validate, axe. `.ci/install test` puts them into
// bin/checkers; where they are missing a test fails, since a check that didn't run must not look like one that passed.

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// checker is a file of bin/checkers/node_modules.
func checkerFile(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	for err == nil {
		if _, serr := os.Stat(filepath.Join(dir, "go.mod")); serr == nil {
			break
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = up
	}
	path := filepath.Join(dir, "bin", "checkers", "node_modules", filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("the checkers are missing; `.ci/install test` installs them: %v", err)
	}
	return path
}

// Valid has the Nu HTML checker and html-validate read pages, and reports what they find wrong.
func Valid(t testing.TB, files ...string) {
	t.Helper()
	for name, cmd := range map[string]*exec.Cmd{
		"the Nu HTML checker": exec.Command("java", append([]string{"-Xss4m", "-jar", checkerFile(t, "vnu-jar/build/dist/vnu.jar"), "--errors-only"}, files...)...),
		"html-validate":       exec.Command("node", append([]string{checkerFile(t, "html-validate/bin/html-validate.mjs"), "--preset", "recommended", "--formatter", "text"}, files...)...),
	} {
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}

// Scheme has the reader prefer a dark scheme, or a light one.
func (tab *Tab) Scheme(dark bool) {
	tab.t.Helper()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	_, err := chromedp.Call(tab.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
	tab.must("choose the scheme", err)
}

// Accessible has axe look at the page as it is now, and reports every rule that is broken.
func (tab *Tab) Accessible(name string) {
	tab.t.Helper()
	source, err := os.ReadFile(checkerFile(tab.t, "axe-core/axe.min.js"))
	tab.must("read axe", err)
	tab.Do(`if (!window.axe) {` + string(source) + "\n}")
	report := Ask[string](tab, `axe.run().then((r) => JSON.stringify(r.violations.map((v) =>
  ({id: v.id, help: v.help, nodes: v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200) + " " + n.any.concat(n.all, n.none).map((c) => c.message).join("; "))}))))`)
	var broken []struct {
		ID, Help string
		Nodes    []string
	}
	tab.must("read axe's report", json.Unmarshal([]byte(report), &broken))
	for _, b := range broken {
		tab.t.Errorf("%s: axe: %s: %s", name, fmt.Sprint(b.ID, ": ", b.Help), strings.Join(b.Nodes, "\n    "))
	}
}
