package ui

// This file owns showing the notes of crashes. They never leave the machine but
// by the editor's own hand.

import (
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"photodesk/ui/look"
)

const prefCrashes = "crashes.seen" // how many bytes of notes the editor has seen

func (u *App) crashFile() string { return filepath.Join(u.opts.DataDir, CrashNotes) }

// crashNotes shows every note that is kept.
func (u *App) crashNotes() {
	u.seenCrashes()
	b, err := os.ReadFile(u.crashFile())
	if err != nil || len(b) == 0 {
		u.inform(lang.L("Crash notes"), lang.L("There are none: nothing went wrong on this machine."))
		return
	}
	u.showCrashes(lang.L("Crash notes"), lang.L("The newest is at the end. They are kept on this machine only."), string(b))
}

// tellOldCrash says at the start that the program ended by a mistake of its own.
func (u *App) tellOldCrash() {
	info, err := os.Stat(u.crashFile())
	if err != nil || int(info.Size()) == u.app.Preferences().Int(prefCrashes) {
		return
	}
	u.seenCrashes()
	u.showCrashes(lang.L("Photodesk ended by a mistake of its own"),
		lang.L("Everything saved is safe. With this note, whoever looks after Photodesk can mend it."), lastNote(u.crashFile()))
}

func (u *App) seenCrashes() {
	if info, err := os.Stat(u.crashFile()); err == nil {
		u.app.Preferences().SetInt(prefCrashes, int(info.Size()))
	}
}

// showCrashes shows notes with a way to copy them.
func (u *App) showCrashes(title, words, notes string) {
	if u.closing {
		return
	}
	text := newPathEntry(true)
	text.PlaceHolder, text.Wrapping = "", fyne.TextWrapOff
	text.TextStyle.Monospace = true
	text.SetText(notes)
	text.SetMinRowsVisible(10)
	var copied *look.Button
	copied = look.NewButton(lang.L("Copy note"), func() {
		u.app.Clipboard().SetContent(notes)
		copied.SetText(lang.L("Copied"))
	})
	copied.Importance = widget.HighImportance
	d := dialog.NewCustomWithoutButtons(title, sized(620, look.Column(8, paragraph(words), text)), u.win)
	d.SetButtons([]fyne.CanvasObject{layout.NewSpacer(), look.NewButton(lang.L("Close"), d.Hide), copied})
	u.escapable(d)
	text.cancel = d.Hide
	u.win.Canvas().Focus(copied)
}

// lastNote is the newest note of a file; one begins with its time.
func lastNote(name string) string {
	b, err := os.ReadFile(name)
	if err != nil {
		return ""
	}
	notes := string(b)
	if i := strings.LastIndex(strings.TrimRight(notes, "\n"), "  Photodesk "); i >= 0 {
		return notes[strings.LastIndex(notes[:i], "\n")+1:]
	}
	return notes
}
