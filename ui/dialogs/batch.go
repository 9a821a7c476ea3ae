package dialogs

// This file owns the sheet that changes the words of many photos: what to do,
// where, and what it would change.

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"photodesk/project"
	"photodesk/project/wording"
	"photodesk/ui/look"
)

// Scope is a choice of photos that the sheet offers.
type Scope struct {
	Title string
	Words []project.Words
}

// BatchForm is what the sheet needs to know and to tell.
type BatchForm struct {
	Scopes    []Scope // the first is chosen
	Templates []project.Template
	// Plan says what a batch would change.
	Plan func(project.Batch, []project.Words) ([]project.WordChange, error)
	// OK gets the changes the editor has seen.
	OK func(label string, changes []project.WordChange)
}

// batchForm is the sheet on screen.
type batchForm struct {
	BatchForm
	sheet      *sheet
	kind       *look.Select
	scope      *look.Select
	template   *look.Select
	fields     map[project.Field]*look.Check
	find, with *escEntry
	matchCase  *look.Check
	whole      *look.Check
	onlyEmpty  *look.Check
	findBox    fyne.CanvasObject
	withBox    fyne.CanvasObject
	withTitle  *look.Text
	templates  fyne.CanvasObject
	exact      fyne.CanvasObject
	changes    *wordChanges
	said       *look.Text
	apply      *look.Button
	options    *fyne.Container
}

// batchKinds are what can be done, in the order of the list.
var batchKinds = []project.BatchKind{
	project.BatchReplace, project.BatchPrefix, project.BatchSuffix, project.BatchSet, project.BatchExpand,
}

func kindTitle(k project.BatchKind) string {
	switch k {
	case project.BatchReplace:
		return lang.L("Find and replace")
	case project.BatchPrefix:
		return lang.L("Put words before")
	case project.BatchSuffix:
		return lang.L("Put words behind")
	case project.BatchSet:
		return lang.L("Set to, or apply a template")
	}
	return lang.L("Write out codes and variables")
}

// batchFields are the fields on offer.
var batchFields = []project.Field{
	project.FieldCaption, project.FieldHeadline, project.FieldCredit, project.FieldByline, project.FieldAlt, project.FieldKeywords,
	project.FieldCity, project.FieldState, project.FieldCountry,
}

// Batch shows the sheet.
func Batch(win fyne.Window, f BatchForm) { newBatch(win, f) }

func newBatch(win fyne.Window, f BatchForm) *batchForm {
	x := &batchForm{BatchForm: f, fields: map[project.Field]*look.Check{}}
	shut := func() { x.sheet.close() }
	x.changes = newWordChanges(shut)
	x.said = look.NewText("", look.Muted, look.TextSmall)
	x.apply = primary("", func() {
		label, changes := x.batch().Label(), x.changes.list
		x.sheet.close()
		x.OK(label, changes)
	})
	var kinds, scopes, templates []string
	for _, k := range batchKinds {
		kinds = append(kinds, kindTitle(k))
	}
	for _, s := range f.Scopes {
		scopes = append(scopes, s.Title)
	}
	for _, t := range f.Templates {
		templates = append(templates, t.Name)
	}
	x.kind = look.NewSelect(kinds, nil)
	x.scope = look.NewSelect(scopes, nil)
	x.kind.SetSelectedIndex(0)
	x.scope.SetSelectedIndex(0)
	x.template = look.NewSelect(templates, func(name string) {
		for _, t := range f.Templates {
			if t.Name == name {
				x.with.SetText(t.Text)
			}
		}
	})
	x.template.PlaceHolder = lang.L("Take a template…")
	x.find, x.with = newEscEntry(shut), newEscEntry(shut)
	x.with.SetPlaceHolder("{city}, {date} …")
	x.matchCase = look.NewCheck(lang.L("Match case"), func(bool) { x.weigh() })
	x.whole = look.NewCheck(lang.L("Whole words"), func(bool) { x.weigh() })
	x.onlyEmpty = look.NewCheck(lang.L("Only where there is nothing"), func(bool) { x.weigh() })
	boxes := container.NewGridWithColumns(3)
	for _, field := range batchFields {
		c := look.NewCheck(fieldTitle(field), func(bool) { x.weigh() })
		c.Checked = field == project.FieldCaption
		x.fields[field] = c
		boxes.Add(c)
	}
	x.findBox = labelled(lang.L("Find"), x.find)
	x.withTitle = look.NewText(lang.L("Words"), look.Muted, look.TextSmall)
	x.withBox = look.Column(3, x.withTitle, x.with)
	x.templates = x.template
	x.exact = container.NewHBox(x.matchCase, x.whole)
	x.options = look.Column(12,
		container.NewGridWithColumns(2, labelled(lang.L("What to do"), x.kind), labelled(lang.L("Which photos"), x.scope)),
		x.findBox, x.withBox, x.exact, x.onlyEmpty, x.templates,
		labelled(lang.L("In"), boxes))
	for _, e := range []*escEntry{x.find, x.with} {
		e.OnChanged = func(string) { x.weigh() }
	}
	x.kind.OnChanged = func(string) { x.weigh() }
	x.scope.OnChanged = func(string) { x.weigh() }
	body := container.NewBorder(look.Column(12, x.options, look.Caps(lang.L("What would change"))), nil, nil, nil, look.Inset(6, 0, x.changes.body))
	x.sheet = newSheet(win, lang.L("Change many photos"), "", body, look.Middle(x.said), look.NewButton(lang.L("Cancel"), shut), x.apply).
		show(fyne.NewSize(800, 760))
	x.weigh()
	win.Canvas().Focus(x.find)
	return x
}

func (x *batchForm) batch() project.Batch {
	b := project.Batch{
		Kind: batchKinds[max(x.kind.SelectedIndex(), 0)], Find: x.find.Text, With: x.with.Text,
		MatchCase: x.matchCase.Checked, WholeWords: x.whole.Checked, OnlyEmpty: x.onlyEmpty.Checked,
	}
	for _, f := range batchFields {
		if x.fields[f].Checked {
			b.Fields = append(b.Fields, f)
		}
	}
	return b
}

// weigh shows what the batch would change as it stands.
func (x *batchForm) weigh() {
	if x.sheet == nil {
		return
	}
	b := x.batch()
	shown := func(o fyne.CanvasObject, kinds ...project.BatchKind) {
		if slices.Contains(kinds, b.Kind) {
			o.Show()
		} else {
			o.Hide()
		}
	}
	shown(x.findBox, project.BatchReplace)
	shown(x.exact, project.BatchReplace)
	x.withTitle.SetText(lang.L("Words"))
	if b.Kind == project.BatchReplace {
		x.withTitle.SetText(lang.L("Replace by"))
	}
	shown(x.withBox, project.BatchReplace, project.BatchPrefix, project.BatchSuffix, project.BatchSet)
	shown(x.onlyEmpty, project.BatchSet)
	shown(x.templates, project.BatchSet)
	if len(x.Templates) == 0 {
		x.templates.Hide()
	}
	x.options.Refresh()
	words := x.Scopes[max(x.scope.SelectedIndex(), 0)].Words
	list, err := x.Plan(b, words)
	why := lang.L("Nothing would change.")
	if err != nil {
		list, why = nil, lang.L("What would change is shown here.")
	}
	x.changes.set(list, why)
	x.said.SetText("")
	if n := x.changes.photos(); n > 0 {
		x.said.SetText(fmt.Sprintf(lang.L("of %s; one undo takes it back"), number(n, lang.L("photo"), lang.L("photos"))))
	}
	x.apply.SetText(changeLabel(len(list)))
	if len(list) == 0 {
		x.apply.Disable()
	} else {
		x.apply.Enable()
	}
}

// PickTemplate lets the editor choose a template; words is what each would say.
func PickTemplate(win fyne.Window, list []project.Template, words func(project.Template) string, chosen func(project.Template), edit func()) {
	var s *sheet
	rows := look.Column(8)
	var first *look.Button
	for i, t := range list {
		if i > 0 {
			rows.Add(look.Rule())
		}
		use := look.NewButton(lang.L("Use"), func() {
			s.close()
			chosen(t)
		})
		if first == nil {
			first = use
		}
		name := look.NewText(t.Name, look.Ink, look.TextBody)
		name.Style.Bold, name.Truncate = true, true
		rows.Add(container.NewBorder(nil, nil, nil, container.NewVBox(use), look.Column(2, name, look.Note(words(t)))))
	}
	if len(list) == 0 {
		rows.Add(look.Note(lang.L("There is no template yet. Make one, with variables such as {city} and {date} in it.")))
	}
	s = newSheet(win, lang.L("Templates"), lang.L("What each would say of this photo."), panel(rows),
		quiet(lang.L("Edit templates…"), func() { s.close(); edit() }), primary(lang.L("Close"), func() { s.close() })).show(fyne.NewSize(620, 460))
	if first != nil {
		win.Canvas().Focus(first)
	}
}

// Variables lists the variables there are, as they are typed.
func Variables() string {
	out := ""
	for i, v := range wording.Variables {
		if i > 0 {
			out += " "
		}
		out += "{" + v + "}"
	}
	return out
}
