package project

// This file owns undo: TEMP triggers that write down each change as column
// deltas, and the replay of a step backwards or forwards. The technique is
// SQLite's "Automatic Undo/Redo Using SQLite", kept in the file so that it
// survives a restart, and as values rather than as SQL text.

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

// undoable are the tables whose rows an editor can take back, parents first.
var undoable = []string{"photo", "essay", "block", "placement", "correction", "code", "template", "overruled"}

// unrecorded columns change beside an edit and are no part of it.
var unrecorded = map[string][]string{"essay": {"updated_at", "rules_at"}}

// Marks in undo_change.col for a row that came or went.
const (
	rowCame = "+"
	rowWent = "-"
)

// ErrNothing is returned when there is nothing to undo or redo.
var ErrNothing = errors.New("nothing left")

// Step is one entry of the undo history.
type Step struct {
	ID     int64
	Label  string
	At     time.Time
	Undone bool // taken back, and there for Redo
}

// recordUndo sets up the recording on the writing connection. TEMP triggers
// belong to it alone: a reader has no need of them, and a copy of the file
// carries none.
func (p *Project) recordUndo(ctx context.Context) error {
	var b strings.Builder
	b.WriteString(`
		CREATE TEMP TABLE recording (step INTEGER NOT NULL);
		INSERT INTO recording VALUES (0);
		CREATE TEMP TABLE touched (tbl TEXT NOT NULL, id INTEGER NOT NULL);
	`)
	for _, tbl := range undoable {
		cols, err := p.columns(ctx, tbl)
		if err != nil {
			return err
		}
		writeTriggers(&b, tbl, cols)
	}
	if _, err := p.writer.ExecContext(ctx, b.String()); err != nil {
		return fmt.Errorf("set up undo: %w", err)
	}
	return nil
}

func (p *Project) columns(ctx context.Context, tbl string) ([]string, error) {
	rows, err := p.writer.QueryContext(ctx, `SELECT name FROM pragma_table_info(?)`, tbl)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var cols []string
	for rows.Next() {
		var c string
		if err := rows.Scan(&c); err != nil {
			return nil, err
		}
		cols = append(cols, c)
	}
	return cols, rows.Err()
}

func writeTriggers(b *strings.Builder, tbl string, cols []string) {
	const step = `(SELECT step FROM recording)`
	touch := func(row string) string {
		s := fmt.Sprintf("INSERT INTO touched VALUES ('%s', %s.id);", tbl, row)
		switch tbl { // an essay is changed with what stands in it
		case "block", "correction":
			s += fmt.Sprintf(" INSERT INTO touched VALUES ('essay', %s.essay_id);", row)
		case "placement":
			s += fmt.Sprintf(" INSERT INTO touched SELECT 'essay', essay_id FROM block WHERE id = %s.block_id;", row)
		}
		return s
	}
	whole := func(row string) string {
		pairs := make([]string, len(cols))
		for i, c := range cols {
			pairs[i] = fmt.Sprintf("'%s', %s.%s", c, row, c)
		}
		return "json_object(" + strings.Join(pairs, ", ") + ")"
	}
	fmt.Fprintf(b, `
		CREATE TEMP TRIGGER %[1]s_came AFTER INSERT ON main.%[1]s BEGIN
			%[2]s
			INSERT INTO undo_change (step, tbl, id, col, new)
			SELECT %[3]s, '%[1]s', NEW.id, '+', %[4]s WHERE %[3]s > 0;
		END;
		CREATE TEMP TRIGGER %[1]s_went AFTER DELETE ON main.%[1]s BEGIN
			%[5]s
			INSERT INTO undo_change (step, tbl, id, col, old)
			SELECT %[3]s, '%[1]s', OLD.id, '-', %[6]s WHERE %[3]s > 0;
		END;
	`, tbl, touch("NEW"), step, whole("NEW"), touch("OLD"), whole("OLD"))

	var differs []string
	var deltas strings.Builder
	for _, c := range cols {
		if c == "id" || slices.Contains(unrecorded[tbl], c) {
			continue
		}
		differs = append(differs, fmt.Sprintf("OLD.%[1]s IS NOT NEW.%[1]s", c))
		// Typing that folds into one step keeps the first old and the last new.
		fmt.Fprintf(&deltas, `
			INSERT INTO undo_change (step, tbl, id, col, old, new)
			SELECT %[1]s, '%[2]s', OLD.id, '%[3]s', OLD.%[3]s, NEW.%[3]s
			WHERE OLD.%[3]s IS NOT NEW.%[3]s AND %[1]s > 0
			ON CONFLICT (step, tbl, id, col) DO UPDATE SET new = excluded.new;`, step, tbl, c)
	}
	fmt.Fprintf(b, `
		CREATE TEMP TRIGGER %[1]s_changed AFTER UPDATE ON main.%[1]s WHEN %[2]s BEGIN
			%[3]s %[4]s
		END;
	`, tbl, strings.Join(differs, " OR "), touch("NEW"), deltas.String())
}

// Undo takes the last step back and returns it, or ErrNothing.
func (p *Project) Undo(ctx context.Context) (Step, error) { return p.replay(ctx, true) }

// Redo does the last undone step again and returns it, or ErrNothing.
func (p *Project) Redo(ctx context.Context) (Step, error) { return p.replay(ctx, false) }

func (p *Project) replay(ctx context.Context, back bool) (step Step, err error) {
	what, pick := "redo", `SELECT id, label, at FROM undo_step WHERE undone = 1 ORDER BY id LIMIT 1`
	if back {
		what, pick = "undo", `SELECT id, label, at FROM undo_step WHERE undone = 0 ORDER BY id DESC LIMIT 1`
	}
	err = p.change(ctx, what, func(t *Tx) (Event, error) {
		var at string
		err := t.tx.QueryRowContext(t.ctx, pick).Scan(&step.ID, &step.Label, &at)
		if errors.Is(err, sql.ErrNoRows) {
			return Event{}, ErrNothing
		}
		if err != nil {
			return Event{}, err
		}
		step.At, step.Undone = parseStamp(at), back
		// A cascade logs children after their parent or before it; either way
		// keys are whole again by the end of the step.
		if err := t.exec(`PRAGMA defer_foreign_keys = ON`); err != nil {
			return Event{}, err
		}
		if err := t.replayStep(step.ID, back); err != nil {
			return Event{}, fmt.Errorf("step %d (%s): %w", step.ID, step.Label, err)
		}
		if err := t.exec(`UPDATE undo_step SET undone = ?, fold = '' WHERE id = ?`, back, step.ID); err != nil {
			return Event{}, err
		}
		return Event{Label: step.Label, Undo: back, Redo: !back}, t.stampEssays()
	})
	return step, err
}

func (t *Tx) replayStep(step int64, back bool) error {
	order := "ASC"
	if back {
		order = "DESC"
	}
	rows, err := t.tx.QueryContext(t.ctx,
		`SELECT tbl, id, col, old, new FROM undo_change WHERE step = ? ORDER BY seq `+order, step)
	if err != nil {
		return err
	}
	type delta struct {
		tbl, col string
		id       int64
		old, new any
	}
	var deltas []delta
	for rows.Next() {
		var d delta
		if err := rows.Scan(&d.tbl, &d.id, &d.col, &d.old, &d.new); err != nil {
			_ = rows.Close()
			return err
		}
		deltas = append(deltas, d)
	}
	if err := rows.Close(); err != nil {
		return err
	}
	for _, d := range deltas {
		if !slices.Contains(undoable, d.tbl) {
			return fmt.Errorf("the undo history names an unknown table %q", d.tbl)
		}
		var err error
		switch {
		case d.col == rowCame && back, d.col == rowWent && !back:
			err = t.exec(`DELETE FROM `+d.tbl+` WHERE id = ?`, d.id)
		case d.col == rowCame:
			err = t.putRow(d.tbl, d.new)
		case d.col == rowWent:
			err = t.putRow(d.tbl, d.old)
		case back:
			err = t.exec(`UPDATE `+d.tbl+` SET `+quoteName(d.col)+` = ? WHERE id = ?`, d.old, d.id)
		default:
			err = t.exec(`UPDATE `+d.tbl+` SET `+quoteName(d.col)+` = ? WHERE id = ?`, d.new, d.id)
		}
		if err != nil {
			return fmt.Errorf("%s %d: %w", d.tbl, d.id, err)
		}
	}
	return nil
}

// putRow inserts a row again from its JSON.
func (t *Tx) putRow(tbl string, row any) error {
	text, _ := row.(string)
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	var cols map[string]any
	if err := dec.Decode(&cols); err != nil {
		return fmt.Errorf("read the row that was: %w", err)
	}
	names := make([]string, 0, len(cols))
	for c := range cols {
		names = append(names, c)
	}
	slices.Sort(names)
	args := make([]any, len(names))
	marks := make([]string, len(names))
	for i, c := range names {
		marks[i] = "?"
		args[i] = cols[c]
		if n, ok := cols[c].(json.Number); ok {
			v, err := n.Int64()
			if err != nil {
				return fmt.Errorf("column %s: %w", c, err)
			}
			args[i] = v
		}
		names[i] = quoteName(c)
	}
	return t.exec(`INSERT INTO `+tbl+` (`+strings.Join(names, ", ")+`) VALUES (`+strings.Join(marks, ", ")+`)`, args...)
}

func quoteName(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// History lists the undo steps, oldest first; undone ones come last.
func (p *Project) History(ctx context.Context) ([]Step, error) {
	rows, err := p.readDB.QueryContext(ctx, `SELECT id, label, at, undone FROM undo_step ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("read the undo history: %w", explain(err))
	}
	defer rows.Close()
	var steps []Step
	for rows.Next() {
		var s Step
		var at string
		if err := rows.Scan(&s.ID, &s.Label, &at, &s.Undone); err != nil {
			return nil, fmt.Errorf("read the undo history: %w", err)
		}
		s.At = parseStamp(at)
		steps = append(steps, s)
	}
	return steps, rows.Err()
}

// JumpTo undoes or redoes until the step with the id is the last one that is
// done (0: until nothing is). An error wraps ErrNoRow when there is no such step.
func (p *Project) JumpTo(ctx context.Context, step int64) error {
	steps, err := p.History(ctx)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(steps, func(s Step) bool { return s.ID == step })
	if at < 0 && step != 0 {
		return fmt.Errorf("step %d %w", step, ErrNoRow)
	}
	for i := len(steps) - 1; i > at; i-- {
		if !steps[i].Undone {
			if _, err := p.Undo(ctx); err != nil {
				return err
			}
		}
	}
	for i := 0; i <= at; i++ {
		if steps[i].Undone {
			if _, err := p.Redo(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}
