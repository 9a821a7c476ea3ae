package ui

// This file owns showing what the project holds: after a commit the rooms are
// given what changed, as it is now.

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"fyne.io/fyne/v2/lang"

	"photodesk/export"
	"photodesk/project"
	"photodesk/project/photo"
	"photodesk/ui/dialogs"
	"photodesk/ui/inspector"
	"photodesk/ui/story"
)

// committed is told of each commit, on whatever goroutine made it.
func (u *App) committed(ev project.Event) {
	u.mu.Lock()
	u.pending = append(u.pending, ev)
	first := len(u.pending) == 1
	u.mu.Unlock()
	if first {
		u.do(u.guard("refresh", u.drain))
	}
}

// drain shows every commit not shown yet.
func (u *App) drain() {
	u.mu.Lock()
	events := u.pending
	u.pending = nil
	u.mu.Unlock()
	if u.project == nil || len(events) == 0 {
		return
	}
	var essays, mine, library bool
	for _, ev := range events {
		if ev.Elsewhere { // a view isn't told what: show everything anew
			essays, mine, library = true, true, true
		}
		for _, c := range ev.Changes {
			switch c.Table {
			case "photo":
				library = true
				_, placed := u.photos[c.ID]
				mine = mine || placed
			case "essay":
				essays = true
				mine = mine || c.ID == u.essay
			case "placement":
				library = true
			}
		}
	}
	if essays {
		u.readEssays()
	}
	if mine || u.essay == 0 {
		u.readEssay()
	} else {
		u.showFocus()
	}
	if library {
		u.readLibrary()
	}
	u.showTools()
	u.showCaptions(events)
	u.menu.update(u)
	u.showCounts()
	u.checkSoon()
}

// readEssays shows the list of essays, and another one where the one shown is gone.
func (u *App) readEssays() {
	list, err := u.project.Essays(u.ctx)
	if err != nil {
		u.fail(lang.L("List essays"), err)
		return
	}
	u.essays.set(list)
	if !slices.ContainsFunc(list, func(h project.EssayHead) bool { return h.ID == u.essay }) {
		u.essay = 0
		if len(list) > 0 {
			u.essay = list[0].ID
		}
		u.focus = focus{}
	}
	u.essays.choose(u.essay)
}

// showEssay turns to another essay.
func (u *App) showEssay(id int64) {
	if u.project == nil || id == u.essay && u.shown != nil {
		return
	}
	u.flush()
	u.essay, u.focus = id, focus{}
	u.essays.choose(id)
	u.readEssay()
	u.story.Top()
	u.menu.update(u)
	u.showCounts()
	u.checkSoon()
	u.closePreview()
}

// readEssay gives story and inspector the essay as it is now.
func (u *App) readEssay() {
	u.shown, u.photos = nil, nil
	if u.essay != 0 {
		e, err := u.project.Essay(u.ctx, u.essay)
		if err == nil {
			u.photos, err = u.project.PhotosOf(u.ctx, u.essay)
		}
		if err != nil {
			u.fail(lang.L("Read the essay"), err)
			return
		}
		u.shown = e
	}
	u.story.SetEssay(u.shown, u.photos)
	u.frame.storyShown(u.shown != nil)
	u.showFocus()
	u.showTitle()
}

// readLibrary reads the library's photos behind the window; while that runs,
// further wishes become one more reading.
func (u *App) readLibrary() {
	u.stale = true
	if u.reading || u.project == nil {
		return
	}
	u.stale, u.reading = false, true
	p, filter, spoiled := u.project, u.library.Filter(), maps.Clone(u.spoiled)
	u.behindScenes(func(ctx context.Context) func() {
		list, err := u.readWindows(ctx, p, filter, spoiled)
		counts, err2 := p.Counts(ctx)
		if err == nil {
			err = err2
		}
		return func() {
			u.reading = false
			if u.unseen { // not before: the first photos are waited for
				u.unseen = false
				u.lookOver(p, err != nil || filter != project.Filter{} || slices.ContainsFunc(list, func(ph project.Photo) bool { return ph.Lost }))
			}
			if err != nil {
				u.fail(lang.L("Read the library"), err)
				return
			}
			u.library.SetPhotos(list)
			u.library.SetCounts(counts)
			u.inLibrary = counts.All
			u.showCounts()
			if u.stale {
				u.readLibrary()
				return
			}
			if len(u.reveal) > 0 {
				u.library.Select(u.reveal...)
				u.reveal = nil
			}
		}
	})
}

// libraryWindow is how many photos are read at once: a read holds up a commit
// for as long as it lasts.
const libraryWindow = 500

// readWindows reads the library window by window; the first is shown as soon as
// it is there, when nothing is shown yet. spoiled are the originals whose hash is
// not theirs. It runs behind the window.
func (u *App) readWindows(ctx context.Context, p *project.Project, f project.Filter, spoiled map[string]bool) ([]project.Photo, error) {
	var list []project.Photo
	for after := int64(0); ; {
		page, err := p.PhotoPage(ctx, f, after, libraryWindow)
		if err != nil {
			return nil, err
		}
		for i := range page {
			page[i].Lost = spoiled[page[i].SHA256] || !p.HasOriginal(page[i])
		}
		list = append(list, page...)
		if len(page) < libraryWindow {
			return list, nil
		}
		after = page[len(page)-1].ID
		if len(list) == libraryWindow {
			first := slices.Clone(list)
			u.do(func() {
				if ctx.Err() == nil && u.inLibrary == 0 {
					u.library.SetPhotos(first)
				}
			})
		}
	}
}

func (u *App) showTitle() {
	title := "Photodesk"
	if u.project != nil {
		title = u.project.Name() + " – Photodesk"
		if u.shown != nil && u.shown.Headline != "" {
			title = u.shown.Headline + " – " + title
		}
	}
	u.win.SetTitle(title)
}

// showSaved says in the bar how what is on the screen stands on the disk.
func (u *App) showSaved() {
	switch {
	case u.project == nil:
		u.bar.SetSaved("", false)
	case u.project.ReadOnly():
		u.bar.SetSaved(lang.L("Read-only")+u.holder, false)
	default:
		u.tell(lang.L("Saved"))
	}
}

// tell says in the bar what was done, unless something typed waits to be kept:
// then the bar says that.
func (u *App) tell(what string) {
	switch {
	case u.failed: // the bar says so for as long as it lasts
	case u.inspector.Invalid():
		u.bar.SetSaved(lang.L("One field is not saved: see the remark under it"), true)
	case u.unsaved():
		u.bar.SetSaved(lang.L("Editing…"), false)
	default:
		u.bar.SetSaved(what, false)
	}
}

func (u *App) showCounts() {
	if u.project == nil {
		u.bar.SetCounts("")
		return
	}
	text := lang.N("{{.PluralCount}} photos in the library", u.inLibrary)
	if u.shown != nil {
		words := 0
		for _, b := range u.shown.Blocks {
			words += countWords(b.Text)
		}
		text = fmt.Sprintf("%s  ·  %s  ·  %s", lang.N("{{.PluralCount}} photos in the essay", len(u.shown.PhotoIDs())), lang.N("{{.PluralCount}} words", words), text)
	}
	u.bar.SetCounts(text)
}

// checkPause is how long the essay rests before its problems are counted again.
const checkPause = 700 * time.Millisecond

// checkSoon counts the essay's problems for the bar once the editing pauses.
func (u *App) checkSoon() {
	u.checkTurn++
	turn := u.checkTurn
	if u.checking != nil {
		u.checking.Stop()
	}
	if u.shown == nil {
		u.showProblems(nil)
		return
	}
	u.checking = time.AfterFunc(checkPause, func() {
		u.do(func() {
			if turn != u.checkTurn || u.project == nil || u.essay == 0 {
				return
			}
			u.checkNow()
		})
	})
}

func tally(problems []export.Problem) (errors, warnings int) {
	for _, p := range problems {
		switch {
		case p.Severity == export.SeverityError:
			errors++
		case p.Open():
			warnings++
		}
	}
	return errors, warnings
}

func disagreeing(found []photo.Reading) []string { return photo.Disagreeing(found) }

func storyKind(k project.BlockKind) string { return story.KindName(k) }

// themeTitle is a page theme's name as people read it.
func themeTitle(name string) string {
	if name == "" {
		return name
	}
	return string(name[0]-'a'+'A') + name[1:]
}

func inspectorThemes() []inspector.Theme {
	var out []inspector.Theme
	for _, name := range export.Themes() {
		out = append(out, inspector.Theme{Name: name, Title: themeTitle(name)})
	}
	return out
}

func dialogThemes() []dialogs.Theme {
	var out []dialogs.Theme
	for _, name := range export.Themes() {
		out = append(out, dialogs.Theme{Name: name, Title: themeTitle(name)})
	}
	return out
}
