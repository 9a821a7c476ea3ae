package words

import (
	"strings"
	"testing"
)

func TestVisual(t *testing.T) {
	t.Cleanup(func() { _ = Use("en") })
	if err := Use("ar"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ line, want string }{
		{"صورة في المكتبة", "صورة في المكتبة"},
		{"8 صور", "صور 8"},
		{"60 من 90", "90 من 60"},
		{"تصدير…", "…تصدير"},
		{"bridge.jpg", "bridge.jpg"},
		{"الأصل bridge.jpg مفقود", "مفقود bridge.jpg الأصل"},
	} {
		if got := strings.ReplaceAll(Visual(c.line), "\u200e", ""); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.line, got, c.want)
		}
	}
	_ = Use("en")
	if got := Visual("8 صور"); got != "8 صور" {
		t.Errorf("in an English window it becomes %q", got)
	}
}
