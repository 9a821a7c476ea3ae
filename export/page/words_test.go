package page

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"photodesk/assets"
)

var blanks = regexp.MustCompile(`\{\w+\}`)

// Every language says what English says, with the same blanks to fill in, and nothing that nobody asks for.
func TestTranslationsAreWhole(t *testing.T) {
	english, err := wordsFor("en")
	if err != nil {
		t.Fatal(err)
	}
	files, err := assets.Words.ReadDir("i18n/page")
	if err != nil {
		t.Fatal(err)
	}
	var langs []string
	for _, f := range files {
		lang := strings.TrimSuffix(f.Name(), ".json")
		langs = append(langs, lang)
		w, err := wordsFor(lang)
		if err != nil {
			t.Fatal(err)
		}
		for key, text := range english.text {
			if strings.TrimSpace(w.text[key]) == "" {
				t.Errorf("%s: nothing for %q", lang, key)
			}
			if got, want := sorted(blanks.FindAllString(w.text[key], -1)), sorted(blanks.FindAllString(text, -1)); !slices.Equal(got, want) {
				t.Errorf("%s: %q has the blanks %v, want %v", lang, key, got, want)
			}
		}
		for key := range w.text {
			base := key[:max(0, strings.LastIndexByte(key, '.'))]
			if _, ok := english.text[key]; !ok && english.text[base] == "" {
				t.Errorf("%s: nobody asks for %q", lang, key)
			}
		}
	}
	for _, want := range []string{"ar", "de", "en", "es", "fr", "pt", "uk", "zh"} {
		if !slices.Contains(langs, want) {
			t.Errorf("no words in %s", want)
		}
	}
}

func sorted(s []string) []string { return slices.Sorted(slices.Values(s)) }

func TestWordsByLanguage(t *testing.T) {
	for _, c := range []struct {
		lang, key string
		n         int
		want      string
	}{
		{"en", "gallery", 3, "Gallery, 3 photos"},
		{"ar", "gallery", 2, "معرض من صورتين"},
		{"ar", "gallery", 5, "معرض من 5 صور"},
		{"ar-EG", "gallery", 15, "معرض من 15 صورة"},
		{"ar", "gallery", 100, "معرض من 100 صورة"},
		{"uk", "gallery", 3, "Галерея: 3 фото"},
		{"pt-BR", "gallery", 3, "Galeria com 3 fotos"},
		{"zh-Hans-CN", "gallery", 3, "图集，共3张照片"},
		{"cy", "gallery", 3, "Gallery, 3 photos"}, // no Welsh yet
	} {
		w, err := wordsFor(c.lang)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := w.say(c.key, "n", c.n); err != nil || got != c.want {
			t.Errorf("%s, %d: %q (%v), want %q", c.lang, c.n, got, err, c.want)
		}
	}
}

func TestDatesByLanguage(t *testing.T) {
	first, other := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC), time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	want := map[string][2]string{
		"en": {"1 March 2026", "25 November 2026"},
		"es": {"1 de marzo de 2026", "25 de noviembre de 2026"},
		"fr": {"1er mars 2026", "25 novembre 2026"},
		"de": {"1. März 2026", "25. November 2026"},
		"pt": {"1 de março de 2026", "25 de novembro de 2026"},
		"ar": {"1 مارس 2026", "25 نوفمبر 2026"},
		"uk": {"1 березня 2026 року", "25 листопада 2026 року"},
		"zh": {"2026年3月1日", "2026年11月25日"},
	}
	for _, lang := range slices.Sorted(maps.Keys(want)) {
		w, err := wordsFor(lang)
		if err != nil {
			t.Fatal(err)
		}
		if got := [2]string{w.date(first).Words, w.date(other).Words}; got != want[lang] {
			t.Errorf("%s: %q, want %q", lang, got, want[lang])
		}
	}
}
