package inspector

// This file owns the panel of several blocks: what can be done to all of them.

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
	"photodesk/ui/look"
	"photodesk/ui/story"
)

type manyPanel struct {
	in     *Inspector
	body   *fyne.Container
	blocks []project.Block

	title   *look.Text
	about   *look.Paragraph
	width   *look.Segments
	widths  fyne.CanvasObject
	vote    *widget.Check
	actions []*widget.Button
}

func newManyPanel(in *Inspector) *manyPanel {
	p := &manyPanel{in: in, title: look.Title(""), about: look.Note("")}
	p.width = newChoice(
		[]string{string(project.WidthColumn), string(project.WidthWide), string(project.WidthFull)},
		[]string{lang.L("Column"), lang.L("Wide"), lang.L("Full")},
		func(v string) {
			if !in.readOnly && in.OnWidths != nil {
				in.OnWidths(project.Width(v))
			}
			p.fill()
		})
	p.widths = labelled(lang.L("Width of the photos"), p.width.Body)
	p.vote = widget.NewCheck(lang.L("Readers vote on each of these photos"), func(on bool) {
		if !in.readOnly && in.OnVotes != nil {
			in.OnVotes(on)
		}
		p.fill()
	})
	action := func(name string, what story.Doing) *widget.Button {
		b := widget.NewButton(name, func() {
			if in.OnDo != nil {
				in.OnDo(what)
			}
		})
		p.actions = append(p.actions, b)
		return b
	}
	p.body = look.Column(10, p.title, p.about, p.widths, p.vote,
		section(lang.L("All of them"), look.Choices(2,
			action(lang.L("Move up"), story.MoveUp), action(lang.L("Move down"), story.MoveDown),
			action(lang.L("Cut"), story.Cut), action(lang.L("Copy"), story.Copy),
			action(lang.L("Duplicate"), story.Duplicate), action(lang.L("Delete"), story.Delete))))
	return p
}

// ShowBlocks shows what can be done to several blocks.
func (in *Inspector) ShowBlocks(blocks []project.Block) {
	var ids []string
	for _, b := range blocks {
		ids = append(ids, fmt.Sprint(b.ID))
	}
	in.turnTo("blocks:"+strings.Join(ids, ","), in.many.body)
	in.many.blocks = blocks
	in.many.fill()
	in.panels.Refresh()
}

func (p *manyPanel) fill() {
	p.title.SetText(lang.N("{{.PluralCount}} blocks selected", len(p.blocks)))
	p.about.SetText(kindsOf(p.blocks))
	photos, votes, width := 0, 0, ""
	single := false
	for _, b := range p.blocks {
		for _, pl := range b.Placements {
			photos++
			if pl.Vote {
				votes++
			}
		}
		if b.Kind == project.KindPhoto && len(b.Placements) == 1 {
			w := string(b.Placements[0].Width)
			if single && w != width {
				w = "" // they differ: none of the buttons is on
			}
			single, width = true, w
		}
	}
	show(p.widths, single)
	show(p.vote, photos > 0)
	p.width.Set(width)
	look.Tick(p.vote, photos > 0 && votes == photos)
	for i, b := range p.actions {
		if p.in.readOnly && i != 3 { // copying changes nothing
			b.Disable()
		} else {
			b.Enable()
		}
	}
	p.body.Refresh()
}

// kindsOf names the kinds of blocks, and how many there are of each.
func kindsOf(blocks []project.Block) string {
	var out []string
	for _, k := range project.Kinds {
		n := 0
		for _, b := range blocks {
			if b.Kind == k {
				n++
			}
		}
		switch {
		case n == 1:
			out = append(out, lang.L(blockTitles[k]))
		case n > 1:
			out = append(out, fmt.Sprintf("%s × %d", lang.L(blockTitles[k]), n))
		}
	}
	return strings.Join(out, ", ")
}
