package project

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"photodesk/project/wording"
)

// captioned is a project with four photos, of which the second stands in a story
// with a caption of its own.
func captioned(t *testing.T) (*Project, *Essay) {
	t.Helper()
	p := newProject(t)
	ctx := t.Context()
	_, err := p.Import(ctx, []string{testFiles(t, 4)}, nil)
	must(t, err)
	words := []Photo{
		{Caption: "Wave breaks on the Shore.", City: "Saint-Nazaire", TakenAt: "2027-03-06T07:41", CreditLine: "Jane Doe/AP", Byline: "Jane Doe"},
		{Caption: "A nuthatch.", CreditLine: "Renée Doe/Reuters", Byline: "Renée Doe", Keywords: []string{"bird", "oak"}},
		{CreditLine: "Jane Doe/AP", Byline: "Jane Doe", Headline: "=SUM(A1)"},
		{Caption: "Line one.\nLine “two”, with a comma."},
	}
	must(t, p.Edit(ctx, "Caption", func(tx *Tx) error {
		for i, w := range words {
			ph, err := tx.Photo(int64(i + 1))
			if err != nil {
				return err
			}
			w.ID, w.Recipe = ph.ID, ph.Recipe
			w.Name = ph.Name
			if err := tx.UpdatePhoto(w); err != nil {
				return err
			}
		}
		id, err := tx.AddEssay(Essay{Slug: "coast", Headline: "Coast"})
		if err != nil {
			return err
		}
		own := "A nuthatch on the shore, as shore birds go."
		_, err = tx.AddBlock(id, 0, Block{Kind: KindGallery, Layout: LayoutGrid, Placements: []Placement{{PhotoID: 1}, {PhotoID: 2, Caption: &own}}})
		return err
	}))
	e, err := p.EssayBySlug(ctx, "coast")
	must(t, err)
	return p, e
}

func TestBatch(t *testing.T) {
	p, e := captioned(t)
	ctx := t.Context()
	photos, err := p.PhotosOf(ctx, e.ID)
	must(t, err)
	library, err := p.Photos(ctx, Filter{})
	must(t, err)
	list := append(InLibrary(library), InStory(e, photos)...)
	codes := wording.NewCodes([]wording.Code{{Code: "jd", Texts: []string{"Jane Doe/AP"}}})
	today := time.Date(2027, 3, 7, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name  string
		batch Batch
		want  []string // "name field: after"
	}{
		{
			"replace whatever the case, in the story’s own caption too",
			Batch{Kind: BatchReplace, Fields: []Field{FieldCaption}, Find: "shore", With: "coast"},
			[]string{"photo-00.jpg caption: Wave breaks on the coast.", "photo-01.jpg caption: A nuthatch on the coast, as coast birds go."},
		},
		{
			"replace as written",
			Batch{Kind: BatchReplace, Fields: []Field{FieldCaption}, Find: "Shore", With: "Coast", MatchCase: true},
			[]string{"photo-00.jpg caption: Wave breaks on the Coast."},
		},
		{
			"whole words", Batch{Kind: BatchReplace, Fields: []Field{FieldCaption}, Find: "hatch", With: "x", WholeWords: true}, nil,
		},
		{
			"a pattern is only text",
			Batch{Kind: BatchReplace, Fields: []Field{FieldHeadline}, Find: "(A1)", With: "$1"},
			[]string{"photo-02.jpg headline: =SUM$1"},
		},
		{
			"a prefix with variables, left where there is nothing",
			Batch{Kind: BatchPrefix, Fields: []Field{FieldHeadline}, With: "{city}: "},
			[]string{
				"photo-00.jpg headline: Saint-Nazaire: ", "photo-01.jpg headline: {city}: ! {city}",
				"photo-02.jpg headline: {city}: =SUM(A1) ! {city}", "photo-03.jpg headline: {city}: ! {city}",
			},
		},
		{
			"a credit by code, only where there is none",
			Batch{Kind: BatchSet, Fields: []Field{FieldCredit}, With: `\jd\`, OnlyEmpty: true},
			[]string{"photo-03.jpg credit: Jane Doe/AP"},
		},
		{
			"a keyword more",
			Batch{Kind: BatchSuffix, Fields: []Field{FieldKeywords}, With: "oak, winter"},
			[]string{
				"photo-00.jpg keywords: oak, winter", "photo-01.jpg keywords: bird, oak, winter",
				"photo-02.jpg keywords: oak, winter", "photo-03.jpg keywords: oak, winter",
			},
		},
		{
			"a keyword replaced",
			Batch{Kind: BatchReplace, Fields: []Field{FieldKeywords}, Find: "oak", With: "tree"},
			[]string{"photo-01.jpg keywords: bird, tree"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := c.batch.Changes(list, codes, today)
			must(t, err)
			var lines []string
			for _, ch := range got {
				line := ch.Name + " " + string(ch.Field) + ": " + ch.After
				if len(ch.Left) > 0 {
					line = strings.TrimSuffix(line, " ") + " ! " + strings.Join(ch.Left, " ")
				}
				lines = append(lines, line)
			}
			if !slices.Equal(lines, c.want) {
				t.Errorf("got  %q\nwant %q", lines, c.want)
			}
			before := state(t, p)
			must(t, p.Edit(ctx, c.batch.Label(), func(tx *Tx) error { return tx.Apply(got) }))
			if len(got) > 0 {
				if state(t, p) == before {
					t.Error("nothing changed")
				}
				if _, err := p.Undo(ctx); err != nil {
					t.Fatal(err)
				}
			}
			if now := state(t, p); now != before {
				t.Errorf("one undo left\n%s\nof\n%s", now, before)
			}
		})
	}
}

func TestBatchIsAllOrNothing(t *testing.T) {
	p, _ := captioned(t)
	ctx := t.Context()
	before := state(t, p)
	err := p.Edit(ctx, "Set", func(tx *Tx) error {
		return tx.Apply([]WordChange{
			{PhotoID: 1, Name: "a", Field: FieldCity, Before: "Saint-Nazaire", After: "Brest"},
			{PhotoID: 2, Name: "b", Field: FieldCity, Before: "Paris", After: "Brest"},
		})
	})
	if !errors.Is(err, ErrChanged) || state(t, p) != before {
		t.Errorf("%v", err)
	}
	for _, b := range []Batch{{}, {Kind: BatchReplace, Fields: []Field{FieldAlt}}, {Kind: BatchSet, Fields: []Field{"sha256"}, With: "x"}} {
		if _, err := b.Changes(nil, nil, time.Time{}); !errors.Is(err, ErrInvalid) {
			t.Errorf("%+v: %v", b, err)
		}
	}
}

func TestCaptionsOutAndIn(t *testing.T) {
	p, e := captioned(t)
	ctx := t.Context()
	library, err := p.Photos(ctx, Filter{})
	must(t, err)
	placed, err := p.PhotosOf(ctx, e.ID)
	must(t, err)
	var table bytes.Buffer
	must(t, WriteCaptions(&table, append(InLibrary(library), InStory(e, placed)...), true))
	text := table.String()
	for _, want := range []string{"\ufefffile,sha256,placement,caption", "\r\n", ",'=SUM(A1),"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	same, err := p.PlanCaptions(ctx, strings.NewReader(text))
	must(t, err)
	if len(same.Changes)+len(same.Trouble) > 0 || same.Rows != 6 {
		t.Errorf("as it went out it comes in with %+v", same)
	}

	sha := library[0].SHA256
	for _, c := range []struct {
		name, table string
		changes     []string
		trouble     []string // "line: reason" begins
	}{
		{
			"by name and SHA-256", "file,sha256,caption,city\nphoto-00.jpg," + sha[:10] + ",A wave.,\n",
			[]string{"1 caption A wave."},
			nil,
		},
		{"by name alone, whatever its case", "FILE;Caption\nPHOTO-00.jpg;A wave.\n", []string{"1 caption A wave."}, nil},
		{"by SHA-256 alone", "sha256\tcity\n" + strings.ToUpper(sha) + "\tBrest\n", []string{"1 city Brest"}, nil},
		{"an empty cell changes nothing", "file,caption,city\nphoto-00.jpg,,  \n", nil, nil},
		{"a field is emptied when the cell says so", "file,caption\nphoto-00.jpg,{empty}\n", []string{"1 caption "}, nil},
		{"a short row", "file,caption,city\nphoto-00.jpg\n", nil, nil},
		{
			"what matches nothing", "file,sha256,caption\nnone.jpg,,x\nphoto-00.jpg,ffffffffff,x\nphoto-01.jpg," + sha + ",x\n,abc,x\n,,x\n",
			nil,
			[]string{"2: no photo in the library has", "3: the library’s photo of this name", "4: its SHA-256 is that of photo-00.jpg", "5: “abc” is not", "6: it names no photo"},
		},
		{"twice", "file,caption\nphoto-00.jpg,A\nphoto-00.jpg,B\n", []string{"1 caption A"}, []string{"3: line 2 is about the same photo"}},
		{"a caption of two lines", "file,caption,city\nphoto-00.jpg,\"One.\nTwo, “three”.\",Brest\nnone.jpg,x\n", []string{"1 caption One.\nTwo, “three”.", "1 city Brest"}, []string{"4: no photo"}},
		{"a placement that is gone", "file,placement,caption\nphoto-00.jpg,99,x\n", nil, []string{"2: no story shows"}},
		{"a formula that is none", "file,headline\nphoto-00.jpg,'=1+1\n", []string{"1 headline =1+1"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := p.PlanCaptions(ctx, strings.NewReader(c.table))
			must(t, err)
			var lines []string
			for _, ch := range got.Changes {
				lines = append(lines, string(rune('0'+ch.PhotoID))+" "+string(ch.Field)+" "+ch.After)
			}
			if !slices.Equal(lines, c.changes) {
				t.Errorf("got %q, want %q", lines, c.changes)
			}
			if len(got.Trouble) != len(c.trouble) {
				t.Fatalf("trouble %+v, want %q", got.Trouble, c.trouble)
			}
			for i, tr := range got.Trouble {
				if line := string(rune('0'+tr.Line)) + ": " + tr.Reason; !strings.HasPrefix(line, c.trouble[i]) {
					t.Errorf("trouble %q, want %q", line, c.trouble[i])
				}
			}
		})
	}

	// The story's own caption is the placement's, and changes there.
	own := e.Blocks[0].Placements[1]
	got, err := p.PlanCaptions(ctx, strings.NewReader("file,placement,caption\nphoto-01.jpg,"+string(rune('0'+own.ID))+",In the story only.\n"))
	must(t, err)
	must(t, p.Edit(ctx, "Import captions", func(tx *Tx) error { return tx.Apply(got.Changes) }))
	e, err = p.Essay(ctx, e.ID)
	must(t, err)
	ph, err := p.Photo(ctx, 2)
	must(t, err)
	if *e.Blocks[0].Placements[1].Caption != "In the story only." || ph.Caption != "A nuthatch." {
		t.Errorf("the story says %q, the photo %q", *e.Blocks[0].Placements[1].Caption, ph.Caption)
	}

	for _, bad := range []string{"", "caption\nx\n", "file,caption\n\"x\n", "file\n\xff\n", "\xff\xfef\x00", "file,caption,caption\na,b,c\n"} {
		if _, err := p.PlanCaptions(ctx, strings.NewReader(bad)); !errors.Is(err, ErrTable) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func FuzzCaptionTable(f *testing.F) {
	photos := []Photo{
		{ID: 1, Name: "a.jpg", SHA256: strings.Repeat("ab", 32), Caption: "One."},
		{ID: 2, Name: "b.jpg", SHA256: strings.Repeat("cd", 32), Headline: "'=x", Keywords: []string{"a", "b"}},
	}
	var table bytes.Buffer
	if err := WriteCaptions(&table, InLibrary(photos), true); err != nil {
		f.Fatal(err)
	}
	f.Add(table.String(), "Renée")
	f.Add("file;caption\na.jpg;\"x\ny\"\n", "=1")
	f.Add("sha256,placement,alt\nabababab,7,{EMPTY}\n", "''+")
	f.Fuzz(func(t *testing.T, text, caption string) {
		if head, rows, err := readTable(strings.NewReader(text)); err == nil {
			got, err := planTable(head, rows, photos, nil)
			if err == nil {
				for _, c := range got.Changes {
					if c.Before == c.After || c.PhotoID < 1 || c.PhotoID > 2 {
						t.Errorf("change %+v", c)
					}
				}
			}
		}
		// Whatever a caption says, it comes back as it went out, but for the
		// white space around it and the ends of its lines.
		if strings.ToValidUTF8(caption, "") != caption || strings.Contains(caption, "\r") || strings.EqualFold(caption, EmptyCell) {
			return
		}
		own := []Photo{{ID: 1, Name: "a.jpg", SHA256: photos[0].SHA256, Caption: strings.TrimSpace(caption)}}
		var out bytes.Buffer
		if err := WriteCaptions(&out, InLibrary(own), false); err != nil {
			t.Fatal(err)
		}
		head, rows, err := readTable(&out)
		if err != nil {
			t.Fatal(err)
		}
		back, err := planTable(head, rows, own, nil)
		if err != nil || len(back.Changes) > 0 || len(back.Trouble) > 0 {
			t.Errorf("%q comes back as %+v (%v)", caption, back, err)
		}
	})
}

func TestCodesAndTemplatesAreKeptAndUndone(t *testing.T) {
	p := newProject(t)
	ctx := t.Context()
	set := func(list ...wording.Code) error {
		return p.Edit(ctx, "Change codes", func(tx *Tx) error { return tx.SetCodes(list) })
	}
	must(t, set(wording.Code{Code: "9", Texts: []string{"Jane Doe", "Doe"}}, wording.Code{Code: "10", Texts: []string{"Renée"}}))
	must(t, set(wording.Code{Code: "10", Texts: []string{"Renée Doe"}}, wording.Code{Code: "11", Texts: []string{"John Doe"}}))
	codes := func() string {
		list, err := p.Codes(ctx)
		must(t, err)
		return wording.FormatCodes(list)
	}
	if got, want := codes(), "10\tRenée Doe\n11\tJohn Doe\n"; got != want {
		t.Errorf("codes %q, want %q", got, want)
	}
	_, err := p.Undo(ctx)
	must(t, err)
	if got, want := codes(), "9\tJane Doe\tDoe\n10\tRenée\n"; got != want {
		t.Errorf("after undo %q, want %q", got, want)
	}
	for _, bad := range [][]wording.Code{{{Code: "a b", Texts: []string{"x"}}}, {{Code: "a", Texts: []string{"x"}}, {Code: "a", Texts: []string{"y"}}}} {
		if err := set(bad...); !errors.Is(err, ErrInvalid) {
			t.Errorf("%v: %v", bad, err)
		}
	}

	var id int64
	put := func(text string) {
		must(t, p.Edit(ctx, "Keep template", func(tx *Tx) (err error) {
			id, err = tx.PutTemplate(Template{Name: " Match ", Text: text})
			return err
		}))
	}
	put("{byline} in {city}")
	put("{city}, {date}")
	list, err := p.Templates(ctx)
	must(t, err)
	if len(list) != 1 || list[0] != (Template{id, "Match", "{city}, {date}"}) {
		t.Errorf("templates %+v", list)
	}
	must(t, p.Edit(ctx, "Delete template", func(tx *Tx) error { return tx.DeleteTemplate(id) }))
	for range 3 {
		if _, err := p.Undo(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if list, _ = p.Templates(ctx); len(list) != 0 {
		t.Errorf("templates %+v", list)
	}
	for range 2 {
		if _, err := p.Redo(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if list, _ = p.Templates(ctx); len(list) != 1 || list[0].Text != "{city}, {date}" {
		t.Errorf("templates %+v", list)
	}
}

func TestCreditsInUse(t *testing.T) {
	p, _ := captioned(t)
	credits, bylines, err := p.Used(t.Context())
	must(t, err)
	if !slices.Equal(credits, []string{"Jane Doe/AP", "Renée Doe/Reuters"}) || !slices.Equal(bylines, []string{"Jane Doe", "Renée Doe"}) {
		t.Errorf("credits %q, bylines %q", credits, bylines)
	}
}

func TestOverruling(t *testing.T) {
	p, e := captioned(t)
	ctx := t.Context()
	one := Overruled{EssayID: e.ID, Code: "no-alt", PhotoID: 1, BlockID: e.Blocks[0].ID, Message: "photo-00.jpg: it has no alt text.", Reason: " Drawn by hand "}
	var id int64
	overrule := func(o Overruled) error {
		return p.Edit(ctx, "Overrule a warning", func(tx *Tx) (err error) {
			id, err = tx.Overrule(o)
			return err
		})
	}
	if err := overrule(Overruled{EssayID: e.ID, Code: "x", Message: "m", Reason: "  "}); !errors.Is(err, ErrNoReason) {
		t.Errorf("without a reason: %v", err)
	}
	must(t, overrule(one))
	one.Reason = "Described in the text"
	must(t, overrule(one))
	list, err := p.Overruled(ctx, e.ID)
	must(t, err)
	if len(list) != 1 || list[0].Reason != "Described in the text" || list[0].ID != id || list[0].At.IsZero() {
		t.Fatalf("overruled %+v", list)
	}
	_, err = p.Undo(ctx)
	must(t, err)
	if list, _ = p.Overruled(ctx, e.ID); len(list) != 1 || list[0].Reason != "Drawn by hand" {
		t.Errorf("after undo %+v", list)
	}
	must(t, p.Edit(ctx, "Take back", func(tx *Tx) error { return tx.TakeBackOverruling(list[0].ID) }))
	if list, _ = p.Overruled(ctx, e.ID); len(list) != 0 {
		t.Errorf("taken back %+v", list)
	}
	// It goes with its essay, and comes back with it.
	must(t, overrule(one))
	must(t, p.Edit(ctx, "Delete essay", func(tx *Tx) error { return tx.DeleteEssay(e.ID) }))
	if list, _ = p.Overruled(ctx, e.ID); len(list) != 0 {
		t.Errorf("after the essay %+v", list)
	}
	_, err = p.Undo(ctx)
	must(t, err)
	if list, _ = p.Overruled(ctx, e.ID); len(list) != 1 {
		t.Errorf("with the essay again %+v", list)
	}
}

func TestCreditsToReview(t *testing.T) {
	p := newProject(t)
	ctx := t.Context()
	_, err := p.Import(ctx, []string{testFiles(t, 7)}, nil)
	must(t, err)
	words := []Photo{
		{Credit: "Jane Doe/AFP/Getty Images", CreditLine: "Jane Doe/AFP via Getty Images"},
		{Credit: "Jane Doe/AP)", CreditLine: "Jane Doe/AP)"},                   // taken back
		{Credit: "somebody, somewhere", CreditLine: "somebody, somewhere"},     // not understood
		{Credit: "Jane Doe/AFP/Getty Images", CreditLine: "Jane Doe, our own"}, // the editor's words
		{Byline: "Jane Doe", Credit: "AP", CreditLine: "Jane Doe/AP"},          // nothing was changed
		{Caption: "Waves break. Jane Doe/AP)", CreditLine: "Jane Doe/AP"},
		{CreditLine: "Renée Doe/AFP via Getty Images"}, // from a pasted story
	}
	must(t, p.Edit(ctx, "Caption", func(tx *Tx) error {
		for i, w := range words {
			w.ID = int64(i + 1)
			if err := tx.UpdatePhoto(w); err != nil {
				return err
			}
		}
		id, err := tx.AddEssay(Essay{Slug: "coast"})
		if err == nil {
			_, err = tx.AddBlock(id, 0, Block{Kind: KindPhoto, Placements: []Placement{{PhotoID: 7, Pasted: "Dandelions stand. Renée Doe/AFP/Getty Images)"}}})
		}
		return err
	}))
	got, err := p.CreditsToReview(ctx, nil)
	must(t, err)
	var lines []string
	for _, r := range got {
		mark := ""
		if !r.Sure {
			mark = "?"
		}
		if r.TakenBack() {
			mark += "<"
		}
		if r.Story {
			mark += "s"
		}
		lines = append(lines, string(rune('0'+r.Photo.ID))+mark+" "+r.Raw+" → "+r.Clean)
	}
	want := []string{
		"1 Jane Doe/AFP/Getty Images → Jane Doe/AFP via Getty Images", "2< Jane Doe/AP) → Jane Doe/AP",
		"3? somebody, somewhere → somebody, somewhere", "6 Jane Doe/AP) → Jane Doe/AP",
		"7s Renée Doe/AFP/Getty Images) → Renée Doe/AFP via Getty Images",
	}
	if !slices.Equal(lines, want) {
		t.Errorf("got  %q\nwant %q", lines, want)
	}
	if some, err := p.CreditsToReview(ctx, []int64{2, 4}); err != nil || len(some) != 1 || some[0].Photo.ID != 2 {
		t.Errorf("narrowed %+v, %v", some, err)
	}
}
