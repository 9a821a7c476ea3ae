package wording

import (
	"slices"
	"strings"
	"testing"
)

func codes(found []Lint) []string {
	var out []string
	for _, l := range found {
		if text := l.String(); text == "" || strings.Contains(text, "%!") {
			out = append(out, "no message")
		}
		out = append(out, l.Code)
	}
	return out
}

func TestLintCaption(t *testing.T) {
	for caption, want := range map[string][]string{
		"A nuthatch climbs down an oak in Bilbao, Spain, Saturday, March 8, 2025. The species is moving north.": nil,
		"Gov. Jane Doe speaks at 5 a.m. in Washington, D.C., on Jan. 6. Dr. Doe listens.":                       nil,
		"Does it hold?":  nil,
		"“We are cold.”": nil,
		"行人走过新桥。鸟爬下橡树。":  nil,
		"":                   {"empty"},
		" \u00a0":            {"empty"},
		"A nuthatch climbs.": nil,
		"A nuthatch climbs":  {"no-full-stop"},
		"Name to come pours wine at the harvest fair.":      {"boilerplate"},
		"AP provides access to this photo for news only.":   {"boilerplate"},
		"OLYMPUS DIGITAL CAMERA":                            {"boilerplate", "no-full-stop", "all-capitals"},
		"One walks. Two walk. Three walk.":                  {"too-many-sentences"},
		"The ridge is closed. (AP Photo/Jane Doe)":          {"credit-in-caption"},
		"The ridge is closed Jane Doe/AP":                   {"credit-in-caption"},
		"THE RIDGE PATH IS CLOSED.":                         {"all-capitals"},
		"NATO meets.":                                       nil,
		"The ridge (left is closed.":                        {"unbalanced"},
		"The ridge " + strings.Repeat("far ", 150) + "off.": {"too-long"},
	} {
		if got := codes(LintCaption(caption)); !slices.Equal(got, want) {
			t.Errorf("LintCaption(%q) = %v, want %v", caption, got, want)
		}
	}
}

func TestLintAlt(t *testing.T) {
	for _, c := range []struct {
		alt, caption string
		want         []string
	}{
		{"A small blue bird hangs head down on bark", "A nuthatch climbs down an oak.", nil},
		{"", "A nuthatch.", []string{"empty"}},
		{"A nuthatch climbs down an oak", "A nuthatch climbs down an oak. Jane Doe/AP", []string{"same-as-caption"}},
		{"Photo of a bird", "", []string{"says-photo"}},
		{"An image showing a bird", "", []string{"says-photo"}},
		{"A photographer kneels", "", nil},
		{"IMG_0423.JPG", "", []string{"file-name"}},
		{strings.Repeat("bark ", 60), "", []string{"too-long"}},
	} {
		if got := codes(LintAlt(c.alt, c.caption)); !slices.Equal(got, c.want) {
			t.Errorf("LintAlt(%q, %q) = %v, want %v", c.alt, c.caption, got, c.want)
		}
	}
}

func TestGraphic(t *testing.T) {
	for _, c := range []struct {
		instructions string
		keywords     []string
		want         bool
	}{
		{"SMOUT. MANDATORY CREDIT", nil, true},
		{"smout", nil, true},
		{"", []string{"war", "SMOUT"}, true},
		{"EDS NOTE:SMOUT/", nil, true},
		{"Portsmouth", []string{"Portsmouth"}, false},
		{"SMOUTH", []string{"XSMOUT"}, false},
		{"people killed", nil, false},
	} {
		if got := Graphic(c.instructions, c.keywords); got != c.want {
			t.Errorf("Graphic(%q, %q) = %v", c.instructions, c.keywords, got)
		}
	}
}

func TestSlug(t *testing.T) {
	for headline, want := range map[string]string{
		"PICTURES: A winter along the northern coast": "pictures-a-winter-along-the-northern-coast",
		"L’été à Saint-Étienne & après":               "lete-a-saint-etienne-and-apres",
		"Łódź, Ærø, Straße, þing":                     "lodz-aero-strasse-thing",
		"北方":                                          "essay",
		"":                                            "essay",
		"CON":                                         "essay-con",
		"  --  ":                                      "essay",
		strings.Repeat("x", 200):                      strings.Repeat("x", longestSlug),
		strings.Repeat("winter ", 30):                 strings.Repeat("winter-", 9) + "winter",
	} {
		if got := Slug(headline); got != want {
			t.Errorf("Slug(%q) = %q, want %q", headline, got, want)
		}
	}
}

func TestDirection(t *testing.T) {
	for lang, want := range map[string]string{
		"en": "ltr", "": "ltr", "ar": "rtl", "AR-eg": "rtl", "he": "rtl", "iw": "rtl", "fa": "rtl", "ur_PK": "rtl", "ckb": "rtl",
		"az-Arab": "rtl", "pa-Arab-PK": "rtl", "ks-Deva": "ltr", "ar-Latn": "ltr", "zh-Hant": "ltr", "yi": "rtl", "dv": "rtl",
		"en-x-arab": "ltr", "ps": "rtl", "sd-Deva": "ltr", "ku": "ltr", "ku-Arab": "rtl",
	} {
		if got := Direction(lang); got != want {
			t.Errorf("Direction(%q) = %q", lang, got)
		}
	}
}
