package project

// This file owns the warnings that an editor overruled: which, and for what reason.

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Overruled is a warning of an essay's check that an editor overruled. It holds
// for as long as the check says the very same.
type Overruled struct {
	ID      int64
	EssayID int64
	Code    string // the warning's, for example "no-alt"
	PhotoID int64  // 0: none
	BlockID int64  // 0: none
	// Values are what it said beside its code, such as a number. nil is an
	// overruling of a file that kept the sentence only.
	Values  []string
	Message string // the sentence in English, for whoever reads the file
	Reason  string
	At      time.Time
}

// Says reports whether it was a warning with these values that was overruled.
// One that was kept as a sentence only is known by having all of them in it.
func (o Overruled) Says(values []string) bool {
	if o.Values != nil {
		return slices.Equal(o.Values, values)
	}
	return !slices.ContainsFunc(values, func(v string) bool { return !strings.Contains(o.Message, v) })
}

// ErrNoReason is wrapped when a warning is overruled without a word why.
var ErrNoReason = errors.New("give a reason; it is kept with the essay")

// Overruled lists the overruled warnings of an essay, oldest first.
func (p *Project) Overruled(ctx context.Context, essay int64) ([]Overruled, error) {
	rows, err := p.readDB.QueryContext(ctx,
		`SELECT id, essay_id, code, photo_id, block_id, said, message, reason, at FROM overruled WHERE essay_id = ? ORDER BY id`, essay)
	if err != nil {
		return nil, fmt.Errorf("list overruled warnings: %w", explain(err))
	}
	defer rows.Close()
	var out []Overruled
	for rows.Next() {
		var o Overruled
		var at string
		var said sql.NullString
		if err := rows.Scan(&o.ID, &o.EssayID, &o.Code, &o.PhotoID, &o.BlockID, &said, &o.Message, &o.Reason, &at); err != nil {
			return nil, fmt.Errorf("list overruled warnings: %w", err)
		}
		if said.Valid {
			if err := json.Unmarshal([]byte(said.String), &o.Values); err != nil {
				return nil, fmt.Errorf("list overruled warnings: values of %d: %w", o.ID, err)
			}
		}
		o.At = parseStamp(at)
		out = append(out, o)
	}
	return out, rows.Err()
}

// Overrule keeps that a warning is overruled and returns its id. The same
// warning overruled again takes the new reason. It returns an error wrapping
// ErrNoReason where there is none.
func (t *Tx) Overrule(o Overruled) (id int64, err error) {
	if o.Reason = strings.TrimSpace(o.Reason); o.Reason == "" {
		return 0, fmt.Errorf("overrule “%s”: %w", o.Message, ErrNoReason)
	}
	var said any
	if o.Values != nil {
		text, err := json.Marshal(o.Values)
		if err != nil {
			return 0, err
		}
		said = string(text)
	}
	// A photo may be warned of twice under one code: what tells the two apart is what they say.
	err = t.exec(`DELETE FROM overruled WHERE essay_id = ? AND code = ? AND photo_id = ? AND block_id = ?
		AND (said IS ? OR said IS NULL AND message = ?)`, o.EssayID, o.Code, o.PhotoID, o.BlockID, said, o.Message)
	if err != nil {
		return 0, err
	}
	res, err := t.tx.ExecContext(t.ctx,
		`INSERT INTO overruled (essay_id, code, photo_id, block_id, said, message, reason, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		o.EssayID, o.Code, o.PhotoID, o.BlockID, said, o.Message, o.Reason, stamp(t.now))
	if err != nil {
		return 0, fmt.Errorf("overrule “%s”: %w", o.Message, err)
	}
	return res.LastInsertId()
}

// TakeBackOverruling makes an overruled warning count again.
func (t *Tx) TakeBackOverruling(id int64) error {
	return t.one("overruled warning", id, `DELETE FROM overruled WHERE id = ?`, id)
}
