package project

// This file owns how a read-only view follows the desk that has the project:
// SQLite counts the commits of others, and a change of that count is an Event.

import (
	"context"
	"database/sql"
	"sync"
	"time"
)

// followEvery is how often a view looks for commits of others; a look reads one page at most.
const followEvery = 300 * time.Millisecond

// follower watches a file for the commits of other programs.
type follower struct {
	cancel context.CancelFunc
	done   sync.WaitGroup
}

// follow starts telling watchers of a view that something changed. What
// changed is not known, so the event names no rows: read anew what is shown.
func (p *Project) follow(ctx context.Context) error {
	conn, err := p.readDB.Conn(ctx) // data_version compares within one connection
	if err != nil {
		return err
	}
	last, err := dataVersion(ctx, conn)
	if err != nil {
		_ = conn.Close()
		return err
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	p.follower = &follower{cancel: cancel}
	p.follower.done.Go(func() {
		defer conn.Close()
		tick := time.NewTicker(followEvery)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			if v, err := dataVersion(ctx, conn); err == nil && v != last { // a busy file is asked again
				last = v
				p.watchers.publish(Event{Label: "Changed elsewhere", Elsewhere: true})
			}
		}
	})
	return nil
}

func dataVersion(ctx context.Context, conn *sql.Conn) (v int64, err error) {
	err = conn.QueryRowContext(ctx, `PRAGMA data_version`).Scan(&v)
	return v, err
}

func (f *follower) stop() {
	f.cancel()
	f.done.Wait()
}
