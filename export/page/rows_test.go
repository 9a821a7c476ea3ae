package page

import (
	"fmt"
	"testing"
)

func TestRowsOf(t *testing.T) {
	const landscape, portrait, panorama = 1.5, 2.0 / 3, 4.0
	for name, c := range map[string]struct {
		layout string
		ratios []float64
		want   string // how many photos each row has
	}{
		"one":                   {"grid", []float64{landscape}, "[1]"},
		"three landscapes":      {"grid", []float64{landscape, landscape, landscape}, "[3]"},
		"four landscapes":       {"grid", []float64{landscape, landscape, landscape, landscape}, "[2 2]"},
		"six landscapes":        {"grid", []float64{landscape, landscape, landscape, landscape, landscape, landscape}, "[3 3]"},
		"four portraits":        {"grid", []float64{portrait, portrait, portrait, portrait}, "[4]"},
		"a panorama leads":      {"grid", []float64{panorama, landscape, landscape}, "[1 2]"},
		"a pair":                {"pair", []float64{landscape, portrait}, "[2]"},
		"a pair of three":       {"pair", []float64{landscape, portrait, portrait}, "[2 1]"},
		"a pair of a panorama":  {"pair", []float64{panorama, panorama}, "[2]"},
		"panoramas one by one":  {"grid", []float64{panorama, panorama, panorama}, "[1 1 1]"},
		"order is never broken": {"grid", []float64{portrait, panorama, portrait, landscape}, "[2 2]"},
	} {
		t.Run(name, func(t *testing.T) {
			var figures []*figure
			for i, r := range c.ratios {
				figures = append(figures, &figure{Number: i + 1, photo: Photo{Width: int(r * 3000), Height: 3000}})
			}
			var lengths []int
			next := 1
			for _, row := range rowsOf(c.layout, figures) {
				lengths = append(lengths, len(row))
				for _, f := range row {
					if f.Number != next {
						t.Errorf("photo %d stands where %d belongs", f.Number, next)
					}
					next++
				}
			}
			if got := fmt.Sprint(lengths); got != c.want {
				t.Errorf("got rows of %s, want %s", got, c.want)
			}
		})
	}
}

func TestShorten(t *testing.T) {
	for _, c := range []struct {
		in   string
		n    int
		want string
	}{
		{"short", 10, "short"},
		{"exactly ten", 11, "exactly ten"},
		{"a winter along the coast", 15, "a winter along…"},
		{"a winter, along the coast", 12, "a winter…"},
		{"unbreakable", 5, "unbr…"},
		{"ééééééé", 4, "ééé…"},
	} {
		if got := shorten(c.in, c.n); got != c.want {
			t.Errorf("shorten(%q, %d) = %q, want %q", c.in, c.n, got, c.want)
		}
	}
}

func TestLean(t *testing.T) {
	const in = "/* one\n   two */ let a = 1; // kept\n\n  // gone\n  /** @type {X} */ (b).c = 2;\n/* whole */\nlet d = `/*`;\n"
	const want = "let a = 1; // kept\n(b).c = 2;\nlet d = `/*`;\n"
	if got := string(lean([]byte(in))); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
