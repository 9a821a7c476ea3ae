package ui

// This file owns the main menu: every command with its keys.

import (
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"photodesk/project"
	"photodesk/ui/develop"
	"photodesk/ui/dialogs"
	"photodesk/ui/look"
	"photodesk/ui/story"
)

const (
	ctrl      = fyne.KeyModifierShortcutDefault
	ctrlShift = fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift
)

// menus are the main menu and those of its items that change.
type menus struct {
	main                    *fyne.MainMenu
	recent, palette         *fyne.MenuItem
	undo, redo              *fyne.MenuItem
	needProject, needEssay  []*fyne.MenuItem
	needOpen                []*fyne.MenuItem
	needBlock               []*fyne.MenuItem
	system, light, dark     *fyne.MenuItem
	sharp                   *fyne.MenuItem
	ahead                   *fyne.MenuItem
	shownUndo, shownRedo    string
	hadProject, hadEssay    bool
	hadBlock, hadReadOnly   bool
	hadPhoto                bool
	drawn                   bool
	shownLook, shownRecents string
	shownAhead, shownSharp  bool
}

func keys(k fyne.KeyName, mod fyne.KeyModifier) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: k, Modifier: mod}
}

func isReturn(s fyne.Shortcut) bool {
	c, ok := s.(*desktop.CustomShortcut)
	return ok && c.Modifier == ctrl && (c.KeyName == fyne.KeyReturn || c.KeyName == fyne.KeyEnter)
}

// item makes a menu item whose command waits while a dialog is open: the main
// menu's keys reach it there too.
func (u *App) item(label string, s fyne.Shortcut, do func()) *fyne.MenuItem {
	it := fyne.NewMenuItem(label, func() {
		if !u.inDialog() {
			u.guard(label, do)()
		}
	})
	it.Shortcut = s
	return it
}

// text makes a menu item for what an entry does with its text.
func (u *App) text(label string, s fyne.Shortcut) *fyne.MenuItem {
	it := fyne.NewMenuItem(label, func() { u.toFocused(s) })
	it.Shortcut = s
	return it
}

func (u *App) toFocused(s fyne.Shortcut) {
	if f, ok := u.win.Canvas().Focused().(fyne.Shortcutable); ok {
		f.TypedShortcut(s)
	}
}

func (u *App) inDialog() bool { return u.win.Canvas().Overlays().Top() != nil }

func (u *App) makeMenus() *menus {
	m := &menus{}
	clip := u.app.Clipboard()
	sep := fyne.NewMenuItemSeparator

	m.recent = fyne.NewMenuItem(lang.L("Open recent"), nil)
	m.recent.ChildMenu = fyne.NewMenu("")
	imports := u.item(lang.L("Import…"), keys(fyne.KeyI, ctrlShift), u.importDialog)
	export := u.item(lang.L("Export…"), keys(fyne.KeyE, ctrl), u.export)
	publish := u.item(lang.L("Publish…"), keys(fyne.KeyB, ctrlShift), u.publish)
	m.ahead = u.item(lang.L("Make photos ready for export"), nil, u.switchDarkroom)
	browser := u.item(lang.L("Preview in browser"), keys(fyne.KeyF8, 0), u.browserPreview)
	copyTo := u.item(lang.L("Save a copy…"), keys(fyne.KeyS, ctrlShift), u.saveCopy)
	packTo := u.item(lang.L("Pack for sending…"), nil, u.pack)
	originals := u.item(lang.L("Verify originals"), nil, u.verifyOriginals)
	compact := u.item(lang.L("Compact…"), nil, u.compact)
	stop := u.item(lang.L("Cancel running work"), keys(fyne.KeyPeriod, ctrl), u.cancelJobs)
	leave := u.item(lang.L("Close project"), keys(fyne.KeyW, ctrl), u.leaveProject)
	quit := fyne.NewMenuItem(lang.L("Quit"), u.quit)
	quit.IsQuit, quit.Shortcut = true, keys(fyne.KeyQ, ctrl)
	file := fyne.NewMenu(lang.L("File"),
		u.item(lang.L("New project…"), keys(fyne.KeyN, ctrlShift), u.NewProject),
		u.item(lang.L("Open project…"), keys(fyne.KeyO, ctrl), u.openDialog),
		m.recent, leave, stop, sep(), imports, export, publish, m.ahead, browser, sep(), copyTo, packTo, originals, compact, sep(), u.item(lang.L("Preferences…"), keys(fyne.KeyComma, ctrl), u.preferences), sep(), quit)

	m.undo = fyne.NewMenuItem(lang.L("Undo"), func() { u.undoOr(&fyne.ShortcutUndo{}, u.undo) })
	m.undo.Shortcut = &fyne.ShortcutUndo{}
	m.redo = fyne.NewMenuItem(lang.L("Redo"), func() { u.undoOr(&fyne.ShortcutRedo{}, u.redo) })
	m.redo.Shortcut = keys(fyne.KeyZ, ctrlShift)
	del := u.item(lang.L("Delete block"), keys(fyne.KeyBackspace, ctrlShift), u.deleteSelected)
	history := u.item(lang.L("History…"), keys(fyne.KeyH, ctrl), u.history)
	edit := fyne.NewMenu(lang.L("Edit"), m.undo, m.redo, history, sep(),
		u.clipItem(lang.L("Cut"), story.Cut, &fyne.ShortcutCut{Clipboard: clip}), u.clipItem(lang.L("Copy"), story.Copy, &fyne.ShortcutCopy{Clipboard: clip}),
		u.clipItem(lang.L("Paste"), story.Paste, &fyne.ShortcutPaste{Clipboard: clip}), u.text(lang.L("Select all"), &fyne.ShortcutSelectAll{}), sep(), del)

	newEssay := u.item(lang.L("New essay…"), keys(fyne.KeyN, ctrl), u.newEssay)
	paste := u.item(lang.L("Paste story…"), keys(fyne.KeyV, ctrlShift), u.pasteStory)
	check := u.item(lang.L("Check"), keys(fyne.KeyF7, 0), u.check)
	up := u.item(lang.L("Move block up"), keys(fyne.KeyUp, fyne.KeyModifierAlt), func() { u.step(-1) })
	down := u.item(lang.L("Move block down"), keys(fyne.KeyDown, fyne.KeyModifierAlt), func() { u.step(1) })
	twin := u.item(lang.L("Duplicate block"), keys(fyne.KeyD, ctrl), func() { u.doBlocks(story.Duplicate, u.inHand()) })
	insert := fyne.NewMenuItem(lang.L("Insert"), nil)
	insert.ChildMenu = fyne.NewMenu("")
	for i, k := range project.Kinds {
		digit := fyne.KeyName(rune('1' + i))
		insert.ChildMenu.Items = append(insert.ChildMenu.Items,
			u.item(storyKind(k), keys(digit, ctrl), func() { u.insertBlock(u.story.InsertionPoint(), k) }))
	}
	credits := u.item(lang.L("Review credits…"), keys(fyne.KeyR, ctrl), u.reviewCredits)
	usual := u.item(lang.L("Give usual credit"), nil, u.giveCredit)
	html := u.item(lang.L("Copy as HTML"), nil, u.copyHTML)
	embed := u.item(lang.L("Copy embed code"), nil, u.copyEmbed)
	sheet := u.item(lang.L("Contact sheet…"), nil, u.contactSheet)
	votes := u.item(lang.L("Votes…"), keys(fyne.KeyU, ctrlShift), u.showVotes)
	changes := u.item(lang.L("Changes since the export…"), nil, u.changes)
	twinEssay := u.item(lang.L("Duplicate essay"), nil, u.duplicateEssay)
	elsewhere := u.item(lang.L("Copy essay to project…"), nil, u.copyEssay)
	deleteEssay := u.item(lang.L("Delete essay…"), nil, func() { u.deleteEssay(u.essay) })
	essay := fyne.NewMenu(lang.L("Essay"), newEssay, paste, credits, usual, check, changes, votes, sep(), html, embed, sheet, sep(), insert, up, down, twin, sep(), twinEssay, elsewhere, deleteEssay)

	gallery := u.item(lang.L("Gallery preview"), keys(fyne.KeyF5, 0), u.galleryPreview)
	search := u.item(lang.L("Search photos"), keys(fyne.KeyF, ctrl), u.library.FocusSearch)
	m.system = u.item(lang.L("As the system"), nil, func() { u.setLook("") })
	m.light = u.item(lang.L("Light"), nil, func() { u.setLook(look.Light) })
	m.dark = u.item(lang.L("Dark"), nil, func() { u.setLook(look.Dark) })
	pair := u.item(lang.L("Compare two photos"), keys(fyne.KeyF9, 0), u.library.Pair)
	m.sharp = u.item(lang.L("High contrast"), nil, u.switchContrast)
	larger := u.item(lang.L("Larger text"), keys(fyne.KeyEqual, ctrl), func() { u.largerText(1) })
	smaller := u.item(lang.L("Smaller text"), keys(fyne.KeyMinus, ctrl), func() { u.largerText(-1) })
	full := u.item(lang.L("Full screen"), keys(fyne.KeyF11, 0), func() { u.win.SetFullScreen(!u.win.FullScreen()) })
	m.palette = u.item(lang.L("Command palette…"), keys(fyne.KeyP, ctrlShift), u.showPalette)
	view := fyne.NewMenu(lang.L("View"), m.palette, sep(), gallery, pair, search, sep(), larger, smaller, full, sep(), m.system, m.light, m.dark, m.sharp)

	help := fyne.NewMenu(lang.L("Help"), u.item(lang.L("Shortcuts"), keys(fyne.KeyF1, 0), u.shortcuts), u.item(lang.L("Crash notes…"), nil, u.crashNotes), u.item(lang.L("About Photodesk"), nil, u.about))

	m.needProject = []*fyne.MenuItem{usual, imports, newEssay, paste, compact, history, credits}
	m.needOpen = []*fyne.MenuItem{leave, pair, search, copyTo, packTo, originals} // a view too
	m.needEssay = append([]*fyne.MenuItem{export, publish, browser, check, gallery, changes, votes, html, embed, sheet, twinEssay, elsewhere, deleteEssay, insert}, insert.ChildMenu.Items...)
	m.needBlock = []*fyne.MenuItem{up, down, twin, del}
	photo := u.photoMenu()
	m.main = fyne.NewMainMenu(file, edit, essay, u.textMenu(), photo, u.captionsMenu(), view, help)
	return m
}

// clipItem makes a menu item for a field's text, or for blocks.
func (u *App) clipItem(label string, what story.Doing, s fyne.Shortcut) *fyne.MenuItem {
	it := fyne.NewMenuItem(label, func() { u.clipboard(what, s) })
	it.Shortcut = s
	return it
}

// undoOr undoes in the project, or in the field of an open dialog.
func (u *App) undoOr(s fyne.Shortcut, do func()) {
	if u.inDialog() {
		u.toFocused(s)
		return
	}
	u.guard("undo", do)()
}

// step moves the selected block by one place.
func (u *App) step(by int) {
	if u.focus.block != 0 {
		u.flush()
		u.stepBlocks(u.inHand(), by)
	}
}

func (u *App) deleteSelected() {
	if u.focus.block != 0 && !u.working() {
		u.doBlocks(story.Delete, u.inHand())
	}
}

// typedKey has the keys that no field takes.
func (u *App) typedKey(ev *fyne.KeyEvent) {
	if u.inDialog() {
		if ev.Name == fyne.KeyEscape && u.shut != nil {
			u.shut()
		}
		return
	}
	if u.functionKey(ev) {
		return
	}
	if u.working() {
		u.tools.TypedKey(ev)
		return
	}
	if u.captioning() {
		u.captions.TypedKey(ev)
		return
	}
	if u.storyKey(ev) {
		return
	}
	if ev.Name == fyne.KeyDelete || ev.Name == fyne.KeyBackspace {
		u.guard("delete", u.deleteSelected)()
	}
}

// functionKey has the keys that work in fields too.
func (u *App) functionKey(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyF1:
		u.guard("shortcuts", u.shortcuts)()
	case fyne.KeyF5:
		u.guard("gallery", u.galleryPreview)()
	case fyne.KeyF6:
		u.guard("photo tools", func() { u.openTools(u.focusedPhoto(), develop.Crop) })()
	case fyne.KeyF9:
		u.library.Pair()
	case fyne.KeyF11:
		u.win.SetFullScreen(!u.win.FullScreen())
	case fyne.KeyF8:
		u.guard("preview", u.browserPreview)()
	case fyne.KeyF7:
		u.guard("check", u.check)()
	default:
		return false
	}
	return true
}

// update brings labels, marks and what can be chosen up to date.
func (m *menus) update(u *App) {
	undo, redo := "", ""
	if u.project != nil {
		if steps, err := u.project.History(u.ctx); err == nil {
			for _, s := range steps {
				switch {
				case !s.Undone:
					undo = s.Label
				case redo == "":
					redo = s.Label
				}
			}
		}
	}
	hasProject := u.project != nil
	readOnly := hasProject && u.project.ReadOnly()
	hasEssay, hasBlock, hasPhoto := u.shown != nil, u.focus.block != 0 && !u.working(), u.focusedPhoto() != 0
	lookName := u.app.Preferences().String(prefLook)
	sharp := u.app.Preferences().Bool(prefContrast)
	recents, ahead := strings.Join(u.recent(), "\n"), u.ahead()
	if m.drawn && undo == m.shownUndo && redo == m.shownRedo && hasProject == m.hadProject && hasEssay == m.hadEssay &&
		hasBlock == m.hadBlock && hasPhoto == m.hadPhoto && readOnly == m.hadReadOnly && lookName == m.shownLook && sharp == m.shownSharp && ahead == m.shownAhead && recents == m.shownRecents {
		return
	}
	m.drawn, m.shownUndo, m.shownRedo, m.hadProject, m.hadEssay, m.hadBlock, m.hadReadOnly = true, undo, redo, hasProject, hasEssay, hasBlock, readOnly
	m.undo.Label, m.undo.Disabled = strings.TrimSpace(fmt.Sprintf(lang.L("Undo %s"), undo)), undo == "" || readOnly
	m.redo.Label, m.redo.Disabled = strings.TrimSpace(fmt.Sprintf(lang.L("Redo %s"), redo)), redo == "" || readOnly
	for _, it := range m.needProject {
		it.Disabled = !hasProject || readOnly
	}
	for _, it := range m.needOpen {
		it.Disabled = !hasProject
	}
	for _, it := range m.needEssay {
		it.Disabled = !hasEssay
	}
	m.hadPhoto = hasPhoto
	for _, it := range u.tools.need {
		it.Disabled = !hasPhoto || readOnly
	}
	for _, it := range u.captions.need {
		it.Disabled = !hasProject
	}
	for _, it := range m.needBlock {
		it.Disabled = !hasBlock || readOnly
	}
	m.system.Checked, m.light.Checked, m.dark.Checked = lookName == "", lookName == look.Light, lookName == look.Dark
	m.shownLook, m.sharp.Checked, m.shownSharp = lookName, sharp, sharp
	m.ahead.Checked, m.shownAhead = ahead, ahead
	m.recents(u)
	m.shownRecents = recents
	m.main.Refresh()
}

func (m *menus) recents(u *App) {
	m.recent.ChildMenu.Items = nil
	for _, path := range u.recent() {
		name := strings.TrimSuffix(filepath.Base(path), project.Extension) + "   –   " + filepath.Dir(path)
		m.recent.ChildMenu.Items = append(m.recent.ChildMenu.Items, u.item(name, nil, func() { u.OpenProject(path) }))
	}
	m.recent.Disabled = len(m.recent.ChildMenu.Items) == 0
}

func (u *App) shortcuts() {
	dialogs.Shortcuts(u.win, u.shortcutGroups())
}

// shortcutGroups reads the help from the menu, so that the two can't differ.
func (u *App) shortcutGroups() []dialogs.ShortcutGroup {
	var out []dialogs.ShortcutGroup
	for _, menu := range u.menu.main.Items {
		g := dialogs.ShortcutGroup{Title: menu.Label}
		var walk func(items []*fyne.MenuItem)
		walk = func(items []*fyne.MenuItem) {
			for _, it := range items {
				if it.ChildMenu != nil && it != u.menu.recent {
					walk(it.ChildMenu.Items)
				}
				if it.Shortcut != nil {
					g.List = append(g.List, dialogs.Shortcut{Keys: keyNames(it.Shortcut), What: it.Label})
				}
			}
		}
		walk(menu.Items)
		out = append(out, g)
	}
	out = append(out, dialogs.ShortcutGroup{Title: lang.L("Story"), List: []dialogs.Shortcut{
		{Keys: lang.L("Ctrl+Enter"), What: lang.L("Next text block")},
		{Keys: lang.L("Enter"), What: lang.L("Split the text into two blocks")},
		{Keys: lang.L("Shift+Enter"), What: lang.L("New line in the same block")},
		{Keys: lang.L("Backspace"), What: lang.L("Join with the block before, at the start of a text")},
		{Keys: lang.L("Escape"), What: lang.L("From the words to the block")},
		{Keys: lang.L("Up, Down"), What: lang.L("Select the block before or after; with Shift, both")},
		{Keys: lang.L("Delete"), What: lang.L("Delete the selected block")},
		{Keys: "Tab", What: lang.L("Next field")},
	}})
	return out
}

// keyNames writes a shortcut as the menu shows it.
func keyNames(s fyne.Shortcut) string {
	k, ok := s.(fyne.KeyboardShortcut)
	if !ok {
		return s.ShortcutName()
	}
	var parts []string
	for _, m := range []struct {
		mod  fyne.KeyModifier
		name string
	}{{fyne.KeyModifierControl, "Ctrl"}, {fyne.KeyModifierSuper, "Cmd"}, {fyne.KeyModifierAlt, "Alt"}, {fyne.KeyModifierShift, "Shift"}} {
		if k.Mod()&m.mod != 0 {
			parts = append(parts, m.name)
		}
	}
	key := string(k.Key())
	if name := map[fyne.KeyName]string{fyne.KeyPageUp: "Page Up", fyne.KeyPageDown: "Page Down", fyne.KeyBackspace: "Backspace"}[k.Key()]; name != "" {
		key = name
	}
	return strings.Join(append(parts, key), "+")
}

func (u *App) about() {
	u.inform("Photodesk "+u.opts.Version, lang.L("A desktop editor for newsroom photo essays: photographs with their captions and credits, the story around them, and one self-contained bundle that any web server can show."))
}
