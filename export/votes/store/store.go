// Package store keeps votes and what they make, for the vote service.
//
//	request ─▶ Writer: queue ─ gather what waits ─▶ Store.Apply: one transaction ─▶ answers
//
// There is one vote for a voter and a subject, by primary key. Votes and tallies
// change in one transaction, in SQL, so that a tally is always the sum of its
// votes, however many processes write; a vote is acknowledged after the commit.
// [Open] opens SQLite or PostgreSQL; both pass the same tests.
package store

// This file owns what a store is, and which one an address means.

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"photodesk/export/votes"
)

// Cast is a vote on its way into a store.
type Cast struct {
	Subject string // votes.Subject.String()
	Voter   []byte // names the voter for this subject alone
	Vote    votes.Vote
	// Revision is that of the essay's rules by which the vote was taken.
	Revision int64
}

// Count is a subject's tally at some moment. Of two counts the one with the
// higher Version is newer; Version is 0 where nobody has voted.
type Count struct {
	votes.Tally
	Version int64
	// Revision is the newest of its essay's rules that the store has seen. No vote
	// with an older one is kept.
	Revision int64
}

// Asked is a subject, and who asks for it; Voter nil for nobody.
type Asked struct {
	Subject string
	Voter   []byte
}

// Found is what a store knows of an Asked.
type Found struct {
	Count
	Mine  votes.Vote // None where the voter has none
	Known bool       // whether the voter has ever voted on the subject, also where it was taken back
}

// Key is a project's public key, whose subjects the service counts for.
type Key struct {
	Public []byte // 32 bytes, Ed25519
	Name   string // for people
	Added  time.Time
}

// ID names the key in subjects.
func (k Key) ID() string { return votes.KeyID(k.Public) }

// Guard is an essay that is protected: a voter has to have worked for it.
type Guard struct {
	Essay string // votes.Subject.String() of the essay
	Bits  int    // how much work: 2^Bits hashes on average
}

// Row is a subject in a report.
type Row struct {
	Subject string
	votes.Tally
	LastDay time.Time // the day (UTC) of the latest change, at midnight
}

// Mismatch is a tally that is not the sum of its votes. There is never one.
type Mismatch struct {
	Subject   string
	Kept, Sum votes.Tally
}

// Store keeps votes. Its methods may be called from many goroutines; several
// processes may have the same one open.
type Store interface {
	// Apply keeps a group of votes in one transaction and returns, once it is
	// committed, the count of each of their subjects. No two of the group have
	// the same voter and subject. None takes a vote back; where there was none it
	// leaves nothing behind. A vote that is kept already changes nothing.
	// Neither does one whose Revision is lower than that of the count returned:
	// its essay has newer rules, which the store knew or which came in this group.
	Apply(ctx context.Context, group []Cast) (map[string]Count, error)
	// Read finds counts, and votes where a voter asks, in the order asked.
	Read(ctx context.Context, asked []Asked) ([]Found, error)
	// Learn remembers revisions of rules, by essay, where they are newer than those known.
	Learn(ctx context.Context, revisions map[string]int64) error
	// Watch calls changed for every count that any process changes, once ready
	// was called, until ctx is done or the store can't tell any more. It returns
	// ErrUnwatchable where the store never can.
	Watch(ctx context.Context, ready func(), changed func(subject string, c Count)) error

	Keys(ctx context.Context) ([]Key, error)
	// AddKey adds a key, or renames it. RemoveKey wraps ErrNoKey.
	AddKey(ctx context.Context, k Key) error
	RemoveKey(ctx context.Context, id string) error
	Guards(ctx context.Context) ([]Guard, error)
	// SetGuard protects an essay; 0 bits end it.
	SetGuard(ctx context.Context, g Guard) error
	// Secret returns the secret of that name, the same for all processes; it is
	// fresh where there is none yet.
	Secret(ctx context.Context, name string, fresh []byte) ([]byte, error)

	Accounts

	// Rows calls each for every subject that has votes, ordered by subject.
	Rows(ctx context.Context, each func(Row) error) error
	// Recount compares every tally with the sum of its votes.
	Recount(ctx context.Context) ([]Mismatch, error)
	// Forget removes what is left of votes that were taken back before a day, and
	// returns how many it removed. No tally changes by it.
	Forget(ctx context.Context, before time.Time) (int64, error)

	Ping(ctx context.Context) error
	// Name is the store's kind, for logs: "sqlite" or "postgresql".
	Name() string
	Close() error
}

// Errors of stores.
var (
	ErrUnwatchable = errors.New("this store tells nobody of changes")
	ErrNoKey       = errors.New("no such key")
	ErrNewer       = errors.New("made by a newer photodesk-votes; update this one")
)

// schema is the version of the tables.
const schema = 3

// Open opens the store at an address, and makes it where it is empty:
// "postgres://…" or "postgresql://…" is a PostgreSQL server, anything else the
// path of an SQLite file. Errors name the address without its password, and
// wrap [ErrNewer] where the tables are newer than this program.
func Open(ctx context.Context, address string) (Store, error) {
	if strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://") {
		return openPostgres(ctx, address)
	}
	if scheme, _, ok := strings.Cut(address, "://"); ok {
		return nil, fmt.Errorf("open the store: %s:// is no store; give a file's path or postgres://…", scheme)
	}
	if address == "" {
		return nil, errors.New("open the store: no file and no address given")
	}
	return openSQLite(ctx, address)
}

// dayOf is a moment's day, in days since 1970 (UTC). No store keeps a moment.
func dayOf(t time.Time) int64 { return t.UTC().Unix() / 86400 }

func dayTime(day int64) time.Time { return time.Unix(day*86400, 0).UTC() }
