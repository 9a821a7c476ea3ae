package dialogs

// This file owns what became of an import, and the help on shortcuts.

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"photodesk/project"
	"photodesk/ui/look"
	"photodesk/ui/words"
)

// ImportReport shows what became of an import: files that could not be read and
// why, files that were there already, and what is to be known of the rest. again
// tries once more what could not be read; nil doesn't offer it.
func ImportReport(win fyne.Window, rep project.ImportReport, again func()) {
	var s *sheet
	list := look.Column(8)
	part := func(title string, n int) {
		if len(list.Objects) > 0 {
			list.Add(look.Gap(4))
		}
		list.Add(look.Caps(fmt.Sprintf("%s · %d", title, n)))
	}
	line := func(name, says string, colour fyne.ThemeColorName) {
		head := look.NewText(name, look.Ink, look.TextBody)
		head.Truncate, head.Style.Bold = true, true
		row := look.Column(1, head)
		if says != "" {
			row.Add(look.NewParagraph(says, colour, theme.SizeNameText))
		}
		list.Add(row)
	}
	if len(rep.Failed) > 0 {
		part(lang.L("Could not be read"), len(rep.Failed))
		for _, f := range rep.Failed {
			line(f.Name, words.Error(f.Err), look.Error)
		}
	}
	if len(rep.Warnings) > 0 {
		part(lang.L("Good to know"), len(rep.Warnings))
		for _, w := range rep.Warnings {
			line(w.Name, sentence(words.Say(w.Says.Pattern, w.Says.Values...)), look.Warning)
		}
	}
	if len(rep.Duplicates) > 0 {
		part(lang.L("In the library already"), len(rep.Duplicates))
		var names []string
		for _, d := range rep.Duplicates {
			names = append(names, d.Name)
		}
		list.Add(look.NewParagraph(strings.Join(names, ", "), look.Muted, theme.SizeNameText))
	}
	if len(list.Objects) == 0 {
		list.Add(look.NewParagraph(lang.L("Every file was read."), look.Ink, theme.SizeNameText))
	}
	buttons := []fyne.CanvasObject{primary(lang.L("Close"), func() { s.close() })}
	if again != nil && len(rep.Failed) > 0 {
		retry := look.NewButton(lang.L("Try again"), func() { s.close(); again() })
		buttons = append([]fyne.CanvasObject{retry}, buttons...)
	}
	s = newSheet(win, imported(rep), ignored(rep), panel(list), buttons...).show(fyne.NewSize(580, 460))
}

func imported(rep project.ImportReport) string {
	words := lang.N("{{.PluralCount}} photos imported", len(rep.Imported))
	if n := len(rep.Failed); n > 0 {
		words += ", " + lang.N("{{.PluralCount}} could not be read", n)
	}
	return words
}

func ignored(rep project.ImportReport) string {
	if rep.Ignored == 0 {
		return ""
	}
	return lang.N("{{.PluralCount}} other files left aside.", rep.Ignored)
}

func sentence(words string) string {
	words = strings.TrimSpace(words)
	if words == "" {
		return ""
	}
	first := []rune(words)
	words = strings.ToUpper(string(first[:1])) + string(first[1:])
	if !strings.HasSuffix(words, ".") {
		words += "."
	}
	return words
}

// Shortcut is one line of the help: "Ctrl+Z", "Undo".
type Shortcut struct{ Keys, What string }

// ShortcutGroup is shortcuts under a title.
type ShortcutGroup struct {
	Title string
	List  []Shortcut
}

// Shortcuts shows the help on shortcuts, in two columns.
func Shortcuts(win fyne.Window, groups []ShortcutGroup) {
	left, right := look.Column(7), look.Column(7)
	lines := 0
	for _, g := range groups {
		lines += len(g.List) + 2
	}
	so := 0
	for _, g := range groups {
		col := left
		if so >= (lines+1)/2 {
			col = right
		}
		so += len(g.List) + 2
		if len(col.Objects) > 0 {
			col.Add(look.Gap(6))
		}
		col.Add(look.Caps(g.Title))
		for _, sc := range g.List {
			what := look.NewText(sc.What, look.Ink, look.TextBody)
			what.Truncate = true
			keys := look.NewText(sc.Keys, look.Muted, look.TextSmall)
			col.Add(container.NewBorder(nil, nil, nil, keys, what))
		}
	}
	var s *sheet
	cols := container.NewGridWithColumns(2, look.Inset(0, 8, left), look.Inset(0, 8, right))
	s = newSheet(win, lang.L("Shortcuts"), "", panel(cols), primary(lang.L("Close"), func() { s.close() })).show(fyne.NewSize(700, min(170+26*float32((lines+3)/2+1), 620)))
}
