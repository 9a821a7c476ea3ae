package ui

// This file owns bringing things in: photographs by dialog or drop, stories by
// pasting.

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"

	"photodesk/project"
	"photodesk/ui/dialogs"
	"photodesk/ui/jobs"
	"photodesk/ui/look"
)

func (u *App) importDialog() {
	if !u.writable() {
		return
	}
	u.askPath(pathQuestion{
		title: lang.L("Import photographs"), label: lang.L("Files and folders"), ok: lang.L("Import"), many: true, filter: photoFiles,
		note: lang.L("Folders are searched whole. The originals are copied and never altered; captions and credits come along."),
	}, func(paths []string) {
		u.setLastFolder("browse", filepath.Dir(paths[0]))
		u.importPaths(paths, nil)
	})
}

// spot is a place in a story.
type spot struct{ essay, after, into int64 }

// dropped takes files from the file manager: onto the story they are imported
// and placed there, elsewhere only imported.
func (u *App) dropped(at fyne.Position, files []fyne.URI) {
	if u.inDialog() || u.project != nil && !u.writable() {
		return
	}
	var paths []string
	for _, f := range files {
		if f.Scheme() == "file" {
			paths = append(paths, filepath.FromSlash(f.Path()))
		}
	}
	switch {
	case len(paths) == 0:
		return
	case u.project == nil:
		u.guard("begin", func() { u.begin(paths) })()
		return
	}
	var to *spot
	if after, into, ok := u.story.DropAt(at); ok {
		to = &spot{u.essay, after, into}
	}
	u.importPaths(paths, to)
}

// importPaths imports in a job, and places what came in where the editor dropped it.
func (u *App) importPaths(paths []string, to *spot) {
	p := u.project
	var rep project.ImportReport
	u.start(lang.L("Import"), func(ctx context.Context, report func(jobs.Progress)) (err error) {
		rep, err = p.Import(ctx, paths, func(pr project.ImportProgress) {
			report(jobs.Progress{Done: pr.Done, Total: pr.Total, Text: fmt.Sprintf(lang.L("Processing files… %d of %d"), pr.Done, pr.Total) + "  " + pr.Name})
		})
		return err
	}, func(err error) {
		if u.project != p {
			return
		}
		u.drain()
		var ids []int64
		for _, ph := range rep.Imported {
			ids = append(ids, ph.ID)
		}
		if to != nil && to.essay == u.essay {
			for _, d := range rep.Duplicates {
				ids = append(ids, d.PhotoID)
			}
			u.place(ids, to.after, to.into)
		}
		u.reveal = ids
		u.readLibrary()
		if err != nil && !cancelled(err) {
			u.fail(lang.L("Import"), err)
			return
		}
		if err != nil {
			u.tell(lang.N("Import cancelled; {{.PluralCount}} photos are in", len(rep.Imported)))
			return
		}
		again := func() {
			var failed []string
			for _, f := range rep.Failed {
				failed = append(failed, f.Path)
			}
			u.importPaths(failed, to)
		}
		var came []int64
		for _, ph := range rep.Imported {
			came = append(came, ph.ID)
		}
		u.reviewCreditsOf(came, func() { u.importedReport(rep, again) })
	})
}

// importedReport says what came in: in the bar when all went well, else with
// every failure by name and reason.
func (u *App) importedReport(rep project.ImportReport, again func()) {
	if len(rep.Failed)+len(rep.Duplicates)+len(rep.Warnings) > 0 || len(rep.Imported) == 0 {
		dialogs.ImportReport(u.win, rep, again)
		return
	}
	u.bar.SetSaved(lang.N("{{.PluralCount}} photos imported", len(rep.Imported)), false)
}

// newEssay asks for a headline, from which the slug is made.
func (u *App) newEssay() {
	if !u.writable() {
		return
	}
	entry := newPathEntry(false)
	entry.SetPlaceHolder(lang.L("A winter along the coast comes to its end"))
	ok := u.question(lang.L("New essay"), lang.L("Create"), sized(480, look.Column(4, look.Caps(lang.L("Headline")), entry,
		look.Note(lang.L("It can be changed later, and so can the slug that is made from it.")))),
		u.guard("new essay", func() { u.addEssay(oneLine(entry.Text)) }))
	entry.done, entry.cancel = ok.OnTapped, u.shut
	u.win.Canvas().Focus(entry)
}

// pasteStory shows what is recognised in a pasted story, and makes an essay of it.
func (u *App) pasteStory() {
	if !u.writable() {
		return
	}
	u.flush()
	p, ctx := u.project, u.ctx
	all, err := p.Photos(ctx, project.Filter{})
	if err != nil {
		u.fail(lang.L("Paste story"), err)
		return
	}
	match := func(text string) (project.Pasted, error) { return p.Match(ctx, text) }
	dialogs.Paste(u.win, match, all, u.loader, pastable(u.app.Clipboard().Content()), u.pasted)
}

// pastable is a text that can be a story: several lines, and more than a caption.
func pastable(text string) string {
	if text = strings.TrimSpace(text); len(text) < 80 || !strings.Contains(text, "\n") {
		return ""
	}
	return text
}

func (u *App) pasted(story project.Pasted) {
	if !u.writable() {
		return
	}
	u.flush()
	essay, err := u.project.Paste(u.ctx, story, "")
	if err != nil {
		u.fail(lang.L("Paste story"), err)
		return
	}
	u.showSaved()
	u.drain()
	u.showEssay(essay)
	var placed []int64
	for _, c := range story.Captions {
		if c.PhotoID != 0 {
			placed = append(placed, c.PhotoID)
		}
	}
	u.reviewCreditsOf(placed, nil)
}

// writable reports whether there is a project to change; of one that is shown
// read-only it says so.
func (u *App) writable() bool {
	switch {
	case u.project == nil:
		u.inform(lang.L("No project is open"), lang.L("Open a project or make a new one first: File menu."))
		return false
	case u.project.ReadOnly():
		u.inform(lang.L("Read-only"), fmt.Sprintf(lang.L("%s is open read-only here%s."), u.project.Name(), u.holder))
		return false
	}
	return true
}
