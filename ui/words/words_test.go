package words_test

// This file owns the proof that every word of the window is there in every
// language, and that no file holds a word that nobody shows.

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2/lang"

	"photodesk/assets"
	"photodesk/ui/words"
)

// toolkits are words of the toolkit itself, which has none of its own in Arabic.
var toolkits = []string{"Cancel", "Confirm", "Copy", "Cut", "Error", "File", "Folder", "Name", "No", "OK", "Open", "Paste", "Quit", "Save", "Select all", "Undo", "Redo", "Yes"}

// used lists the keys in the sources; plural says whether a number decides.
func used(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			pkg, ok := sel.X.(*ast.Ident)
			if !ok {
				return true
			}
			switch name := pkg.Name + "." + sel.Sel.Name; name {
			case "lang.L", "lang.N", "words.Key":
				lit, ok := call.Args[0].(*ast.BasicLit)
				if !ok {
					return true // of words that words.Key marked
				}
				key, err := strconv.Unquote(lit.Value)
				if err != nil {
					t.Errorf("%s: %v", path, err)
				}
				out[key] = out[key] || name == "lang.N"
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// formsOf are the plural forms of a language's whole numbers, by CLDR.
var formsOf = map[string][]string{
	"en": {"one", "other"}, "de": {"one", "other"},
	"es": {"many", "one", "other"}, "fr": {"many", "one", "other"},
	"ar": {"few", "many", "one", "other", "two", "zero"},
}

var (
	verbs  = regexp.MustCompile(`%[a-z%]`)
	fields = regexp.MustCompile(`{{[^}]*}}`)
)

func TestEveryWordIsThereInEveryLanguage(t *testing.T) {
	keys := used(t)
	if len(keys) < 300 {
		t.Fatalf("only %d words were found in the sources", len(keys))
	}
	for _, l := range words.Languages {
		b, err := assets.Words.ReadFile("i18n/ui/" + l.Code + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var file map[string]any
		if err := json.Unmarshal(b, &file); err != nil {
			t.Fatalf("%s: %v", l.Code, err)
		}
		for key, plural := range keys {
			switch v := file[key].(type) {
			case nil:
				t.Errorf("%s has no %q", l.Code, key)
			case string:
				if plural {
					t.Errorf("%s: %q needs a form for each number", l.Code, key)
				}
				if slices.Sort(verbs.FindAllString(key, -1)); v == "" || !slices.Equal(verbs.FindAllString(v, -1), verbs.FindAllString(key, -1)) {
					t.Errorf("%s: %q holds other variables than %q, or in another order", l.Code, v, key)
				}
			case map[string]any:
				if got := slices.Sorted(maps.Keys(v)); !plural || !slices.Equal(got, formsOf[l.Code]) {
					t.Errorf("%s: %q has the forms %v, want %v", l.Code, key, got, formsOf[l.Code])
				}
				for _, form := range v {
					for _, field := range fields.FindAllString(form.(string), -1) {
						if !strings.Contains(key, field) {
							t.Errorf("%s: %q names %s, which %q lacks", l.Code, form, field, key)
						}
					}
				}
			}
		}
		for key := range file {
			if _, ok := keys[key]; !ok && !slices.Contains(toolkits, key) {
				t.Errorf("%s: nobody shows %q", l.Code, key)
			}
		}
	}
}

func TestUse(t *testing.T) {
	t.Cleanup(func() { _ = words.Use("en") })
	for _, c := range []struct {
		code, open, one, three string
		rightToLeft            bool
	}{
		{"en", "Open project…", "1 word", "3 words", false},
		{"de", "Projekt öffnen …", "1 Wort", "3 Wörter", false},
		{"fr", "Ouvrir un projet…", "1 mot", "3 mots", false},
		{"es", "Abrir proyecto…", "1 palabra", "3 palabras", false},
		{"ar", "فتح مشروع…", "كلمة واحدة", "3 كلمات", true},
	} {
		if err := words.Use(c.code); err != nil {
			t.Fatal(err)
		}
		open, one, three := lang.L("Open project…"), lang.N("{{.PluralCount}} words", 1), lang.N("{{.PluralCount}} words", 3)
		if open != c.open || one != c.one || three != c.three || words.RightToLeft() != c.rightToLeft || words.Code() != c.code {
			t.Errorf("%s: %q, %q, %q, right to left %v", c.code, open, one, three, words.RightToLeft())
		}
	}
	if err := words.Use(words.System); err != nil {
		t.Error(err)
	}
}
