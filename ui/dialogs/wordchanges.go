package dialogs

// This file owns the list of what would change in many photos' words, before it does.

import (
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
	"photodesk/ui/look"
	"photodesk/ui/words"
)

// fieldTitle is a field as the window calls it.
func fieldTitle(f project.Field) string {
	switch f {
	case project.FieldCaption:
		return lang.L("Caption")
	case project.FieldHeadline:
		return lang.L("Headline")
	case project.FieldCredit:
		return lang.L("Credit line")
	case project.FieldByline:
		return lang.L("Byline")
	case project.FieldAlt:
		return lang.L("Alt text")
	case project.FieldCity:
		return lang.L("City")
	case project.FieldState:
		return lang.L("State")
	case project.FieldCountry:
		return lang.L("Country")
	case project.FieldSource:
		return lang.L("Source")
	case project.FieldCopyright:
		return lang.L("Copyright")
	}
	return lang.L("Keywords")
}

// wordChanges shows changes, as many rows as there are: only those in sight are made.
type wordChanges struct {
	list    []project.WordChange
	widget  *escList
	nothing *look.Paragraph
	body    fyne.CanvasObject
}

func newWordChanges(escape func()) *wordChanges {
	w := &wordChanges{nothing: look.Note("")}
	w.nothing.Centre()
	w.widget = &escList{escape: escape}
	w.widget.Length = func() int { return len(w.list) }
	w.widget.CreateItem = func() fyne.CanvasObject { return newChangeRow() }
	w.widget.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) { o.(*wordChangeRow).set(w.list[i]) }
	w.widget.OnSelected = func(widget.ListItemID) { w.widget.UnselectAll() }
	w.widget.HideSeparators = true
	w.widget.ExtendBaseWidget(w.widget)
	w.body = framed(container.NewStack(w.widget, container.NewCenter(look.Column(0, look.Wide(300), w.nothing))))
	return w
}

// set shows other changes; why says what there is to say when there are none.
func (w *wordChanges) set(list []project.WordChange, why string) {
	w.list = list
	w.nothing.SetText(why)
	w.nothing.Hidden = len(list) > 0
	w.nothing.Refresh()
	w.widget.Refresh()
	w.widget.ScrollToTop()
}

// photos is how many photos the changes are about.
func (w *wordChanges) photos() int {
	seen := map[int64]bool{}
	for _, c := range w.list {
		seen[c.PhotoID] = true
	}
	return len(seen)
}

// wordChangeRow is one change: where, as it reads, as it would read.
type wordChangeRow struct {
	widget.BaseWidget
	name, field   *look.Text
	before, after *look.Text
	flag          *look.Text
	body          *fyne.Container
}

func newChangeRow() *wordChangeRow {
	r := &wordChangeRow{
		name: look.NewText("", look.Ink, look.TextBody), field: look.NewText("", look.Muted, look.TextSmall),
		before: look.NewText("", look.Muted, look.TextBody), after: look.NewText("", look.Ink, look.TextBody),
		flag: look.NewText("", look.Warning, look.TextSmall),
	}
	r.name.Truncate, r.name.Style.Bold, r.before.Truncate, r.after.Truncate = true, true, true, true
	label := func(text string) fyne.CanvasObject {
		return container.New(columns{wide: 34}, look.NewText(text, look.Muted, look.TextSmall))
	}
	r.body = look.Inset(7, 12, look.Column(2,
		container.NewBorder(nil, nil, nil, look.Row(12, look.Middle(r.flag), look.Middle(r.field)), r.name),
		container.NewBorder(nil, nil, label(lang.L("Was")), nil, r.before),
		container.NewBorder(nil, nil, label(lang.L("Now")), nil, r.after)))
	r.ExtendBaseWidget(r)
	return r
}

func (r *wordChangeRow) set(c project.WordChange) {
	field := fieldTitle(c.Field)
	if c.PlacementID != 0 {
		field += ", " + lang.L("in the story")
	}
	r.name.Text, r.field.Text = c.Name, field
	before, after := around(oneLine(c.Before), oneLine(c.After))
	r.before.Text, r.after.Text = before, after
	r.after.Color = look.Ink
	if c.Before == "" {
		r.before.Text = "–"
	}
	if c.After == "" {
		r.after.Text, r.after.Color = lang.L("nothing: it is emptied"), look.Warning
	}
	r.flag.Text = ""
	if len(c.Left) > 0 {
		r.flag.Text = lang.L("Left as it is: ") + strings.Join(c.Left, " ")
	}
	r.body.Refresh()
}

// CreateRenderer links the widget to Fyne.
func (r *wordChangeRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.body) }

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// around leaves out what two long texts begin with alike, so that where they
// differ is in sight.
func around(a, b string) (string, string) {
	const lead = 24 // characters kept before the difference
	x, y := []rune(a), []rune(b)
	same := 0
	for same < len(x) && same < len(y) && x[same] == y[same] {
		same++
	}
	if same <= 2*lead || len(x) < 70 && len(y) < 70 {
		return a, b
	}
	from := same - lead
	for from > 0 && x[from-1] != ' ' {
		from--
	}
	return "… " + string(x[from:]), "… " + string(y[from:])
}

// CaptionTable shows what a table of captions would change, and the rows that
// match no photo. apply gets the changes; nil where the project can't be changed.
func CaptionTable(win fyne.Window, name string, table project.CaptionTable, apply func([]project.WordChange)) {
	newCaptionTable(win, name, table, apply)
}

func newCaptionTable(win fyne.Window, name string, table project.CaptionTable, apply func([]project.WordChange)) *sheet {
	var s *sheet
	shut := func() { s.close() }
	changes := newWordChanges(shut)
	changes.set(table.Changes, lang.L("Every row reads as the library has it."))
	note := number(table.Rows, lang.L("row matches a photo"), lang.L("rows match a photo")) + ". " + lang.L("An empty cell changes nothing; a cell that says {empty} empties its field.")
	body := changes.body
	if len(table.Trouble)+len(table.Unknown) > 0 {
		rows := look.Column(6)
		if len(table.Trouble) > 0 {
			rows.Add(look.Caps(lang.L("Rows left aside") + " · " + strconv.Itoa(len(table.Trouble))))
		}
		for i, t := range table.Trouble {
			if i == 200 { // more than anybody reads here
				rows.Add(look.Note("… " + strconv.Itoa(len(table.Trouble)-i)))
				break
			}
			line := lang.L("Line") + " " + strconv.Itoa(t.Line)
			if t.Name != "" {
				line += ", " + t.Name
			}
			rows.Add(look.NewParagraph(line+": "+words.Say(t.Says.Pattern, t.Says.Values...)+".", look.Warning, theme.SizeNameText))
		}
		if len(table.Unknown) > 0 {
			rows.Add(look.Note(lang.L("Columns that mean nothing here: ") + strings.Join(table.Unknown, ", ")))
		}
		body = container.New(columnsDown{share: 0.64, space: 12}, body, panel(rows))
	}
	ok := primary(changeLabel(len(table.Changes)), func() {
		s.close()
		apply(table.Changes)
	})
	if len(table.Changes) == 0 || apply == nil {
		ok.Disable()
	}
	s = newSheet(win, lang.L("Captions from")+" "+name, note, body, look.NewButton(lang.L("Cancel"), shut), ok).show(fyne.NewSize(820, 640))
	return s
}

// changeLabel names the button that makes changes.
func changeLabel(n int) string {
	if n == 1 {
		return lang.L("Change 1 field")
	}
	return fmt.Sprintf(lang.L("Change %d fields"), n)
}

// columnsDown stands two things below each other, the first with its share of the height.
type columnsDown struct{ share, space float32 }

func (c columnsDown) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width), a.Height+b.Height+c.space)
}

func (c columnsDown) Layout(o []fyne.CanvasObject, size fyne.Size) {
	first := (size.Height - c.space) * c.share
	o[0].Resize(fyne.NewSize(size.Width, first))
	o[1].Move(fyne.NewPos(0, first+c.space))
	o[1].Resize(fyne.NewSize(size.Width, size.Height-first-c.space))
}
