package project

// This file owns the lists that a desk keeps for captioning: code replacements,
// templates, and the credits and bylines it has used.

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"photodesk/project/wording"
)

// Codes reads the project's code replacements, by code.
func (p *Project) Codes(ctx context.Context) ([]wording.Code, error) {
	list, _, err := readCodes(ctx, p.readDB)
	return list, err
}

func readCodes(ctx context.Context, q querier) (list []wording.Code, ids []int64, err error) {
	rows, err := q.QueryContext(ctx, `SELECT id, code, texts FROM code ORDER BY id`)
	if err != nil {
		return nil, nil, fmt.Errorf("read the codes: %w", explain(err))
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var c wording.Code
		var texts string
		if err := rows.Scan(&id, &c.Code, &texts); err != nil {
			return nil, nil, fmt.Errorf("read the codes: %w", err)
		}
		if err := json.Unmarshal([]byte(texts), &c.Texts); err != nil {
			return nil, nil, fmt.Errorf("read the code %s: %w", c.Code, err)
		}
		list, ids = append(list, c), append(ids, id)
	}
	return list, ids, rows.Err()
}

// SetCodes makes the list the project's code replacements; codes that stay as
// they are keep their place. An error wraps ErrInvalid for a code that can't be one.
func (t *Tx) SetCodes(list []wording.Code) error {
	old, ids, err := readCodes(t.ctx, t.tx)
	if err != nil {
		return err
	}
	want := map[string]bool{}
	for _, c := range list {
		if err := wording.ValidCode(c); err != nil {
			return fmt.Errorf("code %q is %w: %w", c.Code, ErrInvalid, err)
		}
		if want[c.Code] {
			return fmt.Errorf("code %q is %w: it is in the list twice", c.Code, ErrInvalid)
		}
		want[c.Code] = true
	}
	had := map[string]wording.Code{}
	for i, c := range old {
		had[c.Code] = c
		if !want[c.Code] {
			if err := t.exec(`DELETE FROM code WHERE id = ?`, ids[i]); err != nil {
				return err
			}
		}
	}
	for _, c := range list {
		was, known := had[c.Code]
		if known && slices.Equal(was.Texts, c.Texts) {
			continue
		}
		texts, err := json.Marshal(c.Texts)
		if err != nil {
			return err
		}
		query := `INSERT INTO code (texts, code) VALUES (?, ?)`
		if known {
			query = `UPDATE code SET texts = ? WHERE code = ?`
		}
		if err := t.exec(query, string(texts), c.Code); err != nil {
			return fmt.Errorf("keep the code %s: %w", c.Code, err)
		}
	}
	return nil
}

// Template is a caption that is written again and again, with variables in it.
type Template struct {
	ID   int64
	Name string
	Text string
}

// Templates lists the project's caption templates, by name.
func (p *Project) Templates(ctx context.Context) ([]Template, error) {
	return readTemplates(ctx, p.readDB)
}

func readTemplates(ctx context.Context, q querier) ([]Template, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, name, text FROM template ORDER BY name COLLATE NOCASE`)
	if err != nil {
		return nil, fmt.Errorf("read the templates: %w", explain(err))
	}
	defer rows.Close()
	var out []Template
	for rows.Next() {
		var tp Template
		if err := rows.Scan(&tp.ID, &tp.Name, &tp.Text); err != nil {
			return nil, fmt.Errorf("read the templates: %w", err)
		}
		out = append(out, tp)
	}
	return out, rows.Err()
}

// PutTemplate adds a template, or changes the one of its name, and returns its id.
func (t *Tx) PutTemplate(tp Template) (int64, error) {
	tp.Name = strings.TrimSpace(tp.Name)
	if tp.Name == "" || strings.TrimSpace(tp.Text) == "" {
		return 0, fmt.Errorf("the template is %w: it has a name and words", ErrInvalid)
	}
	err := t.tx.QueryRowContext(t.ctx, `INSERT INTO template (name, text) VALUES (?, ?)
		ON CONFLICT (name) DO UPDATE SET text = excluded.text RETURNING id`, tp.Name, tp.Text).Scan(&tp.ID)
	if err != nil {
		return 0, fmt.Errorf("keep the template %s: %w", tp.Name, err)
	}
	return tp.ID, nil
}

// DeleteTemplate takes a template away.
func (t *Tx) DeleteTemplate(id int64) error {
	return t.one("template", id, `DELETE FROM template WHERE id = ?`, id)
}

// Used lists the credit lines and the bylines of the library, the most used first.
func (p *Project) Used(ctx context.Context) (credits, bylines []string, err error) {
	for _, c := range []struct {
		column string
		into   *[]string
	}{{"credit_line", &credits}, {"byline", &bylines}} {
		rows, err := p.readDB.QueryContext(ctx, `SELECT `+c.column+` FROM photo WHERE `+c.column+` <> ''
			GROUP BY `+c.column+` ORDER BY count(*) DESC, max(id) DESC LIMIT 500`)
		if err != nil {
			return nil, nil, fmt.Errorf("read the credits in use: %w", explain(err))
		}
		for rows.Next() {
			var text string
			if err := rows.Scan(&text); err != nil {
				_ = rows.Close()
				return nil, nil, fmt.Errorf("read the credits in use: %w", err)
			}
			*c.into = append(*c.into, text)
		}
		if err := rows.Close(); err != nil {
			return nil, nil, fmt.Errorf("read the credits in use: %w", err)
		}
	}
	return credits, bylines, nil
}
