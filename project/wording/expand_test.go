package wording

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

var squad = []Code{
	{"9", []string{"Jane Doe (9)", "Doe", "Jane Doe of {city} United"}},
	{"m9", []string{"Renée Doe"}},
	{"K1", []string{"the keeper"}},
	{"loop", []string{`\9\ and {headline}`}},
}

func squadValues() Values {
	v := Values{"city": "Saint-Nazaire", "country": "", "headline": "Storm {city}", "byline": "Jean-Paul al-Doe"}
	v.SetDate("2027-03-06T07:41:09+01:00")
	return v
}

func TestExpand(t *testing.T) {
	for _, c := range []struct {
		name, text, want string
		unknown, empty   []string
	}{
		{"nothing to expand", "Waves break on the shore.", "Waves break on the shore.", nil, nil},
		{"a code between backslashes", `\9\ scores.`, "Jane Doe (9) scores.", nil, nil},
		{"a code between equals signs", "=m9= scores, =9=.", "Renée Doe scores, Jane Doe (9).", nil, nil},
		{"two codes side by side", `\9\\m9\`, "Jane Doe (9)Renée Doe", nil, nil},
		{"an alternative", `\9#2\ and \9#2\`, "Doe and Doe", nil, nil},
		{"an alternative with a variable", `\9#3\`, "Jane Doe of Saint-Nazaire United", nil, nil},
		{"an alternative too many", `\9#4\`, `\9#4\`, []string{`\9#4\`}, nil},
		{"another case", `\k1\ saves.`, "the keeper saves.", nil, nil},
		{"an unknown code", `\99\ and \99\`, `\99\ and \99\`, []string{`\99\`}, nil},
		{"an unknown code between equals signs", "=xy= waits", "=xy= waits", []string{"=xy="}, nil},
		{"equals signs in ordinary text", "E=mc2=energy and a=b=c, 1 = 2 = 3", "E=mc2=energy and a=b=c, 1 = 2 = 3", nil, nil},
		{"equals signs in an address", "https://example.org/?a=9=b", "https://example.org/?a=9=b", nil, nil},
		{"a rule of equals signs", "=== 9 ===", "=== 9 ===", nil, nil},
		{"one backslash", `C:\photos and on`, `C:\photos and on`, nil, nil},
		{"a code is not read again", `\loop\`, `\9\ and Storm {city}`, nil, nil},
		{"variables", "{city}, {weekday}, {date}", "Saint-Nazaire, Saturday, 6 March 2027", nil, nil},
		{"whatever their case", "{City} {BYLINE}", "Saint-Nazaire Jean-Paul al-Doe", nil, nil},
		{"dates in other styles", "{date:ap}; {date:us}; {date:iso}; {time}", "March 6, 2027; March 6, 2027; 2027-03-06; 07:41", nil, nil},
		{"an unknown variable", "{citty} and {city}", "{citty} and Saint-Nazaire", []string{"{citty}"}, nil},
		{"a variable without words", "in {country}", "in {country}", nil, []string{"{country}"}},
		{"braces of other kinds", "{} { city } {a b} {", "{} { city } {a b} {", nil, nil},
		{"a brace before a variable", "{{city}}", "{Saint-Nazaire}", nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := Expand(c.text, NewCodes(squad), squadValues())
			if e.Text != c.want || e.Changed != (c.want != c.text) {
				t.Errorf("%q became %q, want %q", c.text, e.Text, c.want)
			}
			if !slices.Equal(e.Unknown, c.unknown) || !slices.Equal(e.Empty, c.empty) {
				t.Errorf("unknown %q, empty %q; want %q, %q", e.Unknown, e.Empty, c.unknown, c.empty)
			}
		})
	}
}

func TestDatesOfAPhoto(t *testing.T) {
	for _, c := range []struct{ taken, date, ap, time string }{
		{"2026-09-04", "4 September 2026", "Sept. 4, 2026", ""},
		{"2026-05-14T23:59", "14 May 2026", "May 14, 2026", "23:59"},
		{"2026-13-01", "", "", ""},
		{"yesterday", "", "", ""},
		{"", "", "", ""},
	} {
		v := Values{}
		v.SetDate(c.taken)
		if v["date"] != c.date || v["date:ap"] != c.ap || v["time"] != c.time {
			t.Errorf("%q is %q, %q, %q", c.taken, v["date"], v["date:ap"], v["time"])
		}
	}
}

func TestEveryVariableHasAName(t *testing.T) {
	for _, name := range Variables {
		if !variableName(name) {
			t.Errorf("%q can't be typed", name)
		}
	}
}

func TestParseCodes(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []Code
		trouble    []string
	}{
		{"a squad", "9\tJane Doe\tDoe\r\n10\tRenée Doe\r\n", []Code{{"9", []string{"Jane Doe", "Doe"}}, {"10", []string{"Renée Doe"}}}, nil},
		{"a byte-order mark, a remark, an empty line", "\ufeff// Saturday\n\n# home\n9\tJane Doe\n", []Code{{"9", []string{"Jane Doe"}}}, nil},
		{"old Macintosh lines", "1\tA\r2\tB", []Code{{"1", []string{"A"}}, {"2", []string{"B"}}}, nil},
		{"twice", "9\tA\n9\tB", []Code{{"9", []string{"B"}}}, nil},
		{"empty alternatives", "9\t\tA\t \tB\t", []Code{{"9", []string{"A", "B"}}}, nil},
		{"no tab", "9 Jane Doe\n8\tA", []Code{{"8", []string{"A"}}}, []string{"no tab in it"}},
		{"nothing behind the tab", "9\t", nil, []string{"stands for nothing"}},
		{"a mark in the code", "a=b\tA\na#2\tB", nil, []string{"can’t stand", "Line 2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, trouble := ParseCodes(c.text)
			if !slices.EqualFunc(got, c.want, func(a, b Code) bool { return a.Code == b.Code && slices.Equal(a.Texts, b.Texts) }) {
				t.Errorf("got %v, want %v", got, c.want)
			}
			if len(trouble) != len(c.trouble) {
				t.Fatalf("trouble %v, want %q", trouble, c.trouble)
			}
			for i := range trouble {
				if !strings.Contains(trouble[i].String(), c.trouble[i]) {
					t.Errorf("trouble %v, want %q", trouble[i], c.trouble[i])
				}
			}
		})
	}
}

func FuzzExpand(f *testing.F) {
	for _, s := range []string{`\9\ scores`, "=m9=", "{city} {citty}", `\9#2\{date:ap}`, `\\=\={{}}`, "a=b=c", "\xff{city}\\9\\"} {
		f.Add(s, "9\tJane Doe\tDoe", "Paris")
	}
	f.Fuzz(func(t *testing.T, text, list, city string) {
		codes, _ := ParseCodes(list)
		known := NewCodes(codes)
		e := Expand(text, known, Values{"city": city, "empty": ""})
		if e.Changed != (e.Text != text) {
			t.Errorf("changed %v: %q, %q", e.Changed, text, e.Text)
		}
		if !Expands(text) && e.Changed {
			t.Errorf("%q changed to %q", text, e.Text)
		}
		if utf8.ValidString(text) && utf8.ValidString(city) && !utf8.ValidString(e.Text) {
			t.Errorf("%q became invalid: %q", text, e.Text)
		}
		for _, left := range append(e.Unknown, e.Empty...) {
			if !strings.Contains(e.Text, left) {
				t.Errorf("%q is named and not in %q", left, e.Text)
			}
		}
		// With nothing to put in, nothing changes.
		if bare := Expand(text, nil, nil); bare.Changed || bare.Text != text {
			t.Errorf("%q became %q without codes or values", text, bare.Text)
		}
	})
}

func FuzzParseCodes(f *testing.F) {
	for _, s := range []string{"9\tJane Doe\tDoe\r\n", "\ufeff# x\n9", "\t\t\n9\t\xff", "a=b\tA"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		list, _ := ParseCodes(text)
		seen := map[string]bool{}
		for _, c := range list {
			if err := ValidCode(c); err != nil || seen[c.Code] {
				t.Errorf("code %+v: %v", c, err)
			}
			seen[c.Code] = true
			for _, mark := range []string{`\`, "="} {
				if e := Expand(mark+c.Code+mark, NewCodes([]Code{c}), nil); e.Text != c.Texts[0] && len(Expand(c.Texts[0], nil, nil).Unknown) == 0 {
					t.Errorf("%s%s%s became %q, want %q", mark, c.Code, mark, e.Text, c.Texts[0])
				}
			}
		}
		again, trouble := ParseCodes(FormatCodes(list))
		if len(trouble) > 0 || FormatCodes(again) != FormatCodes(list) {
			t.Errorf("%q written and read: %v, %v", FormatCodes(list), again, trouble)
		}
	})
}
