package project

// This file owns essays, blocks, placements and corrections in SQLite.

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"photodesk/project/wording"
)

// ErrSlugTaken is wrapped when another essay of the project has the slug.
var ErrSlugTaken = errors.New("is taken by another essay")

// ErrNoRow is wrapped when an essay, block, placement or photo is not (or no longer) there.
var ErrNoRow = errors.New("is not in this project")

type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// EssayHead is an essay as a list shows it.
type EssayHead struct {
	ID        int64
	Slug      string
	Headline  string
	Status    Status
	Blocks    int
	Photos    int // different photos placed
	UpdatedAt time.Time
}

// Essays lists the essays, the newest first.
func (p *Project) Essays(ctx context.Context) ([]EssayHead, error) {
	rows, err := p.readDB.QueryContext(ctx, `
		SELECT e.id, e.slug, e.headline, e.status, e.updated_at,
			(SELECT count(*) FROM block b WHERE b.essay_id = e.id),
			(SELECT count(DISTINCT pl.photo_id) FROM placement pl JOIN block b ON b.id = pl.block_id WHERE b.essay_id = e.id)
		FROM essay e ORDER BY e.id DESC`)
	if err != nil {
		return nil, fmt.Errorf("list essays: %w", explain(err))
	}
	defer rows.Close()
	var out []EssayHead
	for rows.Next() {
		var h EssayHead
		var at string
		if err := rows.Scan(&h.ID, &h.Slug, &h.Headline, &h.Status, &at, &h.Blocks, &h.Photos); err != nil {
			return nil, fmt.Errorf("list essays: %w", err)
		}
		h.UpdatedAt = parseStamp(at)
		out = append(out, h)
	}
	return out, rows.Err()
}

// Essay reads one essay whole; an error wraps ErrNoRow when it isn't there.
func (p *Project) Essay(ctx context.Context, id int64) (*Essay, error) {
	return readEssay(ctx, p.readDB, `id = ?`, id)
}

// EssayBySlug reads the essay with the slug; an error wraps ErrNoRow when there is none.
func (p *Project) EssayBySlug(ctx context.Context, slug string) (*Essay, error) {
	return readEssay(ctx, p.readDB, `slug = ?`, slug)
}

// Essay reads one essay as the transaction sees it.
func (t *Tx) Essay(id int64) (*Essay, error) { return readEssay(t.ctx, t.tx, `id = ?`, id) }

func readEssay(ctx context.Context, q querier, where string, arg any) (*Essay, error) {
	var e Essay
	var created, updated, published, opens, closes string
	var rulesAt int64
	err := q.QueryRowContext(ctx, `
		SELECT id, uid, slug, headline, standfirst, byline, dateline, lang, dir, theme, votes, canonical, published, status, created_at, updated_at,
			votes_open, votes_close, upvotes_only, results_hidden, vote_sign_in, rules_at
		FROM essay WHERE `+where, arg).Scan(&e.ID, &e.UID, &e.Slug, &e.Headline, &e.Standfirst, &e.Byline, &e.Dateline,
		&e.Lang, &e.Dir, &e.Theme, &e.Votes, &e.Canonical, &published, &e.Status, &created, &updated,
		&opens, &closes, &e.VoteRules.UpvotesOnly, &e.VoteRules.Hidden, &e.VoteRules.SignIn, &rulesAt)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("essay %v %w", arg, ErrNoRow)
	}
	if err != nil {
		return nil, fmt.Errorf("read essay: %w", explain(err))
	}
	e.CreatedAt, e.UpdatedAt = parseStamp(created), parseStamp(updated)
	e.Published, e.VoteRules.Opens, e.VoteRules.Closes = parseZoned(published), parseZoned(opens), parseZoned(closes)
	if rulesAt != 0 {
		e.RulesAt = time.Unix(rulesAt, 0).UTC()
	}
	if e.Blocks, err = readBlocks(ctx, q, e.ID); err != nil {
		return nil, fmt.Errorf("read essay %s: %w", e.Slug, explain(err))
	}
	if e.Corrections, err = readCorrections(ctx, q, e.ID); err != nil {
		return nil, fmt.Errorf("read essay %s: %w", e.Slug, explain(err))
	}
	return &e, nil
}

func readBlocks(ctx context.Context, q querier, essay int64) ([]Block, error) {
	rows, err := q.QueryContext(ctx,
		`SELECT id, essay_id, kind, text, attribution, layout FROM block WHERE essay_id = ? ORDER BY rank, id`, essay)
	if err != nil {
		return nil, err
	}
	var blocks []Block
	at := map[int64]int{}
	for rows.Next() {
		var b Block
		if err := rows.Scan(&b.ID, &b.EssayID, &b.Kind, &b.Text, &b.Attribution, &b.Layout); err != nil {
			_ = rows.Close()
			return nil, err
		}
		at[b.ID] = len(blocks)
		blocks = append(blocks, b)
	}
	if err := rows.Close(); err != nil {
		return nil, err
	}
	rows, err = q.QueryContext(ctx, `
		SELECT pl.id, pl.block_id, pl.photo_id, pl.caption, pl.alt, pl.width, pl.vote, pl.pasted
		FROM placement pl JOIN block b ON b.id = pl.block_id
		WHERE b.essay_id = ? ORDER BY pl.block_id, pl.rank, pl.id`, essay)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var pl Placement
		if err := scanPlacement(rows, &pl); err != nil {
			return nil, err
		}
		b := &blocks[at[pl.BlockID]]
		b.Placements = append(b.Placements, pl)
	}
	return blocks, rows.Err()
}

func scanPlacement(row interface{ Scan(...any) error }, pl *Placement) error {
	return row.Scan(&pl.ID, &pl.BlockID, &pl.PhotoID, &pl.Caption, &pl.Alt, &pl.Width, &pl.Vote, &pl.Pasted)
}

func readCorrections(ctx context.Context, q querier, essay int64) ([]Correction, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, essay_id, at, text FROM correction WHERE essay_id = ? ORDER BY at, id`, essay)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Correction
	for rows.Next() {
		var c Correction
		var at string
		if err := rows.Scan(&c.ID, &c.EssayID, &at, &c.Text); err != nil {
			return nil, err
		}
		c.At = parseStamp(at)
		out = append(out, c)
	}
	return out, rows.Err()
}

// AddEssay adds an essay (its head; blocks are added one by one) and returns
// its id. Language defaults to English and direction to its language's. An
// error wraps ErrSlugTaken or ErrInvalid.
func (t *Tx) AddEssay(e Essay) (int64, error) {
	if e.Lang == "" {
		e.Lang = "en"
	}
	if e.Dir == "" {
		e.Dir = wording.Direction(e.Lang)
	}
	if e.Status == "" {
		e.Status = StatusDraft
	}
	if e.UID == "" {
		e.UID = newUID()
	}
	if err := e.Validate(); err != nil {
		return 0, err
	}
	res, err := t.tx.ExecContext(t.ctx, `
		INSERT INTO essay (uid, slug, headline, standfirst, byline, dateline, lang, dir, theme, votes, canonical, published, status, created_at, updated_at,
			votes_open, votes_close, upvotes_only, results_hidden, vote_sign_in)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		e.UID, e.Slug, e.Headline, e.Standfirst, e.Byline, e.Dateline, e.Lang, e.Dir, e.Theme, e.Votes, e.Canonical, zoned(e.Published), e.Status,
		stamp(t.now), stamp(t.now), zoned(e.VoteRules.Opens), zoned(e.VoteRules.Closes), e.VoteRules.UpvotesOnly, e.VoteRules.Hidden, e.VoteRules.SignIn)
	if err != nil {
		return 0, slugTaken(e.Slug, err)
	}
	return res.LastInsertId()
}

// UpdateEssay writes the essay's own fields; its blocks and corrections have
// methods of their own.
func (t *Tx) UpdateEssay(e *Essay) error {
	if err := e.Validate(); err != nil {
		return err
	}
	err := t.one("essay", e.ID, `
		UPDATE essay SET slug = ?, headline = ?, standfirst = ?, byline = ?, dateline = ?, lang = ?, dir = ?, theme = ?,
			votes = ?, canonical = ?, published = ?, status = ?, votes_open = ?, votes_close = ?, upvotes_only = ?, results_hidden = ?, vote_sign_in = ?
		WHERE id = ?`,
		e.Slug, e.Headline, e.Standfirst, e.Byline, e.Dateline, e.Lang, e.Dir, e.Theme, e.Votes, e.Canonical, zoned(e.Published), e.Status,
		zoned(e.VoteRules.Opens), zoned(e.VoteRules.Closes), e.VoteRules.UpvotesOnly, e.VoteRules.Hidden, e.VoteRules.SignIn, e.ID)
	return slugTaken(e.Slug, err)
}

// zoned writes a moment with its zone, "" for none; parseZoned reads it back.
func zoned(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

func parseZoned(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}
	}
	// Go would make the machine's zone of an offset that is the same.
	_, offset := t.Zone()
	return t.In(time.FixedZone("", offset))
}

func slugTaken(slug string, err error) error {
	if err != nil && strings.Contains(err.Error(), "essay.slug") {
		return fmt.Errorf("slug %q %w; choose another", slug, ErrSlugTaken)
	}
	return err
}

// FreeSlug is the slug itself, or the slug with the first number that no essay has.
func (t *Tx) FreeSlug(slug string) (string, error) {
	for n := 1; ; n++ {
		try := slug
		if n > 1 {
			try = fmt.Sprintf("%s-%d", slug, n)
		}
		var taken bool
		err := t.tx.QueryRowContext(t.ctx, `SELECT EXISTS (SELECT 1 FROM essay WHERE slug = ?)`, try).Scan(&taken)
		if err != nil || !taken {
			return try, err
		}
	}
}

// DeleteEssay deletes an essay with its blocks; its photos stay in the library.
func (t *Tx) DeleteEssay(id int64) error {
	return t.one("essay", id, `DELETE FROM essay WHERE id = ?`, id)
}

// AddBlock adds a block, with its placements, behind the block after (0: first)
// and returns its id.
func (t *Tx) AddBlock(essay, after int64, b Block) (int64, error) {
	if b.Kind == KindGallery && b.Layout == "" {
		b.Layout = LayoutGrid
	}
	if err := b.Validate(); err != nil {
		return 0, err
	}
	rank, err := t.rankAfter("block", "essay_id", essay, after)
	if err != nil {
		return 0, err
	}
	res, err := t.tx.ExecContext(t.ctx,
		`INSERT INTO block (essay_id, rank, kind, text, attribution, layout) VALUES (?, ?, ?, ?, ?, ?)`,
		essay, rank, b.Kind, b.Text, b.Attribution, b.Layout)
	if err != nil {
		return 0, fmt.Errorf("add a block: %w", err)
	}
	id, err := res.LastInsertId()
	if err != nil {
		return 0, err
	}
	last := int64(0)
	for _, pl := range b.Placements {
		if last, err = t.AddPlacement(id, last, pl); err != nil {
			return 0, err
		}
	}
	return id, nil
}

// UpdateBlock writes a block's text, attribution, kind and layout.
func (t *Tx) UpdateBlock(b Block) error {
	if err := b.Validate(); err != nil {
		return err
	}
	return t.one("block", b.ID, `UPDATE block SET kind = ?, text = ?, attribution = ?, layout = ? WHERE id = ?`,
		b.Kind, b.Text, b.Attribution, b.Layout, b.ID)
}

// MoveBlock puts a block behind another of its essay (0: first).
func (t *Tx) MoveBlock(id, after int64) error {
	if id == after {
		return nil
	}
	var essay int64
	if err := t.get("block", id, `SELECT essay_id FROM block WHERE id = ?`, &essay, id); err != nil {
		return err
	}
	rank, err := t.rankAfter("block", "essay_id", essay, after)
	if err != nil {
		return err
	}
	return t.one("block", id, `UPDATE block SET rank = ? WHERE id = ?`, rank, id)
}

// DeleteBlock deletes a block with its placements.
func (t *Tx) DeleteBlock(id int64) error {
	return t.one("block", id, `DELETE FROM block WHERE id = ?`, id)
}

// AddPlacement places a photo in a block behind the placement after (0: first)
// and returns the placement's id.
func (t *Tx) AddPlacement(block, after int64, pl Placement) (int64, error) {
	if pl.Width == "" {
		pl.Width = WidthColumn
	}
	rank, err := t.rankAfter("placement", "block_id", block, after)
	if err != nil {
		return 0, err
	}
	res, err := t.tx.ExecContext(t.ctx, `
		INSERT INTO placement (block_id, photo_id, rank, caption, alt, width, vote, pasted) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		block, pl.PhotoID, rank, pl.Caption, pl.Alt, pl.Width, pl.Vote, pl.Pasted)
	if err != nil {
		return 0, fmt.Errorf("place photo %d: %w", pl.PhotoID, err)
	}
	return res.LastInsertId()
}

// Placement reads one placement as the transaction sees it.
func (t *Tx) Placement(id int64) (Placement, error) {
	var pl Placement
	row := t.tx.QueryRowContext(t.ctx,
		`SELECT id, block_id, photo_id, caption, alt, width, vote, pasted FROM placement WHERE id = ?`, id)
	err := scanPlacement(row, &pl)
	if errors.Is(err, sql.ErrNoRows) {
		err = fmt.Errorf("placement %d %w", id, ErrNoRow)
	}
	return pl, err
}

// UpdatePlacement writes what the story says of a placed photo, and which photo it is.
func (t *Tx) UpdatePlacement(pl Placement) error {
	return t.one("placement", pl.ID,
		`UPDATE placement SET photo_id = ?, caption = ?, alt = ?, width = ?, vote = ?, pasted = ? WHERE id = ?`,
		pl.PhotoID, pl.Caption, pl.Alt, pl.Width, pl.Vote, pl.Pasted, pl.ID)
}

// MovePlacement puts a placement into a block behind another of it (0: first).
func (t *Tx) MovePlacement(id, block, after int64) error {
	if id == after {
		return nil
	}
	rank, err := t.rankAfter("placement", "block_id", block, after)
	if err != nil {
		return err
	}
	return t.one("placement", id, `UPDATE placement SET block_id = ?, rank = ? WHERE id = ?`, block, rank, id)
}

// DeletePlacement takes a photo out of its block; the photo stays in the library.
func (t *Tx) DeletePlacement(id int64) error {
	return t.one("placement", id, `DELETE FROM placement WHERE id = ?`, id)
}

// AddCorrection adds a dated note to the reader and returns its id.
func (t *Tx) AddCorrection(essay int64, at time.Time, text string) (int64, error) {
	res, err := t.tx.ExecContext(t.ctx, `INSERT INTO correction (essay_id, at, text) VALUES (?, ?, ?)`, essay, stamp(at), text)
	if err != nil {
		return 0, fmt.Errorf("add a correction: %w", err)
	}
	return res.LastInsertId()
}

// DeleteCorrection deletes a correction.
func (t *Tx) DeleteCorrection(id int64) error {
	return t.one("correction", id, `DELETE FROM correction WHERE id = ?`, id)
}

// rankGap is how far apart fresh ranks stand, so that a move writes one row.
const rankGap = 1 << 16

// rankAfter finds a rank behind the row after among the siblings of owner.
func (t *Tx) rankAfter(tbl, owner string, id, after int64) (int64, error) {
	for try := 0; ; try++ {
		low := int64(0)
		if after != 0 {
			err := t.get(tbl, after, `SELECT rank FROM `+tbl+` WHERE id = ? AND `+owner+` = ?`, &low, after, id)
			if err != nil {
				return 0, err
			}
		} else {
			var first sql.NullInt64
			err := t.tx.QueryRowContext(t.ctx, `SELECT min(rank) FROM `+tbl+` WHERE `+owner+` = ?`, id).Scan(&first)
			if err != nil {
				return 0, err
			}
			return first.Int64 - rankGap, nil
		}
		var high sql.NullInt64
		err := t.tx.QueryRowContext(t.ctx, `SELECT min(rank) FROM `+tbl+` WHERE `+owner+` = ? AND rank > ?`, id, low).Scan(&high)
		switch {
		case err != nil:
			return 0, err
		case !high.Valid:
			return low + rankGap, nil
		case high.Int64-low > 1:
			return low + (high.Int64-low)/2, nil
		case try > 0:
			return 0, fmt.Errorf("no room between two rows of %s", tbl)
		}
		err = t.exec(`
			UPDATE `+tbl+` SET rank = r.n * ?1
			FROM (SELECT id, row_number() OVER (ORDER BY rank, id) AS n FROM `+tbl+` WHERE `+owner+` = ?2) AS r
			WHERE `+tbl+`.id = r.id`, rankGap, id)
		if err != nil {
			return 0, err
		}
	}
}

// one runs a statement that must change exactly the row it names.
func (t *Tx) one(what string, id int64, query string, args ...any) error {
	res, err := t.tx.ExecContext(t.ctx, query, args...)
	if err != nil {
		return fmt.Errorf("%s %d: %w", what, id, err)
	}
	n, err := res.RowsAffected()
	if err == nil && n == 0 {
		return fmt.Errorf("%s %d %w", what, id, ErrNoRow)
	}
	return err
}

func (t *Tx) get(what string, id int64, query string, dest any, args ...any) error {
	err := t.tx.QueryRowContext(t.ctx, query, args...).Scan(dest)
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("%s %d %w", what, id, ErrNoRow)
	}
	return err
}

// newUID makes a name that no other project or essay has: 96 random bits.
func newUID() string {
	var b [12]byte
	_, _ = rand.Read(b[:]) // never fails, see crypto/rand
	return hex.EncodeToString(b[:])
}
