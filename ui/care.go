package ui

// This file owns looking after a project: its history, copies, packs, originals,
// compaction, and what changed in an essay since it was exported.

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"
	"photodesk/ui/words"

	"photodesk/project"
	"photodesk/ui/dialogs"
	"photodesk/ui/jobs"
)

// history lists every step, to jump to.
func (u *App) history() {
	if !u.writable() {
		return
	}
	u.flush()
	steps := func() []project.Step {
		list, err := u.project.History(u.ctx)
		if err != nil {
			u.fail(lang.L("History"), err)
		}
		return list
	}
	dialogs.History(u.win, steps(), u.guardStep("history", func(step int64) {
		if err := u.project.JumpTo(u.ctx, step); err != nil {
			u.fail(lang.L("Go to a step"), err)
		}
		u.drain()
	}), steps)
}

func (u *App) guardStep(what string, fn func(int64)) func(int64) {
	return func(step int64) { u.guard(what, func() { fn(step) })() }
}

func (u *App) guardText(what string, fn func(string)) func(string) {
	return func(text string) { u.guard(what, func() { fn(text) })() }
}

// saveCopy asks for a name and copies the project there, without its history.
func (u *App) saveCopy() {
	u.copyAs(lang.L("Save a copy"), project.Extension, lang.L("The copy has its own originals and no undo history."), (*project.Project).SaveCopy)
}

// pack makes one file of the project, for sending.
func (u *App) pack() {
	u.copyAs(lang.L("Pack for sending"), project.PackExtension, lang.L("One file with the originals inside. Nothing that was undone is in it."), (*project.Project).Pack)
}

func (u *App) copyAs(title, extension, note string, write func(p *project.Project, ctx context.Context, path string, progress func(done, total int, name string)) error) {
	if u.project == nil {
		return
	}
	u.flush()
	p := u.project
	at := filepath.Join(filepath.Dir(p.Path()), p.Name()+" "+time.Now().Format(time.DateOnly)+extension)
	u.askPath(pathQuestion{
		title: title, label: lang.L("File"), ok: lang.L("Save"), text: at, save: true, note: note,
		filter: &fileKind{words.Key("Photodesk projects"), []string{extension}},
	}, func(paths []string) {
		path := paths[0]
		if filepath.Ext(path) != extension {
			path += extension
		}
		u.start(title, func(ctx context.Context, report func(jobs.Progress)) error {
			return write(p, ctx, path, byPhoto(title, report))
		}, func(err error) {
			if err != nil && !cancelled(err) {
				u.fail(title, err)
				return
			}
			if err == nil {
				u.tell(fmt.Sprintf(lang.L("Saved as %s"), filepath.Base(path)))
			}
		})
	})
}

// byPhoto tells a job's progress by the photo it is at.
func byPhoto(title string, report func(jobs.Progress)) func(done, total int, name string) {
	return func(done, total int, name string) {
		report(jobs.Progress{Done: done, Total: total, Text: title + "… " + fmt.Sprintf(lang.L("%d of %d"), done, total) + "  " + name})
	}
}

// unpack asks where a packed project shall live, and opens it there.
func (u *App) unpack(pack string) {
	name := strings.TrimSuffix(filepath.Base(pack), project.PackExtension)
	u.askPath(pathQuestion{
		title: fmt.Sprintf(lang.L("Unpack %s"), filepath.Base(pack)), label: lang.L("Project file"), ok: lang.L("Unpack"), save: true, filter: projectFiles,
		text: filepath.Join(filepath.Dir(pack), name+project.Extension), note: lang.L("The originals are put into a folder beside the file."),
	}, func(paths []string) {
		path := paths[0]
		if filepath.Ext(path) != project.Extension {
			path += project.Extension
		}
		u.open(fmt.Sprintf(lang.L("Unpacking %s"), filepath.Base(pack)), path, func(ctx context.Context, report func(jobs.Progress)) (*project.Project, error) {
			if err := project.Unpack(ctx, pack, path, byPhoto(lang.L("Unpack"), report)); err != nil {
				return nil, err
			}
			return project.Open(ctx, path, project.Options{})
		})
	})
}

// verifyOriginals proves every original by its hash, in a job.
func (u *App) verifyOriginals() {
	if u.project == nil {
		return
	}
	p := u.project
	var lost []project.LostOriginal
	u.start(lang.L("Verify originals"), func(ctx context.Context, report func(jobs.Progress)) (err error) {
		lost, err = p.VerifyOriginals(ctx, byPhoto(lang.L("Verify originals"), report))
		return err
	}, func(err error) {
		switch {
		case u.project != p || cancelled(err):
		case err != nil:
			u.fail(lang.L("Verify originals"), err)
		case len(lost) == 0:
			u.inform(lang.L("Originals"), lang.L("Every original is as it was imported."))
		default:
			u.readLibrary() // which shows on the photos what is missing
			u.lost(lost, 0)
		}
	})
}

// lost shows what is missing or changed, with the way to find it again.
func (u *App) lost(list []project.LostOriginal, found int) {
	var search func()
	if !u.project.ReadOnly() {
		search = u.guard("look for originals", func() { u.relink(list) })
	}
	dialogs.Lost(u.win, list, found, search)
}

// relink looks for lost originals where the editor says, under any name.
func (u *App) relink(lost []project.LostOriginal) {
	if !u.writable() {
		return
	}
	p := u.project
	u.askPath(pathQuestion{
		title: lang.L("Look for originals"), label: lang.L("Files and folders"), ok: lang.L("Look"), many: true, filter: photoFiles,
		note: lang.L("Folders are searched whole. Originals are known by their content, whatever they are called now."),
	}, func(paths []string) {
		var found []project.Photo
		var still []project.LostOriginal
		u.start(lang.L("Look for originals"), func(ctx context.Context, report func(jobs.Progress)) (err error) {
			found, still, err = p.Relink(ctx, lost, paths, byPhoto(lang.L("Look for originals"), report))
			return err
		}, func(err error) {
			if u.project != p {
				return
			}
			for _, ph := range found {
				u.loader.Forget(ph.ID)
				delete(u.spoiled, ph.SHA256)
			}
			u.readLibrary()
			u.readEssay()
			u.checkSoon()
			switch {
			case err != nil && !cancelled(err):
				u.fail(lang.L("Look for originals"), err)
			case len(still) > 0:
				u.lost(still, len(found))
			case err == nil:
				u.inform(lang.L("Originals"), lang.N("{{.PluralCount}} originals are back in place.", len(found)))
			}
		})
	})
}

// compact says what nothing can reach any more, and frees it on consent.
func (u *App) compact() {
	if !u.writable() {
		return
	}
	u.flush()
	p := u.project
	plan, err := p.PlanCompaction(u.ctx)
	if err != nil {
		u.fail(lang.L("Compact"), err)
		return
	}
	if len(plan.Originals) == 0 && plan.Thumbnails == 0 && plan.FileBytes == 0 {
		u.inform(fmt.Sprintf(lang.L("Compact %s"), p.Name()), lang.L("There is nothing to free: everything kept is in the library or can be undone."))
		return
	}
	text := fmt.Sprintf(lang.L("This frees %s (%s) that neither the library nor the undo history needs, and %s in the project file."),
		lang.N("{{.PluralCount}} originals", len(plan.Originals)), words.Size(plan.Bytes), words.Size(plan.FileBytes))
	if len(plan.Originals) == 0 {
		text = fmt.Sprintf(lang.L("This frees %s in the project file. Every original is needed by the library or the undo history."), words.Size(plan.FileBytes))
	}
	u.confirm(fmt.Sprintf(lang.L("Compact %s?"), p.Name()), text, lang.L("Compact"), func() {
		u.start(lang.L("Compact"), func(ctx context.Context, _ func(jobs.Progress)) error {
			_, err := p.Compact(ctx)
			return err
		}, func(err error) {
			if err != nil && !cancelled(err) {
				u.fail(lang.L("Compact"), err)
				return
			}
			u.tell(lang.L("Compacted"))
		})
	})
}

// changes lists what differs from the latest export; a correction can be written from it.
func (u *App) changes() {
	if u.shown == nil {
		return
	}
	u.flush()
	rev, diffs, err := u.project.ChangesSinceExport(u.ctx, u.essay)
	if errors.Is(err, project.ErrNoRow) {
		u.inform(lang.L("Changes since the export"), lang.L("The essay was not exported yet."))
		return
	}
	if err != nil {
		u.fail(lang.L("Changes since the export"), err)
		return
	}
	var correct func(text string)
	if essay := u.essay; !u.project.ReadOnly() {
		correct = u.guardText("correction", func(text string) { u.correctionEdited(project.Correction{EssayID: essay, Text: text}) })
	}
	dialogs.Changes(u.win, rev.At, rev.Folder, diffs, correct)
}

// copyEssay asks for another project and copies the essay with its photos there.
func (u *App) copyEssay() {
	if u.shown == nil {
		return
	}
	u.flush()
	p, essay := u.project, u.essay
	u.askPath(pathQuestion{
		title: lang.L("Copy essay to another project"), label: lang.L("Project file"), ok: lang.L("Copy"), filter: projectFiles,
		note: lang.L("Its photos and their originals go along. The project must not be open elsewhere."),
	}, func(paths []string) {
		var name string
		u.start(lang.L("Copy essay"), func(ctx context.Context, report func(jobs.Progress)) error {
			other, err := project.Open(ctx, paths[0], project.Options{})
			if err != nil {
				return err
			}
			name = other.Name()
			_, err = p.CopyEssayTo(ctx, essay, other, byPhoto(lang.L("Copy essay"), report))
			return errors.Join(err, other.Close())
		}, func(err error) {
			if err != nil && !cancelled(err) {
				u.fail(lang.L("Copy essay"), err)
				return
			}
			if err == nil {
				u.bar.SetSaved(fmt.Sprintf(lang.L("Copied to %s"), name), false)
			}
		})
	})
}

// duplicateEssay adds a copy of the essay and turns to it.
func (u *App) duplicateEssay() {
	if u.shown == nil || !u.writable() {
		return
	}
	u.flush()
	id, err := u.project.DuplicateEssay(u.ctx, u.essay)
	if err != nil {
		u.fail(lang.L("Duplicate essay"), err)
		return
	}
	u.drain()
	u.showEssay(id)
}
