package ui

// This file owns publishing: the sheet, the job, and what became of it.

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"photodesk/export"
	"photodesk/export/publish"
	"photodesk/project"
	"photodesk/ui/dialogs"
	"photodesk/ui/jobs"
	"photodesk/ui/look"
	"photodesk/ui/words"
)

// prefPublish and an essay's UID name the target that it was published to last, which holds no secret.
const prefPublish = "publish.target."

// publish asks which bundle goes where.
func (u *App) publish() { u.publishAgain(dialogs.PublishSettings{}, nil) }

// publishAgain asks with what was asked before, and says what kept it from the target.
func (u *App) publishAgain(s dialogs.PublishSettings, why error) {
	if u.shown == nil {
		return
	}
	u.flush()
	revs, err := u.project.Revisions(u.ctx, u.essay)
	if err != nil {
		u.fail(lang.L("Publish"), err)
		return
	}
	bundles := bundlesOf(revs)
	if len(bundles) == 0 {
		u.inform(lang.L("Publish"), lang.L("What is published is the bundle of an export, and there is none on this machine yet. Export the essay first."))
		return
	}
	form := dialogs.PublishForm{
		Target: u.app.Preferences().String(prefPublish + u.shown.UID), Bundles: bundles, Settings: s, Again: why,
		ChooseFolder: func(current string, chosen func(dir string)) {
			q := pathQuestion{title: lang.L("Publish to"), folder: true, text: current}
			u.browse(q, true, func(paths ...string) { chosen(filepath.Join(paths[0], u.shown.Slug)) })
		},
		Look: u.lookAtTarget,
		OK:   u.publishTo,
	}
	if why != nil {
		form.Target = s.Target.String()
	}
	if _, diffs, err := u.project.ChangesSinceExport(u.ctx, u.essay); err == nil {
		form.Changed = len(diffs) > 0
	}
	dialogs.Publish(u.win, form)
}

// bundlesOf are the exports that still lie where they were written, each folder once.
func bundlesOf(revs []project.Revision) []dialogs.Bundle {
	var out []dialogs.Bundle
	for _, r := range revs {
		if slices.ContainsFunc(out, func(b dialogs.Bundle) bool { return b.Dir == r.Folder }) {
			continue
		}
		if _, err := os.Stat(filepath.Join(r.Folder, export.ManifestName)); err == nil {
			out = append(out, dialogs.Bundle{Dir: r.Folder, At: r.At})
		}
	}
	return out
}

// options are how the sheet's settings are published. The keyring may ask the person, so this isn't for the UI goroutine.
func options(s dialogs.PublishSettings) publish.Options {
	o := publish.Options{Secret: s.Secret, AcceptHost: s.AcceptHost}
	if o.Secret == "" {
		o.Secret = publish.Secret(s.Target)
	}
	return o
}

// lookAtTarget finds out what publishing would change.
func (u *App) lookAtTarget(ctx context.Context, s dialogs.PublishSettings, done func(publish.Report, error)) {
	u.behindScenes(func(whole context.Context) func() {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		defer context.AfterFunc(whole, cancel)()
		o := options(s)
		o.DryRun = true
		rep, err := publish.Publish(ctx, s.Dir, s.Target, o)
		return func() { done(rep, err) }
	})
}

func (u *App) publishTo(s dialogs.PublishSettings) {
	p, essay := u.project, u.essay
	u.app.Preferences().SetString(prefPublish+u.shown.UID, s.Target.String())
	var rep publish.Report
	var ask, unkept error // what the sheet can put right; why the secret isn't kept
	u.start(lang.L("Publish"), func(ctx context.Context, report func(jobs.Progress)) error {
		ask, unkept = nil, nil
		o := options(s)
		o.Progress = func(pr publish.Progress) {
			report(jobs.Progress{Done: pr.Done, Total: pr.Total, Text: fmt.Sprintf(lang.L("Publishing… %d of %d"), pr.Done, pr.Total)})
		}
		var err error
		rep, err = publish.Publish(ctx, s.Dir, s.Target, o)
		if unknown := new(publish.UnknownHostError); errors.As(err, &unknown) || errors.Is(err, publish.ErrLogin) {
			ask = err
			return nil
		}
		if err == nil && s.Remember { // only one that was right is worth keeping
			unkept = publish.Remember(s.Target, s.Secret)
		}
		return err
	}, func(err error) {
		switch {
		case cancelled(err):
			u.tell(lang.L("Publishing cancelled; the page that was there works, and publishing again goes on from here"))
		case err != nil:
			u.fail(lang.L("Publish"), err)
		case ask == nil:
			u.published(rep, unkept)
		case u.project == p && u.essay == essay && !u.inDialog():
			u.publishAgain(s, ask)
		default:
			u.fail(lang.L("Publish"), ask)
		}
	})
}

// published says what was sent and where the page is.
func (u *App) published(rep publish.Report, unkept error) {
	done := fmt.Sprintf(lang.L("Published: %s sent, %d removed"), lang.N("{{.PluralCount}} files", len(rep.Sent)), len(rep.Removed))
	text := done + "\n" + rep.Target
	if rep.Address != "" {
		text = done + "\n" + rep.Address
	}
	if unkept != nil {
		text += "\n\n" + words.Error(unkept)
	}
	d := dialog.NewCustomWithoutButtons(lang.L("Publish"), paragraph(text), u.win)
	shut := look.NewButton(lang.L("Close"), d.Hide)
	buttons, first := []fyne.CanvasObject{shut}, shut
	if rep.Address != "" {
		first = look.NewButton(lang.L("Open in browser"), u.guard("open", func() { u.browseTo(rep.Address) }))
		first.Importance = widget.HighImportance
		buttons = append(buttons, look.NewButton(lang.L("Copy address"), func() { u.app.Clipboard().SetContent(rep.Address) }), first)
	}
	d.SetButtons(buttons)
	u.escapable(d)
	u.win.Canvas().Focus(first)
	u.tell(done)
}
