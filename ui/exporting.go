package ui

// This file owns the way out: gallery preview, preview in the browser, check
// and export.

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"time"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"

	"photodesk/export"
	"photodesk/project"
	"photodesk/ui/dialogs"
	"photodesk/ui/gallery"
	"photodesk/ui/jobs"
	"photodesk/ui/look"
	"photodesk/ui/words"
)

const (
	prefExportDir = "export.folder"
	prefExportZip = "export.zip"
	prefVotesURL  = "export.votes"
	prefAVIF      = "export.avif"
	prefFixed     = "export.fixedQuality"
	prefMetadata  = "export.metadata"
)

func cancelled(err error) bool { return errors.Is(err, context.Canceled) }

// galleryPreview shows the essay's photos one at a time, from the selected one.
func (u *App) galleryPreview() {
	u.openPlacement(u.focus.placement)
}

// openPlacement opens the gallery at a placement; 0 is the first.
func (u *App) openPlacement(id int64) {
	if u.shown == nil {
		return
	}
	u.flush()
	var frames []gallery.Frame
	at := 0
	for _, b := range u.shown.Blocks {
		for _, pl := range b.Placements {
			ph := u.photos[pl.PhotoID]
			if pl.ID == id {
				at = len(frames)
			}
			frames = append(frames, gallery.Frame{Photo: ph, Caption: pl.CaptionOf(ph), Credit: ph.CreditLine, Sensitive: ph.Sensitive})
		}
	}
	if len(frames) == 0 {
		u.inform(lang.L("Gallery preview"), lang.L("The essay has no photos yet."))
		return
	}
	u.win.Canvas().Unfocus() // a caret that blinks behind the gallery costs a core its time
	gallery.Show(u.app, u.loader, u.shown.Headline, frames, at)
}

// openPhoto shows one photo of the library large.
func (u *App) openPhoto(id int64) {
	if u.project == nil {
		return
	}
	u.flush()
	ph, err := u.project.Photo(u.ctx, id)
	if err != nil {
		u.fail(lang.L("Show photo"), err)
		return
	}
	gallery.Show(u.app, u.loader, ph.Name, []gallery.Frame{{Photo: ph, Caption: ph.Caption, Credit: ph.CreditLine, Sensitive: ph.Sensitive}}, 0)
}

// browserPreview opens the real page in the browser; it follows the editing.
func (u *App) browserPreview() {
	if u.shown == nil {
		return
	}
	u.flush()
	if u.preview == nil {
		pv, err := export.StartPreview(u.ctx, u.project, u.essay, "")
		if err != nil {
			u.fail(lang.L("Preview in browser"), err)
			return
		}
		u.preview = pv
	}
	u.browseTo(u.preview.URL())
}

func (u *App) browseTo(address string) {
	a, err := url.Parse(address)
	if err == nil {
		err = u.app.OpenURL(a)
	}
	if err != nil {
		entry := newPathEntry(false)
		entry.SetText(address)
		u.closable(dialog.NewCustomWithoutButtons(lang.L("No browser answers"),
			sized(460, look.Column(6, look.Note(lang.L("Open this address yourself:")), entry)), u.win))
		entry.done, entry.cancel = u.shut, u.shut
		u.win.Canvas().Focus(entry)
		entry.TypedShortcut(&fyne.ShortcutSelectAll{}) // to be copied
	}
}

// closePreview ends the preview of the essay that is left; its builder ends behind the window.
func (u *App) closePreview() {
	pv := u.preview
	if pv == nil {
		return
	}
	u.preview = nil
	u.behind.Go(func() { _ = pv.Close() })
}

// checked checks the essay in a job.
func (u *App) checked(then func(problems []export.Problem)) {
	if u.shown == nil {
		return
	}
	u.flush()
	p, essay := u.project, u.essay
	var problems []export.Problem
	u.start(lang.L("Check"), func(ctx context.Context, _ func(jobs.Progress)) (err error) {
		problems, err = export.Check(ctx, p, essay)
		return err
	}, func(err error) {
		switch {
		case u.project != p || u.essay != essay || cancelled(err):
		case err != nil:
			u.fail(lang.L("Check"), err)
		default:
			u.showProblems(problems)
			then(problems)
		}
	})
}

// goTo shows what a problem is about.
func (u *App) goTo(p dialogs.Problem) {
	if p.Block == 0 {
		u.story.Select(0, 0)
		u.setFocus(focus{})
		u.story.Top()
		return
	}
	pl := int64(0)
	if b := u.blockOf(p.Block); b != nil && p.Photo != 0 {
		for _, other := range b.Placements {
			if other.PhotoID == p.Photo {
				pl = other.ID
			}
		}
	}
	u.story.Reveal(p.Block)
	u.story.Select(p.Block, pl)
	u.setFocus(focus{block: p.Block, placement: pl})
}

func (u *App) dialogProblems(problems []export.Problem) []dialogs.Problem {
	var out []dialogs.Problem
	for _, p := range problems {
		d := dialogs.Problem{Severity: dialogs.Warning, Code: p.Code, Message: words.Problem(p), Photo: p.Photo, Block: p.Block, Of: p}
		switch {
		case p.Severity == export.SeverityError:
			d.Severity = dialogs.Error
		case p.Severity == export.SeverityNote:
			d.Severity = dialogs.Note
		case p.Overruled != nil:
			d.Reason, d.Overruled = p.Overruled.Reason, p.Overruled.ID
		}
		if ph, ok := u.photos[p.Photo]; ok {
			d.Where = ph.Name
		} else if b := u.blockOf(p.Block); b != nil {
			d.Where = storyKind(b.Kind)
		}
		out = append(out, d)
	}
	return out
}

// export asks where to and writes the bundle.
func (u *App) export() {
	u.checked(func(problems []export.Problem) {
		list := u.dialogProblems(problems)
		p := u.app.Preferences()
		dialogs.Export(u.win, dialogs.ExportForm{
			Settings: dialogs.ExportSettings{
				Dir:      filepath.Join(p.StringWithFallback(prefExportDir, filepath.Join(home(), "Photodesk", "Bundles")), u.shown.Slug),
				Zip:      p.Bool(prefExportZip),
				Theme:    u.shown.Theme,
				VotesURL: p.String(prefVotesURL),

				AVIF: p.Bool(prefAVIF), FixedQuality: p.Bool(prefFixed), Metadata: p.String(prefMetadata),
			},
			AVIFCost: u.avifCost(u.project, u.essay),
			Encoders: encoders(),
			Themes:   dialogThemes(),
			Problems: list,
			ChooseFolder: func(current string, chosen func(dir string)) {
				q := pathQuestion{title: lang.L("Export to"), folder: true, text: current}
				u.browse(q, true, func(paths ...string) { chosen(filepath.Join(paths[0], u.shown.Slug)) })
			},
			GoTo: func(i int) { u.goTo(list[i]) },
			OK: func(s dialogs.ExportSettings) {
				if u.overruleOpen(list, s.Reason) {
					u.exportTo(s)
				}
			},
		})
	})
}

// avifCost asks what AVIF takes for an essay on this machine.
func (u *App) avifCost(p *project.Project, essay int64) func() string {
	ctx := u.ctx
	return func() string {
		t, err := export.AVIFTime(ctx, p, essay)
		if err != nil {
			return "" // the box stays without its price
		}
		if t < time.Minute {
			return fmt.Sprintf(lang.L("some 20 %% smaller than WebP, about %d s more"), max(1, int(t.Seconds()+0.5)))
		}
		return fmt.Sprintf(lang.L("some 20 %% smaller than WebP, about %d min more"), int(t.Minutes()+0.5))
	}
}

// encoders says what makes the photographs.
func encoders() string {
	made := export.Options{}.Encoders()
	return fmt.Sprintf(lang.L("JPEG by %s; WebP by %s."), made["jpeg"], made["webp"])
}

func (u *App) exportTo(s dialogs.ExportSettings) {
	u.flush()
	prefs := u.app.Preferences()
	prefs.SetString(prefExportDir, filepath.Dir(s.Dir))
	prefs.SetBool(prefExportZip, s.Zip)
	prefs.SetString(prefVotesURL, s.VotesURL)
	prefs.SetBool(prefAVIF, s.AVIF)
	prefs.SetBool(prefFixed, s.FixedQuality)
	prefs.SetString(prefMetadata, s.Metadata)
	u.darkroom.Use(u.usual())
	policy, err := export.PolicyNamed(s.Metadata)
	if err != nil { // no sheet of ours offers another
		u.fail(lang.L("Export"), err)
		return
	}
	p, essay := u.project, u.essay
	var rep export.Report
	u.start(lang.L("Export"), func(ctx context.Context, report func(jobs.Progress)) (err error) {
		o := export.Options{
			Out: s.Dir, Zip: s.Zip, Theme: s.Theme, VotesURL: s.VotesURL,
			AVIF: s.AVIF, FixedQuality: s.FixedQuality, Metadata: policy,
		}
		rep, err = export.Export(ctx, p, essay, o, func(pr export.Progress) {
			report(jobs.Progress{Done: pr.Done, Total: pr.Total, Text: making(pr)})
		})
		return err
	}, func(err error) {
		var stopped *export.ProblemsError
		switch {
		case cancelled(err):
			u.tell(lang.L("Export cancelled; what was there before is as it was"))
		case errors.As(err, &stopped) && u.project == p && u.essay == essay:
			u.openCheck()
		case err != nil:
			u.fail(lang.L("Export"), err)
		default:
			u.exported(p, essay, rep)
		}
	})
}

// making says how far an export is.
func making(pr export.Progress) string {
	if pr.Done >= pr.Total {
		return lang.L("Writing the bundle…")
	}
	return fmt.Sprintf(lang.L("Making photos… %d of %d"), pr.Done, pr.Total)
}

// exported says what was written and where.
func (u *App) exported(p *project.Project, essay int64, rep export.Report) {
	text := fmt.Sprintf(lang.L("%s, %s, in %s"), lang.N("{{.PluralCount}} files", rep.Files), words.Size(rep.Bytes), rep.Dir)
	if rep.Zip != "" {
		text += "\n" + fmt.Sprintf(lang.L("and as %s"), rep.Zip)
	}
	d := dialog.NewCustomWithoutButtons(lang.L("Exported"), paragraph(text), u.win)
	copied := look.NewButton(lang.L("Copy path"), func() { u.app.Clipboard().SetContent(rep.Dir) })
	open := func(path string) func() {
		return u.guard("open", func() { u.browseTo((&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}).String()) })
	}
	page := look.NewButton(lang.L("Open in browser"), open(filepath.Join(rep.Dir, "index.html")))
	page.Importance = widget.HighImportance
	buttons := []fyne.CanvasObject{
		look.NewButton(lang.L("Close"), d.Hide),
		copied,
		look.NewButton(lang.L("Open folder"), open(rep.Dir)),
		page,
	}
	if u.project == p && u.essay == essay {
		buttons = slices.Insert(buttons, 3, fyne.CanvasObject(look.NewButton(lang.L("Publish…"), func() {
			d.Hide()
			u.guard("publish", u.publish)()
		})))
	}
	d.SetButtons(buttons)
	u.escapable(d)
	u.win.Canvas().Focus(page)
	if u.project == p {
		u.tell(lang.L("Exported"))
	}
}
