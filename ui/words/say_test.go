package words_test

// This file tests that what project and export say is said in the window's language.

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"photodesk/export"
	"photodesk/project"
	"photodesk/project/photo"
	"photodesk/project/wording"
	"photodesk/ui/words"
)

func TestErrorsAreSaidInTheLanguage(t *testing.T) {
	t.Cleanup(func() { _ = words.Use("en") })
	_, empty := photo.Inspect(nil, photo.DefaultLimits)
	_, pdf := photo.Recognise([]byte("%PDF-1.7 and more of it"))
	slug := project.ValidSlug("a--b")
	for _, c := range []struct {
		name string
		err  error
		de   string
	}{
		{"disk full", fmt.Errorf("keep a.jpg: %w; free some space: %w", project.ErrDiskFull, errors.New("no space")), "Der Datenträger ist voll. Schaffen Sie Platz und versuchen Sie es noch einmal."},
		{"read-only", fmt.Errorf("the folder %w", project.ErrReadOnly), "In den Ordner kann nicht geschrieben werden. Prüfen Sie die Zugriffsrechte, oder wählen Sie einen anderen."},
		{"original missing", fmt.Errorf("a.jpg: %w", project.ErrOriginalMissing), "Das Original eines Fotos fehlt. Datei, Originale prüfen hilft, es wiederzufinden."},
		{"locked", fmt.Errorf("open: %w", &project.LockedError{Holder: project.Holder{User: "jane", Host: "desk", Since: time.Date(2027, 3, 1, 10, 5, 0, 0, time.Local)}}), "jane hat es auf desk seit 1.3.2027 10:05 geöffnet; schließen Sie es dort, oder öffnen Sie es nur zum Lesen."},
		{"a PDF", pdf, "Keine Fotografie: ein PDF."},
		{"no such file", fmt.Errorf("open: %w", fs.ErrNotExist), "Diese Datei gibt es nicht."},
		{"slug", slug, ""},
		{"an empty file", empty, ""},
	} {
		if err := words.Use("de"); err != nil {
			t.Fatal(err)
		}
		if got := words.Error(c.err); c.de != "" && got != c.de || c.name == "an empty file" && !strings.Contains(got, "leer") {
			t.Errorf("%s is %q", c.name, got)
		}
		if err := words.Use("en"); err != nil {
			t.Fatal(err)
		}
		if got := words.Reason(c.err); got != c.err.Error() {
			t.Errorf("in English, %s is %q", c.name, got)
		}
	}
}

func TestProblemsAreSaidInTheLanguage(t *testing.T) {
	t.Cleanup(func() { _ = words.Use("en") })
	lint := wording.LintCaption("Waves. Mandatory credit")
	if len(lint) == 0 {
		t.Fatal("no remark on the caption")
	}
	for code, want := range map[string]string{
		"en": "a.jpg: it is 640 pixels wide, too small to be sharp at wide width (1080).",
		"de": "a.jpg: ist 640 Pixel breit, zu klein, um in großer Breite (1080) scharf zu sein.",
		"fr": "a.jpg: elle fait 640 pixels de large, trop peu pour être nette en grande largeur (1080).",
	} {
		if err := words.Use(code); err != nil {
			t.Fatal(err)
		}
		p := export.Problem{Name: "a.jpg", Pattern: "it is %d pixels wide, too small to be sharp at wide width (%d).", Values: []any{640, 1080}}
		if got := words.Problem(p); got != want {
			t.Errorf("%s: %q", code, got)
		}
		if got := words.Say("its %s is too large to be read", photo.Term("colour profile")); code == "de" && got != "Farbprofil ist zu groß, um gelesen zu werden" {
			t.Errorf("a term: %q", got)
		}
		for _, l := range lint {
			if got := words.Say(l.Pattern, l.Values...); strings.Contains(got, "%!") || (got == l.String()) != (code == "en") {
				t.Errorf("%s: %q", code, got)
			}
		}
	}
}
