package story

import (
	"fmt"
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"photodesk/assets"
	"photodesk/project"
	"photodesk/ui/look"
)

const dressed = "The **storm** came *late*, as [the harbour master](https://harbour.example/log/2025/03/03) wrote. " +
	"It took **roofs, *boats* and** the old pier with it before the morning broke over Saint-Nazaire."

// withText is the essay with other words in its first block.
func withText(text string) *project.Essay {
	e := essay()
	e.Blocks[0].Text = text
	return e
}

func (s *setting) words() string {
	var b strings.Builder
	line := 0
	for _, r := range s.runs {
		for ; line < r.line; line++ {
			b.WriteString("\n")
		}
		b.WriteString(r.text)
	}
	return b.String()
}

func TestTextReadsLikeThePageUntilItIsEdited(t *testing.T) {
	s := newStage(t)
	s.SetEssay(withText(dressed), library)
	f := s.row(1).whole().fields()[0]
	if f.set == nil {
		t.Fatal("marks are shown as they are typed")
	}
	if got := strings.ReplaceAll(f.set.words(), "\n", " "); got != project.Plain(dressed) {
		t.Errorf("it reads %q", got)
	}
	var got []string
	for _, r := range f.set.runs {
		if r.style.Bold || r.style.Italic || r.link {
			got = append(got, fmt.Sprintf("%s %v %v %v", r.text, r.style.Bold, r.style.Italic, r.link))
		}
		if r.x+r.w > measure+0.5 {
			t.Errorf("%q ends at %v", r.text, r.x+r.w)
		}
	}
	if all := strings.Join(got, "; "); !strings.HasPrefix(all, "storm true false false; late false true false; the harbour master false false true; roofs,  true false false; boats true true false") {
		t.Errorf("dressed are %s", all)
	}
	tall := s.row(1).tall
	s.win.Canvas().Focus(f.prose)
	if f.set != nil || f.Text != dressed || s.row(1).tall < tall {
		t.Error("while it is edited the marks are not shown")
	}
	s.win.Canvas().Unfocus()
	if f.set == nil || s.row(1).tall != tall {
		t.Error("it stays as it is typed")
	}
	s.heard()

	// Without marks the entry is the page.
	for _, plain := range []string{"No marks.", "5 * 3 * 2", "**خبر** عاجل"} {
		s.SetEssay(withText(plain), library)
		if f.set != nil {
			t.Errorf("%q is set", plain)
		}
	}
	s.SetEssay(withText("New *words*"), library)
	if f.set == nil || f.set.words() != "New words" {
		t.Error("other words are not set")
	}
}

// TestSetWordsKnowWhereTheyAreTyped holds every character to its place in the text.
func TestSetWordsKnowWhereTheyAreTyped(t *testing.T) {
	s := newStage(t)
	for _, text := range []string{
		dressed, "a\n\n**b** c\nd", "*é* [x](https://s.t)s", `\*a\* *b*`, "**" + strings.Repeat("long ", 60) + "end**", "\n*x*\n\n\n*y*",
		strings.Repeat("unbroken", 30) + " *w*", "two  spaces *and* more",
	} {
		set := setWords(s.Column, text, roleBody, false, 400)
		chars := []rune(text)
		last := -1
		for _, r := range set.runs {
			for i, c := range []rune(r.text) {
				at := r.at[i]
				if at <= last || at >= len(chars) || chars[at] != c {
					t.Fatalf("%q: %q is at %d", text, r.text[:i+1], at)
				}
				last = at
			}
			if end := r.at[len(r.at)-1]; len(r.at) != len([]rune(r.text))+1 || end != last+1 {
				t.Errorf("%q: %q ends at %v", text, r.text, r.at)
			}
		}
	}
}

func TestAClickPutsTheCaretWhereTheWordsWere(t *testing.T) {
	s := newStage(t)
	s.SetEssay(withText(dressed), library)
	f := s.row(1).whole().fields()[0]
	for _, word := range []string{"storm", "late", "harbour", "wrote", "boats", "pier", "Saint"} {
		s.win.Canvas().Unfocus()
		i := -1
		for k, r := range f.set.runs {
			if at := strings.Index(r.text, word); at >= 0 {
				i = k
				p := f.set.pos(r).AddXY(textWidth(r.text[:at]+word[:1], f.set.size, r.style)-1, f.set.line/2)
				f.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: p}, Button: desktop.MouseButtonPrimary})
				f.MouseUp(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: p}, Button: desktop.MouseButtonPrimary})
				break
			}
		}
		if want := strings.Index(dressed, word) + 1; i < 0 || f.CursorTextOffset() != want {
			t.Errorf("%q: the caret is at %d, want %d", word, f.CursorTextOffset(), want)
		}
		if f.set != nil || s.win.Canvas().Focused() != fyne.Focusable(f.prose) {
			t.Errorf("%q: a click doesn't begin to edit", word)
		}
	}
	test.Type(f.prose, "x")
	s.heard()
	s.Flush()
	if got := s.heard(); !strings.Contains(got, "Sxaint") {
		t.Errorf("typing went elsewhere: %s", got)
	}
}

func TestTheColumnWearsTheEssaysTheme(t *testing.T) {
	s := newStage(t)
	e := essay()
	s.SetEssay(e, library)
	if s.head.headline.set == nil || s.head.headline.set.runs[0].x <= 0 {
		t.Error("Broadsheet's headline is not centred")
	}
	s.win.Canvas().Focus(s.head.headline.prose)
	if s.head.headline.set != nil {
		t.Error("it is while it is edited")
	}
	s.win.Canvas().Unfocus()
	light := s.color(look.Sheet)
	for _, c := range []struct {
		theme                                  string
		headline, body, heading, quote, figure float32
		dark                                   bool
	}{
		{"nocturne", 39, 17, 22, 26, 13, true},
		{"reportage", 52.5, 19, 30, 31.5, 14, false},
		{"", 49.5, 18, 28, 28.5, 14, false},
		{"of another Photodesk", 49.5, 18, 28, 28.5, 14, false},
	} {
		now := *e
		now.Theme = c.theme
		s.SetEssay(&now, library)
		field := func(id int64) *field { return s.row(id).whole().fields()[0] }
		for what, f := range map[string]*field0{
			"headline": {s.head.headline, c.headline}, "text": {field(1), c.body}, "heading": {field(2), c.heading},
			"quote": {field(3), c.quote}, "caption": {field(4), c.figure},
		} {
			if got := f.Theme().Size(theme.SizeNameText); got != f.want {
				t.Errorf("%q: the %s is set in %v, want %v", c.theme, what, got, f.want)
			}
		}
		if got := s.color(look.Sheet) != light; got != c.dark {
			t.Errorf("%q: a ground of its own: %v", c.theme, got)
		}
		if f := field(3); f.TextStyle.Italic != (c.theme == "nocturne") {
			t.Errorf("%q: the quote's style is %+v", c.theme, f.TextStyle)
		}
		if got := s.row(4).whole().(*single).f.credit.Text; got != "JANE DOE/AP" {
			t.Errorf("%q: the credit says %q", c.theme, got)
		}
		s.want(t, "")
	}
}

type field0 struct {
	*field
	want float32
}

// TestDressesAreThePages reads the page themes: faces, weights and sizes of the
// column are theirs.
func TestDressesAreThePages(t *testing.T) {
	base, err := fs.ReadFile(assets.Page, "page/base.css")
	if err != nil {
		t.Fatal(err)
	}
	for name, d := range dresses {
		css, err := fs.ReadFile(assets.Themes, "themes/"+name+"/page.css")
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			as       role
			selector string
		}{
			{roleHeadline, ".headline"},
			{roleBody, "body"},
			{roleHeading, ".heading"},
			{roleQuote, ".quote p"},
			{roleWho, ".quote figcaption"},
			{roleStandfirst, ".standfirst"},
			{roleCaption, ".photo figcaption"},
			{roleCredit, ".credit"},
			{roleMeta, ".meta"},
		} {
			size, words := rule(t, string(css), c.selector)
			if size == 0 {
				size, words = rule(t, string(base), c.selector)
			}
			f := d.faces[c.as]
			if math.Abs(float64(f.size)-size) > 0.5 {
				t.Errorf("%s %s: %v, the page has %v", name, c.selector, f.size, size)
			}
			if c.as == roleStandfirst || c.as == roleCaption { // a size alone, in what it stands in
				continue
			}
			is := map[bool]string{f.style.TabWidth == look.FaceDisplay: "display", f.style.TabWidth == look.FaceSerif: "serif", f.style.TabWidth == 0: "sans"}[true]
			if !strings.Contains(words, "var(--"+is+")") || f.style.Italic != strings.Contains(words, "italic") {
				t.Errorf("%s %s: %+v, the page has %q", name, c.selector, f.style, words)
			}
		}
		if got, want := d.own != nil, !strings.Contains(string(css), "color-scheme:light dark"); got != want {
			t.Errorf("%s: a ground of its own: %v", name, got)
		}
	}
}

var (
	clamped = regexp.MustCompile(`clamp\(([\d.]+)rem,([\d.]+)rem \+ ([\d.]+)vw,([\d.]+)rem\)`)
	rems    = regexp.MustCompile(`([\d.]+)rem`)
)

// rule is the font size of a selector's rule in pixels, in a window as wide as
// the measure, with the words of its font; 0 where it has none.
func rule(t *testing.T, css, selector string) (size float64, words string) {
	for _, line := range strings.Split(css, "\n") {
		rest, ok := strings.CutPrefix(line, selector+"{")
		if !ok {
			continue
		}
		for _, decl := range strings.Split(strings.TrimSuffix(rest, "}"), ";") {
			prop, value, _ := strings.Cut(decl, ":")
			if prop != "font" && prop != "font-size" {
				continue
			}
			num := func(s string) float64 {
				v, err := strconv.ParseFloat(s, 64)
				if err != nil {
					t.Fatal(err)
				}
				return v
			}
			if m := clamped.FindStringSubmatch(value); m != nil {
				return min(max(16*num(m[1]), 16*num(m[2])+measure*num(m[3])/100), 16*num(m[4])), value
			}
			if m := rems.FindStringSubmatch(value); m != nil {
				return 16 * num(m[1]), value
			}
		}
	}
	return 0, ""
}

func TestCaptionIsWrittenOut(t *testing.T) {
	s := newStage(t)
	s.SetEssay(essay(), library)
	s.OnExpand = func(pl project.Placement, text string) (string, bool) {
		out := strings.ReplaceAll(text, "=qa=", fmt.Sprintf("the quay of %d", pl.ID))
		return out, out != text
	}
	f := s.row(4).whole().fields()[0]
	s.typeInto(f.prose, "=qa= ")
	s.win.Canvas().Unfocus()
	s.want(t, `caption 40 "the quay of 40 A boat."`)

	// Nothing typed, nothing written out; and by command while the caret stays.
	e := essay()
	own := "=qa="
	e.Blocks[3].Placements[0].Caption = &own
	s.SetEssay(e, library)
	s.win.Canvas().Focus(f.prose)
	s.win.Canvas().Unfocus()
	s.heard()
	s.Flush()
	s.want(t, "")
	s.win.Canvas().Focus(f.prose)
	s.heard()
	if !s.ExpandFocused() || s.win.Canvas().Focused() != fyne.Focusable(f.prose) {
		t.Error("no caption has the caret")
	}
	s.want(t, `caption 40 "the quay of 40"`)
}

func TestSeveralBlocksAreToldOf(t *testing.T) {
	s := newStage(t)
	s.SetEssay(essay(), library)
	var told []string
	s.OnMany = func() { told = append(told, s.chosen()) }
	s.Select(2, 0)
	s.extend(4)
	s.extend(4)
	s.toggle(6)
	s.choose(6, 0)
	s.Choose([]int64{1, 2})
	e := essay()
	e.Blocks = e.Blocks[1:]
	s.SetEssay(e, library)
	if got := strings.Join(told, "; "); got != "2 3 4; 2 3 4 6; 6; 1 2; 2" {
		t.Errorf("told of %s", got)
	}
}
