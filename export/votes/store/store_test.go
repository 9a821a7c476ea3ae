package store_test

// This file owns what every store has to do, and does it to each of them on real
// disks and a real server.

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"photodesk/export/votes"
	"photodesk/export/votes/store"
	"photodesk/export/votes/store/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// kinds give the address of an empty store.
var kinds = map[string]func(t testing.TB) string{
	"sqlite":     func(t testing.TB) string { return t.TempDir() + "/a b#?.db" },
	"postgresql": func(t testing.TB) string { return pgtest.Shared(t).Schema(t) },
	// As OPERATIONS.md has it for very many votes.
	"partitioned": func(t testing.TB) string {
		address := pgtest.Shared(t).Schema(t)
		script(t, address, store.Partitioned)
		return address
	},
}

func script(t testing.TB, address, sql string) {
	t.Helper()
	c, err := pgx.Connect(t.Context(), address)
	must(t, err)
	defer c.Close(context.Background())
	_, err = c.Exec(t.Context(), sql)
	must(t, err)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func open(t testing.TB, address string) store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), address)
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	return s
}

func writer(t testing.TB, s store.Store) *store.Writer {
	w := store.NewWriter(s, func(int, time.Duration, map[string]store.Count, error) {})
	t.Cleanup(w.Close)
	return w
}

func cast(subject, voter string, v votes.Vote) store.Cast {
	return store.Cast{Subject: subject, Voter: []byte(voter), Vote: v}
}

func apply(t testing.TB, s store.Store, group ...store.Cast) map[string]store.Count {
	t.Helper()
	counts, err := s.Apply(t.Context(), group)
	must(t, err)
	return counts
}

func read(t testing.TB, s store.Store, subject, voter string) store.Found {
	t.Helper()
	found, err := s.Read(t.Context(), []store.Asked{{Subject: subject, Voter: []byte(voter)}})
	must(t, err)
	return found[0]
}

// honest fails where a tally isn't the sum of its votes.
func honest(t testing.TB, s store.Store) {
	t.Helper()
	wrong, err := s.Recount(t.Context())
	must(t, err)
	for _, m := range wrong {
		t.Errorf("%s is kept as %+v, its votes are %+v", m.Subject, m.Kept, m.Sum)
	}
}

func rows(t testing.TB, s store.Store) (out []store.Row) {
	t.Helper()
	must(t, s.Rows(t.Context(), func(r store.Row) error { out = append(out, r); return nil }))
	return out
}

func TestStores(t *testing.T) {
	for kind, address := range kinds {
		t.Run(kind, func(t *testing.T) {
			for name, test := range map[string]func(t *testing.T, address string){
				"one vote for a voter and subject": oneVote, "a group": group, "nothing is left of nothing": nothing,
				"a hundred voters at once": hundred, "two instances": instances, "random votes": random, "keys": keys, "guards": guards,
				"secrets": secrets, "changes are heard": heard, "forgetting": forgetting, "reports": reports, "a tally is proved": proved,
				"rules never go back": rulings, "newer rules and votes at once": rulingsAtOnce, "a store from before rules": older,
				"an account": account, "a password set anew": newPassword, "links": links, "sessions": sessions, "a store from before accounts": accountless,
			} {
				t.Run(name, func(t *testing.T) { test(t, address(t)) })
			}
		})
	}
}

func oneVote(t *testing.T, address string) {
	s := open(t, address)
	var last store.Count
	for i, step := range []struct {
		vote votes.Vote
		want votes.Tally
		same bool // nothing changes
	}{
		{votes.Up, votes.Tally{Up: 1}, false},
		{votes.Up, votes.Tally{Up: 1}, true},
		{votes.Down, votes.Tally{Down: 1}, false},
		{votes.None, votes.Tally{}, false},
		{votes.None, votes.Tally{}, true},
		{votes.Down, votes.Tally{Down: 1}, false},
		{votes.Up, votes.Tally{Up: 1}, false},
	} {
		got := apply(t, s, cast("k/e", "one", step.vote))["k/e"]
		if got.Tally != step.want || (got.Version == last.Version) != step.same || got.Version < last.Version {
			t.Errorf("step %d: %+v after %+v, want %+v", i, got, last, step.want)
		}
		last = got
		if f := read(t, s, "k/e", "one"); f.Mine != step.vote || !f.Known || f.Count != got {
			t.Errorf("step %d reads %+v", i, f)
		}
	}
	again := open(t, address)
	if f := read(t, again, "k/e", "one"); f.Mine != votes.Up || f.Count != last {
		t.Errorf("opened again it reads %+v, want %+v", f, last)
	}
	if f := read(t, again, "k/e", "two"); f.Mine != votes.None || f.Known || f.Tally != last.Tally {
		t.Errorf("another voter reads %+v", f)
	}
	honest(t, again)
}

func group(t *testing.T, address string) {
	s := open(t, address)
	apply(t, s, cast("k/a", "1", votes.Up), cast("k/b", "1", votes.Up))
	counts := apply(t, s,
		cast("k/b", "1", votes.Down), cast("k/a", "1", votes.Up), cast("k/c", "3", votes.Up), cast("k/a", "2", votes.Up),
		cast("k/c", "1", votes.Down), cast("k/d", "1", votes.None), cast("k/b", "2", votes.None))
	for subject, want := range map[string]votes.Tally{"k/a": {Up: 2}, "k/b": {Down: 1}, "k/c": {Up: 1, Down: 1}, "k/d": {}} {
		got, ok := counts[subject]
		if !ok || got.Tally != want {
			t.Errorf("%s: %+v, want %+v", subject, got, want)
		}
		if f := read(t, s, subject, ""); f.Count != got {
			t.Errorf("%s reads %+v, was told %+v", subject, f, got)
		}
	}
	found, err := s.Read(t.Context(), []store.Asked{{"k/c", []byte("1")}, {"k/x", nil}, {"k/c", []byte("3")}, {"k/c", []byte("1")}})
	must(t, err)
	if len(found) != 4 || found[0].Mine != votes.Down || found[1].Tally != (votes.Tally{}) || found[2].Mine != votes.Up || found[3] != found[0] {
		t.Errorf("read in order: %+v", found)
	}
	honest(t, s)
}

func nothing(t *testing.T, address string) {
	s := open(t, address)
	apply(t, s, cast("k/e", "1", votes.None), cast("k/f", "2", votes.None))
	if f := read(t, s, "k/e", "1"); f != (store.Found{}) {
		t.Errorf("a vote taken back that never was leaves %+v", f)
	}
	if r := rows(t, s); len(r) != 0 {
		t.Errorf("it leaves %+v", r)
	}
}

func hundred(t *testing.T, address string) {
	s := open(t, address)
	w := writer(t, s)
	var all sync.WaitGroup
	for i := range 100 {
		all.Go(func() {
			voter := fmt.Sprint(i)
			for _, v := range []votes.Vote{votes.Down, votes.Up, votes.None, votes.Vote(1 - 2*(i%2))} {
				got, err := w.Cast(t.Context(), cast("k/hot", voter, v))
				if err != nil || got.Mine != v {
					t.Errorf("voter %s: %+v, %v", voter, got, err)
				}
			}
		})
	}
	all.Wait()
	if f := read(t, s, "k/hot", ""); f.Tally != (votes.Tally{Up: 50, Down: 50}) {
		t.Errorf("100 voters make %+v", f.Tally)
	}
	honest(t, s)
}

// Two processes count at once, the same voter in both.
func instances(t *testing.T, address string) {
	stores := []store.Store{open(t, address), open(t, address)}
	writers := []*store.Writer{writer(t, stores[0]), writer(t, stores[1])}
	var all sync.WaitGroup
	for i := range 60 {
		for n, w := range writers {
			all.Go(func() {
				for _, v := range []votes.Vote{votes.Down, votes.None, votes.Up} {
					for _, subject := range []string{"k/a", "k/b", "k/c"} {
						if _, err := w.Cast(t.Context(), cast(subject, fmt.Sprint(i), v)); err != nil {
							t.Errorf("instance %d: %v", n, err)
						}
					}
				}
			})
		}
	}
	all.Wait()
	for _, s := range stores {
		for _, subject := range []string{"k/a", "k/b", "k/c"} {
			if f := read(t, s, subject, ""); f.Tally != (votes.Tally{Up: 60}) {
				t.Errorf("%s: %+v", subject, f.Tally)
			}
		}
		honest(t, s)
	}
}

// Whatever voters do, each one's last vote counts and no other.
func random(t *testing.T, address string) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	s := open(t, address)
	w := writer(t, s)
	type of struct{ subject, voter string }
	var mu sync.Mutex
	last := map[of]votes.Vote{}
	var all sync.WaitGroup
	for i := range 16 {
		rng := rand.New(rand.NewPCG(seed, uint64(i)))
		all.Go(func() {
			for range 60 {
				c := cast(fmt.Sprintf("k/%d", rng.IntN(4)), fmt.Sprintf("%d-%d", i, rng.IntN(3)), votes.Vote(rng.IntN(3)-1))
				got, err := w.Cast(t.Context(), c)
				if err != nil || got.Mine != c.Vote {
					t.Errorf("%+v: %+v, %v", c, got, err)
				}
				mu.Lock()
				last[of{c.Subject, string(c.Voter)}] = c.Vote
				mu.Unlock()
			}
		})
	}
	all.Wait()
	want := map[string]votes.Tally{}
	for of, v := range last {
		want[of.subject] = want[of.subject].Change(votes.None, v)
		if f := read(t, s, of.subject, of.voter); f.Mine != v {
			t.Errorf("%v voted %d last, the store has %d", of, v, f.Mine)
		}
	}
	for subject, tally := range want {
		if f := read(t, s, subject, ""); f.Tally != tally {
			t.Errorf("%s: %+v, want %+v", subject, f.Tally, tally)
		}
	}
	honest(t, s)
}

func keys(t *testing.T, address string) {
	s := open(t, address)
	public, _, err := ed25519.GenerateKey(nil)
	must(t, err)
	k := store.Key{Public: public, Name: "Desk", Added: time.Unix(1_700_000_000, 0).UTC()}
	must(t, s.AddKey(t.Context(), k))
	again := k
	again.Name, again.Added = "Night desk", time.Now()
	must(t, s.AddKey(t.Context(), again))
	got, err := open(t, address).Keys(t.Context())
	must(t, err)
	if len(got) != 1 || !bytes.Equal(got[0].Public, public) || got[0].Name != "Night desk" || !got[0].Added.Equal(k.Added) {
		t.Errorf("keys: %+v", got)
	}
	if err := s.RemoveKey(t.Context(), "0123456789abcdef"); !errors.Is(err, store.ErrNoKey) {
		t.Errorf("an unknown key is removed: %v", err)
	}
	must(t, s.RemoveKey(t.Context(), k.ID()))
	if got, err = s.Keys(t.Context()); err != nil || len(got) != 0 {
		t.Errorf("keys: %+v, %v", got, err)
	}
}

func guards(t *testing.T, address string) {
	s := open(t, address)
	must(t, s.SetGuard(t.Context(), store.Guard{Essay: "k/b", Bits: 16}))
	must(t, s.SetGuard(t.Context(), store.Guard{Essay: "k/a", Bits: 10}))
	must(t, s.SetGuard(t.Context(), store.Guard{Essay: "k/b", Bits: 18}))
	got, err := s.Guards(t.Context())
	must(t, err)
	if !slices.Equal(got, []store.Guard{{"k/a", 10}, {"k/b", 18}}) {
		t.Errorf("guards: %+v", got)
	}
	must(t, s.SetGuard(t.Context(), store.Guard{Essay: "k/a"}))
	if got, err = s.Guards(t.Context()); err != nil || !slices.Equal(got, []store.Guard{{"k/b", 18}}) {
		t.Errorf("guards: %+v, %v", got, err)
	}
}

// Instances that start together sign voters with one secret.
func secrets(t *testing.T, address string) {
	var mu sync.Mutex
	got := map[string]bool{}
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			s, err := store.Open(t.Context(), address)
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			secret, err := s.Secret(t.Context(), "voters", []byte{byte(i)})
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			got[string(secret)] = true
		})
	}
	all.Wait()
	if len(got) != 1 {
		t.Errorf("%d secrets", len(got))
	}
}

func heard(t *testing.T, address string) {
	one, two := open(t, address), open(t, address)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	ready, got, ended := make(chan struct{}), make(chan store.Count, 10), make(chan error, 1)
	go func() {
		ended <- one.Watch(ctx, func() { close(ready) }, func(subject string, c store.Count) {
			if subject == "k/e" {
				got <- c
			}
		})
	}()
	if one.Name() == "sqlite" {
		if err := <-ended; !errors.Is(err, store.ErrUnwatchable) {
			t.Errorf("watching ends with %v", err)
		}
		return
	}
	select {
	case <-ready:
	case err := <-ended:
		t.Fatal(err)
	}
	want := apply(t, two, cast("k/e", "1", votes.Up), cast("k/f", "1", votes.Up))["k/e"]
	if c := <-got; c != want {
		t.Errorf("heard %+v, want %+v", c, want)
	}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("watching ends with %v", err)
	}
}

func forgetting(t *testing.T, address string) {
	s := open(t, address)
	apply(t, s, cast("k/e", "1", votes.Up), cast("k/e", "2", votes.Up))
	apply(t, s, cast("k/e", "1", votes.None))
	if n, err := s.Forget(t.Context(), time.Now()); err != nil || n != 0 {
		t.Errorf("today's are forgotten: %d, %v", n, err)
	}
	if n, err := s.Forget(t.Context(), time.Now().AddDate(0, 0, 1)); err != nil || n != 1 {
		t.Errorf("forgot %d, %v", n, err)
	}
	if f := read(t, s, "k/e", "1"); f.Known || f.Tally != (votes.Tally{Up: 1}) {
		t.Errorf("left is %+v", f)
	}
	if got := apply(t, s, cast("k/e", "1", votes.Down))["k/e"]; got.Tally != (votes.Tally{Up: 1, Down: 1}) {
		t.Errorf("who was forgotten votes: %+v", got)
	}
	honest(t, s)
}

func reports(t *testing.T, address string) {
	s := open(t, address)
	apply(t, s, cast("k/b", "1", votes.Up), cast("k/a", "1", votes.Down))
	got := rows(t, s)
	if len(got) != 2 || got[0].Subject != "k/a" || got[0].Down != 1 || got[1].Up != 1 || time.Since(got[0].LastDay) > 25*time.Hour {
		t.Errorf("reports %+v", got)
	}
	stop := errors.New("enough")
	if err := s.Rows(t.Context(), func(store.Row) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("a reader that has enough: %v", err)
	}
	must(t, s.Ping(t.Context()))
}

func ruled(subject, voter string, v votes.Vote, revision int64) store.Cast {
	c := cast(subject, voter, v)
	c.Revision = revision
	return c
}

// A vote by older rules than the store has seen of the essay is not kept,
// whichever of its subjects it is on and whoever showed the newer ones.
func rulings(t *testing.T, address string) {
	s, other := open(t, address), open(t, address)
	want := func(subject string, count store.Count, tally votes.Tally, revision int64) {
		t.Helper()
		if count.Tally != tally || count.Revision != revision {
			t.Errorf("%s: %+v, want %+v by revision %d", subject, count, tally, revision)
		}
		for _, s := range []store.Store{s, other} {
			if f := read(t, s, subject, "1"); f.Count != count {
				t.Errorf("%s reads %+v, was told %+v", subject, f.Count, count)
			}
		}
	}
	want("k/e", apply(t, s, cast("k/e", "1", votes.Up))["k/e"], votes.Tally{Up: 1}, 0)
	want("k/e", apply(t, s, ruled("k/e", "2", votes.Up, 5))["k/e"], votes.Tally{Up: 2}, 5)
	for _, old := range []int64{0, 4} {
		for _, v := range []votes.Vote{votes.Down, votes.None, votes.Up} {
			want("k/e", apply(t, other, ruled("k/e", "1", v, old))["k/e"], votes.Tally{Up: 2}, 5)
			want("k/e", apply(t, other, ruled("k/e", "3", v, old))["k/e"], votes.Tally{Up: 2}, 5)
		}
		want("k/e/photo", apply(t, other, ruled("k/e/photo", "1", votes.Up, old))["k/e/photo"], votes.Tally{}, 5)
	}
	want("k/e/photo", apply(t, other, ruled("k/e/photo", "1", votes.Up, 5))["k/e/photo"], votes.Tally{Up: 1}, 5)
	want("k/ee", apply(t, s, cast("k/ee", "1", votes.Up))["k/ee"], votes.Tally{Up: 1}, 0)

	// In one group, too, the newest rules hold, in whatever order it has them.
	counts := apply(t, s, ruled("k/e", "4", votes.Up, 5), ruled("k/e", "5", votes.Up, 6), ruled("k/e", "6", votes.Up, 5), ruled("k/ee", "4", votes.Up, 0))
	want("k/e", counts["k/e"], votes.Tally{Up: 3}, 6)
	want("k/ee", counts["k/ee"], votes.Tally{Up: 2}, 0)

	// Shown by a reading, or by a vote that the rules refused.
	must(t, other.Learn(t.Context(), map[string]int64{"k/e": 9, "k/new": 3}))
	must(t, s.Learn(t.Context(), map[string]int64{"k/e": 8, "k/new": 3}))
	want("k/e", apply(t, s, ruled("k/e", "1", votes.Down, 8))["k/e"], votes.Tally{Up: 3}, 9)
	want("k/new/p", apply(t, s, cast("k/new/p", "1", votes.Up))["k/new/p"], votes.Tally{}, 3)
	want("k/e", apply(t, s, ruled("k/e", "1", votes.Down, 9))["k/e"], votes.Tally{Up: 2, Down: 1}, 9)
	for _, r := range rows(t, s) {
		if r.Subject == "k/new" || r.Subject == "k/new/p" {
			t.Errorf("rules leave %+v", r)
		}
	}
	again := open(t, address)
	if f := read(t, again, "k/e", "1"); f.Mine != votes.Down || f.Revision != 9 {
		t.Errorf("opened again it reads %+v", f)
	}
	honest(t, again)
}

// While voters vote at two instances by old rules, one of them is shown new
// ones: from then on no old vote is kept, at either, and writers say so.
func rulingsAtOnce(t *testing.T, address string) {
	stores := []store.Store{open(t, address), open(t, address)}
	writers := []*store.Writer{writer(t, stores[0]), writer(t, stores[1])}
	var all sync.WaitGroup
	var kept, refused atomic.Int64
	began := make(chan struct{}, 1)
	for i := range 40 {
		w := writers[i%2]
		all.Go(func() {
			for n := 0; ; n++ {
				_, err := w.Cast(t.Context(), ruled("k/e", fmt.Sprintf("%d-%d", i, n), votes.Up, 1))
				select {
				case began <- struct{}{}:
				default:
				}
				switch {
				case err == nil:
					kept.Add(1)
					continue
				case errors.Is(err, store.ErrStale):
					refused.Add(1)
				default:
					t.Error(err)
				}
				return
			}
		})
	}
	<-began
	must(t, stores[0].Learn(t.Context(), map[string]int64{"k/e": 2}))
	for i, w := range writers {
		if _, err := w.Cast(t.Context(), ruled("k/e", fmt.Sprint("late ", i), votes.Up, 1)); !errors.Is(err, store.ErrStale) {
			t.Errorf("instance %d keeps an old vote: %v", i, err)
		}
	}
	all.Wait()
	if f := read(t, stores[1], "k/e", ""); int64(f.Up) != kept.Load() || refused.Load() != 40 {
		t.Errorf("%d are counted; %d were told so, %d refused", f.Up, kept.Load(), refused.Load())
	}
	if r, err := writers[1].Cast(t.Context(), ruled("k/e", "new", votes.Down, 2)); err != nil || r.Down != 1 || r.Revision != 2 {
		t.Errorf("by the new rules: %+v, %v", r, err)
	}
	honest(t, stores[0])
}

// A store that was made before there were rules keeps its votes and takes some.
func older(t *testing.T, address string) {
	s, err := store.Open(t.Context(), address)
	must(t, err)
	apply(t, s, cast("k/e", "1", votes.Up))
	must(t, store.WithoutRules(s))
	must(t, s.Close())
	again := open(t, address)
	got := apply(t, again, ruled("k/e", "2", votes.Up, 7))["k/e"]
	if got.Tally != (votes.Tally{Up: 2}) || got.Revision != 7 {
		t.Errorf("opened by this version it keeps %+v", got)
	}
	if stale := apply(t, open(t, address), cast("k/e", "3", votes.Up))["k/e"]; stale != got {
		t.Errorf("an old vote makes %+v, want %+v", stale, got)
	}
	honest(t, again)
}

// A recount finds what somebody changed by hand.
func proved(t *testing.T, address string) {
	s := open(t, address)
	apply(t, s, cast("k/a", "1", votes.Up), cast("k/b", "1", votes.Up))
	must(t, store.Falsify(s, "k/a"))
	got, err := s.Recount(t.Context())
	must(t, err)
	if !slices.Equal(got, []store.Mismatch{{"k/a", votes.Tally{Up: 8}, votes.Tally{Up: 1}}}) {
		t.Errorf("a recount finds %+v", got)
	}
}

func TestOpenRefuses(t *testing.T) {
	for name, address := range map[string]string{
		"nothing": "", "another protocol": "mysql://localhost/votes", "no folder": t.TempDir() + "/none/votes.db",
		"no server": "postgres://votes:hunter2@127.0.0.1:1/votes", "a strange address": "postgres://a b%zz",
	} {
		t.Run(name, func(t *testing.T) {
			s, err := store.Open(t.Context(), address)
			if err == nil {
				_ = s.Close()
				t.Fatal("it opens")
			}
			if bytes.Contains([]byte(err.Error()), []byte("hunter2")) {
				t.Errorf("the password is in %q", err)
			}
		})
	}
}
