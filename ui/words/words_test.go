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

// sources visits what the Go files under a folder are made of, tests left out.
func sources(t *testing.T, folder string, visit func(where token.Position, n ast.Node) bool) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if n == nil {
				return true
			}
			return visit(set.Position(n.Pos()), n)
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// literal is the text of a string literal.
func literal(n ast.Node) (string, bool) {
	lit, ok := n.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

// called is the last part of the name of what is called: "lang.L" is "L".
func called(call *ast.CallExpr) (pkg, name string) {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return "", f.Name
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); ok {
			pkg = x.Name
		}
		return pkg, f.Sel.Name
	}
	return "", ""
}

// sayers are the functions by which project and export say something to an
// editor, sayings what else holds such sentences.
var (
	sayers  = []string{"add", "addOf", "warn", "say", "Refuse", "no", "trouble", "bad", "label"}
	sayings = []string{"boilerplate", "lookalikes", "tooSmall"}
	sayFns  = []string{"words", "looksLike"}
)

// said lists the sentences of project and export: literals of several words
// where they say something.
func said(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	take := func(n ast.Node) {
		ast.Inspect(n, func(n ast.Node) bool {
			if text, ok := literal(n); ok && strings.Contains(text, " ") && !strings.Contains(text, "(?i") {
				out[text] = false
			}
			return true
		})
	}
	for _, folder := range []string{"../../export", "../../project"} {
		sources(t, folder, func(where token.Position, n ast.Node) bool {
			if strings.HasPrefix(where.Filename, "../../export/page/") {
				return false // which speaks to readers, in words of its own
			}
			switch n := n.(type) {
			case *ast.CallExpr:
				if _, name := called(n); slices.Contains(sayers, name) {
					for _, arg := range n.Args {
						if _, ok := literal(arg); ok {
							take(arg)
						}
					}
				}
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Pattern" {
					take(n.Value)
				}
			case *ast.ValueSpec:
				if slices.Contains(sayings, n.Names[0].Name) {
					for _, v := range n.Values {
						take(v)
					}
				}
			case *ast.FuncDecl:
				if slices.Contains(sayFns, n.Name.Name) {
					ast.Inspect(n, func(n ast.Node) bool {
						if r, ok := n.(*ast.ReturnStmt); ok {
							take(r)
						}
						return true
					})
				}
			}
			return true
		})
	}
	return out
}

// used lists the keys in the sources; plural says whether a number decides.
func used(t *testing.T) map[string]bool {
	t.Helper()
	out := said(t)
	if len(out) < 80 {
		t.Fatalf("only %d sentences were found in project and export", len(out))
	}
	sources(t, "..", func(where token.Position, n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return true
		}
		pkg, name := called(call)
		if pkg == "" && name == "Key" && filepath.Base(filepath.Dir(where.Filename)) == "words" {
			pkg = "words"
		}
		switch name = pkg + "." + name; name {
		case "lang.L", "lang.N", "words.Key":
			if key, ok := literal(call.Args[0]); ok { // else of words that words.Key marked
				out[key] = out[key] || name == "lang.N"
			}
		}
		return true
	})
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

// untranslated are words that are the same in every language: names, examples of
// what to write, keys of the keyboard, files.
var untranslated = []string{
	"Photodesk", "Photodesk ", " – Photodesk", "  Photodesk ", "%s  Photodesk %s  %s/%s  %s\n%v\n%s\n", "Sample", "Bundles", " captions.csv",
	"English", "Español", "Français", "Deutsch", "Jane Doe", "Jane Doe/AP", "Jane Doe/Daily Observer", "Saint-Nazaire", "harbour, storm",
	"9\tJane Doe (9)\tDoe", "{city}, {date} …", "Ctrl", "Cmd", "Alt", "Shift", "Tab", "Page Up", "Page Down", "Backspace",
}

// unshown are functions whose words are for crash notes and for us.
var unshown = []string{"guard", "guardStep", "guardText", "noteCrash", "NoteCrash", "Errorf", "New", "Format", "panic"}

var wordy = regexp.MustCompile(`[A-Za-zÀ-ÿ]{2,} [A-Za-zÀ-ÿ]|^[A-Z][a-zà-ÿ]{2,}|\bbytes\b`)

// TestNoWordsBesideTheTranslations reads the window's sources: words that are
// not looked up are shown in English to everybody.
func TestNoWordsBesideTheTranslations(t *testing.T) {
	sources(t, "..", func(where token.Position, n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec, *ast.StructType:
			return false
		case *ast.CallExpr:
			pkg, name := called(n)
			if pkg == "lang" || name == "Key" || slices.Contains(unshown, name) {
				return false
			}
		case *ast.BasicLit:
			if text, ok := literal(n); ok && wordy.MatchString(text) && !slices.Contains(untranslated, text) {
				t.Errorf("%s: %q is shown in English only: look it up by lang.L, or list it in untranslated", where, text)
			}
		}
		return true
	})
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
