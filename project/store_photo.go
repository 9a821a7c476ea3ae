package project

// This file owns the photo library in SQLite: words, search, filters, thumbnails.

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"photodesk/project/photo"
)

const photoColumns = `p.id, p.sha256, p.name, p.format, p.bytes, p.width, p.height, p.orientation, p.profile,
	p.caption, p.byline, p.credit, p.credit_line, p.source, p.copyright, p.headline, p.city, p.state, p.country,
	p.alt, p.description, p.instruction, p.usage_terms, p.source_type, p.keywords, p.taken_at, p.embargo, p.expires,
	p.sensitive, p.sensitive_why, p.gps, p.recipe, p.added_at, (SELECT count(*) FROM placement WHERE photo_id = p.id)`

func scanPhoto(row interface{ Scan(...any) error }, p *Photo) error {
	var keywords, recipe, added string
	err := row.Scan(&p.ID, &p.SHA256, &p.Name, &p.Format, &p.Bytes, &p.Width, &p.Height, &p.Orientation, &p.Profile,
		&p.Caption, &p.Byline, &p.Credit, &p.CreditLine, &p.Source, &p.Copyright, &p.Headline, &p.City, &p.State, &p.Country,
		&p.Alt, &p.Description, &p.Instruction, &p.UsageTerms, &p.SourceType, &keywords, &p.TakenAt, &p.Embargo, &p.Expires,
		&p.Sensitive, &p.SensitiveWhy, &p.GPS, &recipe, &added, &p.Uses)
	if err != nil {
		return err
	}
	p.AddedAt = parseStamp(added)
	if err := json.Unmarshal([]byte(keywords), &p.Keywords); err != nil {
		return fmt.Errorf("photo %d: keywords: %w", p.ID, err)
	}
	if err := json.Unmarshal([]byte(recipe), &p.Recipe); err != nil {
		return fmt.Errorf("photo %d: recipe: %w", p.ID, err)
	}
	return nil
}

// Photo reads one photo; an error wraps ErrNoRow when it isn't there.
func (p *Project) Photo(ctx context.Context, id int64) (Photo, error) {
	return readPhoto(ctx, p.readDB, id)
}

// Photo reads one photo as the transaction sees it.
func (t *Tx) Photo(id int64) (Photo, error) { return readPhoto(t.ctx, t.tx, id) }

func readPhoto(ctx context.Context, q querier, id int64) (Photo, error) {
	var ph Photo
	err := scanPhoto(q.QueryRowContext(ctx, `SELECT `+photoColumns+` FROM photo p WHERE p.id = ?`, id), &ph)
	if errors.Is(err, sql.ErrNoRows) {
		return ph, fmt.Errorf("photo %d %w", id, ErrNoRow)
	}
	return ph, explain(err)
}

// filterConditions are the library's filters as SQL over photo p.
var filterConditions = map[string]string{
	"unused":    `NOT EXISTS (SELECT 1 FROM placement WHERE photo_id = p.id)`,
	"caption":   `p.caption = ''`,
	"credit":    `p.credit_line = ''`,
	"alt":       `p.alt = ''`,
	"sensitive": `p.sensitive = 1`,
}

// Photos lists the library in the order of import, narrowed by the filter.
func (p *Project) Photos(ctx context.Context, f Filter) ([]Photo, error) {
	return p.PhotoPage(ctx, f, 0, -1)
}

// PhotoPage lists at most limit photos (-1: all) that come after the photo
// with the id, in the order of import, narrowed by the filter: a window on a
// library of any size costs the same.
func (p *Project) PhotoPage(ctx context.Context, f Filter, after int64, limit int) ([]Photo, error) {
	where, args := f.where()
	args = append([]any{after}, args...)
	return readPhotos(ctx, p.readDB, ` WHERE p.id > ?`+where+` ORDER BY p.id LIMIT `+strconv.Itoa(limit), args...)
}

// PhotoIDs lists the ids of the filtered library: what a grid needs to know of
// the photos that it doesn't show.
func (p *Project) PhotoIDs(ctx context.Context, f Filter) ([]int64, error) {
	where, args := f.where()
	rows, err := p.readDB.QueryContext(ctx, `SELECT p.id FROM photo p WHERE 1`+where+` ORDER BY p.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("list photos: %w", explain(err))
	}
	defer rows.Close()
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("list photos: %w", err)
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// where is the filter as SQL over photo p, to follow a condition.
func (f Filter) where() (string, []any) {
	conds, args := searchConditions(f.Search)
	for _, c := range []struct {
		on   bool
		name string
	}{{f.Unused, "unused"}, {f.NoCaption, "caption"}, {f.NoCredit, "credit"}, {f.NoAlt, "alt"}, {f.Sensitive, "sensitive"}} {
		if c.on {
			conds = append(conds, filterConditions[c.name])
		}
	}
	if len(conds) == 0 {
		return "", nil
	}
	return " AND " + strings.Join(conds, " AND "), args
}

// PhotosOf reads the photos an essay places, by id.
func (p *Project) PhotosOf(ctx context.Context, essay int64) (map[int64]Photo, error) {
	list, err := readPhotos(ctx, p.readDB, ` WHERE p.id IN (
		SELECT pl.photo_id FROM placement pl JOIN block b ON b.id = pl.block_id WHERE b.essay_id = ?)`, essay)
	if err != nil {
		return nil, err
	}
	out := make(map[int64]Photo, len(list))
	for _, ph := range list {
		out[ph.ID] = ph
	}
	return out, nil
}

func readPhotos(ctx context.Context, q querier, rest string, args ...any) ([]Photo, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+photoColumns+` FROM photo p`+rest, args...)
	if err != nil {
		return nil, fmt.Errorf("list photos: %w", explain(err))
	}
	defer rows.Close()
	var out []Photo
	for rows.Next() {
		var ph Photo
		if err := scanPhoto(rows, &ph); err != nil {
			return nil, fmt.Errorf("list photos: %w", err)
		}
		out = append(out, ph)
	}
	return out, rows.Err()
}

// Counts tells how many photos each filter leaves.
func (p *Project) Counts(ctx context.Context) (Counts, error) {
	var c Counts
	err := p.readDB.QueryRowContext(ctx, `SELECT count(*),
		count(*) FILTER (WHERE `+filterConditions["unused"]+`),
		count(*) FILTER (WHERE `+filterConditions["caption"]+`),
		count(*) FILTER (WHERE `+filterConditions["credit"]+`),
		count(*) FILTER (WHERE `+filterConditions["alt"]+`),
		count(*) FILTER (WHERE `+filterConditions["sensitive"]+`)
		FROM photo p`).Scan(&c.All, &c.Unused, &c.NoCaption, &c.NoCredit, &c.NoAlt, &c.Sensitive)
	if err != nil {
		return c, fmt.Errorf("count photos: %w", explain(err))
	}
	return c, nil
}

// AddPhoto adds a photo to the library and returns its id.
func (t *Tx) AddPhoto(ph Photo) (int64, error) {
	if len(ph.SHA256) != 64 {
		return 0, fmt.Errorf("photo %s: SHA-256 %q is %w", ph.Name, ph.SHA256, ErrInvalid)
	}
	res, err := t.tx.ExecContext(t.ctx, `
		INSERT INTO photo (sha256, name, format, bytes, width, height, orientation, profile, gps, added_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		ph.SHA256, ph.Name, ph.Format, ph.Bytes, ph.Width, ph.Height, ph.Orientation, ph.Profile, ph.GPS, stamp(t.now))
	if err != nil {
		return 0, fmt.Errorf("add photo %s: %w", ph.Name, err)
	}
	if ph.ID, err = res.LastInsertId(); err != nil {
		return 0, err
	}
	return ph.ID, t.UpdatePhoto(ph)
}

// UpdatePhoto writes a photo's words, rights, marks and recipe; what the
// original is made of never changes.
func (t *Tx) UpdatePhoto(ph Photo) error {
	if err := ph.Recipe.Validate(); err != nil {
		return fmt.Errorf("photo %s: %w", ph.Name, err)
	}
	if ph.Keywords == nil {
		ph.Keywords = []string{}
	}
	keywords, err := json.Marshal(ph.Keywords)
	if err != nil {
		return err
	}
	recipe, err := json.Marshal(ph.Recipe)
	if err != nil {
		return err
	}
	return t.one("photo", ph.ID, `
		UPDATE photo SET caption = ?, byline = ?, credit = ?, credit_line = ?, source = ?, copyright = ?, headline = ?,
			city = ?, state = ?, country = ?, alt = ?, description = ?, instruction = ?, usage_terms = ?, source_type = ?,
			keywords = ?, taken_at = ?, embargo = ?, expires = ?, sensitive = ?, sensitive_why = ?, recipe = ? WHERE id = ?`,
		ph.Caption, ph.Byline, ph.Credit, ph.CreditLine, ph.Source, ph.Copyright, ph.Headline,
		ph.City, ph.State, ph.Country, ph.Alt, ph.Description, ph.Instruction, ph.UsageTerms, ph.SourceType,
		string(keywords), ph.TakenAt, ph.Embargo, ph.Expires, ph.Sensitive, ph.SensitiveWhy, string(recipe), ph.ID)
}

// ErrPlaced is wrapped when a photo can't leave the library because an essay shows it.
var ErrPlaced = errors.New("is placed in an essay; take it out there first")

// DeletePhoto takes a photo out of the library. Its original stays on the disk
// for as long as undo may want it back.
func (t *Tx) DeletePhoto(id int64) error {
	var placed bool
	err := t.tx.QueryRowContext(t.ctx, `SELECT EXISTS (SELECT 1 FROM placement WHERE photo_id = ?)`, id).Scan(&placed)
	if err != nil {
		return err
	}
	if placed {
		return fmt.Errorf("photo %d %w", id, ErrPlaced)
	}
	return t.one("photo", id, `DELETE FROM photo WHERE id = ?`, id)
}

// photoBySHA finds the photo made of the same bytes, or ErrNoRow.
func (t *Tx) photoBySHA(sha string) (Photo, error) {
	var ph Photo
	err := scanPhoto(t.tx.QueryRowContext(t.ctx, `SELECT `+photoColumns+` FROM photo p WHERE p.sha256 = ?`, sha), &ph)
	if errors.Is(err, sql.ErrNoRows) {
		return ph, fmt.Errorf("photo %.12s… %w", sha, ErrNoRow)
	}
	return ph, err
}

// Found is what the original's own fields said when it was imported.
func (p *Project) Found(ctx context.Context, ph Photo) ([]photo.Reading, error) {
	var text string
	err := p.readDB.QueryRowContext(ctx, `SELECT readings FROM found WHERE sha256 = ?`, ph.SHA256).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read what %s held: %w", ph.Name, explain(err))
	}
	var out []photo.Reading
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		return nil, fmt.Errorf("read what %s held: %w", ph.Name, err)
	}
	return out, nil
}
