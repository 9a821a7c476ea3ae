package inspector

import (
	"strings"
	"testing"
	"time"

	"photodesk/project"
)

// inZone has the machine stand in a zone.
func inZone(t *testing.T, name string) {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	was := time.Local
	time.Local = zone
	t.Cleanup(func() { time.Local = was })
}

func TestTimesOfVotesAreTyped(t *testing.T) {
	inZone(t, "Europe/Paris")
	in, w, _ := newRoom(t)
	var labels []string
	var got project.VoteRules
	in.OnEssay = func(label, _ string, e project.Essay) bool {
		labels, got = append(labels, label), e.VoteRules
		return true
	}
	in.ShowEssay(&project.Essay{ID: 1, Slug: "winter", Lang: "en", Dir: "ltr"})
	p := in.essay
	w.Canvas().Focus(p.opens.entry)
	p.opens.entry.SetText("2026-12-24 18:00")
	in.Flush()
	p.closes.entry.SetText(" 2026-06-30  9:05")
	in.Flush()
	for text, want := range map[string]string{
		"tomorrow": "Write day and time", "2026-12-24": "Write day and time", "2026-13-01 10:00": "Write day and time",
		"2026-03-29 02:30": "clocks go forward", "1969-01-01 10:00": "from 1971 to 2105", "2200-01-01 10:00": "from 1971 to 2105",
	} {
		p.closes.entry.SetText(text)
		in.Flush()
		if said := p.closes.remarks.Text(); !strings.Contains(said, want) {
			t.Errorf("%q: it says %q, want %q", text, said, want)
		}
	}
	if want := "2026-12-24T18:00:00+01:00"; got.Opens.Format(time.RFC3339) != want {
		t.Errorf("opens at %v, want %s", got.Opens, want)
	}
	if want := "2026-06-30T09:05:00+02:00"; got.Closes.Format(time.RFC3339) != want {
		t.Errorf("closes at %v, want %s", got.Closes, want)
	}
	p.opens.entry.SetText("")
	in.Flush()
	if !got.Opens.IsZero() || strings.Join(labels, ", ") != "Change when votes open, Change when votes close, Change when votes open" {
		t.Errorf("opens at %v after %q", got.Opens, labels)
	}
}

func TestRulesOfVotesAreShownAndChosen(t *testing.T) {
	inZone(t, "America/New_York")
	in, _, _ := newRoom(t)
	e := project.Essay{ID: 1, Slug: "winter", Lang: "en", Dir: "ltr", VoteRules: project.VoteRules{
		Opens: time.Date(2026, 12, 24, 18, 0, 7, 0, time.FixedZone("", 3600)), Hidden: true,
	}}
	in.ShowEssay(&e)
	p := in.essay
	if p.opens.entry.Text != "2026-12-24 12:00" || p.closes.entry.Text != "" || !p.hidden.Checked || p.upvotesOnly.Checked || p.signIn.Checked {
		t.Errorf("it shows %q to %q, %v %v %v", p.opens.entry.Text, p.closes.entry.Text, p.hidden.Checked, p.upvotesOnly.Checked, p.signIn.Checked)
	}
	var label string
	var got project.VoteRules
	in.OnEssay = func(l, _ string, e project.Essay) bool {
		label, got = l, e.VoteRules
		return true
	}
	p.upvotesOnly.SetChecked(true)
	p.hidden.SetChecked(false)
	p.signIn.SetChecked(true)
	// The moment that nobody changed keeps its seconds and its zone.
	want := project.VoteRules{Opens: e.VoteRules.Opens, UpvotesOnly: true, SignIn: true}
	if label != "Change vote rules" || got != want {
		t.Errorf("%q reports %+v, want %+v", label, got, want)
	}
	in.SetReadOnly(true)
	p.signIn.SetChecked(false)
	if !p.signIn.Checked || !got.SignIn {
		t.Error("a project that is only looked at was changed")
	}
}
