package store

import (
	"context"
	_ "embed"
)

// Partitioned makes the table of votes as OPERATIONS.md has it.
//
//go:embed partitioned.sql
var Partitioned string

// Falsify changes a tally behind its votes' back.
func Falsify(s Store, subject string) error {
	const up = `UPDATE tally SET up = 8 WHERE subject = '`
	var err error
	switch s := s.(type) {
	case *sqliteStore:
		_, err = s.write.ExecContext(context.Background(), up+subject+`'`)
	case *postgresStore:
		_, err = s.pool.Exec(context.Background(), up+subject+`'`)
	}
	return err
}

// Age makes a store one of before there were accounts.
func Age(s Store) error {
	ctx := context.Background()
	const drop = `DROP TABLE account; DROP TABLE session; DROP TABLE link;`
	var err error
	switch s := s.(type) {
	case *sqliteStore:
		_, err = s.write.ExecContext(ctx, drop+`PRAGMA user_version = 2;`)
	case *postgresStore:
		_, err = s.pool.Exec(ctx, drop+`DELETE FROM vote_schema; INSERT INTO vote_schema VALUES (2);`)
	}
	return err
}

// ReadNotice is readNotice.
var ReadNotice = readNotice

// WithoutRules makes of a store what the version before rules made.
func WithoutRules(s Store) error {
	var err error
	switch s := s.(type) {
	case *sqliteStore:
		_, err = s.write.ExecContext(context.Background(), `DROP TABLE ruling; DROP TABLE account; DROP TABLE session; DROP TABLE link; PRAGMA user_version = 1`)
	case *postgresStore:
		_, err = s.pool.Exec(context.Background(), `DROP TABLE ruling; DROP TABLE account; DROP TABLE session; DROP TABLE link; DELETE FROM vote_schema; INSERT INTO vote_schema VALUES (1)`)
	}
	return err
}
