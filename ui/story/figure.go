package story

// This file owns one placed photo on the page: the photo itself, its caption
// edited in place, its credit, and its vote widget.

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"photodesk/project"
	"photodesk/ui/look"
	"photodesk/ui/photos"
)

type figure struct {
	r       *row
	pl      project.Placement
	ph      project.Photo
	known   bool
	view    *photos.View
	pad     *pad
	ring    *canvas.Rectangle // around a photo selected among others
	caption *field
	credit  *look.Text
	vote    *votes
	aspect  float32
}

// newFigure makes a figure; large ones load from the original.
func newFigure(r *row, pl project.Placement, large bool) *figure {
	f := &figure{r: r, pl: pl}
	f.view = photos.NewView(r.c.loader, photos.Cover, large)
	f.pad = newPad(r, func() { r.c.choose(r.block.ID, f.pl.ID) }, func() { call(r.c.OnOpen, f.pl.ID) })
	f.pad.of = func() int64 { return f.pl.ID }
	f.ring = canvas.NewRectangle(color.Transparent)
	f.ring.StrokeWidth = 3
	f.ring.Hide()
	f.caption = newField(r.c, r, roleCaption, lang.L("Caption"), func(text string) bool {
		pl := f.pl
		pl.Caption = &text
		if r.c.OnCaption != nil && !r.c.OnCaption(pl) {
			return false
		}
		f.pl = pl
		return true
	})
	f.caption.expand = func(text string) (string, bool) {
		if r.c.OnExpand == nil || r.c.readOnly {
			return text, false
		}
		return r.c.OnExpand(f.pl, text)
	}
	f.caption.focused = func(on bool) {
		if !on {
			if f.caption.fresh {
				f.caption.writeOut()
			}
			f.caption.flush()
			return
		}
		r.c.choose(r.block.ID, f.pl.ID)
	}
	f.credit = r.c.text("", look.Muted, sizeSmall)
	f.credit.Truncate = true
	f.vote = newVotes(r.c, lang.L("Votes on this photo"))
	return f
}

// update shows the placement as it is now; it reports whether the room it needs may be another.
func (f *figure) update(pl project.Placement) {
	ph, known := f.r.c.photos[pl.PhotoID]
	f.pl, f.ph, f.known = pl, ph, known
	w, h := photos.Size(ph)
	aspect := float32(2) / 3
	if known && w > 0 && h > 0 {
		aspect = float32(h) / float32(w)
	}
	if aspect != f.aspect || f.vote.Hidden == pl.Vote {
		f.aspect = aspect
		f.vote.Hidden = !pl.Vote
		f.r.stale = true
	}
	if known {
		f.view.SetPhoto(ph)
		f.view.SetCovered(ph.Sensitive)
	} else {
		f.view.Clear()
	}
	f.caption.show(pl.CaptionOf(ph))
	f.credits()
}

// credits shows the photo's credit line as the page does.
func (f *figure) credits() {
	as := f.r.c.face(roleCredit)
	credit, colour := f.ph.CreditLine, look.Muted
	switch {
	case credit == "":
		credit, colour = lang.L("No credit"), look.Warning
	case as.capitals:
		credit = strings.ToUpper(credit)
	}
	if t := f.credit; t.Color != colour || t.TextSize != as.size || t.Text != credit {
		t.Color, t.TextSize, t.Text = colour, as.size, credit
		t.Refresh()
	}
}

func (f *figure) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{f.view, f.ring, f.pad, f.caption.box, f.credit, f.vote}
}

func (f *figure) mark(on bool) {
	f.ring.StrokeColor = f.r.c.color(look.Accent)
	if f.ring.Hidden == on {
		f.ring.Hidden = !on
		canvas.Refresh(f.ring)
	}
}

// photo places the photo alone and returns its height.
func (f *figure) photo(x, y, w, h float32) float32 {
	for _, o := range []fyne.CanvasObject{f.view, f.pad, f.ring} {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	return h
}

// words places caption, credit and votes and returns their height.
func (f *figure) words(x, y, w float32) float32 {
	top := y
	y += f.caption.place(x, y, w) - 4
	h := f.credit.MinSize().Height
	f.credit.Move(fyne.NewPos(x, y))
	f.credit.Resize(fyne.NewSize(w, h))
	y += h
	if !f.vote.Hidden {
		y += 8
		f.vote.Move(fyne.NewPos(x, y))
		f.vote.Resize(fyne.NewSize(w, f.vote.MinSize().Height))
		y += f.vote.MinSize().Height
	}
	return y - top
}

// single is a photo block.
type single struct {
	r           *row
	f           *figure
	empty       *hint
	left, right float32
}

func newSingle(r *row) *single {
	return &single{r: r, empty: newHint(r.c, lang.L("Drag a photo here from the library"))}
}

func (s *single) update() {
	pls := s.r.block.Placements
	switch {
	case len(pls) == 0:
		if s.f != nil {
			s.f.caption.flush()
		}
		s.f = nil
		s.r.stale = true
		return
	case s.f == nil || s.f.pl.ID != pls[0].ID:
		s.f = newFigure(s.r, pls[0], true)
		s.r.stale = true
	case s.f.pl.Width != pls[0].Width:
		s.r.stale = true
	}
	s.f.update(pls[0])
}

func (s *single) objects() []fyne.CanvasObject {
	if s.f == nil {
		return []fyne.CanvasObject{s.empty}
	}
	return s.f.objects()
}

func (s *single) fields() []*field {
	if s.f == nil {
		return nil
	}
	return []*field{s.f.caption}
}

func (s *single) extent() (left, right float32) { return s.left, s.right }

func (s *single) arrange(width float32) float32 {
	x, m := frame(width)
	s.left, s.right = x, x+m
	if s.f == nil {
		return s.empty.place(x, 0, m)
	}
	left, w := x, m
	switch s.f.pl.Width {
	case project.WidthWide:
		w = min(m*wideFactor, width-40)
		left = (width - w) / 2
	case project.WidthFull:
		left, w = 0, width
	}
	s.left, s.right = left, left+w
	y := s.f.photo(left, 0, w, w*s.f.aspect)
	return y + s.f.words(max(x, left), y+4, min(m, w)) + 4
}

// wear shows credit and votes as the page's theme has them.
func (f *figure) wear() {
	f.credits()
	f.credit.Refresh() // its colour may be another by the same name
	f.vote.Refresh()
	f.ring.StrokeColor = f.r.c.color(look.Accent)
}

func (s *single) wear() {
	if s.f != nil {
		s.f.wear()
	}
	s.empty.Refresh()
}
