package develop

// This file owns the panel beside the photo: the tools and their settings.

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"photodesk/project/photo"
	"photodesk/ui/look"
)

type panel struct {
	r     *Room
	whole *fyne.Container

	name    *look.Text
	edits   *look.Paragraph
	tools   *look.Segments
	zoom    *look.Segments
	panning *look.Paragraph // how the photo is moved at 100 %
	parts   [4]*fyne.Container
	shapes  *look.Segments
	size    *look.Text
	uncrop  *look.Link
	level   *dial
	tones   [3]*dial
	grey    *widget.Check
	style   *look.Segments
	areas   *fyne.Container
	listed  string
	laid    string // for what the panel was last laid out
	del     *widget.Button
	middle  *look.Link
	cover   *widget.Check
	reset   *widget.Button
	compare *holdButton
	scroll  *container.Scroll
}

func newPanel(r *Room) *panel {
	p := &panel{r: r}
	p.name = look.Small("")
	p.edits = look.Note("")
	p.tools = look.NewSegments(4, []string{"0", "1", "2", "3"},
		[]string{lang.L("Crop"), lang.L("Tone"), lang.L("Redact"), lang.L("Focus")},
		func(v string) { r.Take(Tool(v[0] - '0')) })
	p.zoom = look.NewSegments(2, []string{"", "full"}, []string{lang.L("Whole photo"), "100 %"}, func(v string) {
		if r.stage.zoom != (v == "full") {
			r.Zoom()
		}
		r.Focus()
	})
	p.panning = look.Note(lang.L("Drag the photo or turn the wheel to move it, with the space bar held where dragging draws; Ctrl and the arrow keys move it too. Z shows all of it again."))
	p.parts = [4]*fyne.Container{p.cropPart(), p.tonePart(), p.redactPart(), p.focusPart()}
	p.cover = widget.NewCheck(lang.L("Sensitive: covered until the reader chooses"), func(on bool) {
		if r.readOnly || r.OnSensitive == nil || !r.OnSensitive(r.ph.ID, on) {
			look.Tick(p.cover, r.ph.Sensitive)
		}
		r.Focus()
	})
	p.compare = newHoldButton(lang.L("Hold to compare"), func(on bool) {
		r.Compare(on)
		if !on {
			r.Focus()
		}
	})
	p.reset = widget.NewButton(lang.L("Remove all edits"), func() { r.Reset(); r.Focus() })
	done := widget.NewButton(lang.L("Done"), r.Keep)
	done.Importance = widget.HighImportance
	body := look.Column(14, look.Column(2, look.Title(lang.L("Photo tools")), p.name), p.zoom.Body, p.panning, p.tools.Body)
	for _, part := range p.parts {
		body.Add(part)
	}
	p.scroll = container.NewVScroll(container.New(layout.NewCustomPaddedLayout(14, 14, 16, 16), body))
	foot := look.Column(8, p.edits, p.cover, look.Choices(2, p.compare, p.reset), done,
		look.Note(lang.L("The original is never changed. Space compares, Escape takes back, Enter is done.")))
	whole := container.NewBorder(nil, look.Column(0, look.Rule(), look.Inset(12, 16, foot)), nil, nil, p.scroll)
	p.whole = container.NewStack(look.Ground(theme.ColorNameBackground), whole, container.NewBorder(nil, nil, look.Rule(), nil))
	return p
}

func (p *panel) cropPart() *fyne.Container {
	r := p.r
	var values, titles []string
	for _, s := range shapes {
		values = append(values, s.name)
		title := s.name
		switch s.name {
		case "":
			title = lang.L("Free")
		case original:
			title = lang.L("Original")
		}
		titles = append(titles, title)
	}
	p.shapes = look.NewSegments(4, append(values, "swap"), append(titles, lang.L("Swap")), func(v string) {
		if v == "swap" {
			r.swap()
		} else {
			s := shape{name: v}
			if r.shape.name == v {
				s.swapped = r.shape.swapped
			}
			r.setShape(s)
		}
		r.Focus()
	})
	p.size = look.NewText("", look.Muted, look.TextSmall)
	p.uncrop = look.NewLink(lang.L("Remove crop"), func() {
		if !r.readOnly && r.recipe.Crop != nil {
			r.recipe.Crop = nil
			r.report(lang.L("Remove crop"), "")
		}
		r.Focus()
	})
	p.level = newDial(r, lang.L("Straighten"), "°", lang.L("Reset"), -15, 15, 0.1,
		func(v float64) {
			r.recipe.Straighten = round(v)
			r.stage.level = true
			r.changed()
		},
		func(v float64) {
			r.recipe.Straighten = round(v)
			r.stage.level = false
			r.report(lang.L("Straighten photo"), "straighten")
		})
	turn := func(icon fyne.Resource, name string, by int) *widget.Button {
		return widget.NewButtonWithIcon(name, icon, func() { r.Turn(by); r.Focus() })
	}
	return look.Column(18,
		section(lang.L("Shape"), p.shapes.Body, container.NewHBox(p.size, layout.NewSpacer(), p.uncrop)),
		section(lang.L("Horizon"), p.level.body, look.Choices(2,
			turn(theme.ContentUndoIcon(), lang.L("Turn left"), -1), turn(theme.ContentRedoIcon(), lang.L("Turn right"), 1))),
		look.Note(lang.L("Drag the frame or its handles. Arrow keys move it, with Shift they pull its lower right corner; X swaps its sides.")))
}

// round keeps a tenth of a degree: a slider's steps are not exact.
func round(v float64) float64 {
	if v < 0 {
		return -round(-v)
	}
	return float64(int(v*10+0.5)) / 10
}

func (p *panel) tonePart() *fyne.Container {
	r := p.r
	tone := func(i int, name, label, fold string, in photo.Range, at func() *float64) {
		p.tones[i] = newDial(r, name, "", lang.L("Reset"), in.Least, in.Most, 1,
			func(v float64) { *at() = in.In(v); r.changed() },
			func(v float64) { *at() = in.In(v); r.report(label, fold) })
	}
	tone(0, lang.L("Brightness"), lang.L("Change brightness"), "brightness", photo.NewsBrightness, func() *float64 { return &r.recipe.Brightness })
	tone(1, lang.L("Contrast"), lang.L("Change contrast"), "contrast", photo.NewsContrast, func() *float64 { return &r.recipe.Contrast })
	tone(2, lang.L("Saturation"), lang.L("Change saturation"), "saturation", photo.NewsSaturation, func() *float64 { return &r.recipe.Saturation })
	p.grey = widget.NewCheck(lang.L("Black and white"), func(on bool) {
		if r.readOnly {
			p.update()
			return
		}
		r.recipe.Saturation = 0
		label := lang.L("Back to colour")
		if on {
			r.recipe.Saturation = photo.Grey
			label = lang.L("Make black and white")
		}
		r.report(label, "")
		r.Focus()
	})
	return look.Column(18,
		section(lang.L("Tone"), p.tones[0].body, p.tones[1].body, p.tones[2].body, p.grey),
		look.Note(lang.L("Within what newsrooms allow: enough for a clear and accurate reproduction, never to change what the photo tells.")))
}

func (p *panel) redactPart() *fyne.Container {
	r := p.r
	p.style = look.NewSegments(2, []string{photo.RedactPixelate, photo.RedactBlack}, []string{lang.L("Pixelate"), lang.L("Black box")},
		func(v string) { r.setStyle(v); r.Focus() })
	p.areas = look.Column(2)
	add := widget.NewButtonWithIcon(lang.L("Add area"), theme.ContentAddIcon(), func() { r.addRedaction(); r.Focus() })
	p.del = widget.NewButtonWithIcon(lang.L("Delete area"), theme.DeleteIcon(), func() { r.deleteRedaction(); r.Focus() })
	return look.Column(18,
		section(lang.L("Hide with"), p.style.Body),
		section(lang.L("Hidden areas"), p.areas, look.Choices(2, add, p.del)),
		look.Note(lang.L("Draw on the photo what must not be seen: it is gone from every file that is exported. N adds an area, arrow keys move it, with Shift they resize it, Page Down takes the next, Delete takes it away.")))
}

func (p *panel) focusPart() *fyne.Container {
	r := p.r
	p.middle = look.NewLink(lang.L("Back to the middle"), func() {
		if !r.readOnly {
			r.setFocus(nil)
			r.report(lang.L("Remove focal point"), "")
		}
		r.Focus()
	})
	return section(lang.L("Focal point"),
		look.Note(lang.L("Click what matters most: it stays in sight wherever the photo is shown in another shape, as in a grid. Arrow keys move it.")),
		container.NewHBox(p.middle))
}

// update shows the room as it is now.
func (p *panel) update() {
	r := p.r
	p.name.SetText(r.ph.Name)
	p.zoom.Set(map[bool]string{true: "full"}[r.stage.zoom])
	p.panning.Hidden = !r.stage.zoom
	p.tools.Set(string(rune('0' + int(r.tool))))
	for i, part := range p.parts {
		part.Hidden = i != int(r.tool)
	}
	p.shapes.Set(r.shape.name)
	w, h := photo.Size(&photo.Info{Width: r.ph.Width, Height: r.ph.Height, Orientation: 1}, r.recipe)
	p.size.SetText(fmt.Sprintf(lang.L("%d × %d pixels"), w, h))
	p.uncrop.Hidden = r.recipe.Crop == nil
	if !r.stage.level {
		p.level.set(r.recipe.Straighten)
	}
	colour := r.recipe.Saturation
	look.Tick(p.grey, colour <= photo.Grey)
	if colour <= photo.Grey {
		colour = 0
		p.tones[2].slide.Disable()
	} else {
		p.tones[2].slide.Enable()
	}
	for i, v := range []float64{r.recipe.Brightness, r.recipe.Contrast, colour} {
		p.tones[i].set(v)
	}
	p.style.Set(r.style)
	p.list()
	if r.chosen < 0 {
		p.del.Disable()
	} else {
		p.del.Enable()
	}
	p.middle.Hidden = r.recipe.Focus == nil
	look.Tick(p.cover, r.ph.Sensitive)
	words := Summary(r.recipe)
	if words == "" {
		words = lang.L("No edits yet.")
		p.reset.Disable()
	} else {
		p.reset.Enable()
	}
	p.edits.SetText(words)
	// What appears or goes needs the room laid out again; the rest shows itself.
	key := fmt.Sprint(r.tool, r.stage.zoom, p.uncrop.Hidden, p.middle.Hidden, p.listed, words)
	if key != p.laid {
		p.laid = key
		p.whole.Refresh()
	}
}

// list shows the redactions, one a line.
func (p *panel) list() {
	r := p.r
	key := fmt.Sprint(r.chosen, len(r.recipe.Redactions))
	for _, d := range r.recipe.Redactions {
		key += styleOf(d)
	}
	if key == p.listed {
		return
	}
	p.listed = key
	p.areas.Objects = nil
	for i, d := range r.recipe.Redactions {
		name := fmt.Sprintf(lang.L("Area %d: black box"), i+1)
		if styleOf(d) == photo.RedactPixelate {
			name = fmt.Sprintf(lang.L("Area %d: pixelated"), i+1)
		}
		b := widget.NewButton(name, func() { r.choose(i); r.Focus() })
		b.Alignment, b.Importance = widget.ButtonAlignLeading, widget.LowImportance
		if i == r.chosen {
			b.Importance = widget.HighImportance
		}
		p.areas.Add(b)
	}
	if len(r.recipe.Redactions) == 0 {
		p.areas.Add(look.Note(lang.L("Nothing is hidden.")))
	}
}
