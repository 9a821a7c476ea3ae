package story

// This file owns the essay's head on the page: headline, standfirst, and the
// line that says who wrote it and where.

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"photodesk/project"
	"photodesk/ui/look"
)

type head struct {
	c          *Column
	headline   *field
	standfirst *field
	line       *look.Text
	rule       *container.ThemeOverride
}

func newHead(c *Column) *head {
	h := &head{c: c, line: c.text("", look.Muted, c.face(roleMeta).size), rule: container.NewThemeOverride(look.Rule(), paper{c})}
	report := func(string) bool {
		if c.essay == nil || c.OnHead == nil {
			return true
		}
		e := *c.essay
		e.Headline, e.Standfirst = h.headline.Text, h.standfirst.Text
		return c.OnHead(e)
	}
	h.headline = newField(c, nil, roleHeadline, lang.L("Headline"), report)
	h.standfirst = newField(c, nil, roleStandfirst, lang.L("Standfirst: what the essay is about, in a sentence or two"), report)
	for _, f := range h.fields() {
		f.focused = func(on bool) {
			if !on {
				f.flush()
				return
			}
			c.choose(0, 0)
		}
	}
	h.wear()
	// A headline is one line however it wraps: Enter goes on to the next field.
	h.headline.key = onReturn(func() { c.focusField(h.standfirst, true) })
	h.standfirst.key = onReturn(func() {
		if len(c.rows) > 0 {
			c.Focus(c.rows[0].block.ID)
		}
	})
	return h
}

// onReturn takes the Enter key for something else than a new line.
func onReturn(do func()) func(*fyne.KeyEvent) bool {
	return func(ev *fyne.KeyEvent) bool {
		if ev.Name == fyne.KeyReturn || ev.Name == fyne.KeyEnter {
			do()
			return true
		}
		return false
	}
}

// wear sets the line as the page's theme has it; the fields do so themselves.
func (h *head) wear() {
	f := h.c.face(roleMeta)
	h.line.TextSize, h.line.Alignment = f.size, fyne.TextAlignLeading
	if f.centred {
		h.line.Alignment = fyne.TextAlignCenter
	}
	h.line.Refresh()
	h.rule.Refresh()
}

func (h *head) fields() []*field { return []*field{h.headline, h.standfirst} }

func (h *head) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{h.headline.box, h.standfirst.box, h.line, h.rule}
}

func (h *head) update(e *project.Essay) {
	h.headline.show(e.Headline)
	h.standfirst.show(e.Standfirst)
	var parts []string
	if e.Byline != "" {
		parts = append(parts, "By "+e.Byline)
	}
	if e.Dateline != "" {
		parts = append(parts, e.Dateline)
	}
	h.line.SetText(strings.Join(parts, "  ·  "))
}

func (h *head) arrange(x, y, w float32) float32 {
	y += h.headline.place(x, y, w)
	y += h.standfirst.place(x, y, w)
	h.line.Hidden = h.line.Text == ""
	if !h.line.Hidden {
		y += 6
		h.line.Move(fyne.NewPos(x, y))
		h.line.Resize(fyne.NewSize(w, h.line.MinSize().Height))
		y += h.line.MinSize().Height
	}
	y += 16
	h.rule.Move(fyne.NewPos(x, y))
	h.rule.Resize(fyne.NewSize(w, h.rule.MinSize().Height))
	return y + 8
}
