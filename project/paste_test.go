package project

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"photodesk/project/wording"
)

const wire = `A storm ends

By Jane Doe

The wind fell on Saturday. See *the map* [1].

Nobody was hurt.

The lighthouse stands in spray. Jane Doe/AFP/Getty Images)

Boats leave the harbour. John Roe/Reuters

A roof lies on the beach. Jane Doe/AP

A fourth photograph is not here yet. Jane Doe/AP
`

func TestPasteMakesAnEssayInOneStep(t *testing.T) {
	p := newProject(t)
	ctx := t.Context()
	dir := testFiles(t, 3)
	must(t, os.Rename(filepath.Join(dir, "photo-02.jpg"), filepath.Join(dir, "lighthouse.jpg")))
	_, err := p.Import(ctx, []string{dir}, nil)
	must(t, err)
	story, err := p.Match(ctx, wire)
	must(t, err)
	if h, _ := p.History(ctx); len(h) != 1 {
		t.Fatal("recognising changed something")
	}
	var pairs []int64
	for _, c := range story.Captions {
		pairs = append(pairs, c.PhotoID)
	}
	if want := []int64{1, 2, 3, 0}; !slices.Equal(pairs, want) {
		t.Fatalf("pairs %v, want %v", pairs, want)
	}
	id, err := p.Paste(ctx, story, "")
	must(t, err)
	e, err := p.Essay(ctx, id)
	must(t, err)
	if e.Slug != "a-storm-ends" || e.Headline != "A storm ends" || e.Byline != "Jane Doe" {
		t.Errorf("essay %+v", e)
	}
	var kinds []string
	var read []string
	for _, b := range e.Blocks {
		kinds = append(kinds, string(b.Kind))
		for _, par := range Paragraphs(b.Text) {
			read = append(read, Plain(par))
		}
		for _, pl := range b.Placements {
			read = append(read, *pl.Caption)
		}
	}
	if got := strings.Join(kinds, " "); got != "photo text photo text photo text" {
		t.Errorf("blocks %s", got)
	}
	// No word of the story is lost, and nothing in it became markup.
	for _, want := range []string{"The wind fell on Saturday. See *the map* [1].", "Nobody was hurt.", "The lighthouse stands in spray.", "A fourth photograph is not here yet. Jane Doe/AP"} {
		if !slices.Contains(read, want) {
			t.Errorf("%q is not in the essay: %q", want, read)
		}
	}
	ph, err := p.Photo(ctx, 1)
	must(t, err)
	if ph.CreditLine != "Jane Doe/AFP via Getty Images" || ph.Byline != "Jane Doe" {
		t.Errorf("photo credited %q by %q", ph.CreditLine, ph.Byline)
	}
	_, err = p.Undo(ctx)
	must(t, err)
	if es, _ := p.Essays(ctx); len(es) != 0 {
		t.Error("pasting is more than one step")
	}
	if ph, _ = p.Photo(ctx, 1); ph.CreditLine != "" {
		t.Error("undo left the pasted credit")
	}
}

func TestOwnCreditAgainstPasted(t *testing.T) {
	for name, c := range map[string]struct{ own, pasted, kept string }{
		"none":            {"", "Jane Doe/AP", ""},
		"the same":        {"Jane Doe/AP", "Jane Doe/AP", ""},
		"nobody":          {"HO", "Jane Doe/AP", ""},
		"byline only":     {"Jane Doe", "Jane Doe/AP", ""},
		"another byline":  {"John Roe", "Jane Doe/AP", "John Roe"},
		"another agency":  {"Jane Doe/AFP", "Jane Doe/AP", "Jane Doe/AFP"},
		"nothing pasted":  {"Jane Doe/AFP", "", ""},
		"one distributor": {"Jane Doe/AFP", "Jane Doe/AFP via Getty Images", "Jane Doe/AFP"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := ownCredit(Photo{CreditLine: c.own}, wording.ParseCredit(c.pasted)); got != c.kept {
				t.Errorf("kept %q, want %q", got, c.kept)
			}
		})
	}
}

// A story brings its language and direction with it where its words leave no doubt; what an editor sets stays.
func TestPastedStoryHasItsLanguage(t *testing.T) {
	p := newProject(t)
	tests := map[string]struct{ text, lang, dir string }{
		"English": {wire, "en", "ltr"},
		"Arabic": {"العاصفة تنتهي\n\nهدأت الرياح يوم السبت وعادت القوارب إلى البحر قبل شروق الشمس.\n\nقال خفر السواحل إن أحدًا لم يُصب بأذى، وإن سقفين سقطا في البحر.\n\n" +
			"The lighthouse stands in spray. Jane Doe/AFP via Getty Images", "ar", "rtl"},
		"Hebrew":     {"הסערה חלפה\n\nהרוח שככה ביום שבת והסירות שבו אל הים לפני הזריחה.\n\nאיש לא נפגע, כך נמסר ממשמר החופים, אך שני גגות נסחפו אל הים.", "he", "rtl"},
		"Persian":    {"پایان توفان\n\nباد روز شنبه آرام گرفت و قایق\u200cها پیش از طلوع آفتاب دوباره به دریا رفتند.\n\nگارد ساحلی گفت کسی آسیب ندید، اگرچه دو بام به دریا افتاد و پنجره\u200cهای چند خانه شکست.", "fa", "rtl"},
		"Spanish":    {"Termina el temporal\n\nEl viento amainó el sábado y las barcas volvieron al mar antes del amanecer.\n\nNadie resultó herido, según la guardia costera, aunque el mar se llevó dos tejados.", "es", "ltr"},
		"French":     {"La tempête s’achève\n\nLe vent est tombé samedi et les bateaux sont repartis avant le lever du soleil.\n\nIl n’y a pas de blessés, selon les garde-côtes, mais deux toits ont été emportés par la mer.", "fr", "ltr"},
		"German":     {"Der Sturm ist vorbei\n\nAm Samstag legte sich der Wind, und die Boote liefen vor Sonnenaufgang wieder aus.\n\nVerletzt wurde niemand, sagte die Küstenwache, doch zwei Dächer gingen an das Meer verloren.", "de", "ltr"},
		"Portuguese": {"A tempestade termina\n\nO vento amainou no sábado e os barcos voltaram ao mar antes do nascer do sol.\n\nNão há feridos, disse a guarda costeira, mas dois telhados foram levados pelo mar.", "pt", "ltr"},
		"Ukrainian":  {"Буря вщухла\n\nУ суботу вітер стих, і човни знову вийшли в море ще до сходу сонця.\n\nНіхто не постраждав, повідомила берегова охорона, хоча море забрало два дахи.", "uk", "ltr"},
		"Chinese":    {"风暴结束\n\n周六风势减弱，渔船在日出前再次出海。\n\n海岸警卫队表示无人受伤，但有两处屋顶被海水卷走。", "zh", "ltr"},
		"too little": {"Łódź\n\nMessi, Mbappé.", "en", "ltr"},
	}
	for name, c := range tests {
		story, err := p.Match(t.Context(), c.text)
		must(t, err)
		id, err := p.Paste(t.Context(), story, "")
		must(t, err)
		e, err := p.Essay(t.Context(), id)
		must(t, err)
		if e.Lang != c.lang || e.Dir != c.dir {
			t.Errorf("%s: %s, %s; want %s, %s", name, e.Lang, e.Dir, c.lang, c.dir)
		}
	}
	story, err := p.Match(t.Context(), tests["Arabic"].text)
	must(t, err)
	story.Lang = "en" // as an editor has it
	id, err := p.Paste(t.Context(), story, "")
	must(t, err)
	if e, err := p.Essay(t.Context(), id); err != nil || e.Lang != "en" || e.Dir != "ltr" {
		t.Errorf("the editor's language became %s, %s: %v", e.Lang, e.Dir, err)
	}
}
