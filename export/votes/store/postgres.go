package store

// This file owns votes on a PostgreSQL server, or on what speaks its protocol.
// A group is one statement, and so one transaction and one way there and back.
// Several instances may write at once: the statement locks votes, then tallies,
// each in order, and takes what a vote was from the row it has just locked.

import (
	"context"
	"crypto/rand"
	_ "embed"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"photodesk/export/votes"
)

//go:embed postgres.sql
var postgresTables string

type postgresStore struct {
	accounts
	pool    *pgxpool.Pool
	channel string // "" where the server can't notify
}

func openPostgres(ctx context.Context, address string) (Store, error) {
	wrap := func(err error) error { return fmt.Errorf("open the votes at %s: %w", withoutPassword(address), err) }
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, wrap(err)
	}
	config.ConnConfig.RuntimeParams["application_name"] = "photodesk-votes"
	config.AfterConnect = func(ctx context.Context, c *pgx.Conn) error {
		// A server may be set to acknowledge before it has written; for votes it must not.
		_, err := c.Exec(ctx, `SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'`)
		if refused := new(pgconn.PgError); errors.As(err, &refused) {
			return nil // a server without the setting has nothing to set
		}
		return err
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, wrap(err)
	}
	s := &postgresStore{pool: pool}
	s.accounts.run = s.transact
	s.accounts.read = func(_ context.Context, fn func(statements) error) error { return fn(postgresStatements{pool}) }
	if err := s.make(ctx); err != nil {
		pool.Close()
		return nil, wrap(err)
	}
	if err := s.findChannel(ctx); err != nil {
		pool.Close()
		return nil, wrap(err)
	}
	return s, nil
}

func withoutPassword(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "an address that makes no sense"
	}
	return u.Redacted()
}

// make makes the tables where there are none. Instances that start together
// wait for each other.
func (s *postgresStore) make(ctx context.Context) error {
	version, err := s.version(ctx)
	if failedWith(err, "42P01") || err == nil && version < schema { // no such table, or the ones of before
		err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
			if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock($1)`, applicationID); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, postgresTables); err != nil {
				return err
			}
			_, err := tx.Exec(ctx, `INSERT INTO vote_schema (version) VALUES ($1) ON CONFLICT DO NOTHING`, schema)
			return err
		})
		if err == nil {
			version, err = s.version(ctx)
		}
	}
	if err == nil && version > schema {
		err = ErrNewer
	}
	return err
}

func (s *postgresStore) version(ctx context.Context) (version int, err error) {
	err = s.pool.QueryRow(ctx, `SELECT max(version) FROM vote_schema`).Scan(&version)
	return version, err
}

// findChannel finds out whether the server can notify. The channel is the
// schema's own: notifications go to everybody in the database.
func (s *postgresStore) findChannel(ctx context.Context) error {
	var in string
	if err := s.pool.QueryRow(ctx, `SELECT current_schema()`).Scan(&in); err != nil {
		return err
	}
	channel := "photodesk_votes_" + in
	_, err := s.pool.Exec(ctx, `SELECT pg_notify($1, '')`, channel)
	if refused := new(pgconn.PgError); errors.As(err, &refused) {
		return nil
	}
	s.channel = channel
	return err
}

// failedWith reports whether the server refused with one of the SQLSTATEs.
func failedWith(err error, states ...string) bool {
	var refused *pgconn.PgError
	if !errors.As(err, &refused) {
		return false
	}
	for _, state := range states {
		if refused.Code == state {
			return true
		}
	}
	return false
}

// transact runs accounts' statements, again where another instance's were in their way.
func (s *postgresStore) transact(ctx context.Context, fn func(statements) error) (err error) {
	for range again {
		err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error { return fn(postgresStatements{tx}) })
		if !failedWith(err, "40001", "40P01") {
			break
		}
	}
	return err
}

type postgresStatements struct {
	on interface {
		Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
		QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
	}
}

func (q postgresStatements) exec(ctx context.Context, statement string, args ...any) (int64, error) {
	done, err := q.on.Exec(ctx, statement, args...)
	return done.RowsAffected(), err
}

func (q postgresStatements) row(ctx context.Context, statement string, args []any, what ...any) error {
	return q.on.QueryRow(ctx, statement, args...).Scan(what...)
}

const (
	// Rules are read as they were when the statement began: a vote that another
	// instance's newer rules overtake there came before them.
	applyGroup = `
		WITH given AS (
			SELECT subject, voter, vote, essay, revision
				FROM unnest($1::text[], $2::bytea[], $3::smallint[], $4::text[], $5::bigint[]) AS u (subject, voter, vote, essay, revision)
		), ruled AS (
			SELECT g.essay, max(g.revision) AS shown, coalesce(max(r.revision), 0) AS known
				FROM given g LEFT JOIN ruling r ON r.essay = g.essay GROUP BY g.essay
		), learnt AS (
			INSERT INTO ruling AS r (essay, revision)
			SELECT essay, shown FROM ruled WHERE shown > known ORDER BY essay
			ON CONFLICT (essay) DO UPDATE SET revision = excluded.revision WHERE excluded.revision > r.revision
			RETURNING r.essay
		), c AS (
			SELECT g.subject, g.voter, g.vote FROM given g JOIN ruled r ON r.essay = g.essay
				WHERE g.revision >= greatest(r.shown, r.known)
		), put AS (
			INSERT INTO vote AS v (subject, voter, vote, was, day)
			SELECT subject, voter, vote, 0, $6::integer FROM c
				WHERE vote <> 0 OR EXISTS (SELECT 1 FROM vote o WHERE o.subject = c.subject AND o.voter = c.voter)
				ORDER BY subject, voter
			ON CONFLICT (subject, voter) DO UPDATE SET was = v.vote, vote = excluded.vote, day = excluded.day
				WHERE v.vote <> excluded.vote
			RETURNING v.subject, v.vote, v.was
		), moved AS (
			SELECT subject,
				sum(CASE vote WHEN 1 THEN 1 ELSE 0 END - CASE was WHEN 1 THEN 1 ELSE 0 END)::bigint AS up,
				sum(CASE vote WHEN -1 THEN 1 ELSE 0 END - CASE was WHEN -1 THEN 1 ELSE 0 END)::bigint AS down
			FROM put GROUP BY subject
		), counted AS (
			INSERT INTO tally AS t (subject, up, down, version, day)
			SELECT subject, up, down, 1, $6::integer FROM moved ORDER BY subject
			ON CONFLICT (subject) DO UPDATE SET
				up = t.up + excluded.up, down = t.down + excluded.down, version = t.version + 1, day = excluded.day
			RETURNING t.subject, t.up, t.down, t.version
		), about AS (
			SELECT DISTINCT g.subject, greatest(r.shown, r.known) AS revision FROM given g JOIN ruled r ON r.essay = g.essay
		)
		SELECT a.subject, a.revision, t.up, t.down, t.version`

	// A subject that nothing changed on has no count here.
	applyFrom = ` FROM about a LEFT JOIN counted t ON t.subject = a.subject`

	applyAndNotify = applyGroup + `,
		CASE WHEN t.subject IS NOT NULL THEN pg_notify($7, concat_ws(' ', t.subject, t.up, t.down, t.version))::text END` + applyFrom
)

// again is how often a group is tried that the server asked to send again,
// because another instance's was in its way.
const again = 20

func (s *postgresStore) Apply(ctx context.Context, group []Cast) (map[string]Count, error) {
	subjects, voters, kept := make([]string, len(group)), make([][]byte, len(group)), make([]int16, len(group))
	essays, revisions := make([]string, len(group)), make([]int64, len(group))
	for i, c := range group {
		subjects[i], voters[i], kept[i] = c.Subject, c.Voter, int16(c.Vote)
		essays[i], revisions[i] = votes.EssayOf(c.Subject), c.Revision
	}
	statement, args := applyGroup+applyFrom, []any{subjects, voters, kept, essays, revisions, dayOf(time.Now())}
	if s.channel != "" {
		statement, args = applyAndNotify, append(args, s.channel)
	}
	var out map[string]Count
	var err error
	for range again {
		out, err = s.apply(ctx, statement, args)
		if !failedWith(err, "40001", "40P01") { // serialization failure, deadlock
			break
		}
	}
	if err == nil {
		err = s.readRest(ctx, out)
	}
	if err != nil {
		return nil, fmt.Errorf("keep %d votes: %w", len(group), err)
	}
	return out, nil
}

// apply runs the statement. A count whose Version is 0 is still to be read.
func (s *postgresStore) apply(ctx context.Context, statement string, args []any) (map[string]Count, error) {
	rows, err := s.pool.Query(ctx, statement, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]Count{}
	for rows.Next() {
		var subject string
		var revision int64
		var up, down *int
		var version *int64
		into := []any{&subject, &revision, &up, &down, &version}
		if s.channel != "" {
			into = append(into, new(*string))
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		c := Count{Revision: revision}
		if version != nil {
			c.Up, c.Down, c.Version = *up, *down, *version
		}
		out[subject] = c
	}
	rows.Close() // the commit is known to have been made from here on
	return out, rows.Err()
}

// readRest reads the counts of subjects on which the group changed nothing. The
// revisions by which votes were kept or not stay.
func (s *postgresStore) readRest(ctx context.Context, out map[string]Count) error {
	var rest []Asked
	for subject, c := range out {
		if c.Version == 0 {
			rest = append(rest, Asked{Subject: subject})
		}
	}
	if len(rest) == 0 {
		return nil
	}
	found, err := s.Read(ctx, rest)
	for i, f := range found {
		f.Revision = out[rest[i].Subject].Revision
		out[rest[i].Subject] = f.Count
	}
	return err
}

func (s *postgresStore) Learn(ctx context.Context, revisions map[string]int64) error {
	for essay, revision := range revisions {
		if _, err := s.pool.Exec(ctx, learnOne, essay, revision); err != nil {
			return fmt.Errorf("remember rules: %w", err)
		}
	}
	return nil
}

func (s *postgresStore) Read(ctx context.Context, asked []Asked) ([]Found, error) {
	subjects, voters, essays := make([]string, len(asked)), make([][]byte, len(asked)), make([]string, len(asked))
	for i, a := range asked {
		subjects[i], voters[i], essays[i] = a.Subject, a.Voter, votes.EssayOf(a.Subject)
	}
	rows, err := s.pool.Query(ctx, `
		SELECT coalesce(t.up, 0), coalesce(t.down, 0), coalesce(t.version, 0), coalesce(r.revision, 0), coalesce(v.vote, 0), v.vote IS NOT NULL
		FROM unnest($1::text[], $2::bytea[], $3::text[]) WITH ORDINALITY AS a (subject, voter, essay, place)
		LEFT JOIN tally t ON t.subject = a.subject
		LEFT JOIN ruling r ON r.essay = a.essay
		LEFT JOIN vote v ON v.subject = a.subject AND v.voter = a.voter
		ORDER BY a.place`, subjects, voters, essays)
	if err != nil {
		return nil, fmt.Errorf("read tallies: %w", err)
	}
	out, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (f Found, err error) {
		err = row.Scan(&f.Up, &f.Down, &f.Version, &f.Revision, &f.Mine, &f.Known)
		return f, err
	})
	if err == nil && len(out) != len(asked) {
		err = fmt.Errorf("%d of %d came", len(out), len(asked))
	}
	if err != nil {
		return nil, fmt.Errorf("read tallies: %w", err)
	}
	return out, nil
}

// hearing is how long a server that can notify takes at most to be heard. A
// pooler in front of it takes LISTEN and then never passes anything on.
const hearing = 5 * time.Second

func (s *postgresStore) Watch(ctx context.Context, ready func(), changed func(string, Count)) error {
	if s.channel == "" {
		return ErrUnwatchable
	}
	conn, err := pgx.ConnectConfig(ctx, s.pool.Config().ConnConfig)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if _, err := conn.Exec(ctx, `LISTEN `+pgx.Identifier{s.channel}.Sanitize()); err != nil {
		if failedWith(err, "42601", "0A000") { // no such statement
			return ErrUnwatchable
		}
		return fmt.Errorf("listen: %w", err)
	}
	hello := "? " + rand.Text()
	if _, err := s.pool.Exec(ctx, `SELECT pg_notify($1, $2)`, s.channel, hello); err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	heard, cancel := context.WithTimeout(ctx, hearing)
	defer cancel()
	for wait := heard; ; {
		n, err := conn.WaitForNotification(wait)
		switch {
		case err != nil && ctx.Err() != nil:
			return ctx.Err()
		case err != nil && wait == heard && heard.Err() != nil:
			return ErrUnwatchable
		case err != nil:
			return fmt.Errorf("listen: %w", err)
		case n.Payload == hello:
			wait = ctx
			ready()
		default:
			if subject, c, ok := readNotice(n.Payload); ok {
				changed(subject, c)
			}
		}
	}
}

// readNotice reads what applyAndNotify tells: subject, up, down, version.
func readNotice(s string) (subject string, c Count, ok bool) {
	f := strings.Split(s, " ")
	if len(f) != 4 {
		return "", Count{}, false
	}
	var errs [3]error
	c.Up, errs[0] = strconv.Atoi(f[1])
	c.Down, errs[1] = strconv.Atoi(f[2])
	c.Version, errs[2] = strconv.ParseInt(f[3], 10, 64)
	return f[0], c, errors.Join(errs[:]...) == nil && c.Up >= 0 && c.Down >= 0
}

func (s *postgresStore) Keys(ctx context.Context) ([]Key, error) {
	rows, err := s.pool.Query(ctx, `SELECT public, name, added FROM signer ORDER BY added, id`)
	if err != nil {
		return nil, fmt.Errorf("list keys: %w", err)
	}
	out, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (k Key, err error) {
		var added int64
		err = row.Scan(&k.Public, &k.Name, &added)
		k.Added = time.Unix(added, 0).UTC()
		return k, err
	})
	if err != nil {
		return nil, fmt.Errorf("list keys: %w", err)
	}
	return out, nil
}

func (s *postgresStore) AddKey(ctx context.Context, k Key) error {
	_, err := s.pool.Exec(ctx, `INSERT INTO signer (id, public, name, added) VALUES ($1, $2, $3, $4)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name`, k.ID(), k.Public, k.Name, k.Added.Unix())
	if err != nil {
		return fmt.Errorf("add key %s: %w", k.ID(), err)
	}
	return nil
}

func (s *postgresStore) RemoveKey(ctx context.Context, id string) error {
	done, err := s.pool.Exec(ctx, `DELETE FROM signer WHERE id = $1`, id)
	if err == nil && done.RowsAffected() == 0 {
		err = ErrNoKey
	}
	if err != nil {
		return fmt.Errorf("remove key %s: %w", id, err)
	}
	return nil
}

func (s *postgresStore) Guards(ctx context.Context) ([]Guard, error) {
	rows, err := s.pool.Query(ctx, `SELECT essay, bits FROM guard ORDER BY essay`)
	if err != nil {
		return nil, fmt.Errorf("list protected essays: %w", err)
	}
	out, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Guard])
	if err != nil {
		return nil, fmt.Errorf("list protected essays: %w", err)
	}
	return out, nil
}

func (s *postgresStore) SetGuard(ctx context.Context, g Guard) (err error) {
	if g.Bits == 0 {
		_, err = s.pool.Exec(ctx, `DELETE FROM guard WHERE essay = $1`, g.Essay)
	} else {
		_, err = s.pool.Exec(ctx, `INSERT INTO guard (essay, bits) VALUES ($1, $2) ON CONFLICT (essay) DO UPDATE SET bits = excluded.bits`, g.Essay, g.Bits)
	}
	if err != nil {
		return fmt.Errorf("protect %s: %w", g.Essay, err)
	}
	return nil
}

func (s *postgresStore) Secret(ctx context.Context, name string, fresh []byte) (value []byte, err error) {
	if _, err = s.pool.Exec(ctx, `INSERT INTO secret (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING`, name, fresh); err == nil {
		err = s.pool.QueryRow(ctx, `SELECT value FROM secret WHERE name = $1`, name).Scan(&value)
	}
	if err != nil {
		return nil, fmt.Errorf("read the secret %s: %w", name, err)
	}
	return value, nil
}

func (s *postgresStore) Rows(ctx context.Context, each func(Row) error) error {
	rows, err := s.pool.Query(ctx, allRows)
	if err != nil {
		return fmt.Errorf("read all tallies: %w", err)
	}
	defer rows.Close()
	return eachRow(rows, each)
}

func (s *postgresStore) Recount(ctx context.Context) ([]Mismatch, error) {
	rows, err := s.pool.Query(ctx, recount)
	if err != nil {
		return nil, fmt.Errorf("recount: %w", err)
	}
	out, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (m Mismatch, err error) {
		err = row.Scan(&m.Subject, &m.Kept.Up, &m.Kept.Down, &m.Sum.Up, &m.Sum.Down)
		return m, err
	})
	if err != nil {
		return nil, fmt.Errorf("recount: %w", err)
	}
	return out, nil
}

func (s *postgresStore) Forget(ctx context.Context, before time.Time) (int64, error) {
	done, err := s.pool.Exec(ctx, `DELETE FROM vote WHERE vote = $1 AND day < $2`, int16(votes.None), dayOf(before))
	if err != nil {
		return 0, fmt.Errorf("forget: %w", err)
	}
	return done.RowsAffected(), nil
}

func (s *postgresStore) Ping(ctx context.Context) error {
	var one int
	return s.pool.QueryRow(ctx, `SELECT 1 FROM tally UNION ALL SELECT 1 LIMIT 1`).Scan(&one)
}

func (s *postgresStore) Name() string { return "postgresql" }

func (s *postgresStore) Close() error {
	s.pool.Close()
	return nil
}
