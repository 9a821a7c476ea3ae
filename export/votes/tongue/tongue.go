// Package tongue owns the languages of the vote service's own pages: the words of a folder of translations, and which of them
// a reader wants.
package tongue

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"photodesk/assets"
)

// Tongue is one language.
type Tongue struct {
	Lang string // BCP 47
	Dir  string // "ltr" or "rtl"
	Text map[string]string
}

// Tongues are all languages of a folder, English first, for everybody else.
type Tongues struct {
	all     []Tongue
	matcher language.Matcher
}

// Load reads the translations below a folder of assets.Words, such as "i18n/page".
func Load(folder string) (*Tongues, error) {
	names, err := fs.Glob(assets.Words, folder+"/*.json")
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(names, func(a, b string) int {
		english := func(name string) int {
			if path.Base(name) == "en.json" {
				return 0
			}
			return 1
		}
		return english(a) - english(b)
	})
	t := &Tongues{}
	var tags []language.Tag
	for _, name := range names {
		data, err := assets.Words.ReadFile(name)
		if err != nil {
			return nil, err
		}
		one := Tongue{Lang: strings.TrimSuffix(path.Base(name), ".json"), Dir: "ltr"}
		if err := json.Unmarshal(data, &one.Text); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if one.Lang == "ar" {
			one.Dir = "rtl"
		}
		t.all = append(t.all, one)
		tags = append(tags, language.Make(one.Lang))
	}
	t.matcher = language.NewMatcher(tags)
	return t, nil
}

// For is the language that a reader wants, by an Accept-Language header (RFC 9110, section 12.5.4).
func (t *Tongues) For(accepted string) Tongue {
	_, i := language.MatchStrings(t.matcher, accepted)
	return t.all[i]
}
