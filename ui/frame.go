package ui

// This file owns how the rooms stand in the window, the row of main actions
// above them, and what of it is remembered.

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	fynetooltip "github.com/dweymouth/fyne-tooltip"
	tooltip "github.com/dweymouth/fyne-tooltip/widget"

	"photodesk/ui/look"
	"photodesk/ui/words"
)

const (
	prefWidth  = "window.width"
	prefHeight = "window.height"
	prefLeft   = "pane.left"
	prefRight  = "pane.right"
	prefEssays = "pane.essays"
	prefLook   = "look" // a variant of look
	prefOrder  = "library.order"
	prefTile   = "library.tile"
)

type frame struct {
	content fyne.CanvasObject
	page    *fyne.Container // over the rooms: the welcome page, while there is no project
	size    fyne.Size
	left    *panes          // side | rest
	right   *panes          // story | inspector
	side    *panes          // essays / library
	centre  *fyne.Container // the story, and the check under it
	bar     fyne.CanvasObject
	blank   fyne.CanvasObject
	actions []*widget.Button // that need an essay
}

func (u *App) makeFrame() *frame {
	f := &frame{}
	p := u.app.Preferences()
	f.size = fyne.NewSize(float32(p.FloatWithFallback(prefWidth, 1480)), float32(p.FloatWithFallback(prefHeight, 920)))

	f.blank = u.blank()
	f.centre = container.NewBorder(nil, u.problems, nil, nil, container.NewStack(u.story, f.blank))
	pane := func(name string, size float64) float32 { return float32(p.FloatWithFallback(name, size)) }
	f.side = newPanes(u.essays.content, look.Inset(4, 0, u.library), true, true, pane(prefEssays, 190), 90)
	rtl := words.RightToLeft() // the whole window is mirrored
	f.right = newPanes(u.inspector, f.centre, rtl, false, pane(prefRight, 350), 260)
	f.left = newPanes(f.side, f.right, !rtl, false, pane(prefLeft, 310), 200)

	f.bar = u.toolbar(f)
	f.page = container.NewStack()
	f.content = container.New(flush{}, f.bar, u.bar, container.NewStack(f.left, u.captions.Captioning, u.tools.Room, f.page))
	return f
}

// whole is the content with the layer that tooltips are shown in.
func (f *frame) whole(w fyne.Window) fyne.CanvasObject {
	return fynetooltip.AddWindowToolTipLayer(f.content, w.Canvas())
}

// welcomed shows a page in place of the rooms; nil shows the rooms.
func (f *frame) welcomed(page fyne.CanvasObject) {
	f.page.Objects = nil
	if page != nil {
		f.page.Objects = []fyne.CanvasObject{page}
		f.left.Hide() // the keys don't reach what is not seen
	} else {
		f.left.Show()
	}
	f.page.Refresh()
}

// flush puts a bar above and one below the rooms, without space between them.
type flush struct{}

func (flush) MinSize(o []fyne.CanvasObject) fyne.Size {
	top, foot, mid := barSize(o[0]), o[1].MinSize(), o[2].MinSize()
	return fyne.NewSize(max(top.Width, foot.Width, mid.Width), top.Height+foot.Height+mid.Height)
}

func (flush) Layout(o []fyne.CanvasObject, s fyne.Size) {
	top, foot := barSize(o[0]).Height, o[1].MinSize().Height
	o[0].Resize(fyne.NewSize(s.Width, top))
	o[1].Move(fyne.NewPos(0, s.Height-foot))
	o[1].Resize(fyne.NewSize(s.Width, foot))
	o[2].Move(fyne.NewPos(0, top))
	o[2].Resize(fyne.NewSize(s.Width, s.Height-top-foot))
}

// barSize is what the bar above needs: nothing while a room does without it.
func barSize(bar fyne.CanvasObject) fyne.Size {
	if !bar.Visible() {
		return fyne.Size{}
	}
	return bar.MinSize()
}

// blank stands in the middle while there is no essay.
func (u *App) blank() fyne.CanvasObject {
	title := look.Title(lang.L("No essay yet"))
	title.Alignment = fyne.TextAlignCenter
	note := look.Note(lang.L("Begin one, or paste a story as it came from the wire."))
	note.Centre()
	begin := widget.NewButton(lang.L("New essay…"), u.guard("new essay", u.newEssay))
	begin.Importance = widget.HighImportance
	paste := widget.NewButton(lang.L("Paste story…"), u.guard("paste", u.pasteStory))
	return container.NewStack(look.Ground(look.Sheet),
		container.NewCenter(look.Column(10, strut(320, 0), title, note, container.NewCenter(container.NewHBox(begin, paste)))))
}

func (f *frame) storyShown(on bool) {
	f.blank.Hide()
	if !on {
		f.blank.Show()
	}
	for _, b := range f.actions {
		if on {
			b.Enable()
		} else {
			b.Disable()
		}
	}
}

func (u *App) toolbar(f *frame) fyne.CanvasObject {
	keysOf := map[string]string{}
	for _, c := range u.commands() {
		keysOf[c.Name] = c.Keys
	}
	button := func(name string, icon fyne.Resource, essay bool, do func()) *tooltip.Button {
		b := tooltip.NewButtonWithIcon(name, icon, u.guard(name, do))
		b.Importance = widget.LowImportance
		b.SetToolTip(keysOf[name])
		if essay {
			f.actions = append(f.actions, &b.Button)
		}
		return b
	}
	export := button(lang.L("Export…"), theme.UploadIcon(), true, u.export)
	export.Importance = widget.HighImportance
	row := container.New(layout.NewCustomPaddedHBoxLayout(4),
		button(lang.L("Import…"), theme.DownloadIcon(), false, u.importDialog),
		button(lang.L("Paste story…"), theme.ContentPasteIcon(), false, u.pasteStory),
		layout.NewSpacer(),
		button(lang.L("Gallery preview"), theme.MediaPhotoIcon(), true, u.galleryPreview),
		button(lang.L("Preview in browser"), theme.ComputerIcon(), true, u.browserPreview),
		button(lang.L("Check"), theme.ConfirmIcon(), true, u.check),
		export,
	)
	if words.RightToLeft() {
		slices.Reverse(row.Objects)
	}
	return look.Column(0, look.Inset(5, 8, row), look.Rule())
}

// remember keeps the window's size and its panes for the next time.
func (u *App) remember() {
	p := u.app.Preferences()
	if size := u.win.Canvas().Size(); size.Width > 200 && size.Height > 200 && !u.win.FullScreen() {
		p.SetFloat(prefWidth, float64(size.Width))
		p.SetFloat(prefHeight, float64(size.Height))
	}
	p.SetFloat(prefLeft, float64(u.frame.left.size))
	p.SetFloat(prefRight, float64(u.frame.right.size))
	p.SetFloat(prefEssays, float64(u.frame.side.size))
}

// dress puts on the look the editor chose.
func (u *App) dress() {
	p := u.app.Preferences()
	u.app.Settings().SetTheme(look.Chosen(look.Choice{
		Variant: p.String(prefLook), Contrast: p.Bool(prefContrast), Scale: u.textScale(),
	}))
}

func (u *App) setLook(name string) {
	u.app.Preferences().SetString(prefLook, name)
	u.dress()
	u.menu.update(u)
}

// strut holds a size open.
func strut(w, h float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(w, h))
	return r
}
