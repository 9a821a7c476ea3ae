package project

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// shape writes an essay's blocks in a line: kind, layout, words, number of photos.
func shapeOfEssay(t *testing.T, p *Project, id int64) string {
	t.Helper()
	e, err := p.Essay(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, b := range e.Blocks {
		s := string(b.Kind)
		if b.Layout != "" {
			s += "/" + string(b.Layout)
		}
		if b.Text != "" {
			s += fmt.Sprintf(" %q", b.Text)
		}
		for _, pl := range b.Placements {
			s += fmt.Sprintf(" p%d", pl.PhotoID)
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func TestReshape(t *testing.T) {
	photoBlock := func(ids ...int64) Block {
		b := Block{Kind: KindPhoto}
		for _, id := range ids {
			b.Placements = append(b.Placements, Placement{PhotoID: id})
		}
		if len(ids) > 1 {
			b.Kind, b.Layout = KindGallery, LayoutGrid
		}
		return b
	}
	text := func(s string) Block { return Block{Kind: KindText, Text: s} }
	pair := photoBlock(1, 2)
	pair.Layout = LayoutPair
	for _, c := range []struct {
		name   string
		blocks []Block
		do     func(tx *Tx, ids []int64) error
		want   string
		fails  error
	}{
		{"split", []Block{text("one two"), text("z")}, func(tx *Tx, ids []int64) error {
			_, err := tx.SplitBlock(ids[0], "one", "two")
			return err
		}, `text "one"; text "two"; text "z"`, nil},
		{"split a heading", []Block{{Kind: KindHeading, Text: "Head rest"}}, func(tx *Tx, ids []int64) error {
			_, err := tx.SplitBlock(ids[0], "Head", "rest")
			return err
		}, `heading "Head"; text "rest"`, nil},
		{"join", []Block{text("ön"), text("two")}, func(tx *Tx, ids []int64) error {
			into, at, err := tx.JoinBlock(ids[1])
			if into != ids[0] || at != 2 {
				return fmt.Errorf("joined at %d of %d", at, into)
			}
			return err
		}, `text "öntwo"`, nil},
		{"join to a photo", []Block{photoBlock(1), text("two")}, func(tx *Tx, ids []int64) error {
			_, _, err := tx.JoinBlock(ids[1])
			return err
		}, `photo p1; text "two"`, ErrNoJoin},
		{"photo onto photo", []Block{photoBlock(1), text("x"), photoBlock(2)}, func(tx *Tx, ids []int64) error {
			return tx.PutTogether(ids[2], ids[0])
		}, `gallery/pair p1 p2; text "x"`, nil},
		{"photo onto pair", []Block{pair, photoBlock(3)}, func(tx *Tx, ids []int64) error {
			return tx.PutTogether(ids[1], ids[0])
		}, `gallery/grid p1 p2 p3`, nil},
		{"photo onto words", []Block{text("x"), photoBlock(2)}, func(tx *Tx, ids []int64) error {
			return tx.PutTogether(ids[1], ids[0])
		}, `text "x"; photo p2`, ErrInvalid},
		{"library onto photo", []Block{photoBlock(1)}, func(tx *Tx, ids []int64) error {
			return tx.AddPhotos(ids[0], []int64{2, 3})
		}, `gallery/grid p1 p2 p3`, nil},
		{"library onto empty photo", []Block{photoBlock()}, func(tx *Tx, ids []int64) error {
			return tx.AddPhotos(ids[0], []int64{2})
		}, `photo p2`, nil},
		{"take apart", []Block{pair, text("x")}, func(tx *Tx, ids []int64) error {
			_, err := tx.TakeApart(ids[0])
			return err
		}, `photo p1; photo p2; text "x"`, nil},
		{"move several", []Block{text("a"), text("b"), text("c")}, func(tx *Tx, ids []int64) error {
			return tx.MoveBlocks([]int64{ids[1], ids[2]}, 0)
		}, `text "b"; text "c"; text "a"`, nil},
		{"paste", []Block{text("a"), text("b")}, func(tx *Tx, ids []int64) error {
			_, err := tx.AddBlocks(1, ids[0], []Block{text("c"), pair})
			return err
		}, `text "a"; text "c"; gallery/pair p1 p2; text "b"`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := Create(t.Context(), filepath.Join(t.TempDir(), "day.photodesk"))
			if err != nil {
				t.Fatal(err)
			}
			defer p.Close()
			var essay int64
			var ids []int64
			err = p.Edit(t.Context(), "Prepare", func(tx *Tx) (err error) {
				for i := range 3 {
					if _, err := tx.AddPhoto(Photo{SHA256: fmt.Sprintf("%064d", i), Name: fmt.Sprintf("%d.jpg", i)}); err != nil {
						return err
					}
				}
				if essay, err = tx.AddEssay(Essay{Slug: "a"}); err != nil {
					return err
				}
				ids, err = tx.AddBlocks(essay, 0, c.blocks)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			before := shapeOfEssay(t, p, essay)
			err = p.Edit(t.Context(), c.name, func(tx *Tx) error { return c.do(tx, ids) })
			if !errors.Is(err, c.fails) {
				t.Fatalf("error %v, want %v", err, c.fails)
			}
			if got := shapeOfEssay(t, p, essay); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
			if c.fails != nil {
				return
			}
			if _, err := p.Undo(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := shapeOfEssay(t, p, essay); got != before {
				t.Errorf("undone: %s, want %s", got, before)
			}
		})
	}
}

func TestToggleMark(t *testing.T) {
	for _, c := range []struct{ name, in, mark, want string }{
		{"bold", "a |word| b", MarkBold, "a **|word|** b"},
		{"off again", "a **|word|** b", MarkBold, "a |word| b"},
		{"marks selected too", "a |**word**| b", MarkBold, "a |word| b"},
		{"italic in bold", "**|word|**", MarkItalic, "***|word|***"},
		{"bold off both", "***|word|***", MarkBold, "*|word|*"},
		{"italic off both", "***|word|***", MarkItalic, "**|word|**"},
		{"the word at the caret", "a wo||rd b", MarkItalic, "a *|word|* b"},
		{"spaces stay outside", "a| word |b", MarkBold, "a **|word|** b"},
		{"nothing there", "a || b", MarkBold, "a || b"},
		{"line by line", "|one\ntwo|", MarkItalic, "*|one*\n*two|*"},
	} {
		in := []rune(c.in)
		from := strings.IndexRune(c.in, '|')
		to := strings.LastIndex(c.in, "|") - 1
		text := strings.ReplaceAll(string(in), "|", "")
		got, a, b := ToggleMark(text, from, to, c.mark)
		rs := []rune(got)
		if shown := string(rs[:a]) + "|" + string(rs[a:b]) + "|" + string(rs[b:]); shown != c.want {
			t.Errorf("%s: %q, want %q", c.name, shown, c.want)
		}
	}
}

func TestLinks(t *testing.T) {
	text := "See *the* [lëtter](https://a.example/x) now"
	from, to, label, address, ok := LinkAt(text, 14)
	if !ok || label != "lëtter" || address != "https://a.example/x" || []rune(text)[from] != '[' || []rune(text)[to] != ' ' {
		t.Errorf("%d to %d: %q %q %v", from, to, label, address, ok)
	}
	if got, _ := SetLink(text, from, to, label, ""); got != "See *the* lëtter now" {
		t.Errorf("unlinked: %q", got)
	}
	if got, at := SetLink("go there", 3, 8, "there", "https://b.example"); got != "go [there](https://b.example)" || at != 29 {
		t.Errorf("linked: %q, %d", got, at)
	}
	if _, _, _, _, ok := LinkAt(text, 3); ok {
		t.Error("a place outside is in the link")
	}
}
