package project

// This file owns what is done to blocks as wholes: split, joined, put together
// and taken apart, pasted. Each is a part of one edit.

import (
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"
)

// ErrNoJoin is wrapped where a block has none before it that takes its words.
var ErrNoJoin = errors.New("has no block of words before it")

// Words reports whether a block of the kind is made of words.
func (k BlockKind) Words() bool { return k == KindText || k == KindHeading || k == KindQuote }

// Photos reports whether a block of the kind holds photos.
func (k BlockKind) Photos() bool { return k == KindPhoto || k == KindGallery || k == KindCompare }

// SplitBlock leaves before in a block of words and puts after into a new text
// block behind it, whose id it returns.
func (t *Tx) SplitBlock(id int64, before, after string) (int64, error) {
	b, err := t.block(id)
	if err != nil {
		return 0, err
	}
	b.Text = before
	if err := t.UpdateBlock(b); err != nil {
		return 0, err
	}
	return t.AddBlock(b.EssayID, b.ID, Block{Kind: KindText, Text: after})
}

// JoinBlock puts a block's words behind those of the block before it and
// deletes it. It returns that block and at which character the words joined; an
// error wraps ErrNoJoin where it isn't made of words.
func (t *Tx) JoinBlock(id int64) (into int64, at int, err error) {
	b, err := t.block(id)
	if err != nil {
		return 0, 0, err
	}
	e, err := t.Essay(b.EssayID)
	if err != nil {
		return 0, 0, err
	}
	i := slices.IndexFunc(e.Blocks, func(o Block) bool { return o.ID == id })
	if i <= 0 || !b.Kind.Words() || !e.Blocks[i-1].Kind.Words() {
		return 0, 0, fmt.Errorf("block %d %w", id, ErrNoJoin)
	}
	last := e.Blocks[i-1]
	at = utf8.RuneCountInString(last.Text)
	last.Text += b.Text
	if last.Kind != KindQuote {
		last.Attribution = ""
	} else if last.Attribution == "" {
		last.Attribution = b.Attribution
	}
	if err := t.UpdateBlock(last); err != nil {
		return 0, 0, err
	}
	return last.ID, at, t.DeleteBlock(id)
}

// PutTogether moves the photos of one block behind those of another and
// deletes the first: two become a pair, more a grid; a gallery keeps its layout.
func (t *Tx) PutTogether(from, into int64) error {
	a, err := t.block(from)
	if err != nil {
		return err
	}
	b, err := t.block(into)
	if err != nil {
		return err
	}
	if from == into || !a.Kind.Photos() || !b.Kind.Photos() || len(a.Placements) == 0 {
		return fmt.Errorf("blocks %d and %d can't be put together: %w", from, into, ErrInvalid)
	}
	if err := t.makeRoom(b, len(a.Placements)); err != nil {
		return err
	}
	last := int64(0)
	if n := len(b.Placements); n > 0 {
		last = b.Placements[n-1].ID
	}
	for _, pl := range a.Placements {
		if err := t.MovePlacement(pl.ID, into, last); err != nil {
			return err
		}
		last = pl.ID
	}
	return t.DeleteBlock(from)
}

// AddPhotos puts photos of the library behind those that a block has.
func (t *Tx) AddPhotos(into int64, photos []int64) error {
	b, err := t.block(into)
	if err != nil {
		return err
	}
	if !b.Kind.Photos() {
		return fmt.Errorf("block %d takes no photos: %w", into, ErrInvalid)
	}
	if err := t.makeRoom(b, len(photos)); err != nil {
		return err
	}
	last := int64(0)
	if n := len(b.Placements); n > 0 {
		last = b.Placements[n-1].ID
	}
	for _, id := range photos {
		if last, err = t.AddPlacement(into, last, Placement{PhotoID: id}); err != nil {
			return err
		}
	}
	return nil
}

// makeRoom makes a block one that holds so many photos more.
func (t *Tx) makeRoom(b Block, more int) error {
	n := len(b.Placements) + more
	switch {
	case b.Kind == KindPhoto && n > 1, b.Kind == KindCompare && n > 2:
		b.Kind, b.Layout = KindGallery, LayoutGrid
		if n == 2 {
			b.Layout = LayoutPair
		}
	case b.Kind == KindGallery && b.Layout == LayoutPair && n > 2 && len(b.Placements) == 2:
		b.Layout = LayoutGrid
	default:
		return nil
	}
	return t.UpdateBlock(b)
}

// TakeApart makes a block of its own of each photo of a gallery or compare.
func (t *Tx) TakeApart(id int64) ([]int64, error) {
	b, err := t.block(id)
	if err != nil {
		return nil, err
	}
	if !b.Kind.Photos() || len(b.Placements) < 2 {
		return nil, fmt.Errorf("block %d has no photos to take apart: %w", id, ErrInvalid)
	}
	ids := []int64{id}
	last := id
	for _, pl := range b.Placements[1:] {
		made, err := t.AddBlock(b.EssayID, last, Block{Kind: KindPhoto})
		if err != nil {
			return nil, err
		}
		if err := t.MovePlacement(pl.ID, made, 0); err != nil {
			return nil, err
		}
		ids, last = append(ids, made), made
	}
	b.Kind, b.Layout = KindPhoto, ""
	return ids, t.UpdateBlock(b)
}

// AddBlocks adds copies of blocks, with their placements, behind the block
// after (0: first) of any essay of the project, and returns their ids.
func (t *Tx) AddBlocks(essay, after int64, blocks []Block) ([]int64, error) {
	var ids []int64
	for _, b := range blocks {
		id, err := t.AddBlock(essay, after, b)
		if err != nil {
			return nil, err
		}
		ids, after = append(ids, id), id
	}
	return ids, nil
}

// MoveBlocks puts blocks behind another (0: first), in the order given.
func (t *Tx) MoveBlocks(ids []int64, after int64) error {
	if slices.Contains(ids, after) {
		return fmt.Errorf("blocks can't go behind one of themselves: %w", ErrInvalid)
	}
	for _, id := range ids {
		if err := t.MoveBlock(id, after); err != nil {
			return err
		}
		after = id
	}
	return nil
}

// block reads one block as the transaction sees it.
func (t *Tx) block(id int64) (Block, error) {
	var essay int64
	if err := t.get("block", id, `SELECT essay_id FROM block WHERE id = ?`, &essay, id); err != nil {
		return Block{}, err
	}
	blocks, err := readBlocks(t.ctx, t.tx, essay)
	if err != nil {
		return Block{}, err
	}
	for _, b := range blocks {
		if b.ID == id {
			return b, nil
		}
	}
	return Block{}, fmt.Errorf("block %d %w", id, ErrNoRow)
}
