package inspector

// This file owns the part of an essay's panel that says what its voters are
// held to.

import (
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"
	"photodesk/ui/look"
)

// minute is how an editor writes a moment, in the machine's zone.
const minute = "2006-01-02 15:04"

func (p *essayPanel) addRules() {
	at := func(title, label, fold string, of func() *time.Time) *field {
		return p.add(spec{
			title: title, hint: "2026-12-24 18:00", write: func(text string) string { return writeMoment(text, of()) },
			report: func() func() bool { return p.report(label, fold) },
		})
	}
	p.opens = at(lang.L("Opens"), lang.L("Change when votes open"), "opens", func() *time.Time { return &p.e.VoteRules.Opens })
	p.closes = at(lang.L("Closes"), lang.L("Change when votes close"), "closes", func() *time.Time { return &p.e.VoteRules.Closes })
	check := func(title string, of func() *bool) *widget.Check {
		return widget.NewCheck(title, func(on bool) {
			p.change(lang.L("Change vote rules"), func() { *of() = on })
		})
	}
	p.upvotesOnly = check(lang.L("Upvotes only"), func() *bool { return &p.e.VoteRules.UpvotesOnly })
	p.hidden = check(lang.L("Hide results until a reader has voted"), func() *bool { return &p.e.VoteRules.Hidden })
	p.signIn = check(lang.L("Readers sign in to vote"), func() *bool { return &p.e.VoteRules.SignIn })
}

func (p *essayPanel) fillRules() {
	r := p.e.VoteRules
	p.opens.load(moment(r.Opens))
	p.closes.load(moment(r.Closes))
	look.Tick(p.upvotesOnly, r.UpvotesOnly)
	look.Tick(p.hidden, r.Hidden)
	look.Tick(p.signIn, r.SignIn)
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(time.Local).Format(minute)
}

// writeMoment reads a moment into at, or says what is wrong with it. One that is
// shown as it is stays, with its seconds and the zone in which it was written.
func writeMoment(text string, at *time.Time) string {
	text = strings.Join(strings.Fields(text), " ")
	if text == moment(*at) {
		return ""
	}
	if text == "" {
		*at = time.Time{}
		return ""
	}
	t, err := time.ParseInLocation(minute, text, time.Local)
	wall, errWall := time.Parse(minute, text)
	switch {
	case err != nil || errWall != nil:
		return lang.L("Write day and time such as 2026-12-24 18:00.")
	case t.Format(minute) != wall.Format(minute):
		return lang.L("That time doesn’t exist in this machine’s zone: the clocks go forward then.")
	case t.Year() < 1971 || t.Year() > 2105:
		return lang.L("Write a year from 1971 to 2105.")
	}
	*at = t
	return ""
}

// zoneName is what the machine's zone is called.
func zoneName() string {
	name, _ := time.Now().Zone()
	if whole := time.Local.String(); strings.Contains(whole, "/") { // Europe/Paris, where the system says
		return whole
	}
	return name
}
