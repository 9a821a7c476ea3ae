package story

// This file owns a block's menu: everything that can be done with it.

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
)

// menu offers what can be done with the block, or with all that are chosen, at
// a place on the canvas.
func (r *row) menu(at fyne.Position) { r.menuOf(at, r.firstPlacement()) }

// menuOf is menu on one of the block's photos.
func (r *row) menuOf(at fyne.Position, placement int64) {
	cv := r.c.canvas()
	if cv == nil || r.c.readOnly {
		return
	}
	if many := r.c.Chosen(); len(many) < 2 || !r.c.also[r.block.ID] {
		r.c.choose(r.block.ID, placement)
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", r.offers(placement)...), cv, at)
}

func (r *row) offers(placement int64) []*fyne.MenuItem {
	c, id := r.c, r.block.ID
	sep := fyne.NewMenuItemSeparator
	do := func(name string, what Doing) *fyne.MenuItem {
		return fyne.NewMenuItem(name, func() { c.do(what) })
	}
	all := c.Chosen()
	var items []*fyne.MenuItem
	if len(all) < 2 {
		items = append(r.photoOffers(placement), r.kindOffers()...)
		if len(items) > 0 {
			items = append(items, sep())
		}
	}
	items = append(items, do(lang.L("Cut"), Cut), do(lang.L("Copy"), Copy), do(lang.L("Paste behind"), Paste), sep())
	up, down := do(lang.L("Move up"), MoveUp), do(lang.L("Move down"), MoveDown)
	if len(all) < 2 {
		i := c.index(id)
		up.Action, up.Disabled = func() { c.Step(id, -1) }, i == 0
		down.Action, down.Disabled = func() { c.Step(id, 1) }, i == len(c.rows)-1
	}
	return append(items, up, down, sep(), do(lang.L("Duplicate"), Duplicate), do(lang.L("Delete"), Delete))
}

// photoOffers are what can be done with one photo of the block.
func (r *row) photoOffers(placement int64) []*fyne.MenuItem {
	if len(r.block.Placements) == 0 {
		return nil
	}
	pl := r.block.Placements[0]
	for _, o := range r.block.Placements {
		if o.ID == placement {
			pl = o
		}
	}
	return []*fyne.MenuItem{
		fyne.NewMenuItem(lang.L("Show in gallery preview"), func() { call(r.c.OnOpen, pl.ID) }),
		fyne.NewMenuItem(lang.L("Photo tools…"), func() { call(r.c.OnTools, pl.PhotoID) }),
		fyne.NewMenuItemSeparator(),
	}
}

// kindOffers are what else the block can be.
func (r *row) kindOffers() []*fyne.MenuItem {
	b := r.block
	var items []*fyne.MenuItem
	be := func(name, label string, on bool, change func(b *project.Block)) {
		it := fyne.NewMenuItem(name, func() {
			now := r.block
			change(&now)
			if r.c.OnChange != nil {
				r.c.OnChange(label, now)
			}
		})
		it.Checked = on
		items = append(items, it)
	}
	kind := func(name, label string, k project.BlockKind) {
		be(name, label, b.Kind == k, func(b *project.Block) { b.Kind = k })
	}
	layout := func(name, label string, l project.Layout) {
		be(name, label, b.Kind == project.KindGallery && b.Layout == l, func(b *project.Block) { b.Kind, b.Layout = project.KindGallery, l })
	}
	switch {
	case b.Kind.Words():
		kind(lang.L("Text"), lang.L("Make text"), project.KindText)
		kind(lang.L("Heading"), lang.L("Make heading"), project.KindHeading)
		kind(lang.L("Pull quote"), lang.L("Make pull quote"), project.KindQuote)
	case b.Kind == project.KindPhoto && len(b.Placements) == 1:
		for _, w := range []struct {
			name  string
			width project.Width
		}{{lang.L("Column"), project.WidthColumn}, {lang.L("Wide"), project.WidthWide}, {lang.L("Full"), project.WidthFull}} {
			pl := b.Placements[0]
			it := fyne.NewMenuItem(w.name, func() {
				pl.Width = w.width
				if r.c.OnWidth != nil {
					r.c.OnWidth(pl)
				}
			})
			it.Checked = pl.Width == w.width
			items = append(items, it)
		}
	case b.Kind == project.KindGallery || b.Kind == project.KindCompare:
		label := lang.L("Change layout")
		layout(lang.L("Grid"), label, project.LayoutGrid)
		layout(lang.L("Pair"), label, project.LayoutPair)
		layout(lang.L("Slideshow"), label, project.LayoutSlideshow)
		if len(b.Placements) == 2 {
			be(lang.L("Compare"), lang.L("Make compare"), b.Kind == project.KindCompare, func(b *project.Block) { b.Kind, b.Layout = project.KindCompare, "" })
		}
		if len(b.Placements) > 1 {
			items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(lang.L("Take apart"), func() { call(r.c.OnApart, b.ID) }))
		}
	}
	return items
}
