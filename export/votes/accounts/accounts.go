package accounts

// This file owns how accounts are made and ended, which request goes where, and
// who may send one.

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"photodesk/export/votes/limit"
	"photodesk/export/votes/store"
	"photodesk/export/votes/tongue"
)

// Path is where accounts are, below a service's base address.
const Path = "/account/"

// Config says what accounts need of the service that they are a part of.
type Config struct {
	Store store.Accounts
	// Base is the service's address as readers reach it, as essays are exported
	// with it. Mailed links begin with it, never with what a request says.
	Base string
	// Mail takes letters.
	Mail *Server
	// Origins are the sites whose essays readers come from and go back to.
	Origins []string
	// SameSite says that the service is on the essays' own site.
	SameSite bool

	// Return is the address that a reader may be sent back to, "" where it is
	// nobody's who may vote.
	Return func(address string) string
	// Network names the network that a request comes from.
	Network func(*http.Request) string
	// SignedIn hears that a browser has signed in as a voter, and may look at what
	// else it is known by.
	SignedIn func(w http.ResponseWriter, r *http.Request, voter []byte)
	// Leaving hears that a voter's account is about to be removed.
	Leaving func(ctx context.Context, voter []byte) error

	Log     *slog.Logger          // nil for none
	Metrics prometheus.Registerer // nil for none
}

// Accounts answers at Path. Make one with New, end it with Close.
type Accounts struct {
	config   Config
	base     string // without a slash at its end
	origin   string // the base's
	host     string // for people
	log      *slog.Logger
	sessions *scs.SessionManager
	hasher   *hasher
	tongues  *tongue.Tongues
	policy   string // Content-Security-Policy
	guard    *http.CrossOriginProtection
	metrics  *metrics

	attempts, letters limits
	nameKey           []byte // addresses in the limits are named by it

	mu     sync.RWMutex // held for reading while a task is put into the queue
	closed bool
	queue  chan func(context.Context)
	cancel context.CancelFunc
	work   sync.WaitGroup
}

// limits are buckets by network, and by e-mail address.
type limits struct{ network, address *limit.Buckets }

// New makes accounts over a store, which stays the caller's to close.
func New(ctx context.Context, c Config) (*Accounts, error) {
	base, err := url.Parse(strings.TrimSuffix(c.Base, "/"))
	switch {
	case err != nil || base.Host == "" || base.User != nil || base.RawQuery != "" || base.Fragment != "":
		return nil, fmt.Errorf("the base address %q is none; give the one that essays are exported with, such as https://votes.news.example", c.Base)
	case base.Scheme != "https" && !(base.Scheme == "http" && loopback(base.Hostname())):
		return nil, fmt.Errorf("the base address %q has to be https: passwords are sent there", c.Base)
	case c.Mail == nil:
		return nil, errors.New("accounts need a mail server")
	}
	a := &Accounts{
		config: c, base: base.String(), origin: base.Scheme + "://" + strings.ToLower(base.Host), host: base.Hostname(), log: c.Log,
		sessions: newSessions(c.Store, c.SameSite), hasher: newHasher(max(2, runtime.GOMAXPROCS(0))), guard: http.NewCrossOriginProtection(),
		// A school is one network; who tries passwords is stopped by the address.
		attempts: limits{limit.New(0.5, 100), limit.New(1.0/30, 10)},
		letters:  limits{limit.New(1.0/20, 40), limit.New(1.0/600, 5)},
		nameKey:  random(32), queue: make(chan func(context.Context), queueLength), metrics: newMetrics(c.Metrics),
	}
	if a.log == nil {
		a.log = slog.New(slog.DiscardHandler)
	}
	if a.tongues, err = tongue.Load("i18n/account"); err != nil {
		return nil, err
	}
	if err := a.guard.AddTrustedOrigin(a.origin); err != nil {
		return nil, fmt.Errorf("the base address %q: %w", c.Base, err)
	}
	// A browser holds redirects after a form to form-action too.
	a.policy = "default-src 'none'; img-src data:; style-src '" + styleHash + "'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' " + strings.Join(c.Origins, " ")
	ctx, a.cancel = context.WithCancel(context.WithoutCancel(ctx))
	for range senders {
		a.work.Go(func() {
			for task := range a.queue {
				task(ctx)
			}
		})
	}
	return a, nil
}

// Close takes no more, and returns once the letters that wait are sent, or after
// some seconds.
func (a *Accounts) Close() {
	a.mu.Lock()
	if !a.closed {
		a.closed = true
		close(a.queue)
	}
	a.mu.Unlock()
	late := time.AfterFunc(ending, a.cancel)
	a.work.Wait()
	late.Stop()
	a.cancel()
}

// SignInAddress is where a reader signs in, to go back to an address that was
// checked; "" for none.
func (a *Accounts) SignInAddress(back string) string { return a.link(back)("signin") }

// name is what an address is called in the limits.
func (a *Accounts) name(email string) string {
	m := hmac.New(sha256.New, a.nameKey)
	m.Write([]byte(email))
	return string(m.Sum(nil))
}

// take takes from the buckets of a request and an address, or says how long to wait.
func (a *Accounts) take(of limits, r *http.Request, email string) time.Duration {
	wait := of.network.Take(a.config.Network(r))
	if email != "" && wait == 0 {
		wait = of.address.Take(a.name(email))
	}
	return wait
}

// maxForm is how many bytes a form may have.
const maxForm = 8 << 10

func (a *Accounts) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	h.Set("Vary", "Accept-Language, Cookie")
	v := &visit{Accounts: a, w: w, r: r}
	v.speak()
	page, ok := map[string]struct{ get, post func() }{
		"":        {v.own("account"), nil},
		"signin":  {v.form("signin"), v.signIn},
		"create":  {v.form("create"), v.create},
		"forgot":  {v.form("forgot"), v.forgot},
		"confirm": {v.linked(store.LinkConfirm), v.confirm},
		"reset":   {v.linked(store.LinkReset), v.reset},
		"signout": {nil, v.signOut},
		"delete":  {v.own("delete"), v.delete},
	}[strings.TrimPrefix(r.URL.Path, Path)]
	if !ok {
		v.show(http.StatusNotFound, "missing")
		return
	}
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		if page.get != nil {
			v.back = a.config.Return(r.URL.Query().Get("return"))
			page.get()
			return
		}
	case http.MethodPost:
		if page.post != nil {
			if v.mayPost() {
				page.post()
			}
			return
		}
	}
	allowed := ""
	if page.get != nil {
		allowed = "GET, HEAD"
	}
	if page.post != nil {
		allowed = strings.TrimPrefix(allowed+", POST", ", ")
	}
	h.Set("Allow", allowed)
	v.show(http.StatusMethodNotAllowed, "missing")
}

// mayPost reads a form that one of our own pages sent, or refuses it.
func (v *visit) mayPost() bool {
	if v.guard.Check(v.r) != nil || v.r.Header.Get("Origin") != v.origin {
		v.show(http.StatusForbidden, "foreign")
		return false
	}
	if kind, _, _ := strings.Cut(v.r.Header.Get("Content-Type"), ";"); strings.TrimSpace(kind) != "application/x-www-form-urlencoded" {
		v.show(http.StatusUnsupportedMediaType, "broken")
		return false
	}
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, maxForm)
	if err := v.r.ParseForm(); err != nil {
		status := http.StatusBadRequest
		if long := new(http.MaxBytesError); errors.As(err, &long) {
			status = http.StatusRequestEntityTooLarge
		}
		v.show(status, "broken")
		return false
	}
	v.back = v.config.Return(v.r.PostForm.Get("return"))
	v.Email = v.r.PostForm.Get("email")
	v.Link = v.r.PostForm.Get("link")
	return true
}

type metrics struct{ events, mails *prometheus.CounterVec }

func newMetrics(to prometheus.Registerer) *metrics {
	f := promauto.With(to)
	return &metrics{
		events: f.NewCounterVec(prometheus.CounterOpts{
			Name: "photodesk_votes_accounts_total", Help: "What readers did with accounts, by what and how it went.",
		}, []string{"what", "result"}),
		mails: f.NewCounterVec(prometheus.CounterOpts{
			Name: "photodesk_votes_letters_total", Help: "Letters to readers, by kind and how it went.",
		}, []string{"kind", "result"}),
	}
}

func (m *metrics) event(what, result string) { m.events.WithLabelValues(what, result).Inc() }

func (m *metrics) letter(kind, result string) { m.mails.WithLabelValues(kind, result).Inc() }
