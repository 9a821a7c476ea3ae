package main

// This file owns the torture test: readers vote at a real process, as fast as
// they can; it is killed, or its PostgreSQL is, at a random moment, again and
// again; and every vote that was acknowledged is there and counted once.

import (
	"math/rand/v2"
	"net/http"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"photodesk/export/votes"
	"photodesk/export/votes/store"
	"photodesk/export/votes/store/pgtest"
)

// rounds is how often `make test` kills; `make torture` asks for more.
func rounds(t *testing.T) int {
	if s := os.Getenv("PHOTODESK_ROUNDS"); s != "" {
		n, err := strconv.Atoi(s)
		must(t, err)
		return n
	}
	return 3
}

const subjects = 4

// voter is one reader, and what they know of their votes.
type voter struct {
	cookie string
	acked  [subjects]votes.Vote
	asked  [subjects]*votes.Vote // sent and not answered
}

// load has voters vote until the service doesn't answer; told counts what it did.
func load(url string, voters []*voter, seed uint64, told *atomic.Int64) *sync.WaitGroup {
	var all sync.WaitGroup
	for i, v := range voters {
		rng := rand.New(rand.NewPCG(seed, uint64(i)))
		all.Go(func() {
			for {
				s, want := rng.IntN(subjects), votes.Vote(rng.IntN(3)-1)
				v.asked[s] = &want
				c, status, err := vote(url, subject(s), want, &v.cookie)
				if err != nil || status != http.StatusOK || c.Mine == nil || *c.Mine != want {
					return
				}
				v.acked[s], v.asked[s] = want, nil
				told.Add(1)
			}
		})
	}
	return &all
}

func subject(n int) string { return token("storm-" + strconv.Itoa(n)) }

// check asks the service, as the voters would, and recounts the store. nameless
// is how many votes may be kept of voters who never had an answer, and so no name.
func check(t *testing.T, p *process, db string, voters []*voter, nameless *int) {
	t.Helper()
	var want [subjects]votes.Tally
	for i, v := range voters {
		for s := range subjects {
			if v.cookie == "" {
				if v.asked[s] != nil {
					*nameless++
					v.asked[s] = nil
				}
				continue
			}
			c, err := tally(p.url, subject(s), &v.cookie)
			if err != nil || c.Mine == nil {
				t.Fatalf("voter %d reads %+v, %v\n%s", i, c, err, p.log)
			}
			if *c.Mine != v.acked[s] && (v.asked[s] == nil || *c.Mine != *v.asked[s]) {
				t.Errorf("voter %d was told that %d is counted on subject %d; kept is %d", i, v.acked[s], s, *c.Mine)
			}
			v.acked[s], v.asked[s] = *c.Mine, nil
			want[s] = want[s].Change(votes.None, *c.Mine)
		}
	}
	st, err := store.Open(t.Context(), db)
	must(t, err)
	defer st.Close()
	wrong, err := st.Recount(t.Context())
	must(t, err)
	for _, m := range wrong {
		t.Errorf("%s is kept as %+v, its votes are %+v", m.Subject, m.Kept, m.Sum)
	}
	// A service that outlived its store may know a count from before for as long as a tally lives.
	deadline := time.Now().Add(30 * time.Second)
	for s := range subjects {
		for {
			nobody := ""
			c, err := tally(p.url, subject(s), &nobody)
			must(t, err)
			if c.Up >= want[s].Up && c.Down >= want[s].Down && c.Total() <= want[s].Total()+*nameless {
				break
			}
			if time.Now().After(deadline) {
				t.Errorf("subject %d is %+v, those we know voted %+v", s, c.Tally, want[s])
				break
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
}

func newVoters() []*voter {
	out := make([]*voter, 32)
	for i := range out {
		out[i] = &voter{}
	}
	return out
}

func TestKilledServiceLosesNothing(t *testing.T) {
	for kind, address := range kinds {
		t.Run(kind, func(t *testing.T) {
			db := address(t)
			torture(t, db, nil)
		})
	}
}

func TestKilledPostgreSQLLosesNothing(t *testing.T) {
	server := pgtest.Start(t)
	torture(t, server.Schema(t), server)
}

// torture kills the service, or the server where there is one.
func torture(t *testing.T, db string, server *pgtest.Server) {
	rng := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 3))
	voters := newVoters()
	var told atomic.Int64
	nameless := 0
	p := launch(t, db)
	n := rounds(t)
	for range n {
		until := told.Load() + 50 + rng.Int64N(500)
		all := load(p.url, voters, rng.Uint64(), &told)
		for told.Load() < until {
			if len(p.end) > 0 {
				t.Fatalf("the service ended by itself\n%s", p.log)
			}
			time.Sleep(100 * time.Microsecond)
		}
		// The moment within a transaction is the point of the test, not a wait for one.
		time.Sleep(time.Duration(rng.IntN(5000)) * time.Microsecond)
		if server != nil {
			server.Kill()
			all.Wait()
			server.Again(t)
			ready(t, p)
		} else {
			p.kill()
			all.Wait()
			p = launch(t, db)
		}
		check(t, p, db, voters, &nameless)
	}
	t.Logf("%d kills, %d acknowledged votes, 0 lost", n, told.Load())
}

// ready waits until the service that outlived its store answers again.
func ready(t *testing.T, p *process) {
	t.Helper()
	deadline := time.Now().Add(time.Minute)
	for {
		nobody := ""
		if status, err := ask(p.url+"/readyz", http.MethodGet, "", &nobody, &struct{}{}); err == nil && status == http.StatusOK {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("the service doesn't find its store again\n%s", p.log)
		}
		time.Sleep(20 * time.Millisecond)
	}
}
