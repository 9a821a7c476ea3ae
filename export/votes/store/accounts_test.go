package store_test

// This file owns what every store has to do with readers' accounts.

import (
	"bytes"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"photodesk/export/votes"
	"photodesk/export/votes/store"
)

var (
	moment = time.Unix(1_800_000_000, 0)
	later  = moment.Add(time.Hour)
)

func link(kind, email, hash string) store.Link {
	return store.Link{Kind: kind, Email: email, Hash: []byte(hash), Password: "hash of " + hash, Expires: later}
}

// person makes an account by its link.
func person(t *testing.T, s store.Store, email string) store.Account {
	t.Helper()
	must(t, s.PutLink(t.Context(), link(store.LinkConfirm, email, "confirm "+email)))
	a, err := s.Confirm(t.Context(), []byte("confirm "+email), store.Account{ID: []byte("id " + email), Voter: []byte("voter " + email)}, moment)
	must(t, err)
	return a
}

func signIn(t *testing.T, s store.Store, token string, a store.Account) error {
	t.Helper()
	return s.PutSession(t.Context(), store.Session{Token: token, Data: []byte{0, 255, 1}, Expires: later}, a)
}

// wants fails where an error is another.
func wants(t *testing.T, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func account(t *testing.T, address string) {
	s := open(t, address)
	_, err := s.Account(t.Context(), "a@b.example")
	wants(t, "nobody", err, store.ErrNoAccount)
	made := person(t, s, "a@b.example")
	if made.Email != "a@b.example" || made.Password != "hash of confirm a@b.example" || string(made.ID) != "id a@b.example" || string(made.Voter) != "voter a@b.example" {
		t.Errorf("made %+v", made)
	}
	got, err := open(t, address).Account(t.Context(), "a@b.example")
	must(t, err)
	if !bytes.Equal(got.ID, made.ID) || got.Password != made.Password || got.Generation != made.Generation {
		t.Errorf("found %+v, made %+v", got, made)
	}
	// The same address again, by a link from before: it stays as it is.
	must(t, s.PutLink(t.Context(), link(store.LinkConfirm, "a@b.example", "again")))
	_, err = s.Confirm(t.Context(), []byte("again"), store.Account{ID: []byte("other"), Voter: []byte("other")}, moment)
	wants(t, "an address twice", err, store.ErrNoLink)

	other := person(t, s, "c@b.example")
	must(t, signIn(t, s, "one", made))
	must(t, signIn(t, s, "two", other))
	must(t, s.PutLink(t.Context(), link(store.LinkReset, made.Email, "reset")))
	must(t, s.RemoveAccount(t.Context(), made.ID))
	wants(t, "removed twice", s.RemoveAccount(t.Context(), made.ID), store.ErrNoAccount)
	_, err = s.Account(t.Context(), made.Email)
	wants(t, "removed", err, store.ErrNoAccount)
	_, _, err = s.Session(t.Context(), "one", moment)
	wants(t, "a removed account's session", err, store.ErrNoAccount)
	_, err = s.Link(t.Context(), store.LinkReset, []byte("reset"), moment)
	wants(t, "a removed account's link", err, store.ErrNoLink)
	_, _, err = s.Session(t.Context(), "two", moment)
	wants(t, "another's session", err, nil)
}

func newPassword(t *testing.T, address string) {
	s := open(t, address)
	a := person(t, s, "a@b.example")
	must(t, signIn(t, s, "one", a))
	must(t, signIn(t, s, "two", a))
	must(t, s.PutLink(t.Context(), link(store.LinkReset, a.Email, "reset")))
	must(t, s.PutLink(t.Context(), link(store.LinkConfirm, a.Email, "another")))
	_, err := s.Reset(t.Context(), []byte("reset"), "new", later)
	wants(t, "expired", err, store.ErrNoLink)
	_, err = s.Reset(t.Context(), []byte("another"), "new", moment)
	wants(t, "a link of another kind", err, store.ErrNoLink)
	b, err := s.Reset(t.Context(), []byte("reset"), "new", moment)
	must(t, err)
	if b.Password != "new" || b.Generation <= a.Generation || !bytes.Equal(b.Voter, a.Voter) {
		t.Errorf("set anew: %+v, was %+v", b, a)
	}
	_, err = s.Reset(t.Context(), []byte("reset"), "newer", moment)
	wants(t, "used twice", err, store.ErrNoLink)
	_, err = s.Link(t.Context(), store.LinkConfirm, []byte("another"), moment)
	wants(t, "the account's other link", err, store.ErrNoLink)
	for _, token := range []string{"one", "two"} {
		_, _, err := s.Session(t.Context(), token, moment)
		wants(t, "session "+token, err, store.ErrNoAccount)
	}
	// Who was let in by the old password meanwhile isn't.
	wants(t, "a session of the old password", signIn(t, s, "three", a), store.ErrNoAccount)
	must(t, signIn(t, s, "four", b))
	// A link to an address that has no account leads nowhere.
	must(t, s.PutLink(t.Context(), link(store.LinkReset, "nobody@b.example", "nobody")))
	_, err = s.Reset(t.Context(), []byte("nobody"), "new", moment)
	wants(t, "nobody's", err, store.ErrNoLink)
}

func links(t *testing.T, address string) {
	s := open(t, address)
	person(t, s, "a@b.example")
	want := link(store.LinkReset, "a@b.example", "first")
	must(t, s.PutLink(t.Context(), want))
	for range 2 { // reading leaves it
		got, err := s.Link(t.Context(), store.LinkReset, want.Hash, moment)
		must(t, err)
		if got.Email != want.Email || got.Password != want.Password || !got.Expires.Equal(want.Expires) {
			t.Errorf("reads %+v, want %+v", got, want)
		}
	}
	_, err := s.Link(t.Context(), store.LinkReset, want.Hash, later)
	wants(t, "expired", err, store.ErrNoLink)
	must(t, s.PutLink(t.Context(), link(store.LinkReset, "a@b.example", "second")))
	_, err = s.Reset(t.Context(), want.Hash, "new", moment)
	wants(t, "replaced", err, store.ErrNoLink)

	// Of many at once one succeeds, whichever instance they reach.
	stores := []store.Store{s, open(t, address)}
	var used atomic.Int64
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			_, err := stores[i%2].Reset(t.Context(), []byte("second"), "new", moment)
			if err == nil {
				used.Add(1)
			} else if !errors.Is(err, store.ErrNoLink) {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if used.Load() != 1 {
		t.Errorf("used %d times", used.Load())
	}
}

func sessions(t *testing.T, address string) {
	s := open(t, address)
	a := person(t, s, "a@b.example")
	must(t, signIn(t, s, "one", a))
	must(t, s.PutSession(t.Context(), store.Session{Token: "one", Data: []byte("longer"), Expires: later.Add(time.Hour)}, a))
	got, of, err := open(t, address).Session(t.Context(), "one", later)
	must(t, err)
	if string(got.Data) != "longer" || got.Token != "one" || !bytes.Equal(of.ID, a.ID) || of.Email != a.Email || !bytes.Equal(of.Voter, a.Voter) {
		t.Errorf("reads %+v of %+v", got, of)
	}
	_, _, err = s.Session(t.Context(), "one", later.Add(time.Hour))
	wants(t, "expired", err, store.ErrNoAccount)
	must(t, signIn(t, s, "two", a))
	must(t, s.PutLink(t.Context(), link(store.LinkReset, a.Email, "reset")))
	if n, links, err := s.ForgetAccounts(t.Context(), moment); n != 0 || links != 0 || err != nil {
		t.Errorf("forgets %d and %d that hold, %v", n, links, err)
	}
	if n, links, err := s.ForgetAccounts(t.Context(), later); n != 1 || links != 1 || err != nil {
		t.Errorf("forgets %d and %d, %v", n, links, err)
	}
	must(t, s.RemoveSession(t.Context(), "one"))
	must(t, s.RemoveSession(t.Context(), "one"))
	_, _, err = s.Session(t.Context(), "one", moment)
	wants(t, "ended", err, store.ErrNoAccount)
}

// A store of before there were accounts gets them, and keeps its votes.
func accountless(t *testing.T, address string) {
	s := open(t, address)
	apply(t, s, cast("k/e", "1", votes.Up))
	must(t, store.Age(s))
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			s, err := store.Open(t.Context(), address)
			if err != nil {
				t.Error(err)
				return
			}
			must(t, s.Close())
		})
	}
	all.Wait()
	s = open(t, address)
	person(t, s, "a@b.example")
	if f := read(t, s, "k/e", "1"); f.Mine != votes.Up || f.Up != 1 {
		t.Errorf("left is %+v", f)
	}
	honest(t, s)
}
