package service

// This file owns limits: token buckets for voters, and for the addresses that
// new voters come from. An address is known here by a keyed hash of its network
// alone; the key lives in memory and is replaced every day.

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"photodesk/export/votes/limit"
)

// Limits are how many votes are taken. A zero field means its default.
type Limits struct {
	// NewVoters is how many voters that were not known may vote at once from one
	// network (IPv4 /24, IPv6 /48): a school, a carrier. Default 1000.
	NewVoters int
	// NewVotersRate is how many more each second. Default 2.
	NewVotersRate float64
	// Votes is how many subjects a known voter may vote on at once. Default 200.
	Votes int
	// VotesRate is how many more each second. Default 1.
	VotesRate float64
}

func (l Limits) orDefaults() Limits {
	if l.NewVoters == 0 {
		l.NewVoters = 1000
	}
	if l.NewVotersRate == 0 {
		l.NewVotersRate = 2
	}
	if l.Votes == 0 {
		l.Votes = 200
	}
	if l.VotesRate == 0 {
		l.VotesRate = 1
	}
	return l
}

type limits struct {
	trusted          []netip.Prefix
	voters, networks *limit.Buckets
	mu               sync.Mutex
	key              []byte
	keyUntil         time.Time
	now              func() time.Time
}

func newLimits(l Limits, trusted []netip.Prefix) *limits {
	l = l.orDefaults()
	return &limits{
		trusted: trusted, now: time.Now,
		voters:   limit.New(l.VotesRate, l.Votes),
		networks: limit.New(l.NewVotersRate, l.NewVoters),
	}
}

// voter takes a vote from a known voter's bucket, or says how long to wait.
func (l *limits) voter(id [idLen]byte) time.Duration { return l.voters.Take(string(id[:])) }

// address takes a vote from the bucket of the network that a request comes from.
func (l *limits) address(r *http.Request) time.Duration { return l.networks.Take(l.name(r)) }

// name is what a request's network is called, in logs too: 16 hexadecimal
// digits, other ones every day and after a restart.
func (l *limits) name(r *http.Request) string {
	l.mu.Lock()
	if now := l.now(); l.key == nil || now.After(l.keyUntil) {
		l.key = make([]byte, 32)
		_, _ = rand.Read(l.key)
		l.keyUntil = now.Add(24 * time.Hour)
	}
	key := l.key
	l.mu.Unlock()
	m := hmac.New(sha256.New, key)
	m.Write([]byte(network(clientOf(r.RemoteAddr, r.Header.Values("X-Forwarded-For"), l.trusted)).String()))
	return hex.EncodeToString(m.Sum(nil)[:8])
}

// clientOf is the address that a request comes from: the last one that no
// trusted proxy has. What a client claims about itself is never believed.
func clientOf(remote string, forwarded []string, trusted []netip.Prefix) netip.Addr {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		host = remote
	}
	at, err := netip.ParseAddr(host)
	if err != nil {
		return netip.Addr{}
	}
	at = at.Unmap().WithZone("")
	hops := strings.Split(strings.Join(forwarded, ","), ",")
	for i := len(hops) - 1; i >= 0 && isTrusted(at, trusted); i-- {
		next, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		at = next.Unmap().WithZone("")
	}
	return at
}

func isTrusted(a netip.Addr, trusted []netip.Prefix) bool {
	for _, p := range trusted {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// network is what readers share who may be one: an IPv4 /24, an IPv6 /48.
func network(a netip.Addr) netip.Prefix {
	bits := 48
	if a.Is4() {
		bits = 24
	}
	p, err := a.Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return p
}
