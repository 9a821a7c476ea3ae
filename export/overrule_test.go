package export

import (
	"path/filepath"
	"strings"
	"testing"

	"photodesk/project"
)

// An overruled warning stops counting, says why in the bundle, and counts again
// as soon as it says something else, or is taken back.
func TestOverruledWarningIsInTheBundleWithItsReason(t *testing.T) {
	p, essay := newEssay(t, 2)
	ctx := t.Context()
	find := func(code string) Problem {
		t.Helper()
		problems, err := Check(ctx, p, essay)
		must(t, err)
		for _, pr := range problems {
			if pr.Code == code {
				return pr
			}
		}
		t.Fatalf("no %s in %+v", code, problems)
		return Problem{}
	}
	overrule := func(pr Problem, reason string) {
		t.Helper()
		must(t, p.Edit(ctx, "Overrule a warning", func(tx *project.Tx) error {
			_, err := tx.Overrule(project.Overruled{
				EssayID: essay, Code: pr.Code, PhotoID: pr.Photo, BlockID: pr.Block, Values: pr.said(), Message: pr.String(), Reason: reason,
			})
			return err
		}))
	}
	edit := func(label string, change func(ph *project.Photo)) {
		t.Helper()
		must(t, p.Edit(ctx, label, func(tx *project.Tx) error {
			ph, err := tx.Photo(1)
			if err != nil {
				return err
			}
			change(&ph)
			return tx.UpdatePhoto(ph)
		}))
	}
	edit("Caption", func(ph *project.Photo) { ph.Caption, ph.Alt = "Mandatory credit: the desk.", "Waves on a shore" })
	warning := find("boilerplate")
	if !warning.Open() {
		t.Fatalf("the warning is %+v", warning)
	}
	overrule(warning, "The agency asks for the words")
	if now := find("boilerplate"); now.Open() || now.Overruled.Reason != "The agency asks for the words" {
		t.Errorf("overruled, it is %+v", now)
	}

	out := filepath.Join(t.TempDir(), "b")
	_, err := Export(ctx, p, essay, Options{Out: out, Cache: t.TempDir()}, nil)
	must(t, err)
	m, err := ReadManifest(out)
	must(t, err)
	if len(m.Overruled) != 1 {
		t.Fatalf("the bundle says %+v", m.Overruled)
	}
	o := m.Overruled[0]
	if o.Code != "boilerplate" || o.Reason != "The agency asks for the words" || o.Photo != m.Photos[0].Key ||
		strings.Contains(o.Message, ".jpg") || !strings.Contains(o.Message, "Mandatory credit") {
		t.Errorf("the bundle says %+v", o)
	}

	edit("Caption", func(ph *project.Photo) { ph.Caption = "Editorial use only." })
	if now := find("boilerplate"); !now.Open() {
		t.Errorf("other words are overruled too: %+v", now)
	}
	_, err = p.Undo(ctx)
	must(t, err)
	now := find("boilerplate")
	must(t, p.Edit(ctx, "Take back", func(tx *project.Tx) error { return tx.TakeBackOverruling(now.Overruled.ID) }))
	if now = find("boilerplate"); !now.Open() {
		t.Errorf("taken back, it is %+v", now)
	}

	// An error can't be overruled, whatever is in the file.
	edit("Credit", func(ph *project.Photo) { ph.CreditLine, ph.GPS = "", true })
	overrule(find("no-credit"), "No time")
	if now := find("no-credit"); now.Severity != SeverityError || now.Overruled != nil {
		t.Errorf("an error is %+v", now)
	}
	if _, err := Export(ctx, p, essay, Options{Out: out, Cache: t.TempDir()}, nil); err == nil {
		t.Error("exported without a credit")
	}
}

// What a warning says tells it from others, in whatever words: another sentence
// for the same loses no overruling, the same code about something else has none.
func TestAnOverrulingIsKnownByWhatItSays(t *testing.T) {
	p, essay := newEssay(t, 2)
	ctx := t.Context()
	long := strings.Repeat("Waves break on the shore ", 30) + "."
	must(t, p.Edit(ctx, "Caption", func(tx *project.Tx) error {
		ph, err := tx.Photo(1)
		ph.Caption, ph.Alt = "Editorial use only. Mandatory credit: "+long, long+" Seen from far."
		if err != nil {
			return err
		}
		return tx.UpdatePhoto(ph)
	}))
	check := func() (open, overruled []string) {
		t.Helper()
		problems, err := Check(ctx, p, essay)
		must(t, err)
		for _, pr := range problems {
			switch {
			case pr.Photo != 1 || pr.Code != "boilerplate" && pr.Code != "too-long":
			case pr.Overruled != nil:
				overruled = append(overruled, pr.Code+" "+strings.Join(pr.said(), ","))
			default:
				open = append(open, pr.Code+" "+strings.Join(pr.said(), ","))
			}
		}
		return open, overruled
	}
	open, _ := check()
	if got := strings.Join(open, "; "); got != "boilerplate Mandatory credit; boilerplate Editorial use only; too-long ; too-long " &&
		got != "boilerplate Editorial use only; too-long ; too-long " {
		t.Fatalf("warnings %q", got)
	}
	problems, err := Check(ctx, p, essay)
	must(t, err)
	for _, pr := range problems {
		if pr.Photo != 1 || pr.Code != "boilerplate" {
			continue
		}
		for _, kept := range []struct {
			name   string
			change func(o *project.Overruled)
			holds  bool
		}{
			{"in other words", func(o *project.Overruled) { o.Message = "Andere Worte" }, true},
			{"as a file before kept it", func(o *project.Overruled) { o.Values = nil }, true},
			{"as a file before kept another", func(o *project.Overruled) { o.Values, o.Message = nil, "p: “No sales” is a condition." }, false},
			{"about something else", func(o *project.Overruled) { o.Values = []string{"No sales"} }, false},
		} {
			o := pr.Overruling(essay, "The agency asks for it")
			kept.change(&o)
			must(t, p.Edit(ctx, "Overrule", func(tx *project.Tx) error { _, err := tx.Overrule(o); return err }))
			if _, overruled := check(); (len(overruled) == 1) != kept.holds {
				t.Errorf("%s: overruled are %q", kept.name, overruled)
			}
			_, err := p.Undo(ctx)
			must(t, err)
		}
		return
	}
	t.Error("there was nothing to overrule")
}

func TestLocationIsANote(t *testing.T) {
	p, essay := newEssay(t, 1)
	must(t, p.Edit(t.Context(), "GPS", func(tx *project.Tx) error {
		id, err := tx.AddPhoto(project.Photo{SHA256: strings.Repeat("a", 64), Name: "gps.jpg", Format: "jpeg", Width: 2000, Height: 1000, GPS: true})
		if err == nil {
			_, err = tx.AddBlock(essay, 0, project.Block{Kind: project.KindPhoto, Placements: []project.Placement{{PhotoID: id}}})
		}
		return err
	}))
	problems, err := Check(t.Context(), p, essay)
	must(t, err)
	for _, pr := range problems {
		if pr.Code == "gps" && pr.Severity == SeverityNote {
			return
		}
	}
	t.Errorf("no note in %+v", problems)
}
