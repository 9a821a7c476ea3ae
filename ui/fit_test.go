package ui

// This file owns that the window's words fit it: in every language, at every
// size of text, in every room.

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"photodesk/ui/develop"
	"photodesk/ui/look"
	"photodesk/ui/words"
)

// wide names the innermost thing that wants more than a width.
func wide(o fyne.CanvasObject, width float32) string {
	if c, ok := o.(*fyne.Container); ok {
		parts, only := "", []fyne.CanvasObject{}
		for _, o := range c.Objects {
			if !o.Visible() {
				continue
			}
			only = append(only, o)
			if o.MinSize().Width > width {
				return wide(o, width)
			}
			parts += fmt.Sprintf(" %s %.0f", called(o), o.MinSize().Width)
		}
		if w := widest(only); len(only) > 0 && w.MinSize().Width > width-40 {
			return wide(w, w.MinSize().Width-1)
		}
		return fmt.Sprintf("%.0f of %.0f:%s", c.MinSize().Width, width, parts)
	}
	return fmt.Sprintf("%.0f of %.0f: %s", o.MinSize().Width, width, called(o))
}

func widest(list []fyne.CanvasObject) fyne.CanvasObject {
	return slices.MaxFunc(list, func(a, b fyne.CanvasObject) int { return cmp.Compare(a.MinSize().Width, b.MinSize().Width) })
}

func called(o fyne.CanvasObject) string {
	switch w := o.(type) {
	case *widget.Button:
		return fmt.Sprintf("button %q", w.Text)
	case *look.Button:
		return fmt.Sprintf("button %q", w.Text)
	case *widget.Check:
		return fmt.Sprintf("check %q", w.Text)
	}
	return fmt.Sprintf("%T", o)
}

func TestWordsFitTheirRooms(t *testing.T) {
	d := withPhotos(t)
	t.Cleanup(func() { _ = words.Use("en") })
	d.addEssay("Storm")
	d.place([]int64{1, 2}, 0, 0)
	d.win.Resize(fyne.NewSize(1280, 800)) // a laptop's
	block := d.shown.Blocks[0].ID
	for _, l := range words.Languages {
		for _, scale := range look.Scales {
			d.app.Preferences().SetString(prefLanguage, l.Code)
			d.app.Preferences().SetFloat(prefScale, float64(scale))
			d.speak()
			d.dress()
			for room, enter := range map[string]func(){
				"essay":      func() { d.setFocus(focus{}) },
				"block":      func() { d.setFocus(focus{block: block}) },
				"several":    func() { d.story.Choose([]int64{block, d.shown.Blocks[1].ID}) },
				"photo":      func() { d.library.Select(1); d.photosSelected([]int64{1}) },
				"captioning": d.openCaptions,
				"crop":       func() { d.openTools(1, develop.Crop) },
				"tone":       func() { d.openTools(1, develop.Tone) },
				"redact":     func() { d.openTools(1, develop.Redact) },
			} {
				enter()
				d.until(room, func() bool { return !d.loader.Busy() })
				d.frame.left.Refresh() // as a window does when something in it grows
				d.frame.right.Refresh()
				for _, o := range test.LaidOutObjects(d.win.Canvas().Content()) {
					s, ok := o.(*container.Scroll)
					if !ok || s.Direction != container.ScrollVerticalOnly || !s.Visible() || s.Size().Width == 0 {
						continue
					}
					if m := s.Content.MinSize().Width; m > s.Size().Width+0.5 {
						t.Errorf("%s, text %.0f %%, %s: %s", l.Code, 100*scale, room, wide(s.Content, s.Size().Width))
					}
				}
				d.closeCaptions()
				d.closeTools()
			}
		}
	}
}
