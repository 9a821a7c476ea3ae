// Package words owns the language of the window: which ones there are, and
// that the toolkit speaks the one that was chosen.
//
// The words themselves are looked up by the toolkit: lang.L("Open project…"),
// and lang.N("{{.PluralCount}} photos", n) where a number decides the form.
// The English is the key; assets/i18n/ui holds a file for each language.
package words

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"photodesk/assets"
	_ "photodesk/ui/locale" // names a language where the environment names none
)

// System is the choice of an editor who chose nothing.
const System = ""

// Language is one that the window speaks.
type Language struct {
	Code string // BCP 47
	Name string // in itself
}

// Languages are what there is to choose from.
var Languages = []Language{
	{"en", "English"},
	{"es", "Español"},
	{"fr", "Français"},
	{"de", "Deutsch"},
	{"ar", "العربية"},
}

const (
	folder = "i18n/ui"
	// variable is what the toolkit asks first where languages are named by the
	// environment.
	variable = "LANGUAGE"
)

var (
	atStart, wasSet = os.LookupEnv(variable)
	code            = "en"
)

// English until somebody chooses, so that a room that is made by itself, in a
// test, counts its photos right too.
func init() { _ = Use("en") }

// Use has the toolkit speak a language from here on: one of Languages by its
// code, or System. What is on screen already stays as it is.
func Use(choice string) error {
	var err error
	switch {
	case choice != System:
		err = os.Setenv(variable, choice)
	case wasSet:
		err = os.Setenv(variable, atStart)
	default:
		err = os.Unsetenv(variable)
	}
	if err != nil {
		return fmt.Errorf("choose the language %s: %w", choice, err)
	}
	code = known(choice)
	if choice == System {
		code = known(string(lang.SystemLocale()))
	}
	if err := errors.Join(load("en", "en"), load(code, code)); err != nil { // what another language lacks is said in English
		return err
	}
	// Where the system names its language in another way than by the
	// environment, the choice goes under that name.
	if system := base(string(lang.SystemLocale())); choice != System && system != code {
		return load(code, system)
	}
	return nil
}

// loaded are the files that the toolkit has, by the language they go under.
// Reading all of them would be a twentieth of the time until the window is there.
var loaded = map[string]string{}

// load gives the toolkit a language's words under a name, and has it choose
// among its languages anew.
func load(code, as string) error {
	data := []byte("{}")
	if loaded[as] != code {
		var err error
		if data, err = assets.Words.ReadFile(folder + "/" + code + ".json"); err != nil {
			return fmt.Errorf("read the translations into %s: %w", code, err)
		}
	}
	if err := lang.AddTranslationsForLocale(data, fyne.Locale(as)); err != nil {
		return fmt.Errorf("read the translations into %s: %w", code, err)
	}
	loaded[as] = code
	return nil
}

// Code is the language that the window speaks.
func Code() string { return code }

// RightToLeft reports whether it is read from right to left.
func RightToLeft() bool { return code == "ar" }

// Key marks words that are translated where they are shown, by lang.L.
func Key(english string) string { return english }

func base(locale string) string {
	b, _, _ := strings.Cut(locale, "-")
	return b
}

func known(locale string) string {
	for _, l := range Languages {
		if l.Code == base(locale) {
			return l.Code
		}
	}
	return "en"
}

// Inside writes a name as it stands inside a sentence: German keeps its nouns'
// capitals, and Arabic has none.
func Inside(name string) string {
	if code == "de" {
		return name
	}
	return strings.ToLower(name)
}
