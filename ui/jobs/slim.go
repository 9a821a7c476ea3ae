package jobs

// This file owns the slim progress bar.

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"photodesk/ui/look"
)

// slim shows a fraction; with a total of 0 it wanders, so that the eye sees work.
type slim struct {
	widget.BaseWidget
	done, total int
	at          float32 // of the wandering piece, 0 to 1
	wander      *fyne.Animation
	ground      *look.Area
	fill        *look.Area
}

func newSlim() *slim {
	s := &slim{ground: look.Ground(look.Hairline), fill: look.Ground(look.Accent)}
	s.ground.Radius, s.fill.Radius = 2, 2
	s.ExtendBaseWidget(s)
	return s
}

func (s *slim) set(done, total int) {
	s.done, s.total = done, total
	s.Refresh()
}

func (s *slim) CreateRenderer() fyne.WidgetRenderer {
	r := &slimRenderer{s}
	s.wander = canvasAnimation(func(at float32) {
		s.at = at
		if s.total == 0 && s.Visible() {
			r.Layout(s.Size())
			canvas.Refresh(s)
		}
	})
	r.steer()
	return r
}

// stop ends the wandering of a bar that is taken away: nobody else would, and
// the window would be drawn anew in every frame for good.
func (s *slim) stop() {
	if s.wander != nil {
		s.wander.Stop()
	}
	s.Hide()
}

type slimRenderer struct{ s *slim }

// steer runs the animation only while it is seen: it costs drawing.
func (r *slimRenderer) steer() {
	if r.s.total == 0 && r.s.Visible() {
		r.s.wander.Start()
	} else {
		r.s.wander.Stop()
	}
}

func (r *slimRenderer) Layout(size fyne.Size) {
	r.s.ground.Resize(size)
	if r.s.total == 0 {
		piece := size.Width * 0.28
		r.s.fill.Move(fyne.NewPos((size.Width-piece)*r.s.at, 0))
		r.s.fill.Resize(fyne.NewSize(piece, size.Height))
		return
	}
	part := min(max(float32(r.s.done)/float32(r.s.total), 0), 1)
	r.s.fill.Move(fyne.NewPos(0, 0))
	r.s.fill.Resize(fyne.NewSize(size.Width*part, size.Height))
}

func (r *slimRenderer) MinSize() fyne.Size { return fyne.NewSize(160, 4) }

func (r *slimRenderer) Refresh() {
	r.steer()
	r.Layout(r.s.Size())
	r.s.ground.Refresh()
	r.s.fill.Refresh()
}

func (r *slimRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.s.ground, r.s.fill}
}

func (r *slimRenderer) Destroy() { r.s.wander.Stop() }

func canvasAnimation(tick func(float32)) *fyne.Animation {
	a := fyne.NewAnimation(canvas.DurationStandard*4, tick)
	a.AutoReverse, a.RepeatCount, a.Curve = true, fyne.AnimationRepeatForever, fyne.AnimationEaseInOut
	return a
}
