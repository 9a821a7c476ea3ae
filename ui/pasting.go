package ui

// This file owns what leaves the desk beside a bundle: the essay as plain HTML, the code that embeds it, its contact sheet.

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2/lang"

	"photodesk/export"
	"photodesk/project"
	"photodesk/ui/jobs"
	"photodesk/ui/words"
)

// addressed reports whether the essay shown says where it will be read; where it doesn't, the editor is led to the field.
func (u *App) addressed() bool {
	if u.shown.Canonical != "" {
		return true
	}
	u.confirm(lang.L("Where will the essay be read?"), lang.L("Other pages fetch its photos from there. Give the essay its canonical address first."), lang.L("Fill it in"), func() {
		u.focus = focus{}
		u.showFocus()
		u.menu.update(u)
		u.inspector.FocusAddress()
	})
	return false
}

// copyHTML puts the essay on the clipboard as plain HTML for a content management system.
func (u *App) copyHTML() {
	u.flush()
	if u.shown == nil || !u.addressed() {
		return
	}
	p, essay, o := u.project, u.essay, u.usual()
	html := ""
	u.start(lang.L("Copy as HTML"), func(ctx context.Context, report func(jobs.Progress)) (err error) {
		html, err = export.HTML(ctx, p, essay, o, func(pr export.Progress) {
			report(jobs.Progress{Done: pr.Done, Total: pr.Total, Text: pr.What})
		})
		return err
	}, func(err error) {
		switch {
		case cancelled(err):
		case u.stoppedByCheck(err, p, essay):
		case err != nil:
			u.fail(lang.L("Copy as HTML"), err)
		default:
			u.app.Clipboard().SetContent(html)
			u.tell(fmt.Sprintf(lang.L("Copied as HTML: %s"), lang.N("{{.PluralCount}} photos", strings.Count(html, "<img "))))
		}
	})
}

// stoppedByCheck opens the check where it is what stopped an export of the essay shown.
func (u *App) stoppedByCheck(err error, p *project.Project, essay int64) bool {
	var stopped *export.ProblemsError
	if !errors.As(err, &stopped) || u.project != p || u.essay != essay {
		return false
	}
	u.openCheck()
	return true
}

// copyEmbed puts the code of a frame that shows the essay on the clipboard.
func (u *App) copyEmbed() {
	u.flush()
	if u.shown == nil || !u.addressed() {
		return
	}
	code, err := export.EmbedCode(u.ctx, u.project, u.essay)
	if err != nil {
		u.fail(lang.L("Copy embed code"), err)
		return
	}
	u.app.Clipboard().SetContent(code)
	u.tell(lang.L("The embed code is on the clipboard"))
}

var sheetFiles = &fileKind{"PDF", []string{".pdf"}}

// contactSheet asks for a file and writes the essay's photographs into it, with captions and credits.
func (u *App) contactSheet() {
	u.flush()
	if u.shown == nil {
		return
	}
	p, essay := u.project, u.essay
	at := filepath.Join(u.lastFolder("browse", home()), u.shown.Slug+".pdf")
	u.askPath(pathQuestion{
		title: lang.L("Contact sheet"), label: lang.L("File"), ok: lang.L("Save"), text: at, save: true, filter: sheetFiles,
		note: lang.L("Every photo of the essay with caption and credit, for paper. Covered photos stay covered."),
	}, func(paths []string) {
		path := paths[0]
		if filepath.Ext(path) == "" {
			path += ".pdf"
		}
		u.setLastFolder("browse", filepath.Dir(path))
		var rep export.ContactReport
		u.start(lang.L("Contact sheet"), func(ctx context.Context, report func(jobs.Progress)) (err error) {
			rep, err = export.Contact(ctx, p, essay, export.ContactOptions{Out: path}, func(pr export.Progress) {
				report(jobs.Progress{Done: pr.Done, Total: pr.Total, Text: pr.What})
			})
			return err
		}, func(err error) {
			switch {
			case cancelled(err):
			case err != nil:
				u.fail(lang.L("Contact sheet"), err)
			case len(rep.Missing) > 0:
				u.fail(lang.L("Contact sheet"), fmt.Errorf(lang.L("%s is written, but no font on this machine draws %s: those words stand in brackets"), filepath.Base(rep.File), strings.Join(rep.Missing, ", ")))
			case len(rep.Damaged) > 0:
				u.fail(lang.L("Contact sheet"), fmt.Errorf(lang.L("%s is written; photos whose files are damaged say so on it: %s"), filepath.Base(rep.File), strings.Join(rep.Damaged, ", ")))
			default:
				u.tell(fmt.Sprintf(lang.L("Contact sheet saved: %s, %s"), filepath.Base(rep.File), words.Size(rep.Bytes)))
			}
		})
	})
}
