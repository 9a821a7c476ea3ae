// Package inspector owns the room at the right: what is selected, its words and
// settings, and what can be said about them (lengths, lint, how the supplier
// filled the fields).
//
// The inspector keeps a working copy of what it shows. Typing writes into the
// copy and is reported after a pause, as the whole value with the editor's words
// for the change; what comes from the model meanwhile never takes a caret away.
package inspector

// This file owns Inspector itself: what is shown, and when typing is reported.

import (
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
	"photodesk/project/photo"
	"photodesk/project/wording"
	"photodesk/ui/look"
	"photodesk/ui/photos"
	"photodesk/ui/story"
)

// Inspector is the room. It is used from the UI goroutine. Each callback carries
// the whole changed value, a label for the undo step ("Edit caption") and a key
// under which typing in one field folds into one step ("photo:7:caption"; empty
// where nothing should fold), and returns whether it was kept. What was typed
// and not kept stays in its field and is reported again.
type Inspector struct {
	widget.BaseWidget

	OnPhoto     func(label, fold string, ph project.Photo) bool
	OnPlacement func(label, fold string, pl project.Placement) bool
	OnEssay     func(label, fold string, e project.Essay) bool
	OnBlock     func(label, fold string, b project.Block) bool
	// OnDo is told what is to be done to the blocks that are shown together;
	// OnWidths and OnVotes are about all of their photos.
	OnDo     func(what story.Doing)
	OnWidths func(w project.Width)
	OnVotes  func(on bool)
	// OnCorrection adds a correction (its ID is 0) or takes one away (its Text is empty).
	OnCorrection func(c project.Correction)
	// OnOpenPhoto is told when the preview is clicked.
	OnOpenPhoto func(id int64)
	// OnTools is told when the photo tools are asked for.
	OnTools func(id int64)
	// OnPending is told whenever what Pending reports may have changed.
	OnPending func()
	// OnRedo and OnKey have Ctrl+Y and the window's own keys typed into a field.
	OnRedo func()
	OnKey  func(*fyne.KeyEvent) bool
	// OnShortcut has shortcuts typed into a field first.
	OnShortcut func(fyne.Shortcut) bool
	// OnExpand writes out codes and variables in a text, for a photo's words.
	OnExpand func(text string, of project.Words, caption bool) wording.Expansion
	// OnTally gives what readers voted on a photo, by its original's SHA-256, or on the essay where that is ""; ok is false where
	// nobody knows.
	OnTally func(sha string) (t project.Tally, ok bool)
	// OnUsed lists the credit lines and bylines in use, the most used first.
	OnUsed func() (credits, bylines []string)

	loader  *photos.Loader
	scroll  *container.Scroll
	panels  *fyne.Container
	offered *offerList // over the panels

	photo   *photoPanel
	essay   *essayPanel
	block   *blockPanel
	many    *manyPanel
	nothing fyne.CanvasObject

	subject  string        // of the panel shown: "photo:7:placement:3"
	pending  *field        // typed into and not reported yet
	late     []func() bool // reports of subjects left that were not kept
	pause    time.Duration
	turn     int // of typing, so that an overtaken pause reports nothing
	timer    *time.Timer
	readOnly bool
}

// Theme is a page theme that an essay can take; an empty Name is the default.
type Theme struct{ Name, Title string }

// New makes an inspector that shows nothing yet.
func New(loader *photos.Loader) *Inspector {
	in := &Inspector{loader: loader, pause: 400 * time.Millisecond, offered: newOfferList()}
	in.photo = newPhotoPanel(in)
	in.essay = newEssayPanel(in)
	in.block = newBlockPanel(in)
	in.many = newManyPanel(in)
	hint := look.Note(lang.L("Select a photo or a block of the story to see its words here."))
	hint.Centre()
	in.nothing = look.Column(0, look.Gap(120), look.Inset(0, 24, hint))
	in.panels = container.NewStack(in.photo.body, in.essay.body, in.block.body, in.many.body, in.nothing)
	in.scroll = container.NewVScroll(container.New(sides{}, in.panels, container.NewWithoutLayout(in.offered)))
	in.ExtendBaseWidget(in)
	in.ShowNothing()
	return in
}

// sides keeps the fields off the edges, with room for the scroll bar.
type sides struct{}

const side, foot = 16, 28

func (sides) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().Add(fyne.NewSize(2*side, 12+foot))
}

func (sides) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.NewPos(side, 12))
	objects[0].Resize(fyne.NewSize(size.Width-2*side, size.Height-12-foot))
	objects[1].Resize(size)
}

// SetThemes lists the page themes on offer.
func (in *Inspector) SetThemes(themes []Theme) { in.essay.setThemes(themes) }

// SetReadOnly shows everything without letting it be edited.
func (in *Inspector) SetReadOnly(on bool) { in.readOnly = on }

// ShowEssay shows an essay's head.
func (in *Inspector) ShowEssay(e *project.Essay) {
	in.turnTo(fmt.Sprintf("essay:%d", e.ID), in.essay.body)
	in.essay.show(*e)
	in.panels.Refresh()
}

// ShowPhoto shows a photo, and how the story uses it where pl is not nil. found
// is what the original's own fields said, disagree the fields in which they
// differ (names as photo.Fields gives them).
func (in *Inspector) ShowPhoto(ph project.Photo, pl *project.Placement, found []photo.Reading, disagree []string) {
	subject := fmt.Sprintf("photo:%d", ph.ID)
	if pl != nil {
		subject += fmt.Sprintf(":placement:%d", pl.ID)
	}
	in.turnTo(subject, in.photo.body)
	in.photo.show(ph, pl, found, disagree)
	in.panels.Refresh()
}

// ShowBlock shows a block's settings.
func (in *Inspector) ShowBlock(b *project.Block) {
	in.turnTo(fmt.Sprintf("block:%d", b.ID), in.block.body)
	in.block.show(*b)
	in.panels.Refresh()
}

// ShowNothing shows a hint.
func (in *Inspector) ShowNothing() { in.turnTo("", in.nothing) }

// turnTo brings a panel to the front. For another subject the typing on the
// last one is reported first; for the same one everything stays as it is.
func (in *Inspector) turnTo(subject string, body fyne.CanvasObject) {
	if subject != in.subject {
		if in.offered.of != nil {
			in.offered.of.hide()
		}
		in.Flush()
		in.forget()
		in.subject = subject
		in.scroll.Offset = fyne.Position{}
		in.scroll.Refresh()
	}
	for _, o := range in.panels.Objects {
		if o == body {
			o.Show()
		} else {
			o.Hide()
		}
	}
}

// forget lets go of texts that were never valid; what was not kept is reported
// again later.
func (in *Inspector) forget() {
	was := in.Pending()
	for _, f := range in.fields() {
		if f.unkept {
			in.late = append(in.late, f.report())
		}
		f.unkept, f.invalid = false, false
	}
	if was {
		in.tellPending()
	}
}

// Drop forgets what was not kept, with the project it belongs to.
func (in *Inspector) Drop() {
	in.late = nil
	for _, f := range in.fields() {
		f.unkept, f.invalid = false, false
	}
}

func (in *Inspector) fields() []*field {
	return append(append(append([]*field{}, in.photo.fields...), in.essay.fields...), in.block.fields...)
}

// Flush reports typing that was not reported yet. The window calls it before
// undo, closing and exporting.
func (in *Inspector) Flush() {
	in.turn++
	if in.timer != nil {
		in.timer.Stop()
		in.timer = nil
	}
	if !in.unreported() {
		return
	}
	late := in.late
	in.late = nil
	for i, send := range late {
		if !send() {
			in.late = append(late[i:], in.late...)
			break
		}
	}
	if f := in.pending; f != nil {
		in.pending, f.unkept = nil, true
	}
	for _, f := range in.fields() {
		if f.unkept {
			f.unkept = false
			subject := in.subject
			if !f.report()() && subject == in.subject {
				f.unkept = true
			}
		}
	}
	in.tellPending()
}

// unreported reports whether something typed can be reported, or reported again.
func (in *Inspector) unreported() bool {
	return in.pending != nil || len(in.late) > 0 ||
		slices.ContainsFunc(in.fields(), func(f *field) bool { return f.unkept })
}

// Pending reports whether something typed has still to be kept.
func (in *Inspector) Pending() bool { return in.unreported() || in.Invalid() }

// Invalid reports whether a field holds what can't be kept as it stands; its
// remark says why.
func (in *Inspector) Invalid() bool {
	return slices.ContainsFunc(in.fields(), func(f *field) bool { return f.invalid })
}

func (in *Inspector) tellPending() {
	if in.OnPending != nil {
		in.OnPending()
	}
}

// FocusCaption puts the caret into the caption of the photo shown.
func (in *Inspector) FocusCaption() {
	f := in.photo.ownCaption
	if in.photo.placement != nil {
		f = in.photo.caption
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(f.entry); c != nil && in.photo.body.Visible() {
		c.Focus(f.entry)
	}
}

// typed notes that a field was typed into and reports it when the typing pauses.
func (in *Inspector) typed(f *field) {
	if in.pending != nil && in.pending != f {
		in.Flush()
	}
	if in.pending == nil {
		in.pending = f
		in.tellPending()
	}
	in.turn++
	turn := in.turn
	if in.timer != nil {
		in.timer.Stop()
	}
	if in.loader == nil {
		return // nobody to come back on: Flush reports
	}
	in.timer = time.AfterFunc(in.pause, func() {
		in.loader.Do(func() {
			if turn == in.turn {
				in.Flush()
			}
		})
	})
}

// CreateRenderer links the widget to Fyne.
func (in *Inspector) CreateRenderer() fyne.WidgetRenderer {
	in.ExtendBaseWidget(in)
	return widget.NewSimpleRenderer(in.scroll)
}

// MinSize is what the fields need to be used.
func (in *Inspector) MinSize() fyne.Size {
	in.ExtendBaseWidget(in)
	return fyne.NewSize(260, 200)
}
