package accounts

// This file owns sessions: which browser is signed in, and as whom. A session is
// begun by signing in and by nothing else, so that there is none to be fixed
// before; the store has the hash of its token.

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"photodesk/export/votes/store"
)

const (
	// CookieName is the cookie of a session.
	CookieName  = "__Host-photodesk-session"
	sessionLife = 30 * 24 * time.Hour
	tokenLen    = 43 // 32 bytes in base64url
)

func newSessions(s store.Accounts, sameSite bool) *scs.SessionManager {
	m := scs.New()
	m.Store = keeper{s}
	m.HashTokenInStore = true
	m.Lifetime = sessionLife
	m.Cookie = scs.SessionCookie{Name: CookieName, Path: "/", HttpOnly: true, Secure: true, Persist: true, SameSite: http.SameSiteLaxMode}
	if !sameSite { // as the voter's cookie
		m.Cookie.SameSite, m.Cookie.Partitioned = http.SameSiteNoneMode, true
	}
	return m
}

// ownerKey is where a context has the account whose session it is about.
type ownerKey struct{}

// keeper keeps scs's sessions in our store. Its context says whose they are, and
// learns it.
type keeper struct{ store store.Accounts }

func owner(ctx context.Context) *store.Account {
	if a, ok := ctx.Value(ownerKey{}).(*store.Account); ok {
		return a
	}
	return &store.Account{}
}

func (k keeper) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	s, of, err := k.store.Session(ctx, token, time.Now())
	if errors.Is(err, store.ErrNoAccount) {
		return nil, false, nil
	}
	*owner(ctx) = of
	return s.Data, err == nil, err
}

func (k keeper) CommitCtx(ctx context.Context, token string, data []byte, expires time.Time) error {
	return k.store.PutSession(ctx, store.Session{Token: token, Data: data, Expires: expires}, *owner(ctx))
}

func (k keeper) DeleteCtx(ctx context.Context, token string) error {
	return k.store.RemoveSession(ctx, token)
}

func (k keeper) Find(token string) ([]byte, bool, error) {
	return k.FindCtx(context.Background(), token)
}

func (k keeper) Commit(token string, data []byte, expires time.Time) error {
	return k.CommitCtx(context.Background(), token, data, expires)
}

func (k keeper) Delete(token string) error { return k.DeleteCtx(context.Background(), token) }

// load reads the session that a request comes with. The account's ID is nil
// where there is none.
func (a *Accounts) load(r *http.Request) (context.Context, *store.Account, error) {
	of := &store.Account{}
	ctx := context.WithValue(r.Context(), ownerKey{}, of)
	token := ""
	for _, c := range r.CookiesNamed(CookieName) {
		if len(c.Value) == tokenLen {
			token = c.Value
		}
	}
	ctx, err := a.sessions.Load(ctx, token)
	return ctx, of, err
}

// Reader is who a request's reader votes as, where they have signed in.
func (a *Accounts) Reader(r *http.Request) (voter []byte, signedIn bool, err error) {
	if len(r.CookiesNamed(CookieName)) == 0 {
		return nil, false, nil
	}
	_, of, err := a.load(r)
	if err != nil {
		a.log.Warn("sessions can't be read", "error", err)
	}
	return of.Voter, of.ID != nil, err
}

// begin signs a browser in, under a new token whatever it came with.
func (a *Accounts) begin(w http.ResponseWriter, r *http.Request, of store.Account) error {
	ctx, before, err := a.load(r)
	if err != nil {
		return err
	}
	if before.ID != nil {
		if err := a.sessions.Destroy(ctx); err != nil {
			return err
		}
	}
	if ctx, err = a.sessions.Load(context.WithValue(r.Context(), ownerKey{}, &of), ""); err != nil {
		return err
	}
	if err := a.sessions.RenewToken(ctx); err != nil {
		return err
	}
	token, expires, err := a.sessions.Commit(ctx)
	if err != nil {
		return err
	}
	a.sessions.WriteSessionCookie(ctx, w, token, expires)
	a.config.SignedIn(w, r, of.Voter)
	return nil
}

// end signs a browser out.
func (a *Accounts) end(w http.ResponseWriter, r *http.Request) error {
	ctx, of, err := a.load(r)
	if err != nil {
		return err
	}
	if of.ID != nil {
		if err := a.sessions.Destroy(ctx); err != nil {
			return err
		}
	}
	a.sessions.WriteSessionCookie(ctx, w, "", time.Time{})
	return nil
}
