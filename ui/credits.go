package ui

// This file owns the review of credit lines: of the whole library when the
// editor asks, of what just came in after an import and a paste.

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"photodesk/project"
	"photodesk/ui/dialogs"
)

// reviewCredits lists every credit line that was cleaned or not understood.
func (u *App) reviewCredits() {
	if !u.writable() {
		return
	}
	u.flush()
	p := u.project
	u.behindScenes(func(ctx context.Context) func() {
		list, err := p.CreditsToReview(ctx, nil)
		return func() {
			if err != nil {
				u.fail(lang.L("Review credits"), err)
				return
			}
			dialogs.Credits(u.win, list, u.loader, u.creditsDecided)
		}
	})
}

// reviewCreditsOf shows the credit lines of photos that just came in, where there
// is something to review; then is called in any case. Whoever is in a dialog
// meanwhile is not interrupted: the bar says what waits.
func (u *App) reviewCreditsOf(ids []int64, then func()) {
	p := u.project
	u.behindScenes(func(ctx context.Context) func() {
		list, err := p.CreditsToReview(ctx, ids)
		return func() {
			switch {
			case err != nil || len(ids) == 0 || len(list) == 0:
			case u.inDialog():
				defer u.tell(lang.L("Some credit lines wait for a look: Review credits…"))
			default:
				dialogs.Credits(u.win, list, u.loader, u.creditsDecided)
			}
			if then != nil {
				then()
			}
		}
	})
}

// creditsDecided gives photos the credit lines that the editor wants, as one step.
func (u *App) creditsDecided(list []dialogs.CreditDecision) {
	u.flush()
	u.edit(lang.L("Review credits"), "", func(tx *project.Tx) error {
		for _, d := range list {
			if err := tx.SetCreditLine(d.Photo.ID, d.Line); err != nil {
				return err
			}
		}
		return nil
	})
}
