package project

// This file owns turning a pasted story into an essay, in two steps: Match
// shows what was recognised and which photo each caption goes with, and only
// Paste changes anything.

import (
	"context"
	"fmt"
	"strings"

	"photodesk/project/wording"
)

// PastedCaption is a caption of a pasted story and the photo it goes with.
type PastedCaption struct {
	wording.Caption
	PhotoID int64 // 0: none
	// PhotoCredit is the credit line the photo has of its own, where that
	// differs from the pasted one; the photo's is kept.
	PhotoCredit string
}

// Pasted is a story as it was recognised, before anything is changed.
type Pasted struct {
	Headline   string
	Byline     string
	Lang       string // BCP 47, where the words leave no doubt, or ""; Paste makes an essay in it
	Paragraphs []string
	Captions   []PastedCaption
}

// Match reads a story and pairs its captions with photos of the library: by
// file name where one is named, by the photo's own caption where that clearly
// is the same, else in the library's order.
func (p *Project) Match(ctx context.Context, text string) (Pasted, error) {
	photos, err := p.Photos(ctx, Filter{})
	if err != nil {
		return Pasted{}, err
	}
	story := wording.ParseStory(text)
	hints := make([]wording.Hint, len(photos))
	for i, ph := range photos {
		hints[i] = wording.Hint{Name: ph.Name, Caption: ph.Caption}
	}
	out := Pasted{Headline: story.Headline, Byline: story.Byline, Lang: tongueOf(story), Paragraphs: story.Paragraphs}
	pairs := wording.Pair(story.Captions, hints)
	for i, c := range story.Captions {
		pc := PastedCaption{Caption: c}
		if n := pairs[i]; n >= 0 {
			pc.PhotoID = photos[n].ID
			pc.PhotoCredit = ownCredit(photos[n], c.Credit)
		}
		out.Captions = append(out.Captions, pc)
	}
	return out, nil
}

// tongueOf goes by the story's own words. Captions come from agencies, often in English whatever the story's language; they are
// asked where there is no other text.
func tongueOf(s wording.Story) string {
	if lang := wording.Tongue(s.Headline + "\n" + strings.Join(s.Paragraphs, "\n")); lang != "" || len(s.Paragraphs) > 0 {
		return lang
	}
	text := s.Headline
	for _, c := range s.Captions {
		text += "\n" + c.Text
	}
	return wording.Tongue(text)
}

// Pair gives a caption another photo (the zero Photo: none).
func (pc *PastedCaption) Pair(ph Photo) {
	pc.PhotoID, pc.PhotoCredit = ph.ID, ""
	if ph.ID != 0 {
		pc.PhotoCredit = ownCredit(ph, pc.Credit)
	}
}

// ownCredit is the credit line that a photo keeps against a pasted one. The
// pasted line wins where the photo has none, has only a word as "HO" that
// names nobody, or has the same byline without a provider.
func ownCredit(ph Photo, pasted wording.Credit) string {
	switch own := wording.ParseCredit(ph.CreditLine); {
	case ph.CreditLine == "", pasted.Line == "", ph.CreditLine == pasted.Line:
		return ""
	case !own.Sure && own.Byline == "":
		return ""
	case own.Provider == "" && own.Distributor == "" && own.Byline != "" && own.Byline == pasted.Byline:
		return ""
	}
	return ph.CreditLine
}

// Paste makes an essay of a recognised story, as one undo step: its text, and
// one photo block for each caption that has a photo. A caption without one
// stays in the story as text, so that no word is lost. An empty slug is made
// from the headline; an error wraps ErrSlugTaken when a given one is taken.
func (p *Project) Paste(ctx context.Context, story Pasted, slug string) (essay int64, err error) {
	err = p.Edit(ctx, p.label("Paste story"), func(t *Tx) error {
		e := Essay{Slug: slug, Headline: story.Headline, Byline: story.Byline, Lang: story.Lang, Votes: true}
		if slug == "" {
			if e.Slug, err = t.FreeSlug(wording.Slug(story.Headline)); err != nil {
				return err
			}
		}
		if essay, err = t.AddEssay(e); err != nil {
			return err
		}
		last := int64(0)
		for _, b := range story.blocks() {
			if last, err = t.AddBlock(essay, last, b); err != nil {
				return err
			}
		}
		for _, c := range story.Captions {
			if err := t.creditFromPaste(c); err != nil {
				return err
			}
		}
		return nil
	})
	return essay, err
}

// blocks lays the story out: the text first, the photos spread through it, so
// that the essay reads well before anybody has moved a block.
func (s Pasted) blocks() []Block {
	var photos, rest []Block
	for _, c := range s.Captions {
		if c.PhotoID == 0 {
			rest = append(rest, Block{Kind: KindText, Text: EscapeSpans(c.Raw)})
			continue
		}
		width := WidthColumn
		if len(photos) == 0 {
			width = WidthWide // the opening photo
		}
		caption := c.Text
		photos = append(photos, Block{Kind: KindPhoto, Placements: []Placement{{
			PhotoID: c.PhotoID, Caption: &caption, Width: width, Pasted: c.Raw,
		}}})
	}
	var out []Block
	texts := len(s.Paragraphs)
	for i, text := range s.Paragraphs {
		if i > 0 && len(photos) > 1 { // between two paragraphs stands one photo
			out, photos = append(out, photos[0]), photos[1:]
		} else if i == 0 && len(photos) > texts-1 && len(photos) > 0 {
			out, photos = append(out, photos[0]), photos[1:]
		}
		out = append(out, Block{Kind: KindText, Text: EscapeSpans(text)})
	}
	return append(append(out, photos...), rest...)
}

// creditFromPaste gives a photo the pasted credit line where it has no better of its own.
func (t *Tx) creditFromPaste(c PastedCaption) error {
	if c.PhotoID == 0 || c.Credit.Line == "" {
		return nil
	}
	ph, err := t.Photo(c.PhotoID)
	if err != nil {
		return fmt.Errorf("pair a caption: %w", err)
	}
	if ownCredit(ph, c.Credit) != "" {
		return nil
	}
	ph.CreditLine = c.Credit.Line
	if ph.Byline == "" {
		ph.Byline = c.Credit.Byline
	}
	return t.UpdatePhoto(ph)
}
