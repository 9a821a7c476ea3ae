package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"photodesk/project"
	"photodesk/ui/look"
	"photodesk/ui/words"
)

func TestLanguageIsTakenUpAtOnce(t *testing.T) {
	d := opened(t)
	t.Cleanup(func() { _ = words.Use("en") })
	d.addEssay("Storm")
	d.insertBlock(0, project.KindText)
	block := d.shown.Blocks[0].ID
	d.app.Preferences().SetString(prefLanguage, "de")
	d.speak()
	if d.menu.main.Items[0].Label != "Datei" || d.shown == nil || d.focus.block != block {
		t.Errorf("menu %q, essay %v, focus %v", d.menu.main.Items[0].Label, d.shown, d.focus)
	}
	d.insertBlock(0, project.KindHeading)
	if got := d.labels(); !strings.HasSuffix(got, "Neu: Zwischentitel") {
		t.Errorf("steps %q", got)
	}
	left := d.frame.left.first
	d.app.Preferences().SetString(prefLanguage, "ar")
	d.speak()
	if d.menu.main.Items[0].Label != "ملف" || d.frame.left.first == left || look.Leading() != fyne.TextAlignTrailing {
		t.Errorf("menu %q, library first %v", d.menu.main.Items[0].Label, d.frame.left.first)
	}
	d.app.Preferences().SetString(prefLanguage, "en")
	d.speak()
	if d.kinds() != "heading text" || d.menu.main.Items[0].Label != "File" {
		t.Errorf("the essay has %q, the menu %q", d.kinds(), d.menu.main.Items[0].Label)
	}
}
