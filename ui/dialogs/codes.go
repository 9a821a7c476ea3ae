package dialogs

// This file owns the desk's own lists: code replacements and templates.

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"photodesk/project"
	"photodesk/project/wording"
	"photodesk/ui/look"
	"photodesk/ui/words"
)

// codesForm is the list of codes on screen, as text: a line a code, tabs between
// it and what it stands for, as the files have it that desks exchange.
type codesForm struct {
	text  *textEntry
	said  *look.Paragraph
	save  *look.Button
	sheet *sheet
}

// Codes shows the list to edit. load asks for a file and calls back with its
// text; keep gets the list.
func Codes(win fyne.Window, list []wording.Code, load func(func(text string)), keep func([]wording.Code)) {
	newCodes(win, list, load, keep)
}

func newCodes(win fyne.Window, list []wording.Code, load func(func(text string)), keep func([]wording.Code)) *codesForm {
	x := &codesForm{said: look.Note("")}
	x.save = primary(lang.L("Save"), func() {
		codes, trouble := wording.ParseCodes(x.text.Text)
		if len(trouble) > 0 {
			return
		}
		x.sheet.close()
		keep(codes)
	})
	x.text = newTextEntry(func() { x.sheet.close() }, func() { x.save.OnTapped() })
	x.text.SetPlaceHolder("9\tJane Doe (9)\tDoe")
	x.text.SetText(wording.FormatCodes(list))
	x.text.OnChanged = func(string) { x.weigh() }
	bring := quiet(lang.L("Import a list…"), func() {
		load(func(text string) { x.merge(text) })
	})
	body := container.NewBorder(nil, look.Inset(6, 0, x.said), nil, nil, x.text)
	x.sheet = newSheet(win, lang.L("Code replacements"),
		lang.L("A line a code: the code, a tab, what it stands for, further alternatives after further tabs. In a caption, \\9\\ or =9= writes it out, \\9#2\\ its second alternative."),
		body, bring, look.NewButton(lang.L("Cancel"), func() { x.sheet.close() }), x.save).show(fyne.NewSize(720, 560))
	x.weigh()
	win.Canvas().Focus(x.text)
	return x
}

// merge adds an imported list; of a code that is there already the imported one counts.
func (x *codesForm) merge(text string) {
	old, trouble := wording.ParseCodes(x.text.Text)
	brought, broken := wording.ParseCodes(text)
	if len(trouble) > 0 { // what is being written stays as it stands
		x.text.SetText(strings.TrimRight(x.text.Text, "\n") + "\n" + text)
		return
	}
	all, _ := wording.ParseCodes(wording.FormatCodes(old) + wording.FormatCodes(brought))
	x.text.SetText(wording.FormatCodes(all))
	if len(broken) > 0 {
		x.say(lang.L("Left aside: ")+troubles(broken, "; "), look.Warning)
	}
}

func (x *codesForm) weigh() {
	codes, trouble := wording.ParseCodes(x.text.Text)
	if len(trouble) > 0 {
		x.say(troubles(trouble, "\n"), look.Warning)
		x.save.Disable()
		return
	}
	x.say(number(len(codes), lang.L("code"), lang.L("codes")), look.Muted)
	x.save.Enable()
}

// troubles says what is wrong with the first lines that are no codes.
func troubles(list []wording.CodeTrouble, between string) string {
	var out []string
	for _, t := range list[:min(len(list), 3)] {
		out = append(out, fmt.Sprintf(lang.L("Line %d, “%s”: %s"), t.Line, t.Text, words.Say(t.Err.Pattern, t.Err.Values...)))
	}
	return strings.Join(out, between)
}

func (x *codesForm) say(words string, colour fyne.ThemeColorName) {
	x.said.SetText(words)
	x.said.SetColor(colour)
}

// textEntry is a text of many lines: Escape closes the sheet, Ctrl+Enter answers it.
type textEntry struct {
	widget.Entry
	escape, done func()
}

func newTextEntry(escape, done func()) *textEntry {
	e := &textEntry{escape: escape, done: done}
	e.MultiLine, e.Wrapping = true, fyne.TextWrapOff
	e.ExtendBaseWidget(e)
	return e
}

// TypedKey hears Escape.
func (e *textEntry) TypedKey(ev *fyne.KeyEvent) {
	if ev.Name == fyne.KeyEscape {
		e.escape()
		return
	}
	e.Entry.TypedKey(ev)
}

// TypedShortcut hears Ctrl+Enter.
func (e *textEntry) TypedShortcut(s fyne.Shortcut) {
	if k, ok := s.(fyne.KeyboardShortcut); ok && (k.Key() == fyne.KeyReturn || k.Key() == fyne.KeyEnter) && k.Mod() == fyne.KeyModifierShortcutDefault {
		e.done()
		return
	}
	e.Entry.TypedShortcut(s)
}

// templatesForm is the templates on screen.
type templatesForm struct {
	list   []project.Template
	at     int // -1: a new one
	which  *look.Select
	name   *escEntry
	text   *textEntry
	save   *look.Button
	drop   *look.Button
	sheet  *sheet
	put    func(project.Template) []project.Template
	delete func(id int64) []project.Template
}

// Templates shows the templates to edit. put and remove change one and return
// the list as it is then.
func Templates(win fyne.Window, list []project.Template, put func(project.Template) []project.Template, remove func(id int64) []project.Template) {
	newTemplates(win, list, put, remove)
}

func newTemplates(win fyne.Window, list []project.Template, put func(project.Template) []project.Template, remove func(id int64) []project.Template) *templatesForm {
	x := &templatesForm{list: list, at: -1, put: put, delete: remove}
	shut := func() { x.sheet.close() }
	x.which = look.NewSelect(nil, nil)
	x.name = newEscEntry(shut)
	x.name.SetPlaceHolder(lang.L("Match report"))
	x.save = primary(lang.L("Save template"), x.keep)
	x.text = newTextEntry(shut, x.keep)
	x.text.Wrapping = fyne.TextWrapWord
	x.text.SetMinRowsVisible(5)
	x.text.SetPlaceHolder(`{byline} … in {city}, {country}, on {weekday}, {date}.`)
	x.drop = quiet(lang.L("Delete template"), func() {
		if x.at >= 0 {
			x.list = x.delete(x.list[x.at].ID)
			x.show(-1)
		}
	})
	x.name.OnChanged = func(string) { x.weigh() }
	x.text.OnChanged = func(string) { x.weigh() }
	body := look.Column(12, labelled(lang.L("Template"), x.which), labelled(lang.L("Name"), x.name), labelled(lang.L("Words"), x.text),
		look.Note(lang.L("Variables: ")+Variables()+". "+lang.L("{date:ap}, {date:us} and {date:iso} write the date in other styles.")))
	x.sheet = newSheet(win, lang.L("Templates"), lang.L("Captions that are written again and again. Variables are written out for each photo."),
		body, x.drop, look.NewButton(lang.L("Close"), shut), x.save).show(fyne.NewSize(640, 520))
	x.show(min(0, len(list)-1))
	return x
}

func (x *templatesForm) show(at int) {
	x.at = at
	names := []string{}
	for _, t := range x.list {
		names = append(names, t.Name)
	}
	names = append(names, lang.L("New template…"))
	x.which.OnChanged = nil
	x.which.Options = names
	name, text := "", ""
	if at >= 0 {
		name, text = x.list[at].Name, x.list[at].Text
		x.which.SetSelectedIndex(at)
	} else {
		x.which.SetSelectedIndex(len(names) - 1)
	}
	x.which.OnChanged = func(string) {
		if i := x.which.SelectedIndex(); i < len(x.list) {
			x.show(i)
		} else {
			x.show(-1)
		}
	}
	x.name.SetText(name)
	x.text.SetText(text)
	x.weigh()
	x.sheet.win.Canvas().Focus(x.name)
}

func (x *templatesForm) weigh() {
	x.save.Enable()
	if strings.TrimSpace(x.name.Text) == "" || strings.TrimSpace(x.text.Text) == "" {
		x.save.Disable()
	}
	x.drop.Enable()
	if x.at < 0 {
		x.drop.Disable()
	}
}

func (x *templatesForm) keep() {
	name := strings.TrimSpace(x.name.Text)
	if name == "" || strings.TrimSpace(x.text.Text) == "" {
		return
	}
	x.list = x.put(project.Template{Name: name, Text: x.text.Text})
	for i, t := range x.list {
		if t.Name == name {
			x.show(i)
		}
	}
}

// Reason asks why a warning is overruled; ok gets what was written.
func Reason(win fyne.Window, what string, ok func(reason string)) { newReason(win, what, ok) }

func newReason(win fyne.Window, what string, ok func(reason string)) (*escEntry, *look.Button) {
	var s *sheet
	var keep *look.Button
	entry := newEscEntry(func() { s.close() })
	done := func() {
		reason := strings.TrimSpace(entry.Text)
		if reason == "" {
			return
		}
		s.close()
		ok(reason)
	}
	keep = primary(lang.L("Overrule"), done)
	keep.Disable()
	entry.SetPlaceHolder(lang.L("Why it may stay as it is"))
	entry.OnSubmitted = func(string) { done() }
	entry.OnChanged = func(text string) {
		if strings.TrimSpace(text) == "" {
			keep.Disable()
		} else {
			keep.Enable()
		}
	}
	body := look.Column(12, look.NewParagraph(what, look.Ink, "text"), labelled(lang.L("Reason"), entry),
		look.Note(lang.L("It is kept with the essay, and stands in the bundle’s bundle.json.")))
	s = newSheet(win, lang.L("Overrule a warning"), "", body, look.NewButton(lang.L("Cancel"), func() { s.close() }), keep).show(fyne.NewSize(560, 290))
	win.Canvas().Focus(entry)
	return entry, keep
}
