package inspector

// This file owns the panel of a block: what is not edited in the column itself.

import (
	"fmt"

	"fyne.io/fyne/v2"

	"photodesk/project"
	"photodesk/ui/look"
)

type blockPanel struct {
	in     *Inspector
	body   *fyne.Container
	fields []*field
	b      project.Block

	title       *look.Text
	about       *look.Paragraph
	layout      *choice
	layouts     fyne.CanvasObject
	attribution *field
}

var blockTitles = map[project.BlockKind]string{
	project.KindText: "Text", project.KindHeading: "Heading", project.KindQuote: "Pull quote", project.KindPhoto: "Photo",
	project.KindGallery: "Gallery", project.KindCompare: "Before and after", project.KindDivider: "Divider", project.KindVote: "Vote",
}

var blockNotes = map[project.BlockKind]string{
	project.KindText:    "Type in the column. **Bold**, *italic* and [links](https://…) are kept.",
	project.KindHeading: "A heading inside the story.",
	project.KindQuote:   "The quotation is typed in the column.",
	project.KindGallery: "Drop photos on it in the column; select one of them to edit its words.",
	project.KindCompare: "Two photos of the same place; the reader slides between them.",
	project.KindDivider: "A pause in the story.",
	project.KindVote:    "The essay’s votes stand here instead of at its end.",
}

func newBlockPanel(in *Inspector) *blockPanel {
	p := &blockPanel{in: in, title: look.Title(""), about: look.Note("")}
	p.layout = newChoice(
		[]string{string(project.LayoutGrid), string(project.LayoutPair), string(project.LayoutSlideshow)},
		[]string{"Grid", "Pairs", "Slideshow"},
		func(v string) {
			p.in.Flush()
			if p.in.readOnly {
				p.show(p.b)
				return
			}
			p.b.Layout = project.Layout(v)
			p.report("Change layout", "")()
		})
	p.layouts = labelled("Layout", p.layout.body)
	p.attribution = in.newField(spec{
		title: "Attribution", hint: "Who says it",
		write:  set(func(text string) { p.b.Attribution = text }),
		report: func() func() bool { return p.report("Edit attribution", "attribution") },
	})
	p.fields = append(p.fields, p.attribution)
	p.body = look.Column(10, p.title, p.about, p.layouts, p.attribution.body)
	return p
}

func (p *blockPanel) report(label, fold string) func() bool {
	if fold != "" {
		fold = fmt.Sprintf("block:%d:%s", p.b.ID, fold)
	}
	b := p.b
	return func() bool { return p.in.OnBlock == nil || p.in.OnBlock(label, fold, b) }
}

func (p *blockPanel) show(b project.Block) {
	p.b = b
	p.title.SetText(blockTitles[b.Kind])
	words := blockNotes[b.Kind]
	if b.Kind == project.KindGallery {
		words = fmt.Sprintf("%s. %s", photoCount(len(b.Placements)), words)
	}
	p.about.SetText(words)
	show(p.layouts, b.Kind == project.KindGallery)
	show(p.attribution.body, b.Kind == project.KindQuote)
	p.layout.set(string(b.Layout))
	p.attribution.load(b.Attribution)
	p.body.Refresh()
}

func photoCount(n int) string {
	if n == 1 {
		return "1 photo"
	}
	return fmt.Sprintf("%d photos", n)
}

func show(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}
