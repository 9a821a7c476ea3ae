package ui

// This file owns the check in the window: the list under the story, which
// follows the editing, and warnings that are overruled.

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"photodesk/export"
	"photodesk/project"
	"photodesk/ui/check"
	"photodesk/ui/dialogs"
)

func (u *App) makeCheck() {
	p := check.New()
	p.Hide()
	p.OnGoTo = func(pr dialogs.Problem) { u.guard("go to a problem", func() { u.goTo(pr) })() }
	p.OnOverrule = u.askReason
	p.OnTakeBack = u.takeBackOverruling
	p.OnClose = u.guard("check", u.closeCheck)
	p.OnKey = u.functionKey
	u.problems = p
}

// check opens the list of problems, or closes it.
func (u *App) check() {
	if u.problems.Visible() {
		u.closeCheck()
		return
	}
	u.openCheck()
}

// openCheck shows the list as the essay is now; from then on it follows.
func (u *App) openCheck() {
	u.checked(func(problems []export.Problem) {
		if u.captioning() {
			u.closeCaptions()
		}
		u.problems.SetReadOnly(u.project.ReadOnly())
		u.problems.Show()
		u.frame.centre.Refresh() // before the list chooses a row and scrolls to it
		u.showProblems(problems)
		u.problems.FocusOn(u.win.Canvas())
	})
}

func (u *App) closeCheck() {
	u.problems.Hide()
	u.frame.centre.Refresh()
	u.win.Canvas().Unfocus()
}

// showProblems brings the bar and the list up to date.
func (u *App) showProblems(problems []export.Problem) {
	u.bar.SetProblems(tally(problems))
	if u.problems.Visible() {
		u.problems.Set(u.dialogProblems(problems))
	}
}

// askReason asks why a warning is overruled, and keeps it.
func (u *App) askReason(pr dialogs.Problem) {
	if !u.writable() {
		return
	}
	essay := u.essay
	dialogs.Reason(u.win, pr.Message, func(reason string) {
		u.overrule(essay, []dialogs.Problem{pr}, reason)
		u.problems.FocusOn(u.win.Canvas())
	})
}

// overrule keeps that warnings are overruled, as one step.
func (u *App) overrule(essay int64, list []dialogs.Problem, reason string) bool {
	u.flush()
	label := lang.L("Overrule a warning")
	if len(list) > 1 {
		label = lang.L("Overrule warnings")
	}
	ok := u.edit(label, "", func(tx *project.Tx) error {
		for _, pr := range list {
			if _, err := tx.Overrule(pr.Of.Overruling(essay, reason)); err != nil {
				return err
			}
		}
		return nil
	})
	u.checkNow()
	return ok
}

// takeBackOverruling makes a warning count again.
func (u *App) takeBackOverruling(pr dialogs.Problem) {
	if !u.writable() {
		return
	}
	u.flush()
	u.edit(lang.L("Take back an overruling"), "", func(tx *project.Tx) error { return tx.TakeBackOverruling(pr.Overruled) })
	u.checkNow()
}

// overruleOpen overrules every warning that is still open, before an export; it
// reports whether the export can go on.
func (u *App) overruleOpen(list []dialogs.Problem, reason string) bool {
	var open []dialogs.Problem
	for _, pr := range list {
		if pr.Severity == dialogs.Warning && pr.Reason == "" {
			open = append(open, pr)
		}
	}
	return len(open) == 0 || u.project.ReadOnly() || u.overrule(u.essay, open, reason)
}

// checkNow checks behind the window and shows what it found.
func (u *App) checkNow() {
	if u.project == nil || u.essay == 0 {
		return
	}
	u.checkTurn++
	turn, p, essay := u.checkTurn, u.project, u.essay
	u.behindScenes(func(ctx context.Context) func() {
		problems, err := export.Check(ctx, p, essay)
		return func() {
			if err == nil && turn == u.checkTurn {
				u.showProblems(problems)
			}
		}
	})
}
