package project

// This file owns the tallies of an essay and its photos, as a vote service last told them.

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"time"
)

// Tally is what was counted for an essay, or for one of its photos.
type Tally struct {
	Photo    string // the original's SHA-256; "" for the essay itself
	Up, Down int
	Service  string // the address of the service that counted
	At       time.Time
}

// Points is up minus down.
func (t Tally) Points() int { return t.Up - t.Down }

// Total is how many votes there are.
func (t Tally) Total() int { return t.Up + t.Down }

// Tallies reads what is known of an essay's votes, the essay's own first, then its photos by points, then by votes. What nobody
// has asked a service for is not there.
func (p *Project) Tallies(ctx context.Context, essay int64) ([]Tally, error) {
	rows, err := p.readDB.QueryContext(ctx, `SELECT photo, up, down, service, at FROM tally WHERE essay_id = ?
		ORDER BY photo <> '', up - down DESC, up + down DESC, photo`, essay)
	if err != nil {
		return nil, fmt.Errorf("read tallies: %w", explain(err))
	}
	defer rows.Close()
	var out []Tally
	for rows.Next() {
		var t Tally
		var at string
		if err := rows.Scan(&t.Photo, &t.Up, &t.Down, &t.Service, &at); err != nil {
			return nil, fmt.Errorf("read tallies: %w", err)
		}
		t.At = parseStamp(at)
		out = append(out, t)
	}
	return out, rows.Err()
}

// KeepTallies keeps what a service told of an essay now, in place of what it told before. It is no edit: undo doesn't take votes back.
func (p *Project) KeepTallies(ctx context.Context, essay int64, tallies []Tally) error {
	err := p.aside(ctx, func(t *Tx) error {
		if err := t.exec(`DELETE FROM tally WHERE essay_id = ?`, essay); err != nil {
			return err
		}
		for _, one := range tallies {
			err := t.exec(`INSERT INTO tally (essay_id, photo, up, down, service, at) VALUES (?, ?, ?, ?, ?, ?)`,
				essay, one.Photo, one.Up, one.Down, one.Service, stamp(t.now))
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keep tallies: %w", err)
	}
	return nil
}

// WriteTallies writes what is known of an essay's votes as a table, as CSV in UTF-8 with a byte-order mark (RFC 4180): the essay,
// then its photos by rank.
func (p *Project) WriteTallies(ctx context.Context, w io.Writer, essay int64) error {
	tallies, err := p.Tallies(ctx, essay)
	if err != nil {
		return err
	}
	names := map[string]Photo{}
	photos, err := p.PhotosOf(ctx, essay)
	if err != nil {
		return err
	}
	for _, ph := range photos {
		names[ph.SHA256] = ph
	}
	if _, err := io.WriteString(w, byteOrder); err != nil {
		return fmt.Errorf("write tallies: %w", err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	_ = out.Write([]string{"rank", "file", "credit", "points", "up", "down", "total", "counted at"}) // Error tells
	rank := 0
	for _, t := range tallies {
		row := []string{"", "", ""}
		if t.Photo != "" {
			ph, ok := names[t.Photo]
			if !ok {
				continue // no longer in the essay
			}
			rank++
			row = []string{strconv.Itoa(rank), guard(ph.Name), guard(ph.CreditLine)}
		}
		for _, n := range []int{t.Points(), t.Up, t.Down, t.Total()} {
			row = append(row, strconv.Itoa(n))
		}
		_ = out.Write(append(row, t.At.UTC().Format(time.RFC3339)))
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write tallies: %w", err)
	}
	return nil
}
