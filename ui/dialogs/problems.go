package dialogs

// This file owns a problem, and problems as a list inside a sheet.

import (
	"fmt"

	"photodesk/ui/words"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"photodesk/export"
	"photodesk/ui/look"
)

// The severities of a Problem.
const (
	Error   = "error"   // stands in the way of an export
	Warning = "warning" // the editor can overrule it
	Note    = "note"    // good to know
)

// Problem is one finding of a check.
type Problem struct {
	Severity string // Error, Warning or Note
	Code     string // stays the same, for example "no-credit"
	Message  string // a sentence for the editor, in the window's language
	Where    string // what it is about: a file name, "Headline"; or ""
	Photo    int64  // 0: none
	Block    int64  // 0: none
	// Reason is why an editor overruled the warning, "" where nobody did;
	// Overruled is what to take that back by.
	Reason    string
	Overruled int64
	// Of is what the check found.
	Of export.Problem
}

// kinds are the parts of a list of problems. An overruled warning has its own.
var kinds = []struct{ of, title string }{
	{Error, words.Key("Errors")}, {Warning, words.Key("Warnings")}, {Note, words.Key("Notes")}, {overruled, words.Key("Overruled")},
}

const overruled = "overruled"

func (p Problem) kind() string {
	if p.Severity == Warning && p.Reason != "" {
		return overruled
	}
	return p.Severity
}

// count is how many problems there are of a kind; overruled warnings are no warnings.
func count(problems []Problem, kind string) int {
	n := 0
	for _, p := range problems {
		if p.kind() == kind {
			n++
		}
	}
	return n
}

func number(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// problemList is the problems by severity, with a way to each.
func problemList(problems []Problem, goTo func(i int)) *fyne.Container {
	list := look.Column(10)
	for _, sev := range kinds {
		if count(problems, sev.of) == 0 {
			continue
		}
		if len(list.Objects) > 0 {
			list.Add(look.Gap(2))
		}
		list.Add(look.Caps(fmt.Sprintf("%s · %d", lang.L(sev.title), count(problems, sev.of))))
		for i, p := range problems {
			if p.kind() == sev.of {
				list.Add(problemRow(p, func() { goTo(i) }))
			}
		}
	}
	return list
}

func problemRow(p Problem, tapped func()) fyne.CanvasObject {
	dot := look.Ground(severityColour(p.kind()))
	dot.Radius, dot.Min = 4, fyne.NewSize(8, 8)
	words := look.Column(1, look.NewParagraph(p.Message, look.Ink, theme.SizeNameText))
	if p.Reason != "" {
		words.Add(look.Note(fmt.Sprintf(lang.L("Overruled: %s"), p.Reason)))
	} else if p.Where != "" {
		words.Add(look.Small(p.Where))
	}
	way := look.NewButton(lang.L("Show"), tapped)
	return container.NewBorder(nil, nil,
		container.NewVBox(look.Inset(5, 3, dot)), container.NewVBox(way), look.Inset(0, 5, words))
}

func severityColour(severity string) fyne.ThemeColorName {
	switch severity {
	case Error:
		return look.Error
	case Warning:
		return look.Warning
	}
	return look.Muted
}
