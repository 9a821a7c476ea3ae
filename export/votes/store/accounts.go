package store

// This file owns readers' accounts: their sessions, and the links that are
// mailed to them. Its SQL is the same in both stores. Of a session and of a link
// only the hash of what the reader holds is kept.

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Account is a reader who can sign in.
type Account struct {
	ID       []byte // 16 random bytes
	Email    string // normalised, so that there is one account for an address
	Password string // its hash, as a PHC string
	Voter    []byte // 16 random bytes, who the account votes as
	// Generation grows when the password is set anew. A session holds for the one
	// that it was begun in.
	Generation int64
}

// Link is what was mailed to a reader, to be used once.
type Link struct {
	Hash     []byte // SHA-256 of what the reader holds
	Kind     string
	Email    string
	Password string // the hash that an account begins with, for one that is yet to be made
	Expires  time.Time
}

// Kinds of links. There is one of a kind for an address: a newer one replaces it.
const (
	LinkConfirm = "confirm" // makes the account
	LinkReset   = "reset"   // sets the password
)

// Session is a browser that is signed in.
type Session struct {
	Token   string // the hash of what the browser holds
	Data    []byte
	Expires time.Time
}

// Accounts keeps readers' accounts. Moments are kept in whole seconds.
type Accounts interface {
	// Account finds the account of an address; ErrNoAccount for none.
	Account(ctx context.Context, email string) (Account, error)
	// PutLink keeps a link. The one before it of the same kind and address is void.
	PutLink(ctx context.Context, l Link) error
	// Link reads a link that still holds, and leaves it; ErrNoLink for none.
	Link(ctx context.Context, kind string, hash []byte, now time.Time) (Link, error)
	// Confirm uses a LinkConfirm up, of many at the same time once, and makes its account, of which fresh has ID
	// and Voter. ErrNoLink where the link doesn't hold or the address has an account.
	Confirm(ctx context.Context, hash []byte, fresh Account, now time.Time) (Account, error)
	// Reset uses a LinkReset up alike, sets the password, ends all sessions of the account
	// and voids its other links.
	Reset(ctx context.Context, hash []byte, password string, now time.Time) (Account, error)
	// RemoveAccount removes an account with its sessions and links; ErrNoAccount for none.
	RemoveAccount(ctx context.Context, id []byte) error

	// PutSession begins a session of an account, or goes on with it; ErrNoAccount
	// where the account is gone or of another generation.
	PutSession(ctx context.Context, s Session, of Account) error
	// Session reads a session that holds, and whose it is; ErrNoAccount for none.
	Session(ctx context.Context, token string, now time.Time) (Session, Account, error)
	// RemoveSession ends a session, if there is one.
	RemoveSession(ctx context.Context, token string) error

	// ForgetAccounts removes sessions and links that hold no longer.
	ForgetAccounts(ctx context.Context, now time.Time) (sessions, links int64, err error)
}

// Errors of accounts.
var (
	ErrNoAccount = errors.New("no such account")
	ErrNoLink    = errors.New("the link was used, has expired or never was one")
)

// statements runs SQL in a transaction. Parameters are $1, $2 ….
type statements interface {
	exec(ctx context.Context, sql string, args ...any) (rows int64, err error)
	// row reads the first row into what; sql.ErrNoRows for none.
	row(ctx context.Context, sql string, args []any, what ...any) error
}

// accounts is Accounts over whatever runs transactions. A transaction may be
// run again, as a whole; read is for one statement that changes nothing.
type accounts struct {
	run, read func(ctx context.Context, fn func(statements) error) error
}

const accountColumns = `id, email, password, voter, generation`

func (a *Account) columns() []any {
	return []any{&a.ID, &a.Email, &a.Password, &a.Voter, &a.Generation}
}

func (s accounts) Account(ctx context.Context, email string) (out Account, err error) {
	err = s.read(ctx, func(q statements) error {
		return q.row(ctx, `SELECT `+accountColumns+` FROM account WHERE email = $1`, []any{email}, out.columns()...)
	})
	return out, none("find an account", err, ErrNoAccount)
}

func (s accounts) PutLink(ctx context.Context, l Link) error {
	err := s.run(ctx, func(q statements) error {
		_, err := q.exec(ctx, `INSERT INTO link (kind, email, hash, password, expires) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (kind, email) DO UPDATE SET hash = excluded.hash, password = excluded.password, expires = excluded.expires`,
			l.Kind, l.Email, l.Hash, l.Password, l.Expires.Unix())
		return err
	})
	return none("keep a link", err, nil)
}

const linkColumns = `kind, email, hash, password, expires`

func (l *Link) read(ctx context.Context, q statements, statement string, args ...any) error {
	var expires int64
	err := q.row(ctx, statement, args, &l.Kind, &l.Email, &l.Hash, &l.Password, &expires)
	l.Expires = time.Unix(expires, 0)
	return err
}

func (s accounts) Link(ctx context.Context, kind string, hash []byte, now time.Time) (out Link, err error) {
	err = s.read(ctx, func(q statements) error {
		return out.read(ctx, q, `SELECT `+linkColumns+` FROM link WHERE hash = $1 AND kind = $2 AND expires > $3`, hash, kind, now.Unix())
	})
	return out, none("find a link", err, ErrNoLink)
}

func (l *Link) use(ctx context.Context, q statements, kind string, hash []byte, now time.Time) error {
	return l.read(ctx, q, `DELETE FROM link WHERE hash = $1 AND kind = $2 AND expires > $3 RETURNING `+linkColumns, hash, kind, now.Unix())
}

func (s accounts) Confirm(ctx context.Context, hash []byte, fresh Account, now time.Time) (out Account, err error) {
	err = s.run(ctx, func(q statements) error {
		var l Link
		if err := l.use(ctx, q, LinkConfirm, hash, now); err != nil {
			return err
		}
		return q.row(ctx, `INSERT INTO account (id, email, password, voter, generation, day) VALUES ($1, $2, $3, $4, 1, $5)
			ON CONFLICT (email) DO NOTHING RETURNING `+accountColumns, []any{fresh.ID, l.Email, l.Password, fresh.Voter, dayOf(now)}, out.columns()...)
	})
	return out, none("make an account", err, ErrNoLink)
}

func (s accounts) Reset(ctx context.Context, hash []byte, password string, now time.Time) (out Account, err error) {
	err = s.run(ctx, func(q statements) error {
		var l Link
		if err := l.use(ctx, q, LinkReset, hash, now); err != nil {
			return err
		}
		err := q.row(ctx, `UPDATE account SET password = $1, generation = generation + 1 WHERE email = $2 RETURNING `+accountColumns,
			[]any{password, l.Email}, out.columns()...)
		if err != nil {
			return err
		}
		if _, err := q.exec(ctx, `DELETE FROM session WHERE account = $1`, out.ID); err != nil {
			return err
		}
		_, err = q.exec(ctx, `DELETE FROM link WHERE email = $1`, l.Email)
		return err
	})
	return out, none("set a password", err, ErrNoLink)
}

func (s accounts) RemoveAccount(ctx context.Context, id []byte) error {
	err := s.run(ctx, func(q statements) error {
		var email string
		if err := q.row(ctx, `DELETE FROM account WHERE id = $1 RETURNING email`, []any{id}, &email); err != nil {
			return err
		}
		if _, err := q.exec(ctx, `DELETE FROM session WHERE account = $1`, id); err != nil {
			return err
		}
		_, err := q.exec(ctx, `DELETE FROM link WHERE email = $1`, email)
		return err
	})
	return none("remove an account", err, ErrNoAccount)
}

func (s accounts) PutSession(ctx context.Context, n Session, of Account) error {
	err := s.run(ctx, func(q statements) error {
		var found int
		return q.row(ctx, `INSERT INTO session (token, account, generation, data, expires)
			SELECT $1, id, generation, $2, $3 FROM account WHERE id = $4 AND generation = $5
			ON CONFLICT (token) DO UPDATE SET data = excluded.data, expires = excluded.expires RETURNING 1`,
			[]any{n.Token, n.Data, n.Expires.Unix(), of.ID, of.Generation}, &found)
	})
	return none("keep a session", err, ErrNoAccount)
}

func (s accounts) Session(ctx context.Context, token string, now time.Time) (out Session, of Account, err error) {
	var expires int64
	err = s.read(ctx, func(q statements) error {
		return q.row(ctx, `SELECT s.token, s.data, s.expires, a.id, a.email, a.password, a.voter, a.generation
			FROM session s JOIN account a ON a.id = s.account AND a.generation = s.generation WHERE s.token = $1 AND s.expires > $2`,
			[]any{token, now.Unix()}, append([]any{&out.Token, &out.Data, &expires}, of.columns()...)...)
	})
	out.Expires = time.Unix(expires, 0)
	return out, of, none("find a session", err, ErrNoAccount)
}

func (s accounts) RemoveSession(ctx context.Context, token string) error {
	err := s.run(ctx, func(q statements) error {
		_, err := q.exec(ctx, `DELETE FROM session WHERE token = $1`, token)
		return err
	})
	return none("end a session", err, nil)
}

func (s accounts) ForgetAccounts(ctx context.Context, now time.Time) (sessions, links int64, err error) {
	err = s.run(ctx, func(q statements) error {
		var err error
		if sessions, err = q.exec(ctx, `DELETE FROM session WHERE expires <= $1`, now.Unix()); err != nil {
			return err
		}
		links, err = q.exec(ctx, `DELETE FROM link WHERE expires <= $1`, now.Unix())
		return err
	})
	return sessions, links, none("forget sessions", err, nil)
}

// none says what was done where it failed, and what it means where nothing was found.
func none(doing string, err, missing error) error {
	switch {
	case err == nil:
		return nil
	case missing != nil && errors.Is(err, sql.ErrNoRows):
		err = missing
	}
	return fmt.Errorf("%s: %w", doing, err)
}
