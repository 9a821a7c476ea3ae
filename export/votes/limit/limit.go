// Package limit owns token buckets by name: how often a voter, a network or an
// address may do something.
package limit

import (
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"golang.org/x/time/rate"
)

// watched is how many buckets are kept; who hasn't come for the longest time
// gets a full one.
const watched = 200_000

// Buckets are token buckets that fill at one rate. Make them with New.
type Buckets struct {
	rate  rate.Limit
	burst int

	mu  sync.Mutex
	all *simplelru.LRU[string, *rate.Limiter]
}

// New makes buckets that hold burst tokens, and get perSecond of them back.
func New(perSecond float64, burst int) *Buckets {
	all, err := simplelru.NewLRU[string, *rate.Limiter](watched, nil)
	if err != nil {
		panic(err) // the size above is wrong
	}
	return &Buckets{rate: rate.Limit(perSecond), burst: burst, all: all}
}

// Take takes one token from a bucket and returns 0, or takes none and says after
// how long there is one.
func (b *Buckets) Take(name string) time.Duration {
	b.mu.Lock()
	bucket, ok := b.all.Get(name)
	if !ok {
		bucket = rate.NewLimiter(b.rate, b.burst)
		b.all.Add(name, bucket)
	}
	b.mu.Unlock()
	r := bucket.Reserve()
	wait := r.Delay()
	if wait > 0 {
		r.Cancel()
	}
	return wait
}
