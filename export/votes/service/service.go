// Package service answers pages by the protocol of package votes.
//
//	vote:    origin ─ body ─ subject ─ rules ─ voter ─ guard ─ limit ─▶ store.Writer ─▶ answer, cookie
//	tallies: subjects ─▶ board (memory), or the store where the voter is known
//
// [New] makes a [Service]; it is an http.Handler. Everything that several
// instances have to agree on is in the store.
package service

// This file owns how a service is made and ended, and which request goes where.

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"photodesk/export/votes"
	"photodesk/export/votes/accounts"
	"photodesk/export/votes/store"
	"photodesk/export/votes/tongue"
)

// Config says what a service does and for whom.
type Config struct {
	Store store.Store
	// Origins are the sites whose pages may vote, as browsers name them:
	// https://news.example.
	Origins []string
	// SameSite says that the service is on the pages' own site. Its cookie then
	// is never sent from another one.
	SameSite bool
	// Trusted are the proxies whose X-Forwarded-For is believed.
	Trusted []netip.Prefix
	Limits  Limits
	Log     *slog.Logger          // nil for none
	Metrics prometheus.Registerer // nil for none
	// Accounts are those that readers may sign in with: Base and Mail; nil for none.
	Accounts *accounts.Config

	caster caster           // instead of a store.Writer
	now    func() time.Time // instead of time.Now, for the rules
}

type caster interface {
	Cast(ctx context.Context, c store.Cast) (store.Result, error)
}

// Service counts votes. Make one with New, end it with Close.
type Service struct {
	config   Config
	origins  map[string]bool
	log      *slog.Logger
	store    store.Store
	writer   *store.Writer
	caster   caster
	board    *board
	subjects *subjects
	voters   voters
	limits   *limits
	tongues  *tongue.Tongues
	metrics  *metrics
	accounts *accounts.Accounts // nil for none
	moving   sync.Mutex

	settings  atomic.Pointer[settings]
	refreshed atomic.Int64 // when settings were read last, in Unix milliseconds

	cancel context.CancelFunc
	work   sync.WaitGroup
}

// settings are what the commands set while a service runs.
type settings struct {
	keys   map[string]ed25519.PublicKey // by votes.KeyID
	guards map[string]int               // bits by essay
}

// settingsLife is after how long a key or a guard that was set elsewhere is known here.
const settingsLife = 5 * time.Second

// New makes a service over a store, which stays the caller's to close.
func New(ctx context.Context, c Config) (*Service, error) {
	s := &Service{config: c, origins: map[string]bool{}, log: c.Log, store: c.Store, limits: newLimits(c.Limits, c.Trusted)}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.config.now == nil {
		s.config.now = time.Now
	}
	for _, o := range c.Origins {
		origin, err := originOf(o)
		if err != nil {
			return nil, err
		}
		s.origins[origin] = true
	}
	fresh := make([]byte, 32)
	_, _ = rand.Read(fresh)
	secret, err := c.Store.Secret(ctx, "voters", fresh)
	if err != nil {
		return nil, err
	}
	s.voters = newVoters(secret)
	if s.tongues, err = tongue.Load("i18n/page"); err != nil {
		return nil, err
	}
	if err := s.refresh(ctx); err != nil {
		return nil, err
	}
	s.subjects = newSubjects()
	s.board = newBoard(c.Store)
	s.metrics = newMetrics(c.Metrics)
	if err := s.openAccounts(ctx); err != nil {
		return nil, err
	}
	s.writer = store.NewWriter(c.Store, s.committed)
	s.caster = s.writer
	if c.caster != nil {
		s.caster = c.caster
	}
	s.metrics.waiting(c.Metrics, s.writer.Waiting)

	ctx, s.cancel = context.WithCancel(context.WithoutCancel(ctx))
	s.work.Go(func() { s.follow(ctx) })
	s.work.Go(func() { s.watch(ctx) })
	return s, nil
}

// Close takes no more votes, and returns once those that wait are kept.
func (s *Service) Close() {
	s.writer.Close()
	if s.accounts != nil {
		s.accounts.Close()
	}
	s.cancel()
	s.work.Wait()
}

// Ready says whether the store answers.
func (s *Service) Ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	return s.store.Ping(ctx)
}

// originOf reads an origin of the allow-list, or the origin of an address.
func originOf(address string) (string, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		return "", fmt.Errorf("the origin %q is none; give one such as https://news.example", address)
	case u.User != nil:
		return "", fmt.Errorf("the origin %q names a user; leave that out", address)
	}
	host := strings.ToLower(u.Host)
	// As browsers write it, without the port that goes without saying.
	host = strings.TrimSuffix(host, map[string]string{"https": ":443", "http": ":80"}[u.Scheme])
	return u.Scheme + "://" + host, nil
}

// committed hears of every group of votes.
func (s *Service) committed(n int, took time.Duration, counts map[string]store.Count, err error) {
	s.metrics.group(n, took, err)
	if err != nil {
		s.log.Error("votes could not be kept", "votes", n, "error", err)
		return
	}
	began := time.Now().Add(-took)
	for subject, c := range counts {
		s.board.put(subject, c, began)
	}
}

// refresh reads keys and guards.
func (s *Service) refresh(ctx context.Context) error {
	keys, err := s.store.Keys(ctx)
	if err != nil {
		return err
	}
	guards, err := s.store.Guards(ctx)
	if err != nil {
		return err
	}
	set := &settings{keys: map[string]ed25519.PublicKey{}, guards: map[string]int{}}
	for _, k := range keys {
		set.keys[k.ID()] = k.Public
	}
	for _, g := range guards {
		set.guards[g.Essay] = g.Bits
	}
	s.settings.Store(set)
	s.refreshed.Store(time.Now().UnixMilli())
	return nil
}

// follow keeps settings fresh.
func (s *Service) follow(ctx context.Context) {
	tick := time.NewTicker(settingsLife)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := s.refresh(ctx); err != nil && ctx.Err() == nil {
				s.log.Warn("keys could not be read; those known stay", "error", err)
			}
		}
	}
}

// key finds a public key, also one that was added just now; nil for none.
func (s *Service) key(ctx context.Context, id string) ed25519.PublicKey {
	if k := s.settings.Load().keys[id]; k != nil {
		return k
	}
	// Anybody can name keys that don't exist: look once a second at most.
	last := s.refreshed.Load()
	now := time.Now().UnixMilli()
	if now-last < 1000 || !s.refreshed.CompareAndSwap(last, now) {
		return nil
	}
	if err := s.refresh(ctx); err != nil {
		s.log.Warn("keys could not be read; those known stay", "error", err)
	}
	return s.settings.Load().keys[id]
}

// subject verifies a token. Errors wrap those of package votes.
func (s *Service) subject(ctx context.Context, token string) (named, error) {
	if known, ok := s.subjects.get(token); ok && s.settings.Load().keys[known.Key] != nil {
		return known, nil
	}
	id, err := votes.KeyOf(token)
	if err != nil {
		return named{}, err
	}
	key := s.key(ctx, id)
	if key == nil {
		return named{}, fmt.Errorf("%w: its key is %s", votes.ErrForeign, id)
	}
	subject, rules, err := votes.VerifyRuled(key, token)
	n := named{subject, rules}
	if err == nil {
		s.subjects.put(token, n)
	}
	return n, err
}

// watch has the board hear of what other instances count, where the store tells.
func (s *Service) watch(ctx context.Context) {
	for pause := time.Second; ; pause = min(2*pause, 30*time.Second) {
		err := s.store.Watch(ctx, func() {
			pause = time.Second
			s.board.watched(true)
			s.log.Info("tallies of other instances are heard at once")
		}, func(subject string, c store.Count) { s.board.put(subject, c, time.Time{}) })
		s.board.watched(false)
		switch {
		case ctx.Err() != nil:
			return
		case errors.Is(err, store.ErrUnwatchable):
			s.log.Info("tallies of other instances are read again", "every", shortLife)
			return
		}
		s.log.Warn("tallies of other instances are not heard", "error", err)
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}

func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := time.Now()
	out := &recorder{ResponseWriter: w, status: http.StatusOK}
	route := s.route(out, r)
	took := time.Since(began)
	s.metrics.request(route, out.status, took)
	level := slog.LevelDebug
	if out.status >= 500 {
		level = slog.LevelWarn
	} else if route == votes.VotesPath {
		level = slog.LevelInfo
	}
	s.log.LogAttrs(r.Context(), level, "request", slog.String("method", r.Method), slog.String("route", route), slog.Int("status", out.status),
		slog.Duration("took", took), slog.String("from", s.limits.name(r)), slog.String("origin", r.Header.Get("Origin")))
}

// route answers a request and returns what it was, for logs and metrics.
func (s *Service) route(w http.ResponseWriter, r *http.Request) string {
	if s.accounts != nil && strings.HasPrefix(r.URL.Path, accounts.Path) {
		s.accounts.ServeHTTP(w, r) // its answers are no other page's to read
		return accounts.Path
	}
	q := &request{Service: s, w: w, r: r, origin: r.Header.Get("Origin")}
	q.allow()
	switch r.URL.Path {
	case votes.TalliesPath:
		q.dispatch(map[string]func(){http.MethodGet: q.tallies, http.MethodHead: q.tallies, http.MethodOptions: q.preflight("GET")})
	case votes.VotesPath:
		q.dispatch(map[string]func(){http.MethodPost: q.vote, http.MethodOptions: q.preflight("POST")})
	case DescriptionPath:
		q.dispatch(map[string]func(){http.MethodGet: q.describe, http.MethodHead: q.describe})
	case HealthPath:
		q.dispatch(map[string]func(){http.MethodGet: q.healthy, http.MethodHead: q.healthy})
	case ReadyPath:
		q.dispatch(map[string]func(){http.MethodGet: q.ready, http.MethodHead: q.ready})
	default:
		q.fail(http.StatusNotFound, "there is nothing here", 0)
		return "other"
	}
	return r.URL.Path
}

// recorder remembers the status.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}
