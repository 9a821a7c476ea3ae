package project

// This file owns the check of the file itself that runs after it was opened.

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// ErrDamaged is wrapped when the project file itself is not whole.
var ErrDamaged = errors.New("the project file is damaged")

// QuickCheck looks whether the file is whole, as far as that can be told
// without reading every index. An error wraps ErrDamaged and says what to do.
func (p *Project) QuickCheck(ctx context.Context) error {
	rows, err := p.readDB.QueryContext(ctx, `PRAGMA quick_check(5)`)
	if err != nil {
		return fmt.Errorf("check the file: %w", explain(err))
	}
	defer rows.Close()
	var found []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return fmt.Errorf("check the file: %w", err)
		}
		if line != "ok" {
			found = append(found, line)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("check the file: %w", explain(err))
	}
	if len(found) > 0 {
		return fmt.Errorf("%w: save a copy now, and keep the file as it is for whoever mends it (%s)", ErrDamaged, strings.Join(found, "; "))
	}
	return nil
}
