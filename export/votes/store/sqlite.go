package store

// This file owns votes in an SQLite file: one connection writes, some read. A
// group goes in as one JSON value, so that it takes three statements, however
// many votes it has.

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver

	"photodesk/export/votes"
)

//go:embed sqlite.sql
var sqliteTables string

//go:embed sqlite2.sql
var sqliteRules string

//go:embed accounts_sqlite.sql
var sqliteAccounts string

// sqliteSteps make the tables; a file of version n has had the first n.
var sqliteSteps = [schema]string{sqliteTables, sqliteRules, sqliteAccounts}

// applicationID marks an SQLite file as a vote store: "PDvt".
const applicationID = 0x50447674

type sqliteStore struct {
	accounts
	write, read *sql.DB
}

func openSQLite(ctx context.Context, path string) (Store, error) {
	wrap := func(err error) error { return fmt.Errorf("open the votes in %s: %w", path, err) }
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, wrap(err)
	}
	// It holds the secret that voters are signed with. A file that is there is left
	// alone: closing it again would drop the locks that this process has on it.
	if _, err := os.Stat(abs); errors.Is(err, fs.ErrNotExist) {
		f, err := os.OpenFile(abs, os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			return nil, wrap(err)
		}
		if err := f.Close(); err != nil {
			return nil, wrap(err)
		}
	}
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(abs)}
	// FULL brings the log to the disk with every commit; NORMAL would lose
	// acknowledged votes in a power cut.
	name := u.String() + "?mode=rw&_txlock=immediate&_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)" +
		"&_pragma=synchronous(FULL)&_pragma=fullfsync(1)&_pragma=trusted_schema(OFF)"
	s := &sqliteStore{}
	s.accounts.run = func(ctx context.Context, fn func(statements) error) error {
		return s.tx(ctx, func(tx *sql.Tx) error { return fn(sqliteStatements{tx}) })
	}
	s.accounts.read = func(_ context.Context, fn func(statements) error) error { return fn(sqliteStatements{s.read}) }
	if s.write, err = sql.Open("sqlite", name); err != nil {
		return nil, wrap(err)
	}
	s.write.SetMaxOpenConns(1)
	if s.read, err = sql.Open("sqlite", name+"&_query_only=1"); err != nil {
		return nil, errors.Join(wrap(err), s.Close())
	}
	s.read.SetMaxOpenConns(4)
	s.read.SetMaxIdleConns(4)
	if err := s.make(ctx); err != nil {
		return nil, errors.Join(wrap(err), s.Close())
	}
	return s, nil
}

// make makes the tables, or refuses a file that is none of ours.
func (s *sqliteStore) make(ctx context.Context) error {
	return s.tx(ctx, func(tx *sql.Tx) error {
		var id, version, tables int
		if err := tx.QueryRowContext(ctx, `SELECT (SELECT application_id FROM pragma_application_id),
			(SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)`).Scan(&id, &version, &tables); err != nil {
			return err
		}
		switch {
		case id != applicationID && (id != 0 || version != 0 || tables != 0):
			return errors.New("it is another program's database; give the path of a new file")
		case version > schema:
			return ErrNewer
		case version == schema:
			return nil
		}
		for _, step := range sqliteSteps[version:] {
			if _, err := tx.ExecContext(ctx, step); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;", applicationID, schema))
		return err
	})
}

func (s *sqliteStore) tx(ctx context.Context, fn func(*sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if err := fn(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// sqliteStatements are those of accounts.
type sqliteStatements struct {
	on interface {
		ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
		QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	}
}

func (q sqliteStatements) exec(ctx context.Context, statement string, args ...any) (int64, error) {
	res, err := q.on.ExecContext(ctx, strings.ReplaceAll(statement, "$", "?"), args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

func (q sqliteStatements) row(ctx context.Context, statement string, args []any, what ...any) error {
	return q.on.QueryRowContext(ctx, strings.ReplaceAll(statement, "$", "?"), args...).Scan(what...)
}

const (
	// The revisions of a group come first: no vote of it is kept by older rules.
	learnGroup = `
		INSERT INTO ruling AS r (essay, revision)
		SELECT value->>3, max(value->>4) FROM json_each(?1) WHERE value->>4 > 0 GROUP BY value->>3
		ON CONFLICT (essay) DO UPDATE SET revision = excluded.revision WHERE excluded.revision > r.revision`

	castRows = `WITH c(subject, voter, vote) AS MATERIALIZED (
		SELECT value->>0, unhex(value->>1), value->>2 FROM json_each(?1) LEFT JOIN ruling r ON r.essay = value->>3
			WHERE value->>4 >= coalesce(r.revision, 0)) `

	// Tallies first, while the votes say what they were.
	countGroup = castRows + `
		INSERT INTO tally AS t (subject, up, down, version, day)
		SELECT c.subject, sum((c.vote = 1) - (coalesce(v.vote, 0) = 1)), sum((c.vote = -1) - (coalesce(v.vote, 0) = -1)), 1, ?2
			FROM c LEFT JOIN vote v ON v.subject = c.subject AND v.voter = c.voter
			WHERE c.vote <> coalesce(v.vote, 0)
			GROUP BY c.subject
		ON CONFLICT (subject) DO UPDATE SET
			up = t.up + excluded.up, down = t.down + excluded.down, version = t.version + 1, day = excluded.day`

	keepGroup = castRows + `
		INSERT INTO vote AS v (subject, voter, vote, day)
		SELECT subject, voter, vote, ?2 FROM c
			WHERE vote <> 0 OR EXISTS (SELECT 1 FROM vote o WHERE o.subject = c.subject AND o.voter = c.voter)
		ON CONFLICT (subject, voter) DO UPDATE SET vote = excluded.vote, day = excluded.day WHERE v.vote <> excluded.vote`

	groupCounts = `
		SELECT c.subject, coalesce(t.up, 0), coalesce(t.down, 0), coalesce(t.version, 0), coalesce(r.revision, 0)
		FROM (SELECT DISTINCT value->>0 AS subject, value->>3 AS essay FROM json_each(?1)) c
		LEFT JOIN tally t ON t.subject = c.subject LEFT JOIN ruling r ON r.essay = c.essay`
)

func (s *sqliteStore) Apply(ctx context.Context, group []Cast) (map[string]Count, error) {
	rows := make([][5]any, len(group))
	out := make(map[string]Count, len(group))
	for i, c := range group {
		rows[i] = [5]any{c.Subject, hex.EncodeToString(c.Voter), c.Vote, votes.EssayOf(c.Subject), c.Revision}
	}
	data, err := json.Marshal(rows)
	if err != nil {
		return nil, err
	}
	day := dayOf(time.Now())
	err = s.tx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, learnGroup, string(data)); err != nil {
			return err
		}
		for _, statement := range []string{countGroup, keepGroup} {
			if _, err := tx.ExecContext(ctx, statement, string(data), day); err != nil {
				return err
			}
		}
		counts, err := tx.QueryContext(ctx, groupCounts, string(data))
		if err != nil {
			return err
		}
		defer counts.Close()
		for counts.Next() {
			var subject string
			var c Count
			if err := counts.Scan(&subject, &c.Up, &c.Down, &c.Version, &c.Revision); err != nil {
				return err
			}
			out[subject] = c
		}
		return counts.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("keep %d votes: %w", len(group), err)
	}
	return out, nil
}

func (s *sqliteStore) Read(ctx context.Context, asked []Asked) ([]Found, error) {
	in := make([][3]string, len(asked))
	for i, a := range asked {
		in[i] = [3]string{a.Subject, hex.EncodeToString(a.Voter), votes.EssayOf(a.Subject)}
	}
	data, err := json.Marshal(in)
	if err != nil {
		return nil, err
	}
	rows, err := s.read.QueryContext(ctx, `
		SELECT coalesce(t.up, 0), coalesce(t.down, 0), coalesce(t.version, 0), coalesce(r.revision, 0), coalesce(v.vote, 0), v.vote IS NOT NULL
		FROM (SELECT key AS place, value->>0 AS subject, unhex(value->>1) AS voter, value->>2 AS essay FROM json_each(?)) a
		LEFT JOIN tally t ON t.subject = a.subject
		LEFT JOIN ruling r ON r.essay = a.essay
		LEFT JOIN vote v ON v.subject = a.subject AND v.voter = a.voter
		ORDER BY a.place`, string(data))
	if err != nil {
		return nil, fmt.Errorf("read tallies: %w", err)
	}
	defer rows.Close()
	out := make([]Found, 0, len(asked))
	for rows.Next() {
		var f Found
		if err := rows.Scan(&f.Up, &f.Down, &f.Version, &f.Revision, &f.Mine, &f.Known); err != nil {
			return nil, fmt.Errorf("read tallies: %w", err)
		}
		out = append(out, f)
	}
	if err := rows.Err(); err != nil || len(out) != len(asked) {
		return nil, fmt.Errorf("read tallies: %d of %d: %w", len(out), len(asked), err)
	}
	return out, nil
}

func (s *sqliteStore) Learn(ctx context.Context, revisions map[string]int64) error {
	err := s.tx(ctx, func(tx *sql.Tx) error {
		for essay, revision := range revisions {
			if _, err := tx.ExecContext(ctx, learnOne, essay, revision); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("remember rules: %w", err)
	}
	return nil
}

func (s *sqliteStore) Watch(context.Context, func(), func(string, Count)) error {
	return ErrUnwatchable
}

func (s *sqliteStore) Keys(ctx context.Context) ([]Key, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT public, name, added FROM signer ORDER BY added, id`)
	if err != nil {
		return nil, fmt.Errorf("list keys: %w", err)
	}
	defer rows.Close()
	var out []Key
	for rows.Next() {
		var k Key
		var added int64
		if err := rows.Scan(&k.Public, &k.Name, &added); err != nil {
			return nil, fmt.Errorf("list keys: %w", err)
		}
		k.Added = time.Unix(added, 0).UTC()
		out = append(out, k)
	}
	return out, rows.Err()
}

func (s *sqliteStore) AddKey(ctx context.Context, k Key) error {
	_, err := s.write.ExecContext(ctx, `INSERT INTO signer (id, public, name, added) VALUES (?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name`, k.ID(), k.Public, k.Name, k.Added.Unix())
	if err != nil {
		return fmt.Errorf("add key %s: %w", k.ID(), err)
	}
	return nil
}

func (s *sqliteStore) RemoveKey(ctx context.Context, id string) error {
	res, err := s.write.ExecContext(ctx, `DELETE FROM signer WHERE id = ?`, id)
	if err != nil {
		return fmt.Errorf("remove key %s: %w", id, err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errors.Join(fmt.Errorf("remove key %s: %w", id, ErrNoKey), err)
	}
	return nil
}

func (s *sqliteStore) Guards(ctx context.Context) ([]Guard, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT essay, bits FROM guard ORDER BY essay`)
	if err != nil {
		return nil, fmt.Errorf("list protected essays: %w", err)
	}
	defer rows.Close()
	var out []Guard
	for rows.Next() {
		var g Guard
		if err := rows.Scan(&g.Essay, &g.Bits); err != nil {
			return nil, fmt.Errorf("list protected essays: %w", err)
		}
		out = append(out, g)
	}
	return out, rows.Err()
}

func (s *sqliteStore) SetGuard(ctx context.Context, g Guard) (err error) {
	if g.Bits == 0 {
		_, err = s.write.ExecContext(ctx, `DELETE FROM guard WHERE essay = ?`, g.Essay)
	} else {
		_, err = s.write.ExecContext(ctx, `INSERT INTO guard (essay, bits) VALUES (?, ?) ON CONFLICT (essay) DO UPDATE SET bits = excluded.bits`, g.Essay, g.Bits)
	}
	if err != nil {
		return fmt.Errorf("protect %s: %w", g.Essay, err)
	}
	return nil
}

func (s *sqliteStore) Secret(ctx context.Context, name string, fresh []byte) (value []byte, err error) {
	err = s.tx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO secret (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING`, name, fresh); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, `SELECT value FROM secret WHERE name = ?`, name).Scan(&value)
	})
	if err != nil {
		return nil, fmt.Errorf("read the secret %s: %w", name, err)
	}
	return value, nil
}

func (s *sqliteStore) Rows(ctx context.Context, each func(Row) error) error {
	rows, err := s.read.QueryContext(ctx, allRows)
	if err != nil {
		return fmt.Errorf("read all tallies: %w", err)
	}
	defer rows.Close()
	return eachRow(rows, each)
}

func (s *sqliteStore) Recount(ctx context.Context) ([]Mismatch, error) {
	rows, err := s.read.QueryContext(ctx, recount)
	if err != nil {
		return nil, fmt.Errorf("recount: %w", err)
	}
	defer rows.Close()
	var out []Mismatch
	for rows.Next() {
		var m Mismatch
		if err := rows.Scan(&m.Subject, &m.Kept.Up, &m.Kept.Down, &m.Sum.Up, &m.Sum.Down); err != nil {
			return nil, fmt.Errorf("recount: %w", err)
		}
		out = append(out, m)
	}
	return out, rows.Err()
}

func (s *sqliteStore) Forget(ctx context.Context, before time.Time) (int64, error) {
	res, err := s.write.ExecContext(ctx, `DELETE FROM vote WHERE vote = ? AND day < ?`, votes.None, dayOf(before))
	if err != nil {
		return 0, fmt.Errorf("forget: %w", err)
	}
	return res.RowsAffected()
}

func (s *sqliteStore) Ping(ctx context.Context) error {
	var one int
	return s.read.QueryRowContext(ctx, `SELECT 1 FROM tally UNION ALL SELECT 1 LIMIT 1`).Scan(&one)
}

func (s *sqliteStore) Name() string { return "sqlite" }

func (s *sqliteStore) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.read, s.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}
