package project

// This file owns the warnings that an editor overruled: which, and for what reason.

import (
	"context"
	"errors"
	"fmt"
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
	Message string // what the editor read
	Reason  string
	At      time.Time
}

// ErrNoReason is wrapped when a warning is overruled without a word why.
var ErrNoReason = errors.New("give a reason; it is kept with the essay")

// Overruled lists the overruled warnings of an essay, oldest first.
func (p *Project) Overruled(ctx context.Context, essay int64) ([]Overruled, error) {
	rows, err := p.readDB.QueryContext(ctx,
		`SELECT id, essay_id, code, photo_id, block_id, message, reason, at FROM overruled WHERE essay_id = ? ORDER BY id`, essay)
	if err != nil {
		return nil, fmt.Errorf("list overruled warnings: %w", explain(err))
	}
	defer rows.Close()
	var out []Overruled
	for rows.Next() {
		var o Overruled
		var at string
		if err := rows.Scan(&o.ID, &o.EssayID, &o.Code, &o.PhotoID, &o.BlockID, &o.Message, &o.Reason, &at); err != nil {
			return nil, fmt.Errorf("list overruled warnings: %w", err)
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
	err = t.exec(`DELETE FROM overruled WHERE essay_id = ? AND code = ? AND photo_id = ? AND block_id = ?`,
		o.EssayID, o.Code, o.PhotoID, o.BlockID)
	if err != nil {
		return 0, err
	}
	res, err := t.tx.ExecContext(t.ctx,
		`INSERT INTO overruled (essay_id, code, photo_id, block_id, message, reason, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		o.EssayID, o.Code, o.PhotoID, o.BlockID, o.Message, o.Reason, stamp(t.now))
	if err != nil {
		return 0, fmt.Errorf("overrule “%s”: %w", o.Message, err)
	}
	return res.LastInsertId()
}

// TakeBackOverruling makes an overruled warning count again.
func (t *Tx) TakeBackOverruling(id int64) error {
	return t.one("overruled warning", id, `DELETE FROM overruled WHERE id = ?`, id)
}
