package inspector

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/widget"

	"photodesk/project"
)

func TestPublicationTimeIsTypedAndCleared(t *testing.T) {
	inZone(t, "Europe/Paris")
	in, w, _ := newRoom(t)
	var labels []string
	var got time.Time
	in.OnEssay = func(label, _ string, e project.Essay) bool {
		labels, got = append(labels, label), e.Published
		return true
	}
	// Written in New York: it is shown in this machine's zone and stays as it is until somebody types.
	written := time.Date(2026, 3, 8, 6, 0, 7, 0, time.FixedZone("", -5*3600))
	in.ShowEssay(&project.Essay{ID: 1, Slug: "winter", Lang: "en", Dir: "ltr", Published: written})
	p := in.essay
	if p.published.entry.Text != "2026-03-08 12:00" {
		t.Errorf("it shows %q", p.published.entry.Text)
	}
	w.Canvas().Focus(p.published.entry)
	p.published.entry.SetText("2026-12-24 18:00")
	in.Flush()
	if want := "2026-12-24T18:00:00+01:00"; got.Format(time.RFC3339) != want {
		t.Errorf("published at %v, want %s", got, want)
	}
	p.published.entry.SetText("Christmas")
	in.Flush()
	if said := p.published.remarks.Text(); !strings.Contains(said, "Write day and time") || len(labels) != 1 {
		t.Errorf("it says %q after %q", said, labels)
	}
	p.published.entry.SetText("")
	in.Flush()
	if !got.IsZero() || len(labels) != 2 {
		t.Errorf("published at %v after %q", got, labels)
	}
	before := time.Now().Truncate(time.Minute)
	p.published.entry.ActionItem.(*widget.Button).OnTapped()
	if got.Before(before) || time.Since(got) > time.Hour || p.published.entry.Text != got.Format("2006-01-02 15:04") {
		t.Errorf("now is %v, and it shows %q", got, p.published.entry.Text)
	}
	if labels[len(labels)-1] != "Change publication time" {
		t.Errorf("the steps are called %q", labels)
	}
	in.SetReadOnly(true)
	p.published.entry.ActionItem.(*widget.Button).OnTapped()
	if len(labels) != 3 {
		t.Errorf("a project that is only looked at was changed: %q", labels)
	}
}
