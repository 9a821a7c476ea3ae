package inspector

// This file owns the panel of a block: what is not edited in the column itself.

import (
	"fmt"

	"photodesk/ui/words"

	"fyne.io/fyne/v2/lang"

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
	layout      *look.Segments
	layouts     fyne.CanvasObject
	attribution *field
}

var blockTitles = map[project.BlockKind]string{
	project.KindText: words.Key("Text"), project.KindHeading: words.Key("Heading"), project.KindQuote: words.Key("Pull quote"), project.KindPhoto: words.Key("Photo"),
	project.KindGallery: words.Key("Gallery"), project.KindCompare: words.Key("Before and after"), project.KindDivider: words.Key("Divider"), project.KindVote: words.Key("Vote"),
}

var blockNotes = map[project.BlockKind]string{
	project.KindText:    words.Key("Type in the column. **Bold**, *italic* and [links](https://…) are kept."),
	project.KindHeading: words.Key("A heading inside the story."),
	project.KindQuote:   words.Key("The quotation is typed in the column."),
	project.KindGallery: words.Key("Drop photos on it in the column; select one of them to edit its words."),
	project.KindCompare: words.Key("Two photos of the same place; the reader slides between them."),
	project.KindDivider: words.Key("A pause in the story."),
	project.KindVote:    words.Key("The essay’s votes stand here instead of at its end."),
}

func newBlockPanel(in *Inspector) *blockPanel {
	p := &blockPanel{in: in, title: look.Title(""), about: look.Note("")}
	p.layout = newChoice(
		[]string{string(project.LayoutGrid), string(project.LayoutPair), string(project.LayoutSlideshow)},
		[]string{lang.L("Grid"), lang.L("Pairs"), lang.L("Slideshow")},
		func(v string) {
			p.in.Flush()
			if p.in.readOnly {
				p.show(p.b)
				return
			}
			p.b.Layout = project.Layout(v)
			p.report(lang.L("Change layout"), "")()
		})
	p.layouts = labelled(lang.L("Layout"), p.layout.Body)
	p.attribution = in.newField(spec{
		title: lang.L("Attribution"), hint: lang.L("Who says it"),
		write:  set(func(text string) { p.b.Attribution = text }),
		report: func() func() bool { return p.report(lang.L("Edit attribution"), "attribution") },
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
	p.title.SetText(lang.L(blockTitles[b.Kind]))
	words := ""
	if note := blockNotes[b.Kind]; note != "" {
		words = lang.L(note)
	}
	if b.Kind == project.KindGallery {
		words = fmt.Sprintf("%s. %s", photoCount(len(b.Placements)), words)
	}
	p.about.SetText(words)
	show(p.layouts, b.Kind == project.KindGallery)
	show(p.attribution.body, b.Kind == project.KindQuote)
	p.layout.Set(string(b.Layout))
	p.attribution.load(b.Attribution)
	p.body.Refresh()
}

func photoCount(n int) string {
	return lang.N("{{.PluralCount}} photos", n)
}

func show(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}
