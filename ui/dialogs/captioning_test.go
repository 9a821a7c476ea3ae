package dialogs

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"photodesk/project"
	"photodesk/project/photo"
	"photodesk/project/wording"
)

var someCredits = []project.CreditReading{
	{Photo: project.Photo{ID: 1, Name: "a.jpg", CreditLine: "Jane Doe/AP"}, Raw: "Jane Doe/AP)", Clean: "Jane Doe/AP", Sure: true},
	{Photo: project.Photo{ID: 2, Name: "b.jpg", CreditLine: "somebody"}, Raw: "somebody", Clean: "somebody"},
	{Photo: project.Photo{ID: 3, Name: "c.jpg", CreditLine: "John Doe/AFP/Getty Images"}, Raw: "John Doe/AFP/Getty Images", Clean: "John Doe/AFP via Getty Images", Sure: true, Story: true},
}

func TestCreditsKeptOrTakenBack(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(r *creditReview)
		want string
	}{
		{"as they are", func(*creditReview) {}, ""},
		{"one taken back", func(r *creditReview) { test.Tap(r.rows[1].back) }, "a.jpg Jane Doe/AP)"},
		{"one cleaned again", func(r *creditReview) { test.Tap(r.rows[2].keep) }, "c.jpg John Doe/AFP via Getty Images"},
		{"all taken back", func(r *creditReview) { r.setAll(true) }, "a.jpg Jane Doe/AP)"},
		{"all kept", func(r *creditReview) { r.setAll(true); r.setAll(false) }, "c.jpg John Doe/AFP via Getty Images"},
		{"one written anew", func(r *creditReview) { r.rows[0].entry.SetText(" Somebody/AP ") }, "b.jpg Somebody/AP"},
		{"one emptied stays", func(r *creditReview) { r.rows[0].entry.SetText(" ") }, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, loader := newWindow(t)
			var got []string
			r := newCredits(w, someCredits, loader, func(list []CreditDecision) {
				for _, d := range list {
					got = append(got, d.Photo.Name+" "+d.Line)
				}
			})
			if len(r.rows) != 3 || r.rows[0].entry == nil {
				t.Fatal("what could not be read comes first, with a field")
			}
			c.do(r)
			test.Tap(r.done)
			if strings.Join(got, "; ") != c.want || sheets(w) != 0 {
				t.Errorf("decided %q, want %q", got, c.want)
			}
		})
	}
}

func TestBatchShowsWhatWouldChange(t *testing.T) {
	w, _ := newWindow(t)
	list := project.InLibrary([]project.Photo{{ID: 1, Name: "a.jpg", Caption: "A shore."}, {ID: 2, Name: "b.jpg", City: "Brest"}})
	var label string
	var made []project.WordChange
	x := newBatch(w, BatchForm{
		Scopes:    []Scope{{"Both", list}, {"The second", list[1:]}},
		Templates: []project.Template{{ID: 1, Name: "Place", Text: "In {city}, {country}."}},
		Plan: func(b project.Batch, words []project.Words) ([]project.WordChange, error) {
			return b.Changes(words, nil, time.Time{})
		},
		OK: func(l string, c []project.WordChange) { label, made = l, c },
	})
	if !x.apply.Disabled() {
		t.Error("nothing can be applied")
	}
	x.find.SetText("SHORE")
	x.with.SetText("coast")
	if len(x.changes.list) != 1 || x.apply.Text != "Change 1 field" || x.apply.Disabled() {
		t.Errorf("it would change %+v", x.changes.list)
	}
	x.matchCase.SetChecked(true)
	if len(x.changes.list) != 0 || !x.apply.Disabled() {
		t.Errorf("it would change %+v", x.changes.list)
	}
	x.kind.SetSelectedIndex(3) // set
	x.scope.SetSelectedIndex(1)
	x.template.SetSelected("Place")
	if len(x.changes.list) != 1 || x.changes.list[0].After != "In Brest, {country}." || strings.Join(x.changes.list[0].Left, "") != "{country}" {
		t.Errorf("it would change %+v", x.changes.list)
	}
	test.Tap(x.apply)
	if label != "Set caption" || len(made) != 1 || sheets(w) != 0 {
		t.Errorf("%q: %+v", label, made)
	}
}

func TestCaptionTableShowsBeforeItChanges(t *testing.T) {
	w, _ := newWindow(t)
	var made []project.WordChange
	change := project.WordChange{PhotoID: 1, Name: "a.jpg", Field: project.FieldCaption, Before: "One.", After: "Two."}
	newCaptionTable(w, "captions.csv", project.CaptionTable{
		Rows: 1, Changes: []project.WordChange{change}, Trouble: []project.RowTrouble{{Line: 3, Name: "none.jpg", Says: photo.Sentence{Pattern: "no photo in the library has this name"}}},
	}, func(list []project.WordChange) { made = list })
	test.Tap(buttons(w, "Change 1 field")[0])
	if len(made) != 1 || sheets(w) != 0 {
		t.Errorf("changed %+v", made)
	}
	newCaptionTable(w, "captions.csv", project.CaptionTable{Rows: 1}, nil)
	if !buttons(w, "Change 0 fields")[0].Disabled() {
		t.Error("nothing can be changed")
	}
}

func TestCodesAreCheckedAndMerged(t *testing.T) {
	w, _ := newWindow(t)
	var kept []wording.Code
	x := newCodes(w, []wording.Code{{Code: "9", Texts: []string{"Jane Doe"}}}, func(got func(string)) { got("9\tRenée Doe\n10\tJohn Doe\nbroken\n") },
		func(list []wording.Code) { kept = list })
	x.text.SetText("9 Jane")
	if !x.save.Disabled() || !strings.Contains(x.said.Text(), "Line 1") {
		t.Errorf("it says %q", x.said.Text())
	}
	x.text.SetText("9\tJane Doe\n")
	test.Tap(buttons(w, "Import a list…")[0])
	if !strings.Contains(x.said.Text(), "broken") {
		t.Errorf("it says %q", x.said.Text())
	}
	test.Tap(x.save)
	if got := wording.FormatCodes(kept); got != "9\tRenée Doe\n10\tJohn Doe\n" || sheets(w) != 0 {
		t.Errorf("kept %q", got)
	}
}

func TestTemplatesAreKeptAndDeleted(t *testing.T) {
	w, _ := newWindow(t)
	var list []project.Template
	x := newTemplates(w, nil, func(tp project.Template) []project.Template {
		tp.ID = int64(len(list) + 1)
		list = append(list, tp)
		return list
	}, func(int64) []project.Template { list = nil; return nil })
	if !x.save.Disabled() {
		t.Error("an empty template can be kept")
	}
	x.name.SetText("Match")
	x.text.SetText("{city}, {date}")
	test.Tap(x.save)
	if len(list) != 1 || x.at != 0 || x.which.Selected != "Match" {
		t.Errorf("kept %+v, shown %q", list, x.which.Selected)
	}
	test.Tap(x.drop)
	if len(list) != 0 || x.name.Text != "" {
		t.Error("it was not deleted")
	}
}

func TestAReasonIsNeeded(t *testing.T) {
	w, _ := newWindow(t)
	got := ""
	entry, keep := newReason(w, "No alt.", func(reason string) { got = reason })
	entry.OnSubmitted("")
	if sheets(w) != 1 || !keep.Disabled() {
		t.Error("overruled without a reason")
	}
	entry.SetText(" Drawn by hand ")
	entry.OnSubmitted(entry.Text)
	if got != "Drawn by hand" || sheets(w) != 0 {
		t.Errorf("the reason is %q", got)
	}
}
