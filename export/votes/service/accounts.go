package service

// This file owns how accounts are part of the service: an account is a voter,
// named by its own 16 bytes on every device, and what a browser has voted on
// before becomes the account's.

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"time"

	"photodesk/export/votes"
	"photodesk/export/votes/accounts"
	"photodesk/export/votes/store"
)

// openAccounts makes the service's accounts, where the configuration has some.
func (s *Service) openAccounts(ctx context.Context) (err error) {
	if s.config.Accounts == nil {
		return nil
	}
	c := *s.config.Accounts
	c.Store, c.SameSite, c.Log, c.Metrics = s.store, s.config.SameSite, s.log, s.config.Metrics
	c.Origins = slices.Sorted(maps.Keys(s.origins))
	c.Return, c.Network, c.SignedIn, c.Leaving = s.mayReturn, s.limits.name, s.takeOver, s.takeBack
	s.accounts, err = accounts.New(ctx, c)
	return err
}

// mayReturn is an address that a reader may be sent to, or "".
func (s *Service) mayReturn(address string) string {
	origin, err := originOf(address)
	if err != nil || !s.origins[origin] {
		return ""
	}
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.String()
}

// account is who has signed in, and whether anybody has. With a store that
// can't tell, nobody has: a vote then fails as well.
func (q *request) account() (who voter, signedIn bool, err error) {
	if q.accounts == nil {
		return voter{}, false, nil
	}
	id, signedIn, err := q.accounts.Reader(q.r)
	if !signedIn || err != nil {
		return voter{}, false, err
	}
	who.known, who.account = true, true
	copy(who.id[:], id)
	return who, true, nil
}

// takeOver takes over what the browser voted on before it signed in. An account's
// own vote stands; then the browser's is taken back. Either way one vote is
// left, in one transaction for each group of subjects. A vote that can't be taken
// over now stays the browser's, and is, when it signs in again.
func (s *Service) takeOver(w http.ResponseWriter, r *http.Request, account []byte) {
	q := &request{Service: s, w: w, r: r}
	before := q.browser()
	if !before.known {
		return
	}
	to := voter{known: true, account: true}
	copy(to.id[:], account)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), 20*time.Second)
	defer cancel()
	if err := s.move(ctx, before, &to); err != nil {
		s.log.Error("a browser's votes were not taken over", "error", err)
	}
}

// takeBack takes back all votes of an account that is about to be removed.
func (s *Service) takeBack(ctx context.Context, account []byte) error {
	who := voter{}
	copy(who.id[:], account)
	return s.move(ctx, who, nil)
}

// moved is how many subjects are looked through at once.
const moved = 256

// move makes votes of one voter another's, or with no other nobody's. The store
// can't tell what somebody voted on: each subject is asked for.
func (s *Service) move(ctx context.Context, from voter, to *voter) error {
	s.moving.Lock() // each looks through all subjects
	defer s.moving.Unlock()
	var names []string
	err := s.store.Rows(ctx, func(r store.Row) error {
		names = append(names, r.Subject)
		return nil
	})
	for ; err == nil && len(names) > 0; names = names[min(moved, len(names)):] {
		err = s.moveOn(ctx, names[:min(moved, len(names))], from, to)
	}
	return err
}

func (s *Service) moveOn(ctx context.Context, names []string, from voter, to *voter) error {
	var asked []store.Asked
	for _, name := range names {
		asked = append(asked, store.Asked{Subject: name, Voter: s.voters.nameIn(from, name)})
		if to != nil {
			asked = append(asked, store.Asked{Subject: name, Voter: s.voters.nameIn(*to, name)})
		}
	}
	found, err := s.store.Read(ctx, asked)
	if err != nil {
		return err
	}
	var group []store.Cast
	step := len(asked) / len(names)
	for i := 0; i < len(asked); i += step {
		if found[i].Mine == votes.None {
			continue
		}
		group = append(group, store.Cast{Subject: asked[i].Subject, Voter: asked[i].Voter, Vote: votes.None, Revision: found[i].Revision})
		if to != nil && !found[i+1].Known {
			group = append(group, store.Cast{Subject: asked[i].Subject, Voter: asked[i+1].Voter, Vote: found[i].Mine, Revision: found[i].Revision})
		}
	}
	if len(group) == 0 {
		return nil
	}
	began := time.Now()
	counts, err := s.store.Apply(ctx, group)
	for subject, c := range counts {
		s.board.put(subject, c, began)
	}
	return err
}
