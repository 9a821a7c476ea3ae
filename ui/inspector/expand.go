package inspector

// This file owns short writing in fields: codes and variables written out when a
// field is left, and completion by what was written before.

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"photodesk/project"
	"photodesk/project/wording"
)

// subject is the photo with its words, as the working copy has them.
func (p *photoPanel) subject() project.Words {
	return project.Words{Photo: p.ph, Placement: p.placement}
}

// expansion is what a text of the field would be written out as.
func (f *field) expansion(text string) (wording.Expansion, bool) {
	if !f.expands || f.in.OnExpand == nil || !wording.Expands(text) {
		return wording.Expansion{}, false
	}
	p := f.in.photo
	return f.in.OnExpand(text, p.subject(), f == p.caption || f == p.ownCaption), true
}

// unexpanded says what could not be written out.
func (f *field) unexpanded(text string) []string {
	e, ok := f.expansion(text)
	if !ok {
		return nil
	}
	var out []string
	if len(e.Unknown) > 0 {
		out = append(out, lang.L("Unknown, left as it is: ")+strings.Join(e.Unknown, " "))
	}
	if len(e.Empty) > 0 {
		out = append(out, lang.L("This photo has no words for ")+strings.Join(e.Empty, " "))
	}
	return out
}

// expand writes codes and variables out.
func (f *field) expand() {
	if f.in.readOnly {
		return
	}
	e, ok := f.expansion(f.entry.Text)
	if !ok || !e.Changed {
		return
	}
	f.entry.SetText(e.Text)
	toEnd(f.entry)
}

// toEnd puts the caret behind the last word. Where the rows of a wrapped text
// end is the entry's own business: its keys know.
func toEnd(e *entry) {
	if e.MultiLine {
		e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
		return
	}
	e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
}

// leave is the end of typing in a field.
func (f *field) leave() {
	if f.typed {
		f.expand()
	}
	if f.past != nil {
		f.past.hide()
	}
	f.in.Flush()
}

// ExpandFocused writes out the codes and variables of the field that has the
// caret; it reports whether there is one.
func (in *Inspector) ExpandFocused(focused any) bool {
	for _, f := range in.fields() {
		if e, ok := focused.(*entry); ok && e == f.entry {
			f.expand()
			in.Flush()
			return true
		}
	}
	return false
}

func (in *Inspector) used() (credits, bylines []string) {
	if in.OnUsed == nil {
		return nil, nil
	}
	return in.OnUsed()
}

// past completes a field by what such fields say already: Down and Up go
// through it.
type past struct {
	f       *field
	list    func() []string
	stem    string // what was typed; the rest is offered
	at      int    // of the offers, -1: what was typed
	putting bool
}

// offers are how many a field shows.
const offers = 4

func (f *field) remember(list func() []string) {
	p := &past{f: f, list: list, at: -1}
	f.past = p
	f.entry.came = func() { p.typed(f.entry.Text) }
	f.entry.complete = p.step
}

// matches are the offers for what was typed, its own spelling left out.
func (p *past) matches() []string {
	var out []string
	stem := strings.ToLower(strings.TrimSpace(p.stem))
	for _, one := range p.list() {
		if strings.HasPrefix(strings.ToLower(one), stem) && one != p.stem {
			out = append(out, one)
		}
	}
	for _, one := range p.list() { // a name within: "doe" finds "Jane Doe/AP"
		if stem != "" && one != p.stem && !slices.Contains(out, one) && strings.Contains(strings.ToLower(one), stem) {
			out = append(out, one)
		}
	}
	return out[:min(len(out), 20)]
}

func (p *past) typed(text string) {
	if p.putting || p.f.loading {
		return
	}
	p.stem, p.at = text, -1
	p.show()
}

func (p *past) show() {
	list := p.matches()
	if len(list) == 0 || p.f.in.readOnly || !p.focused() {
		p.hide()
		return
	}
	p.f.in.offered.show(p, list, p.at)
}

func (p *past) focused() bool {
	c := canvasOf(p.f.entry)
	return c != nil && c.Focused() == p.f.entry
}

func (p *past) hide() {
	if l := p.f.in.offered; l.of == p {
		l.of = nil
		l.Hide()
	}
}

// take puts an offer into the field.
func (p *past) take(text string) {
	p.putting = true
	p.f.entry.SetText(text)
	p.putting = false
	toEnd(p.f.entry)
	p.hide()
}

// step puts the next or the last offer into the field, or what was typed again.
func (p *past) step(by int) bool {
	list := p.matches()
	if len(list) == 0 || p.f.in.readOnly {
		return false
	}
	p.at = max(min(p.at+by, len(list)-1), -1)
	text := p.stem
	if p.at >= 0 {
		text = list[p.at]
	}
	p.putting = true
	p.f.entry.SetText(text)
	p.putting = false
	toEnd(p.f.entry)
	p.show()
	return true
}
