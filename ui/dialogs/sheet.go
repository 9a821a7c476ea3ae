// Package dialogs owns what the window asks and tells in a sheet over itself:
// the paste review, the check list, the export form, what became of an import,
// the credits review, the shortcuts. Each function shows its sheet and comes
// back at once; what the editor decided arrives by callback, on the UI goroutine.
package dialogs

// This file owns the sheet: title, content, buttons, Escape and Return.

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"photodesk/ui/look"
)

// sheet is a modal sheet in the window's own style.
type sheet struct {
	win    fyne.Window
	pop    *widget.PopUp
	main   *look.Button // what Return presses; nil for none
	before func(*fyne.KeyEvent)
	closed bool
	ended  func() // told when it is closed; may be nil
}

// newSheet lays the sheet out; show puts it on the window.
func newSheet(win fyne.Window, title, note string, content fyne.CanvasObject, buttons ...fyne.CanvasObject) *sheet {
	s := &sheet{win: win}
	head := look.Column(4, look.Title(title))
	if note != "" {
		head.Add(look.Note(note))
	}
	row := container.NewHBox(layout.NewSpacer())
	for _, b := range buttons {
		row.Add(b)
		if b, ok := b.(*look.Button); ok && b.Importance == widget.HighImportance {
			s.main = b
		}
	}
	body := container.NewBorder(
		look.Column(12, head, look.Gap(0)),
		look.Column(12, look.Rule(), row), nil, nil, content)
	s.pop = widget.NewModalPopUp(look.Padded(18, body), win.Canvas())
	return s
}

// show opens the sheet at a size, larger where text is, or as much of it as the window has.
func (s *sheet) show(size fyne.Size) *sheet {
	c := s.win.Canvas()
	s.before = c.OnTypedKey()
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) {
		switch ev.Name {
		case fyne.KeyEscape:
			s.close()
		case fyne.KeyReturn, fyne.KeyEnter: // nothing has the focus: it would have heard this
			if s.main != nil && !s.main.Disabled() {
				s.main.Tapped(nil)
			}
		}
	})
	whole := c.Size()
	s.pop.Resize(fyne.NewSize(min(look.Scaled(size.Width), whole.Width-32), min(look.Scaled(size.Height), whole.Height-32)))
	s.pop.Show()
	return s
}

func (s *sheet) close() {
	if s.closed {
		return
	}
	s.closed = true
	s.pop.Hide()
	s.win.Canvas().SetOnTypedKey(s.before)
	if s.ended != nil {
		s.ended()
	}
}

func primary(text string, tapped func()) *look.Button {
	b := look.NewButton(text, tapped)
	b.Importance = widget.HighImportance
	return b
}

// quiet is a button that reads as words.
func quiet(text string, tapped func()) *look.Button {
	b := look.NewButton(text, tapped)
	b.Importance = widget.LowImportance
	return b
}

// labelled puts a small label over a field.
func labelled(title string, objects ...fyne.CanvasObject) *fyne.Container {
	return look.Column(3, append([]fyne.CanvasObject{look.NewText(title, look.Muted, look.TextSmall)}, objects...)...)
}

// panel is a framed area that scrolls.
func panel(content fyne.CanvasObject) fyne.CanvasObject {
	return framed(container.NewVScroll(container.New(layout.NewCustomPaddedLayout(12, 12, 14, 16), content)))
}

// framed puts a frame around what scrolls by itself.
func framed(scroll fyne.CanvasObject) fyne.CanvasObject {
	ground := look.Ground(look.Sheet)
	ground.Stroke, ground.Width, ground.Radius = look.Hairline, 1, 4
	return container.NewStack(ground, look.Padded(1, scroll))
}

// columns stands two things beside each other, the first with its share of the
// width; or keeps one thing at a width.
type columns struct{ share, space, wide float32 }

func (c columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(c.wide, 0)
	for _, o := range objects {
		m := o.MinSize()
		size.Height = max(size.Height, m.Height)
		if c.wide == 0 {
			size.Width += m.Width
		}
	}
	return size.AddWidthHeight(c.space, 0)
}

func (c columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if len(objects) == 1 {
		objects[0].Resize(size)
		return
	}
	first := (size.Width - c.space) * c.share
	objects[0].Resize(fyne.NewSize(first, size.Height))
	objects[1].Move(fyne.NewPos(first+c.space, 0))
	objects[1].Resize(fyne.NewSize(size.Width-first-c.space, size.Height))
}

// escEntry lets Escape close the sheet.
type escEntry struct {
	widget.Entry
	escape func()
}

func newEscEntry(escape func()) *escEntry {
	e := &escEntry{escape: escape}
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	e.ExtendBaseWidget(e)
	return e
}

// TypedKey hears Escape; the rest is typing.
func (e *escEntry) TypedKey(ev *fyne.KeyEvent) {
	if ev.Name == fyne.KeyEscape {
		e.escape()
		return
	}
	e.Entry.TypedKey(ev)
}
