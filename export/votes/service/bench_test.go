package service

// This file owns how many votes and tallies a second the service takes over 64
// connections, beside the naive way: a transaction for each request, in which
// vote and tally are read, changed and written back.

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"photodesk/export/votes"
	"photodesk/export/votes/store"
)

const connections = 64

// measure sends b.N requests over 64 connections, and reports how many a second
// were answered and how long the slowest hundredth took at least.
func measure(b *testing.B, unit string, request func(n int64) *http.Request) {
	c := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections, MaxConnsPerHost: connections}}
	defer c.CloseIdleConnections()
	var next atomic.Int64
	took := make([]time.Duration, b.N)
	var all sync.WaitGroup
	b.ResetTimer()
	began := time.Now()
	for range connections {
		all.Go(func() {
			for n := next.Add(1) - 1; n < int64(b.N); n = next.Add(1) - 1 {
				sent := time.Now()
				resp, err := c.Do(request(n))
				if err != nil {
					b.Error(err)
					return
				}
				_, _ = io.Copy(io.Discard, resp.Body)
				_ = resp.Body.Close()
				if resp.StatusCode != http.StatusOK {
					b.Errorf("answered %d", resp.StatusCode)
					return
				}
				took[n] = time.Since(sent)
			}
		})
	}
	all.Wait()
	b.ReportMetric(float64(b.N)/time.Since(began).Seconds(), unit+"/s")
	b.ReportMetric(0, "ns/op")
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}

func BenchmarkVotes(b *testing.B) {
	for _, kind := range []string{"sqlite", "postgresql"} {
		for _, spread := range []int{1, 1000} {
			for _, way := range []string{"gathered", "naive"} {
				name := map[int]string{1: "hot", 1000: "spread"}[spread]
				b.Run(kind+"/"+name+"/"+way, func(b *testing.B) {
					address := kinds[kind](b)
					w := beginAt(b, address, func(c *Config) {
						if way == "naive" {
							c.caster = naively(b, kind, address)
						}
					})
					tokens := make([]string, spread)
					for i := range tokens {
						tokens[i] = votes.Sign(projectKey, votes.KindEssay, fmt.Sprint("essay-", i), "")
					}
					measure(b, "votes", func(n int64) *http.Request {
						who := voter{}
						_, _ = rand.Read(who.id[:])
						body := fmt.Sprintf(`{"subject":%q,"vote":%d}`, tokens[n%int64(spread)], 1-2*(n%3/2))
						r, _ := http.NewRequestWithContext(context.Background(), http.MethodPost, w.url+votes.VotesPath, strings.NewReader(body))
						r.Header.Set("Origin", site)
						r.Header.Set("Content-Type", "application/json")
						r.Header.Set(votes.Header, "1")
						r.Header.Set("Cookie", cookieName+"="+w.service.voters.token(who))
						return r
					})
					w.honest()
				})
			}
		}
	}
}

func BenchmarkTallies(b *testing.B) {
	for _, many := range []int{1, votes.MaxSubjects} {
		b.Run(fmt.Sprintf("%d subjects", many), func(b *testing.B) {
			w := begin(b)
			query := url.Values{}
			for i := range many {
				query.Add("s", votes.Sign(projectKey, votes.KindEssay, fmt.Sprint("essay-", i), ""))
			}
			address := w.url + votes.TalliesPath + "?" + query.Encode()
			measure(b, "answers", func(int64) *http.Request {
				r, _ := http.NewRequestWithContext(context.Background(), http.MethodGet, address, nil)
				r.Header.Set("Origin", site)
				return r
			})
		})
	}
}

type castFunc func(ctx context.Context, c store.Cast) (store.Result, error)

func (f castFunc) Cast(ctx context.Context, c store.Cast) (store.Result, error) { return f(ctx, c) }

func naively(b *testing.B, kind, address string) caster {
	if kind == "sqlite" {
		return naiveSQLite(b, address)
	}
	return naivePostgres(b, address)
}

func naiveSQLite(b *testing.B, path string) caster {
	db, err := sql.Open("sqlite", "file:"+path+"?_txlock=immediate&_pragma=busy_timeout(10000)&_pragma=synchronous(FULL)")
	must(b, err)
	db.SetMaxOpenConns(1)
	b.Cleanup(func() { must(b, db.Close()) })
	return castFunc(func(ctx context.Context, c store.Cast) (out store.Result, err error) {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return out, err
		}
		defer func() { _ = tx.Rollback() }()
		var was votes.Vote
		if err := tx.QueryRowContext(ctx, `SELECT vote FROM vote WHERE subject = ? AND voter = ?`, c.Subject, c.Voter).Scan(&was); err != nil && !errors.Is(err, sql.ErrNoRows) {
			return out, err
		}
		if err := tx.QueryRowContext(ctx, `SELECT up, down FROM tally WHERE subject = ?`, c.Subject).Scan(&out.Up, &out.Down); err != nil && !errors.Is(err, sql.ErrNoRows) {
			return out, err
		}
		out.Tally, out.Mine = out.Change(was, c.Vote), c.Vote
		if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO vote (subject, voter, vote, day) VALUES (?, ?, ?, 0)`, c.Subject, c.Voter, c.Vote); err != nil {
			return out, err
		}
		if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO tally (subject, up, down, version, day) VALUES (?, ?, ?, 1, 0)`, c.Subject, out.Up, out.Down); err != nil {
			return out, err
		}
		return out, tx.Commit()
	})
}

func naivePostgres(b *testing.B, address string) caster {
	pool, err := pgxpool.New(b.Context(), address+"&pool_max_conns=16")
	must(b, err)
	b.Cleanup(pool.Close)
	return castFunc(func(ctx context.Context, c store.Cast) (out store.Result, err error) {
		err = pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
			if _, err := tx.Exec(ctx, `INSERT INTO tally (subject, up, down, version, day) VALUES ($1, 0, 0, 1, 0) ON CONFLICT DO NOTHING`, c.Subject); err != nil {
				return err
			}
			if err := tx.QueryRow(ctx, `SELECT up, down FROM tally WHERE subject = $1 FOR UPDATE`, c.Subject).Scan(&out.Up, &out.Down); err != nil {
				return err
			}
			var was votes.Vote
			if err := tx.QueryRow(ctx, `SELECT vote FROM vote WHERE subject = $1 AND voter = $2`, c.Subject, c.Voter).Scan(&was); err != nil && !errors.Is(err, pgx.ErrNoRows) {
				return err
			}
			out.Tally, out.Mine = out.Change(was, c.Vote), c.Vote
			if _, err := tx.Exec(ctx, `INSERT INTO vote (subject, voter, vote, was, day) VALUES ($1, $2, $3, 0, 0)
				ON CONFLICT (subject, voter) DO UPDATE SET vote = excluded.vote`, c.Subject, c.Voter, int16(c.Vote)); err != nil {
				return err
			}
			_, err := tx.Exec(ctx, `UPDATE tally SET up = $2, down = $3 WHERE subject = $1`, c.Subject, out.Up, out.Down)
			return err
		})
		return out, err
	})
}
