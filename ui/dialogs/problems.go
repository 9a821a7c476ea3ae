package dialogs

// This file owns the check list.

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

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
	Message  string // a sentence for the editor
	Where    string // what it is about: a file name, "Headline"; or ""
	Photo    int64  // 0: none
	Block    int64  // 0: none
}

var severities = []struct{ of, title string }{
	{Error, "Errors"}, {Warning, "Warnings"}, {Note, "Notes"},
}

func count(problems []Problem, severity string) int {
	n := 0
	for _, p := range problems {
		if p.Severity == severity {
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

// Check lists problems, errors first; goTo leads to the i-th of problems, after
// the sheet has closed.
func Check(win fyne.Window, problems []Problem, goTo func(i int)) {
	var s *sheet
	shut := primary("Close", func() { s.close() })
	if len(problems) == 0 {
		words := look.NewParagraph("Every photo has its credit, and nothing stands in the way of an export.", look.Ink, theme.SizeNameText)
		s = newSheet(win, "No problems", "", words, shut).show(fyne.NewSize(420, 180))
		return
	}
	list := problemList(problems, func(i int) {
		s.close()
		if goTo != nil {
			goTo(i)
		}
	})
	note := "Nothing here stands in the way of an export."
	if n := count(problems, Error); n > 0 {
		note = number(n, "error stands", "errors stand") + " in the way of an export."
	}
	s = newSheet(win, "Check", note, panel(list), shut).show(fyne.NewSize(620, 480))
}

// problemList is the problems by severity, with a way to each.
func problemList(problems []Problem, goTo func(i int)) *fyne.Container {
	list := look.Column(10)
	for _, sev := range severities {
		if count(problems, sev.of) == 0 {
			continue
		}
		if len(list.Objects) > 0 {
			list.Add(look.Gap(2))
		}
		list.Add(look.Caps(fmt.Sprintf("%s · %d", sev.title, count(problems, sev.of))))
		for i, p := range problems {
			if p.Severity == sev.of {
				list.Add(problemRow(p, func() { goTo(i) }))
			}
		}
	}
	return list
}

func problemRow(p Problem, tapped func()) fyne.CanvasObject {
	dot := look.Ground(severityColour(p.Severity))
	dot.Radius, dot.Min = 4, fyne.NewSize(8, 8)
	words := look.Column(1, look.NewParagraph(p.Message, look.Ink, theme.SizeNameText))
	if p.Where != "" {
		words.Add(look.Small(p.Where))
	}
	way := widget.NewButton("Show", tapped)
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
