package look

// This file owns grounds, rules, badges and space.

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"photodesk/ui/words"
)

// Area is a rectangle that takes its colours from the theme by name. After a
// field was changed, Refresh shows it.
type Area struct {
	widget.BaseWidget
	Fill   fyne.ThemeColorName // "": none
	Stroke fyne.ThemeColorName // "": none
	Width  float32             // of the stroke
	Radius float32
	Min    fyne.Size
}

// Ground is an area of one colour, to be put behind things with a stack.
func Ground(fill fyne.ThemeColorName) *Area {
	a := &Area{Fill: fill}
	a.ExtendBaseWidget(a)
	return a
}

// Rule is a hairline, horizontal or vertical as its layout stretches it.
func Rule() *Area {
	a := Ground(Hairline)
	a.Min = fyne.NewSize(1, 1)
	return a
}

// CreateRenderer links the widget to Fyne.
func (a *Area) CreateRenderer() fyne.WidgetRenderer {
	a.ExtendBaseWidget(a)
	r := &areaRenderer{a: a, rect: canvas.NewRectangle(color.Transparent)}
	r.update()
	return r
}

type areaRenderer struct {
	a    *Area
	rect *canvas.Rectangle
}

func (r *areaRenderer) update() {
	r.rect.FillColor, r.rect.StrokeColor = color.Transparent, color.Transparent
	if r.a.Fill != "" {
		r.rect.FillColor = theme.ColorForWidget(r.a.Fill, r.a)
	}
	if r.a.Stroke != "" {
		r.rect.StrokeColor = theme.ColorForWidget(r.a.Stroke, r.a)
	}
	r.rect.StrokeWidth, r.rect.CornerRadius = r.a.Width, r.a.Radius
}

func (r *areaRenderer) Layout(size fyne.Size)        { r.rect.Resize(size) }
func (r *areaRenderer) MinSize() fyne.Size           { return r.a.Min }
func (r *areaRenderer) Refresh()                     { r.update(); r.rect.Refresh() }
func (r *areaRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.rect} }
func (r *areaRenderer) Destroy()                     {}

// Badge is a small word on a ground of the named colour. On Warning, Error and
// Accent the word is set in the colour that reads on them.
func Badge(text string, ground fyne.ThemeColorName) fyne.CanvasObject {
	on := Ink
	switch ground {
	case Accent:
		on = OnAccent
	case Warning:
		on = theme.ColorNameForegroundOnWarning
	case Error:
		on = theme.ColorNameForegroundOnError
	case PhotoBadge, Cover:
		on = OnPhoto
	}
	area := Ground(ground)
	area.Radius = 3
	word := NewText(text, on, TextCaps)
	word.Style.Bold = true
	return container.NewStack(area, container.New(layout.NewCustomPaddedLayout(1, 2, 5, 5), word))
}

// Padded puts the same space around all sides of something.
func Padded(space float32, obj fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(space, space, space, space), obj)
}

// Inset puts space above and below, and left and right of something.
func Inset(vertical, horizontal float32, obj fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(vertical, vertical, horizontal, horizontal), obj)
}

// Gap is empty space of a height.
func Gap(height float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(0, height))
	return r
}

// Wide is empty space of a width.
func Wide(width float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(width, 0))
	return r
}

// Column stacks things with a space of its own between them.
func Column(space float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(space), objects...)
}

// Row lines things up with a space of its own between them.
func Row(space float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedHBoxLayout(space), objects...)
}

// Line lines things up as words are read.
func Line(space float32, objects ...fyne.CanvasObject) *fyne.Container {
	if words.RightToLeft() {
		slices.Reverse(objects)
	}
	return Row(space, objects...)
}

// Ends puts one thing where lines begin and another where they end.
func Ends(begin, end fyne.CanvasObject, middle ...fyne.CanvasObject) *fyne.Container {
	if words.RightToLeft() {
		begin, end = end, begin
	}
	return container.NewBorder(nil, nil, begin, end, middle...)
}

// Choices lines up things of one width, as many beside each other as their words
// leave room for, and no more than most.
func Choices(most int, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&choices{most: most}, objects...)
}

type choices struct {
	most  int
	width float32 // that there was the last time; 0: not known yet
}

// rows divides the things evenly.
func (c *choices) rows(objects []fyne.CanvasObject) (rows, columns int, each fyne.Size) {
	n := 0
	for _, o := range objects {
		if o.Visible() {
			n++
			each = each.Max(o.MinSize())
		}
	}
	if n == 0 {
		return 0, 0, each
	}
	columns = min(c.most, n)
	if c.width > 0 {
		gap := theme.Padding()
		columns = min(columns, max(int((c.width+gap)/(each.Width+gap)), 1))
	}
	rows = (n + columns - 1) / columns
	return rows, (n + rows - 1) / rows, each
}

func (c *choices) MinSize(objects []fyne.CanvasObject) fyne.Size {
	rows, _, each := c.rows(objects)
	return fyne.NewSize(each.Width, float32(rows)*each.Height+float32(max(rows-1, 0))*theme.Padding())
}

func (c *choices) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	before, _, _ := c.rows(objects)
	c.width = size.Width
	rows, columns, each := c.rows(objects)
	if rows == 0 {
		return
	}
	gap := theme.Padding()
	each.Width = (size.Width - gap*float32(columns-1)) / float32(columns)
	i := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		column := i % columns
		if words.RightToLeft() {
			column = columns - 1 - column
		}
		o.Move(fyne.NewPos(float32(column)*(each.Width+gap), float32(i/columns)*(each.Height+gap)))
		o.Resize(each)
		i++
	}
	if rows != before {
		canvas.Refresh(objects[0]) // the layout above has to give them another height
	}
}

// Middle keeps something at its own height, in the middle of a row.
func Middle(obj fyne.CanvasObject) *fyne.Container {
	return container.NewVBox(layout.NewSpacer(), obj, layout.NewSpacer())
}
