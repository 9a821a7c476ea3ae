package ui

// This file owns what the editor does to blocks as wholes: several at once,
// cut, copied and pasted, split, joined, put together and taken apart.

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
	"photodesk/ui/look"
	"photodesk/ui/story"
)

// clip are blocks that were cut or copied, and the words that stand for them
// on the system's clipboard: once those are others, so is what is pasted.
type clip struct {
	blocks []project.Block
	words  string
}

func (u *App) wireBlocks(s *story.Column) {
	s.OnChange = func(label string, b project.Block) bool { return u.blockEdited(label, "", b) }
	s.OnWidth = func(pl project.Placement) { u.placementEdited(lang.L("Change width"), "", pl) }
	s.OnSplit = u.splitBlock
	s.OnJoin = u.joinBlock
	s.OnTogether = u.putTogether
	s.OnApart = u.takeApart
	s.OnBlocks = u.doBlocks
	s.OnMoves = u.moveBlocks
	s.OnLink = u.askLink
}

func (u *App) splitBlock(id int64, before, after string) {
	var made int64
	label := lang.L("Split text")
	if after == "" {
		label = lang.L("Add text")
	}
	if u.edit(label, "", func(tx *project.Tx) (err error) {
		made, err = tx.SplitBlock(id, before, after)
		return err
	}) {
		u.story.FocusAt(made, 0)
	}
}

func (u *App) joinBlock(id int64) {
	var into int64
	var at int
	if u.edit(lang.L("Join text"), "", func(tx *project.Tx) (err error) {
		into, at, err = tx.JoinBlock(id)
		return err
	}) {
		u.story.FocusAt(into, at)
	}
}

func (u *App) putTogether(from, into int64) {
	u.flush()
	if u.edit(lang.L("Put photos together"), "", func(tx *project.Tx) error { return tx.PutTogether(from, into) }) {
		u.story.Focus(into)
	}
}

func (u *App) takeApart(id int64) {
	u.flush()
	var ids []int64
	if u.edit(lang.L("Take apart"), "", func(tx *project.Tx) (err error) {
		ids, err = tx.TakeApart(id)
		return err
	}) {
		u.story.Choose(ids)
	}
}

// inHand are the blocks that a command is about: all that are chosen, with the
// one that the inspector shows.
func (u *App) inHand() []int64 {
	ids := u.story.Chosen()
	if u.focus.block != 0 && !slices.Contains(ids, u.focus.block) {
		return []int64{u.focus.block}
	}
	return ids
}

// chosenBlocks are blocks by their ids, free to be changed.
func (u *App) chosenBlocks(ids []int64) []project.Block {
	var out []project.Block
	for _, id := range ids {
		if b := u.blockOf(id); b != nil {
			twin := *b
			twin.Placements = slices.Clone(b.Placements)
			out = append(out, twin)
		}
	}
	return out
}

// widthOfBlocks gives the photos that are chosen alone in their blocks a width.
func (u *App) widthOfBlocks(w project.Width) {
	u.placements(lang.L("Change width"), func(b project.Block, pl *project.Placement) bool {
		if b.Kind != project.KindPhoto || pl.Width == w {
			return false
		}
		pl.Width = w
		return true
	})
}

// votesOfBlocks has readers vote on each of the chosen photos, or on none.
func (u *App) votesOfBlocks(on bool) {
	u.placements(lang.L("Change the photos’ votes"), func(_ project.Block, pl *project.Placement) bool {
		if pl.Vote == on {
			return false
		}
		pl.Vote = on
		return true
	})
}

// placements changes placements of the chosen blocks as one step; change
// reports whether it did anything.
func (u *App) placements(label string, change func(b project.Block, pl *project.Placement) bool) {
	u.flush()
	var changed []project.Placement
	for _, b := range u.chosenBlocks(u.inHand()) {
		for _, pl := range b.Placements {
			if change(b, &pl) {
				changed = append(changed, pl)
			}
		}
	}
	if len(changed) == 0 {
		return
	}
	u.edit(label, "", func(tx *project.Tx) error {
		for _, pl := range changed {
			if err := tx.UpdatePlacement(pl); err != nil {
				return err
			}
		}
		return nil
	})
}

// blocksLabel is a label in the editor's words: one for one block, which names
// its kind, one for several.
func (u *App) blocksLabel(one, many string, ids []int64) string {
	if len(ids) == 1 {
		return strings.ReplaceAll(one, "%s", u.kindOf(ids[0]))
	}
	return many
}

func (u *App) doBlocks(what story.Doing, ids []int64) {
	u.flush()
	blocks := u.chosenBlocks(ids)
	if len(blocks) == 0 && what != story.Paste {
		return
	}
	switch what {
	case story.Copy:
		u.copyBlocks(blocks)
	case story.Cut:
		u.copyBlocks(blocks)
		u.deleteBlocks(u.blocksLabel(lang.L("Cut %s"), lang.L("Cut blocks"), ids), ids)
	case story.Delete:
		u.deleteBlocks(u.blocksLabel(lang.L("Delete %s"), lang.L("Delete blocks"), ids), ids)
	case story.Duplicate:
		u.addBlocks(u.blocksLabel(lang.L("Duplicate %s"), lang.L("Duplicate blocks"), ids), ids[len(ids)-1], blocks)
	case story.Paste:
		u.pasteBlocks(ids)
	case story.MoveUp:
		u.stepBlocks(ids, -1)
	case story.MoveDown:
		u.stepBlocks(ids, 1)
	}
}

func (u *App) deleteBlocks(label string, ids []int64) {
	after := u.before(ids[0])
	if u.edit(label, "", func(tx *project.Tx) error {
		for _, id := range ids {
			if err := tx.DeleteBlock(id); err != nil {
				return err
			}
		}
		return nil
	}) && after != 0 {
		u.story.Select(after, 0)
		u.setFocus(focus{block: after})
	}
}

// before is the block before another, or 0.
func (u *App) before(id int64) int64 {
	last := int64(0)
	for _, b := range u.shown.Blocks {
		if b.ID == id {
			return last
		}
		last = b.ID
	}
	return 0
}

// copyBlocks keeps blocks to be pasted here, or their words anywhere.
func (u *App) copyBlocks(blocks []project.Block) {
	var words []string
	for _, b := range blocks {
		if b.Text != "" {
			words = append(words, b.Text)
		}
		for _, pl := range b.Placements {
			words = append(words, strings.TrimSpace(pl.CaptionOf(u.photos[pl.PhotoID])+" "+u.photos[pl.PhotoID].CreditLine))
		}
	}
	text := strings.Join(words, "\n\n")
	u.clip = clip{blocks, text}
	u.app.Clipboard().SetContent(text)
	u.tell(lang.N("{{.PluralCount}} blocks copied", len(blocks)))
}

// pasteBlocks puts what was copied behind the last of the blocks; words from
// elsewhere become text blocks.
func (u *App) pasteBlocks(ids []int64) {
	if u.shown == nil {
		return
	}
	after := u.story.InsertionPoint()
	if n := len(ids); n > 0 {
		after = ids[n-1]
	}
	blocks := u.clip.blocks
	if text := u.app.Clipboard().Content(); len(blocks) == 0 || text != u.clip.words {
		blocks = nil
		for _, par := range project.Paragraphs(text) {
			blocks = append(blocks, project.Block{Kind: project.KindText, Text: project.EscapeSpans(par)})
		}
	}
	if len(blocks) > 0 {
		u.addBlocks(lang.L("Paste blocks"), after, blocks)
	}
}

func (u *App) addBlocks(label string, after int64, blocks []project.Block) {
	var made []int64
	essay := u.essay
	if !u.edit(label, "", func(tx *project.Tx) (err error) {
		made, err = tx.AddBlocks(essay, after, blocks)
		return err
	}) {
		return
	}
	last := made[len(made)-1]
	u.win.Canvas().Unfocus()
	u.setFocus(focus{block: last})
	u.story.Choose(made)
	u.story.Reveal(last)
}

func (u *App) moveBlocks(ids []int64, after int64) {
	u.flush()
	if u.edit(lang.L("Move blocks"), "", func(tx *project.Tx) error { return tx.MoveBlocks(ids, after) }) {
		u.story.Choose(ids)
		u.story.Reveal(ids[0])
	}
}

// stepBlocks moves blocks that stand together by one place.
func (u *App) stepBlocks(ids []int64, by int) {
	if len(ids) < 2 {
		for _, id := range ids {
			u.story.Step(id, by)
		}
		return
	}
	first, last := u.before(ids[0]), int64(0)
	if by < 0 {
		if first == 0 {
			return
		}
		u.moveBlocks(ids, u.before(first))
		return
	}
	for i, b := range u.shown.Blocks {
		if b.ID == ids[len(ids)-1] && i+1 < len(u.shown.Blocks) {
			last = u.shown.Blocks[i+1].ID
		}
	}
	if last != 0 {
		u.moveBlocks(ids, last)
	}
}

// clipboard gives Cut, Copy and Paste to the field with the caret, or to the
// selected blocks.
func (u *App) clipboard(what story.Doing, s fyne.Shortcut) {
	if _, typing := u.win.Canvas().Focused().(fyne.Shortcutable); typing || u.inDialog() || u.working() || u.shown == nil {
		u.toFocused(s)
		return
	}
	ids := u.inHand()
	if u.project.ReadOnly() && what != story.Copy || len(ids) == 0 && what != story.Paste {
		return
	}
	u.guard("clipboard", func() { u.doBlocks(what, ids) })()
}

// storyKey has the keys of the story while no field has the caret.
func (u *App) storyKey(ev *fyne.KeyEvent) bool {
	shift := false
	if d, ok := u.app.Driver().(desktop.Driver); ok {
		shift = d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0
	}
	return u.shown != nil && u.story.TypedKey(ev, shift)
}

// textMenu is the menu of what words can wear.
func (u *App) textMenu() *fyne.Menu {
	list := []*fyne.MenuItem{
		u.item(lang.L("Bold"), keys(fyne.KeyB, ctrl), func() { u.story.Mark(project.MarkBold) }),
		u.item(lang.L("Italic"), keys(fyne.KeyI, ctrl), func() { u.story.Mark(project.MarkItalic) }),
		u.item(lang.L("Link…"), keys(fyne.KeyK, ctrl), u.story.Link),
		fyne.NewMenuItemSeparator(),
		u.item(lang.L("Make text"), keys(fyne.Key0, ctrl|fyne.KeyModifierAlt), func() { u.makeKind(lang.L("Make text"), project.KindText) }),
		u.item(lang.L("Make heading"), keys(fyne.Key1, ctrl|fyne.KeyModifierAlt), func() { u.makeKind(lang.L("Make heading"), project.KindHeading) }),
		u.item(lang.L("Make pull quote"), keys(fyne.Key2, ctrl|fyne.KeyModifierAlt), func() { u.makeKind(lang.L("Make pull quote"), project.KindQuote) }),
	}
	return fyne.NewMenu(lang.L("Text"), list...)
}

// makeKind makes the selected block of words another kind.
func (u *App) makeKind(label string, k project.BlockKind) {
	u.flush()
	b := u.blockOf(u.focus.block)
	if b == nil || !b.Kind.Words() || b.Kind == k || u.working() {
		return
	}
	now := *b
	now.Kind = k
	if u.blockEdited(label, "", now) {
		u.story.Focus(b.ID)
	}
}

// askLink asks for a link's words and address.
func (u *App) askLink(label, address string, done func(label, address string)) {
	words, to := newPathEntry(false), newPathEntry(false)
	words.SetText(label)
	to.SetText(address)
	to.SetPlaceHolder("https://")
	note := look.Note(lang.L("An address on the web, or mailto: and an e-mail address."))
	var d *dialog.CustomDialog
	send := func() {
		at := strings.TrimSpace(to.Text)
		if at != "" && !strings.Contains(at, ":") {
			at = "https://" + at
		}
		text := strings.NewReplacer("[", "", "]", "", "\n", " ").Replace(strings.TrimSpace(words.Text))
		if text == "" {
			text = at
		}
		if !project.SafeLink(at) || strings.ContainsAny(at, ") ") {
			note.SetText(lang.L("This address can’t be linked: write it as https://example.org/page."))
			note.SetColor(look.Warning)
			return
		}
		d.Hide()
		done(text, at)
	}
	ok := look.NewButton(lang.L("Link"), u.guard("link", send))
	ok.Importance = widget.HighImportance
	buttons := []fyne.CanvasObject{look.NewButton(lang.L("Cancel"), func() { d.Hide() }), ok}
	if address != "" {
		buttons = append([]fyne.CanvasObject{look.NewButton(lang.L("Remove link"), func() {
			d.Hide()
			done(words.Text, "")
		})}, buttons...)
	}
	row := container.NewHBox(append([]fyne.CanvasObject{layout.NewSpacer()}, buttons...)...)
	d = dialog.NewCustomWithoutButtons(lang.L("Link"), sized(460, look.Column(6,
		look.NewText(lang.L("Words"), look.Muted, look.TextSmall), words,
		look.NewText(lang.L("Address"), look.Muted, look.TextSmall), to, note, look.Gap(4), row)), u.win)
	for _, e := range []*pathEntry{words, to} {
		e.done, e.cancel = u.guard("link", send), d.Hide
	}
	u.escapable(d)
	if label == "" {
		u.win.Canvas().Focus(words)
	} else {
		u.win.Canvas().Focus(to)
	}
}
