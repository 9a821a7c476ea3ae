package page

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

func TestBuiltInThemesKeepTheContract(t *testing.T) {
	for _, theme := range BuiltIn() {
		for _, p := range CheckTheme(theme) {
			t.Errorf("%s: %v", theme.Name, p)
		}
	}
}

// own is a theme of the newsroom's: Broadsheet's files, changed.
func own(t *testing.T, file string, change func(string) string) Theme {
	t.Helper()
	files, err := ThemeFiles(BuiltIn()[0])
	if err != nil {
		t.Fatal(err)
	}
	m := fstest.MapFS{}
	for name, data := range files {
		text := string(data)
		if name == file {
			text = change(text)
		}
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return Theme{"own", m}
}

func TestThemeProblemsNameTheLine(t *testing.T) {
	replace := func(old, new string) func(string) string {
		return func(s string) string {
			if !strings.Contains(s, old) {
				t.Fatalf("no %q", old)
			}
			return strings.Replace(s, old, new, 1)
		}
	}
	atTop := func(add string) func(string) string {
		return func(s string) string { return "/* one */\n" + add + "\n" + s }
	}
	for name, c := range map[string]struct {
		file   string
		change func(string) string
		want   string // file, line, words of the message
	}{
		"import":           {"page.css", atTop(`@import "other.css";`), "page.css:2: @import is refused"},
		"elsewhere":        {"page.css", atTop(`body{background:url(https://cdn.example/p.png)}`), "page.css:2: url(https://cdn.example/p.png) is not in the bundle"},
		"no such face":     {"page.css", atTop(`@font-face{font-display:optional;src:url("fonts/none.woff2")}`), "page.css:2: there is no fonts/none.woff2"},
		"face that shifts": {"page.css", atTop(`@font-face{src:url("fonts/noto-serif-bold.woff2")}`), "page.css:2: say font-display:optional"},
		"open brace":       {"page.css", func(s string) string { return s + "\nbody{color:red" }, "this brace is never closed"},
		"brace too many":   {"page.css", atTop("}"), "page.css:2: this brace closes nothing"},
		"pale":             {"page.css", replace("--quiet:#625d55", "--quiet:#b0b0b0"), "page.css:6: --quiet on --paper has a contrast of 2.1 in light"},
		"pale at night":    {"page.css", replace("--accent:#e8836f", "--accent:#552018"), "page.css:8: --accent on --paper has a contrast of 1.4 in dark"},
		"no paper":         {"page.css", func(string) string { return ":root{--ink:#111}" }, "page.css: set --paper"},
		"syntax":           {"page.tmpl", replace("{{.Headline}}", "{{.Headline"), "page.tmpl:"},
		"unknown field":    {"page.tmpl", replace("{{.Headline}}", "{{.Heading}}"), "can't evaluate field Heading"},
		"unknown word":     {"page.tmpl", replace(`{{word "top"}}`, `{{word "upwards"}}`), "page.tmpl:"},
		"no credits list":  {"page.tmpl", replace(`{{template "credits" .}}`, ""), `page.tmpl: the list of credits is missing: {{template "credits" .}}`},
		"no blocks":        {"page.tmpl", replace(`{{range .Blocks}}{{template "block" .}}{{end}}`, ""), "page.tmpl: 0 of the example's 6 photos"},
		"credit dropped":   {"page.tmpl", func(s string) string { return s + `{{define "figure"}}<figure data-photo></figure>{{end}}` }, "0 of 6 photos have their credit"},
		"inline style":     {"page.tmpl", replace(`<main>`, `<main style="color:red">`), "the attribute style is refused"},
		"inline script":    {"page.tmpl", replace(`<main>`, `<script>alert(1)</script><main>`), "an inline script is refused"},
		"foreign script":   {"page.tmpl", replace(`<main>`, `<script src="https://cdn.example/x.js"></script><main>`), "https://cdn.example/x.js is not in the bundle"},
		"two headlines":    {"page.tmpl", replace(`<main>`, `<main><h1>Again</h1>`), "one h1"},
	} {
		found := CheckTheme(own(t, c.file, c.change))
		said := ""
		for _, p := range found {
			said += p.String() + "\n"
		}
		if !strings.Contains(said, c.want) {
			t.Errorf("%s: want %q in:\n%s", name, c.want, said)
		}
		if strings.HasPrefix(c.want, "page.tmpl:") && strings.HasSuffix(c.want, ":") && !strings.Contains(said, "page.tmpl:1") && !strings.Contains(said, "page.tmpl:2") && !strings.Contains(said, "page.tmpl:3") {
			t.Errorf("%s: no line is named:\n%s", name, said)
		}
	}
}

func TestThemeWithoutFiles(t *testing.T) {
	found := CheckTheme(Theme{"empty", fstest.MapFS{}})
	if len(found) == 0 || !strings.Contains(found[0].String(), "page.css: it is missing") {
		t.Errorf("found %v", found)
	}
	// A style alone is a theme.
	if found := CheckTheme(Theme{"plain", fstest.MapFS{"page.css": {Data: []byte(":root{--paper:#ffffff}")}}}); len(found) > 0 {
		t.Errorf("found %v", found)
	}
	big := fstest.MapFS{"page.css": {Data: make([]byte, maxThemeText+1)}}
	if found := CheckTheme(Theme{"big", big}); len(found) == 0 || !strings.Contains(found[0].Message, "at most") {
		t.Errorf("found %v", found)
	}
	if found := CheckTheme(Theme{"folder", fstest.MapFS{"page.css": {Mode: fs.ModeDir}}}); len(found) == 0 {
		t.Error("a folder passes for a style")
	}
}

func FuzzCheckTheme(f *testing.F) {
	files, err := ThemeFiles(BuiltIn()[0])
	if err != nil {
		f.Fatal(err)
	}
	f.Add(files["page.css"], files["page.tmpl"])
	f.Add([]byte("@import url(x); a{b:c;}}"), []byte("{{define \"x\"}}{{template \"x\"}}{{end}}"))
	f.Fuzz(func(t *testing.T, style, text []byte) {
		if len(text) > 8<<10 || strings.Contains(string(text), "define") || strings.Contains(string(text), "range") {
			t.Skip() // what a template may do to itself is its author's business
		}
		CheckTheme(Theme{"fuzzed", fstest.MapFS{"page.css": {Data: style}, "page.tmpl": {Data: text}}})
	})
}
