package store

// This file owns what is the same in both stores: SQL that both understand, and reading what it gives.

import "fmt"

// allRows is for Rows.
const allRows = `SELECT subject, up, down, day FROM tally ORDER BY subject`

// eachRow reads the rows of allRows; the caller closes them.
func eachRow(rows interface {
	Next() bool
	Scan(dest ...any) error
	Err() error
}, each func(Row) error,
) error {
	for rows.Next() {
		var r Row
		var day int64
		if err := rows.Scan(&r.Subject, &r.Up, &r.Down, &day); err != nil {
			return fmt.Errorf("read all tallies: %w", err)
		}
		r.LastDay = dayTime(day)
		if err := each(r); err != nil {
			return err
		}
	}
	return rows.Err()
}

// learnOne keeps the newest revision of an essay's rules.
const learnOne = `
	INSERT INTO ruling AS r (essay, revision) VALUES ($1, $2)
	ON CONFLICT (essay) DO UPDATE SET revision = excluded.revision WHERE excluded.revision > r.revision`

// recount is for Recount. What has no tally stands at nothing.
const recount = `
	SELECT coalesce(t.subject, v.subject), coalesce(t.up, 0), coalesce(t.down, 0), coalesce(v.up, 0), coalesce(v.down, 0)
	FROM tally t FULL JOIN (
		SELECT subject, sum(CASE WHEN vote = 1 THEN 1 ELSE 0 END) AS up, sum(CASE WHEN vote = -1 THEN 1 ELSE 0 END) AS down FROM vote GROUP BY subject
	) v ON v.subject = t.subject
	WHERE coalesce(t.up, 0) <> coalesce(v.up, 0) OR coalesce(t.down, 0) <> coalesce(v.down, 0)
	ORDER BY 1`
