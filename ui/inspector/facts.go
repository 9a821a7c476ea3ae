package inspector

// This file owns what is said about a photo's file, and the readings that disagree.

import (
	"fmt"
	"strings"

	"photodesk/ui/words"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"

	"photodesk/project"
	"photodesk/project/photo"
	"photodesk/ui/look"
)

func factsLine(ph project.Photo) string {
	parts := []string{fmt.Sprintf("%d × %d", ph.Width, ph.Height)}
	if ph.Format != "" {
		parts = append(parts, ph.Format.Label())
	}
	if ph.Bytes > 0 {
		parts = append(parts, size(ph.Bytes))
	}
	if day, _, _ := strings.Cut(ph.TakenAt, "T"); day != "" {
		parts = append(parts, fmt.Sprintf(lang.L("taken %s"), day))
	}
	return strings.Join(parts, " · ")
}

func size(n int64) string {
	switch {
	case n >= 1_000_000:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	case n >= 1000:
		return fmt.Sprintf("%d kB", n/1000)
	}
	return lang.N("{{.PluralCount}} bytes", int(n))
}

// tallied says what readers voted, or nothing.
func (in *Inspector) tallied(sha string) string {
	if in.OnTally == nil {
		return ""
	}
	t, ok := in.OnTally(sha)
	if !ok {
		return ""
	}
	return fmt.Sprintf(lang.L("Votes: %+d (%d up, %d down), asked on %s"), t.Points(), t.Up, t.Down, t.At.Local().Format("2006-01-02 15:04"))
}

func fileFacts(ph project.Photo) string {
	var lines []string
	add := func(name, value string) {
		if value != "" {
			lines = append(lines, name+": "+value)
		}
	}
	add(lang.L("Colours"), ph.Profile)
	add(lang.L("Taken"), strings.Replace(ph.TakenAt, "T", " ", 1))
	if !ph.AddedAt.IsZero() {
		add(lang.L("Added"), words.Moment(ph.AddedAt))
	}
	if ph.Orientation > 1 {
		lines = append(lines, lang.L("Turned upright as its camera says"))
	}
	if ph.GPS {
		lines = append(lines, lang.L("It tells where it was taken; an export leaves that out"))
	}
	if ph.SourceType != "" {
		kind := ph.SourceType[strings.LastIndexAny(ph.SourceType, "/:")+1:]
		add(lang.L("Digital source"), kind)
	}
	switch ph.Uses {
	case 0:
		lines = append(lines, lang.L("In no essay yet"))
	default:
		lines = append(lines, lang.N("Placed {{.PluralCount}} times", ph.Uses))
	}
	if len(ph.SHA256) >= 12 {
		add("SHA-256", ph.SHA256[:12]+"…")
	}
	return strings.Join(lines, "\n")
}

// readings shows, side by side, what XMP, IIM and EXIF say where they differ.
type readings struct {
	p    *photoPanel
	body *fyne.Container
	rows *fyne.Container
	last string // what is shown, so that the same is not built again
}

func newReadings(p *photoPanel) *readings {
	r := &readings{p: p, rows: look.Column(12)}
	r.body = section(lang.L("Where the file disagrees"), r.rows)
	r.body.Hide()
	return r
}

// readingTitles are the editor's words for the fields that can be put right.
var readingTitles = map[string]string{
	"caption": words.Key("Caption"), "captionWriter": words.Key("Caption writer"), "byline": words.Key("Byline"), "bylineTitle": words.Key("Byline title"),
	"credit": words.Key("Credit"), "source": words.Key("Source"), "copyright": words.Key("Copyright"), "headline": words.Key("Headline"), "title": words.Key("Title"),
	"city": words.Key("City"), "state": words.Key("State"), "country": words.Key("Country"), "instructions": words.Key("Instructions"), "usageTerms": words.Key("Usage terms"),
	"altText": words.Key("Alt text"), "description": words.Key("Extended description"), "sourceType": words.Key("Digital source"), "keywords": words.Key("Keywords"),
	"takenAt": words.Key("Taken"), "embargoUntil": words.Key("Not before"), "expiresOn": words.Key("Not from"),
}

// target is the photo's field that a reading can replace, or nil.
func (p *photoPanel) target(field string) *string {
	switch field {
	case "caption":
		return &p.ph.Caption
	case "byline":
		return &p.ph.Byline
	case "credit":
		return &p.ph.Credit
	case "source":
		return &p.ph.Source
	case "copyright":
		return &p.ph.Copyright
	case "headline":
		return &p.ph.Headline
	case "city":
		return &p.ph.City
	case "state":
		return &p.ph.State
	case "country":
		return &p.ph.Country
	case "instructions":
		return &p.ph.Instruction
	case "usageTerms":
		return &p.ph.UsageTerms
	case "altText":
		return &p.ph.Alt
	case "description":
		return &p.ph.Description
	case "takenAt":
		return &p.ph.TakenAt
	}
	return nil
}

func (r *readings) show(found []photo.Reading, disagree []string) {
	key := fmt.Sprint(r.p.ph.ID, disagree, found, r.inForce(disagree))
	if key == r.last {
		return
	}
	r.last = key
	r.rows.Objects = nil
	for _, field := range disagree {
		if len(joined(found, field)) > 1 {
			r.rows.Add(r.field(field, found))
		}
	}
	r.body.Hidden = len(r.rows.Objects) == 0
	r.rows.Refresh()
	r.body.Refresh()
}

func (r *readings) inForce(fields []string) []string {
	var out []string
	for _, f := range fields {
		if at := r.p.target(f); at != nil {
			out = append(out, *at)
		}
	}
	return out
}

func (r *readings) field(field string, found []photo.Reading) fyne.CanvasObject {
	title := field
	if known := readingTitles[field]; known != "" {
		title = lang.L(known)
	}
	col := look.Column(5, look.NewText(title, look.Muted, look.TextSmall))
	at := r.p.target(field)
	for _, one := range joined(found, field) {
		words := look.NewParagraph(one.Value, look.Ink, "helperText")
		from := look.NewText(one.Origin, look.Muted, look.TextCaps)
		from.Style.Bold = true
		head := look.Row(8, look.Middle(from))
		switch {
		case at != nil && *at == one.Value:
			head.Add(look.Middle(look.Badge(lang.L("in use"), look.AccentSoft)))
		case at != nil:
			head.Add(look.NewLink(lang.L("Use this"), func() {
				r.p.changePhoto(fmt.Sprintf(lang.L("Use %s from %s"), strings.ToLower(title), one.Origin), func() { *at = one.Value })
			}))
		}
		col.Add(look.Column(0, head, words))
	}
	return col
}

// joined is one reading an origin, several values of a list put together.
func joined(found []photo.Reading, field string) []photo.Reading {
	var out []photo.Reading
	for _, one := range found {
		if one.Field != field {
			continue
		}
		if n := len(out); n > 0 && out[n-1].Origin == one.Origin {
			if out[n-1].Lang == one.Lang {
				out[n-1].Value += ", " + one.Value
				continue
			}
		}
		out = append(out, one)
	}
	return out
}
