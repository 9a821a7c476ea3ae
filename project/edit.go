package project

// This file owns the gate through which every change goes:
//
//	Edit ── begin immediate ── step ── fn(tx) ── triggers write undo_change ── commit ── Event
//	           Undo, Redo ── replay undo_change, recording off ── commit ── Event

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// FoldPause is how long typing in one field may pause and still be one step.
const FoldPause = 3 * time.Second

// maxSteps is how far undo reaches back.
const maxSteps = 1000

// ErrClosed is returned once a project is closed; ErrView when it was opened read-only.
var (
	ErrClosed = errors.New("the project is closed")
	ErrView   = errors.New("the project is open read-only here")
)

// Tx is one edit under way. Its methods write rows; the gate records how to
// take them back.
type Tx struct {
	ctx  context.Context
	tx   *sql.Tx
	now  time.Time
	step int64
	// folded says that the edit continues the step before it.
	folded bool
	fold   string
}

// Speak has the project label its own edits, such as an import's, in the
// editor's language: say finds a sentence by its English pattern. It is for
// whoever opened the project, before anybody edits it.
func (p *Project) Speak(say func(pattern string, values ...any) string) { p.say = say }

func (p *Project) label(pattern string, values ...any) string {
	if p.say == nil {
		return fmt.Sprintf(pattern, values...)
	}
	return p.say(pattern, values...)
}

// Edit runs fn in a transaction and commits it as one undo step with the
// label, the editor's words for what was done ("Move photo"). When fn or the
// commit fails nothing has changed. An edit that changes nothing leaves no
// step. Watchers are told after the commit.
func (p *Project) Edit(ctx context.Context, label string, fn func(*Tx) error) error {
	return p.change(ctx, label, func(t *Tx) (Event, error) {
		ev := Event{Label: label}
		if err := t.begin(label); err != nil {
			return ev, err
		}
		if err := fn(t); err != nil {
			return ev, err
		}
		return ev, t.end()
	})
}

// change is what Edit, Undo and Redo share: the gate, the transaction, the
// events.
func (p *Project) change(ctx context.Context, what string, fn func(*Tx) (Event, error)) (err error) {
	p.gate.Lock()
	ev, err := p.transact(ctx, fn)
	p.gate.Unlock() // before the watchers, who may want to read or to edit next
	if err != nil {
		return fmt.Errorf("%s: %w", what, explain(err))
	}
	if len(ev.Changes) > 0 {
		p.watchers.publish(ev)
	}
	return nil
}

func (p *Project) transact(ctx context.Context, fn func(*Tx) (Event, error)) (ev Event, err error) {
	switch {
	case p.readOnly:
		return ev, ErrView
	case p.writer == nil:
		return ev, ErrClosed
	}
	if err := ctx.Err(); err != nil {
		return ev, err
	}
	// A caller's cancellation ends its own work between edits, never one
	// half way: an interrupted commit leaves nobody sure what was kept.
	ctx = context.WithoutCancel(ctx)
	tx, err := p.writer.BeginTx(ctx, nil)
	if err != nil {
		return ev, err
	}
	defer func() { _ = tx.Rollback() }()
	t := &Tx{ctx: ctx, tx: tx, now: p.now().UTC()}
	if err := t.exec(`DELETE FROM touched`); err != nil {
		return ev, err
	}
	if ev, err = fn(t); err != nil {
		return ev, err
	}
	if ev.Changes, err = t.touched(); err != nil {
		return ev, err
	}
	return ev, tx.Commit()
}

// begin opens the undo step that the triggers write to.
func (t *Tx) begin(label string) error {
	err := t.tx.QueryRowContext(t.ctx,
		`INSERT INTO undo_step (label, at) VALUES (?, ?) RETURNING id`, label, stamp(t.now)).Scan(&t.step)
	if err != nil {
		return err
	}
	return t.exec(`UPDATE recording SET step = ?`, t.step)
}

// Fold lets the edit continue the step before it, when that one carries the
// same key and is no older than pause (0: however old): typing in one field is
// one step, and so is an import. Call it before writing.
func (t *Tx) Fold(key string, pause time.Duration) error {
	t.fold = key
	var last int64
	var at string
	err := t.tx.QueryRowContext(t.ctx, `
		SELECT id, at FROM undo_step
		WHERE id = (SELECT max(id) FROM undo_step WHERE id <> ?1) AND fold = ?2 AND undone = 0`,
		t.step, key).Scan(&last, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	if when, err := time.Parse(time.RFC3339Nano, at); pause > 0 && (err != nil || t.now.Sub(when) > pause) {
		return nil
	}
	if err := t.exec(`DELETE FROM undo_step WHERE id = ?`, t.step); err != nil {
		return err
	}
	t.step, t.folded = last, true
	return t.exec(`UPDATE recording SET step = ?`, last)
}

// end closes the step: an empty one goes, a new one takes the redo history
// with it, and the oldest give way.
func (t *Tx) end() error {
	if err := t.exec(`UPDATE recording SET step = 0`); err != nil {
		return err
	}
	var changes int
	if err := t.tx.QueryRowContext(t.ctx, `SELECT count(*) FROM touched`).Scan(&changes); err != nil {
		return err
	}
	if changes == 0 {
		if t.folded {
			return nil
		}
		return t.exec(`DELETE FROM undo_step WHERE id = ?`, t.step)
	}
	for _, q := range []struct {
		sql  string
		args []any
	}{
		{`DELETE FROM undo_step WHERE undone = 1`, nil},
		{`UPDATE undo_step SET fold = ?, at = ? WHERE id = ?`, []any{t.fold, stamp(t.now), t.step}},
		{`DELETE FROM undo_step WHERE id <= (SELECT id FROM undo_step ORDER BY id DESC LIMIT 1 OFFSET ?)`, []any{maxSteps}},
	} {
		if err := t.exec(q.sql, q.args...); err != nil {
			return err
		}
	}
	return t.stampEssays()
}

// stampEssays sets when the touched essays were last changed; outside undo, so
// that taking an edit back counts as a change of its own.
func (t *Tx) stampEssays() error {
	return t.exec(`UPDATE essay SET updated_at = ? WHERE id IN (SELECT id FROM touched WHERE tbl = 'essay')`, stamp(t.now))
}

// touched lists the rows that the transaction changed, in the order of their first change.
func (t *Tx) touched() ([]Change, error) {
	rows, err := t.tx.QueryContext(t.ctx, `SELECT tbl, id FROM touched GROUP BY tbl, id ORDER BY min(rowid)`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Change
	for rows.Next() {
		var c Change
		if err := rows.Scan(&c.Table, &c.ID); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

func (t *Tx) exec(query string, args ...any) error {
	_, err := t.tx.ExecContext(t.ctx, query, args...)
	return err
}

// stamp is how times stand in the file: RFC 3339 in UTC, so that they sort as text.
func stamp(at time.Time) string { return at.UTC().Format("2006-01-02T15:04:05.000000Z") }

func parseStamp(s string) time.Time {
	at, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return time.Time{}
	}
	return at
}
