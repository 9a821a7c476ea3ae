package look

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// luminance is that of WCAG 2.2.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	lin := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(r) + 0.7152*lin(g) + 0.0722*lin(b)
}

func contrastOf(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestWordsCanBeRead(t *testing.T) {
	for _, v := range []fyne.ThemeVariant{theme.VariantLight, theme.VariantDark} {
		th := Fixed(v)
		for _, c := range []struct{ word, ground fyne.ThemeColorName }{
			{Ink, theme.ColorNameBackground},
			{Ink, Sheet},
			{Muted, theme.ColorNameBackground},
			{Muted, Sheet},
			{Warning, theme.ColorNameBackground},
			{Error, theme.ColorNameBackground},
			{OnAccent, Accent},
			{OnWarning, Warning},
			{theme.ColorNameHyperlink, theme.ColorNameBackground},
			{Ink, theme.ColorNameButton},
			{Ink, AccentSoft},
		} {
			if got := contrastOf(th.Color(c.word, v), th.Color(c.ground, v)); got < 4.5 {
				t.Errorf("variant %d: %s on %s has a contrast of %.2f; words need 4.5", v, c.word, c.ground, got)
			}
		}
	}
}

func TestHighContrast(t *testing.T) {
	t.Cleanup(func() { Chosen(Choice{}) })
	for _, v := range []string{Light, Dark} {
		th, variant := Chosen(Choice{Variant: v, Contrast: true}), theme.VariantLight
		if v == Dark {
			variant = theme.VariantDark
		}
		for _, c := range []struct {
			word, ground fyne.ThemeColorName
			least        float64
		}{
			{Ink, theme.ColorNameBackground, 15},
			{Ink, Sheet, 15},
			{Ink, AccentSoft, 7},
			{Muted, theme.ColorNameBackground, 7},
			{Warning, theme.ColorNameBackground, 7},
			{Error, theme.ColorNameBackground, 7},
			{Good, theme.ColorNameBackground, 7},
			{OnAccent, Accent, 7},
			{OnWarning, Warning, 7},
			{theme.ColorNameHyperlink, theme.ColorNameBackground, 7},
			{theme.ColorNamePlaceHolder, theme.ColorNameInputBackground, 7},
			{Hairline, theme.ColorNameBackground, 4.5},
			{theme.ColorNameInputBorder, theme.ColorNameBackground, 4.5},
			{Accent, theme.ColorNameBackground, 4.5},
		} {
			if got := contrastOf(th.Color(c.word, variant), th.Color(c.ground, variant)); got < c.least {
				t.Errorf("%s: %s on %s has a contrast of %.2f, want %.1f", v, c.word, c.ground, got, c.least)
			}
		}
	}
}

func TestTextSizeReachesEveryWord(t *testing.T) {
	a := test.NewTempApp(t)
	t.Cleanup(func() { Chosen(Choice{}) })
	a.Settings().SetTheme(Chosen(Choice{}))
	words := []fyne.CanvasObject{Small("Storm"), Title("Storm"), Caps("Storm"), Badge("Storm", Accent), Prose("Storm", Ink, 15, SerifRegular)}
	var before []float32
	for _, w := range words {
		before = append(before, w.MinSize().Height)
	}
	a.Settings().SetTheme(Chosen(Choice{Scale: 1.5}))
	for i, w := range words {
		if got := w.MinSize().Height; got < before[i]*1.25 {
			t.Errorf("word %d is %.1f high, was %.1f", i, got, before[i])
		}
	}
	if got := a.Settings().Theme().Size(theme.SizeNameText); got != TextBody*1.5 {
		t.Errorf("fields have text of %v", got)
	}
}

func TestBothVariantsHaveEveryColour(t *testing.T) {
	for name := range light {
		if dark[name] == nil {
			t.Errorf("dark has no %s", name)
		}
	}
	if len(light) != len(dark) {
		t.Errorf("light has %d colours, dark %d", len(light), len(dark))
	}
}

func TestTextIsCutToItsWidth(t *testing.T) {
	test.NewTempApp(t)
	text := Small("a-very-long-file-name-from-an-agency.jpg")
	r := text.CreateRenderer().(*textRenderer)
	if got := r.fit(text.Text, 80); len(got) >= len(text.Text) || r.width(got) > 80 {
		t.Errorf("cut to %q", got)
	}
	if got := r.fit("a.jpg", 80); got != "a.jpg" {
		t.Errorf("cut to %q", got)
	}
}

func TestParagraphWraps(t *testing.T) {
	test.NewTempApp(t)
	p := Note("The first warm week of March has brought walkers back to the coast path.\nAnd then some.")
	one := p.HeightFor(10_000) / 2
	if got := p.HeightFor(160); got < 4*one {
		t.Errorf("height %v at 160, a line is %v", got, one)
	}
	for _, line := range p.broken(160) {
		if p.measure(line).Width > 160 {
			t.Errorf("%q is too wide", line)
		}
	}
}

func TestTextFollowsTheTheme(t *testing.T) {
	a := test.NewTempApp(t)
	a.Settings().SetTheme(Fixed(theme.VariantLight))
	text := NewText("x", Muted, TextBody)
	r := test.WidgetRenderer(text).(*textRenderer)
	before := r.line.Color
	a.Settings().SetTheme(Fixed(theme.VariantDark))
	text.Refresh()
	if r.line.Color == before {
		t.Error("the colour stayed")
	}
}
