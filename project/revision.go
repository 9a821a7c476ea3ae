package project

// This file owns what an essay remembers of its exports: what was exported and
// when, and what has changed since, from which a correction can be written.

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Revision is one export of an essay.
type Revision struct {
	ID      int64
	EssayID int64
	At      time.Time
	Folder  string // where the bundle was written
	Content Snapshot
}

// Snapshot is what a reader of the export sees, as far as words and photos go.
type Snapshot struct {
	Headline   string          `json:"headline"`
	Standfirst string          `json:"standfirst"`
	Byline     string          `json:"byline"`
	Texts      []string        `json:"texts"`  // of text, heading and quote blocks, in order
	Photos     []SnapshotPhoto `json:"photos"` // in reading order
}

// SnapshotPhoto is a placed photo as the reader sees it.
type SnapshotPhoto struct {
	SHA256  string `json:"sha256"`
	Name    string `json:"name"`
	Caption string `json:"caption"`
	Credit  string `json:"credit"`
	Alt     string `json:"alt"`
}

// SnapshotOf takes a snapshot of an essay with its photos by id.
func SnapshotOf(e *Essay, photos map[int64]Photo) Snapshot {
	s := Snapshot{Headline: e.Headline, Standfirst: e.Standfirst, Byline: e.Byline}
	for _, b := range e.Blocks {
		switch b.Kind {
		case KindText:
			s.Texts = append(s.Texts, Paragraphs(b.Text)...)
		case KindHeading:
			s.Texts = append(s.Texts, b.Text)
		case KindQuote:
			s.Texts = append(s.Texts, strings.TrimSpace(b.Text+" — "+b.Attribution))
		}
		for _, pl := range b.Placements {
			ph := photos[pl.PhotoID]
			s.Photos = append(s.Photos, SnapshotPhoto{ph.SHA256, ph.Name, pl.CaptionOf(ph), ph.CreditLine, pl.AltOf(ph)})
		}
	}
	return s
}

// AddRevision remembers an export. It is no edit: undo doesn't take an export back.
func (p *Project) AddRevision(ctx context.Context, essay int64, folder string, s Snapshot) error {
	content, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return p.aside(ctx, func(t *Tx) error {
		return t.exec(`INSERT INTO revision (essay_id, at, folder, content) VALUES (?, ?, ?, ?)`, essay, stamp(t.now), folder, string(content))
	})
}

// Revisions lists the exports of an essay, the latest first.
func (p *Project) Revisions(ctx context.Context, essay int64) ([]Revision, error) {
	rows, err := p.readDB.QueryContext(ctx, `SELECT id, essay_id, at, folder, content FROM revision WHERE essay_id = ? ORDER BY id DESC`, essay)
	if err != nil {
		return nil, fmt.Errorf("list revisions: %w", explain(err))
	}
	defer rows.Close()
	var out []Revision
	for rows.Next() {
		r, err := scanRevision(rows)
		if err != nil {
			return nil, fmt.Errorf("list revisions: %w", err)
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

func scanRevision(row interface{ Scan(...any) error }) (Revision, error) {
	var r Revision
	var at, content string
	if err := row.Scan(&r.ID, &r.EssayID, &at, &r.Folder, &content); err != nil {
		return r, err
	}
	r.At = parseStamp(at)
	return r, json.Unmarshal([]byte(content), &r.Content)
}

// ChangesSinceExport lists how the essay differs from its latest export. An
// error wraps ErrNoRow when it was never exported.
func (p *Project) ChangesSinceExport(ctx context.Context, essay int64) (Revision, []Difference, error) {
	r, err := scanRevision(p.readDB.QueryRowContext(ctx,
		`SELECT id, essay_id, at, folder, content FROM revision WHERE essay_id = ? ORDER BY id DESC LIMIT 1`, essay))
	if errors.Is(err, sql.ErrNoRows) {
		return r, nil, fmt.Errorf("an export of essay %d %w", essay, ErrNoRow)
	}
	if err != nil {
		return r, nil, fmt.Errorf("read the latest export: %w", explain(err))
	}
	e, err := p.Essay(ctx, essay)
	if err != nil {
		return r, nil, err
	}
	photos, err := p.PhotosOf(ctx, essay)
	if err != nil {
		return r, nil, err
	}
	return r, Compare(r.Content, SnapshotOf(e, photos)), nil
}

// Difference is one change between two snapshots.
type Difference struct {
	What   string // "Headline", "Text", "Caption of harbour.jpg", …
	Before string // "" where it was added
	After  string // "" where it was taken out
}

// Compare lists what a reader would find changed.
func Compare(before, after Snapshot) []Difference {
	var out []Difference
	add := func(what, b, a string) {
		if b != a {
			out = append(out, Difference{what, b, a})
		}
	}
	add("Headline", before.Headline, after.Headline)
	add("Standfirst", before.Standfirst, after.Standfirst)
	add("Byline", before.Byline, after.Byline)
	out = append(out, compareTexts(before.Texts, after.Texts)...)

	was := map[string]SnapshotPhoto{}
	for _, ph := range before.Photos {
		was[ph.SHA256] = ph
	}
	is := map[string]bool{}
	for _, ph := range after.Photos {
		is[ph.SHA256] = true
		b, ok := was[ph.SHA256]
		if !ok {
			out = append(out, Difference{"Photo added: " + ph.Name, "", strings.TrimSpace(ph.Caption + " " + ph.Credit)})
			continue
		}
		add("Caption of "+ph.Name, b.Caption, ph.Caption)
		add("Credit of "+ph.Name, b.Credit, ph.Credit)
		add("Alt text of "+ph.Name, b.Alt, ph.Alt)
	}
	for _, ph := range before.Photos {
		if !is[ph.SHA256] {
			out = append(out, Difference{"Photo taken out: " + ph.Name, strings.TrimSpace(ph.Caption + " " + ph.Credit), ""})
		}
	}
	return out
}

// compareTexts pairs what stands between the longest common runs.
func compareTexts(before, after []string) []Difference {
	// common[i][j] is the length of the longest common subsequence of before[i:] and after[j:].
	common := make([][]int, len(before)+1)
	for i := range common {
		common[i] = make([]int, len(after)+1)
	}
	for i := len(before) - 1; i >= 0; i-- {
		for j := len(after) - 1; j >= 0; j-- {
			if before[i] == after[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	var out []Difference
	var gone, come []string
	flush := func() {
		for k := range max(len(gone), len(come)) {
			d := Difference{What: "Text"}
			if k < len(gone) {
				d.Before = gone[k]
			}
			if k < len(come) {
				d.After = come[k]
			}
			out = append(out, d)
		}
		gone, come = nil, nil
	}
	i, j := 0, 0
	for i < len(before) && j < len(after) {
		switch {
		case before[i] == after[j]:
			flush()
			i, j = i+1, j+1
		case common[i+1][j] >= common[i][j+1]:
			gone = append(gone, before[i])
			i++
		default:
			come = append(come, after[j])
			j++
		}
	}
	gone, come = append(gone, before[i:]...), append(come, after[j:]...)
	flush()
	return out
}

// CorrectionOf drafts a correction from differences, for the editor to put
// into words: "An earlier version said …; it should have been …."
func CorrectionOf(diffs []Difference) string {
	var parts []string
	for _, d := range diffs {
		switch {
		case d.Before == "": // what was added needs no correction
			continue
		case d.After == "":
			parts = append(parts, fmt.Sprintf("%s: “%s” was taken out.", d.What, d.Before))
		default:
			parts = append(parts, fmt.Sprintf("%s: an earlier version read “%s”.", d.What, d.Before))
		}
	}
	return strings.Join(parts, " ")
}
