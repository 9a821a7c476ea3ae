package accounts

// This file owns what readers do, step by step.

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"time"

	"photodesk/export/votes/store"
)

// linkLife is how long a mailed link holds.
const linkLife = 30 * time.Minute

// visit is a request on its way.
type visit struct {
	*Accounts
	w    http.ResponseWriter
	r    *http.Request
	back string // checked; "" for nowhere
	view
}

func (v *visit) ctx() context.Context { return v.r.Context() }

// form shows a page with a form.
func (v *visit) form(page string) func() { return func() { v.show(http.StatusOK, page) } }

// wrong shows a form again, with what is wrong.
func (v *visit) wrong(page, field, problem string) {
	v.metrics.event(page, problem)
	v.Field, v.Problem = field, problem
	v.show(http.StatusUnprocessableEntity, page)
}

// later shows a form again, for later.
func (v *visit) later(status int, page, problem string, wait time.Duration) {
	v.metrics.event(page, problem)
	v.Problem, v.Wait = problem, wait
	v.show(status, page)
}

// failed answers an error of hashing or of the store.
func (v *visit) failed(page string, err error) {
	if !errors.Is(err, errBusy) {
		v.log.Error("accounts can't be reached", "page", page, "error", err)
	}
	v.later(http.StatusServiceUnavailable, page, "busy", 5*time.Second)
}

// address reads the form's address; false where it was answered.
func (v *visit) address(page string) (email string, ok bool) {
	email, err := ParseAddress(v.Email)
	if err != nil {
		v.wrong(page, "email", "email")
	}
	return email, err == nil
}

// newPassword reads a password that is being chosen; false where it was answered.
func (v *visit) newPassword(page, email string) (password string, ok bool) {
	password, err := readPassword(v.r.PostForm.Get("password"), email)
	switch {
	case errors.Is(err, errShort):
		v.wrong(page, "password", "short")
	case errors.Is(err, errLong):
		v.wrong(page, "password", "long")
	case err != nil:
		v.wrong(page, "password", "common")
	}
	return password, err == nil
}

// mayTry takes from limits; false where it was answered.
func (v *visit) mayTry(of limits, page, email string) bool {
	wait := v.take(of, v.r, email)
	if wait > 0 {
		v.later(http.StatusTooManyRequests, page, "limited", wait)
	}
	return wait == 0
}

// link makes addresses of our pages, with where to go back to.
func (a *Accounts) link(back string) func(page string, values ...string) string {
	return func(page string, values ...string) string {
		q := url.Values{}
		for i := 0; i < len(values); i += 2 {
			q.Set(values[i], values[i+1])
		}
		if back != "" {
			q.Set("return", back)
		}
		out := a.base + Path + page
		if len(q) > 0 {
			out += "?" + q.Encode()
		}
		return out
	}
}

func (v *visit) at(page string, values ...string) string { return v.link(v.back)(page, values...) }

func (v *visit) lead(to string) {
	v.w.Header().Set("Location", to)
	v.w.WriteHeader(http.StatusSeeOther)
}

// home leads back to the essay, or to the account's page.
func (v *visit) home() {
	if v.back != "" {
		v.lead(v.back)
		return
	}
	v.lead(v.at(""))
}

// own shows a page of the account's own, to who has signed in.
func (v *visit) own(page string) func() {
	return func() {
		_, of, err := v.load(v.r)
		switch {
		case err != nil:
			v.failed("signin", err)
		case of.ID == nil:
			v.lead(v.at("signin"))
		default:
			v.Email = of.Email
			v.show(http.StatusOK, page)
		}
	}
}

func (v *visit) signIn() {
	email, ok := v.address("signin")
	if !ok || !v.mayTry(v.attempts, "signin", email) {
		return
	}
	of, err := v.config.Store.Account(v.ctx(), email)
	if err != nil && !errors.Is(err, store.ErrNoAccount) {
		v.failed("signin", err)
		return
	}
	// With no account there is no hash, and as much work.
	same, err := v.hasher.matches(v.ctx(), of.Password, v.password())
	switch {
	case err != nil:
		v.failed("signin", err)
	case !same:
		v.wrong("signin", "password", "wrong")
	default:
		v.enter("signin", of)
	}
}

// password is what was typed. One that is too long is none.
func (v *visit) password() string {
	p := v.r.PostForm.Get("password")
	if len(p) > maxPassword {
		return ""
	}
	return p
}

// enter signs the browser in and leads on.
func (v *visit) enter(page string, of store.Account) {
	err := v.begin(v.w, v.r, of)
	switch {
	case errors.Is(err, store.ErrNoAccount): // removed, or its password set anew, meanwhile
		v.wrong(page, "password", "wrong")
	case err != nil:
		v.failed(page, err)
	default:
		v.metrics.event(page, "done")
		v.home()
	}
}

// token makes what a link holds, and what is kept of it.
func token() (held string, hash []byte) {
	held = base64.RawURLEncoding.EncodeToString(random(32))
	return held, hashOf(held)
}

// hashOf is what is kept of a link; nothing's hash where it can't be one.
func hashOf(held string) []byte {
	sum := sha256.Sum256([]byte(held))
	return sum[:]
}

func (v *visit) create() {
	email, ok := v.address("create")
	if !ok {
		return
	}
	password, ok := v.newPassword("create", email)
	if !ok || !v.mayTry(v.letters, "create", email) {
		return
	}
	hash, err := v.hasher.hash(v.ctx(), password)
	if err != nil {
		v.failed("create", err)
		return
	}
	held, kept := token()
	a, l := v.Accounts, store.Link{Hash: kept, Kind: store.LinkConfirm, Email: email, Password: hash, Expires: time.Now().Add(linkLife)}
	confirm := v.letter("confirm", email, v.at("confirm", "link", held))
	exists := v.letter("exists", email, v.at("forgot"))
	v.sent("create", "sent.confirm", email, func(ctx context.Context) {
		switch _, err := a.config.Store.Account(ctx, email); {
		case err == nil:
			a.deliver(ctx, "exists", exists)
		case errors.Is(err, store.ErrNoAccount):
			a.mail(ctx, l, confirm)
		default:
			a.log.Error("a letter can't be written", "kind", "confirm", "error", err)
		}
	})
}

func (v *visit) forgot() {
	email, ok := v.address("forgot")
	if !ok || !v.mayTry(v.letters, "forgot", email) {
		return
	}
	held, kept := token()
	a, l := v.Accounts, store.Link{Hash: kept, Kind: store.LinkReset, Email: email, Expires: time.Now().Add(linkLife)}
	reset := v.letter("reset", email, v.at("reset", "link", held))
	v.sent("forgot", "sent.reset", email, func(ctx context.Context) {
		switch _, err := a.config.Store.Account(ctx, email); {
		case err == nil:
			a.mail(ctx, l, reset)
		case !errors.Is(err, store.ErrNoAccount):
			a.log.Error("a letter can't be written", "kind", "reset", "error", err)
		}
	})
}

// mail keeps a link and sends the letter that holds it.
func (a *Accounts) mail(ctx context.Context, l store.Link, with letter) {
	if err := a.config.Store.PutLink(ctx, l); err != nil {
		a.log.Error("a letter can't be written", "kind", l.Kind, "error", err)
		return
	}
	a.deliver(ctx, l.Kind, with)
}

// sent puts what is to be done about an address into the queue, and says the
// same whatever that will be.
func (v *visit) sent(page, said, email string, task func(context.Context)) {
	if !v.post(task) {
		v.later(http.StatusServiceUnavailable, page, "busy", time.Minute)
		return
	}
	v.metrics.event(page, "done")
	v.Email, v.Said = email, said
	v.show(http.StatusOK, "sent")
}

// linked shows the form that a mailed link leads to, or that the link no longer
// holds. The link stays as it is.
func (v *visit) linked(kind string) func() {
	return func() {
		v.Link = v.r.URL.Query().Get("link")
		_, err := v.config.Store.Link(v.ctx(), kind, hashOf(v.Link), time.Now())
		switch {
		case errors.Is(err, store.ErrNoLink):
			v.bad(kind)
		case err != nil:
			v.failed(kind, err)
		default:
			v.show(http.StatusOK, kind)
		}
	}
}

// bad says that a link doesn't hold, and offers a new one.
func (v *visit) bad(kind string) {
	v.metrics.event(kind, "link")
	v.Again = map[string]string{store.LinkConfirm: "create", store.LinkReset: "forgot"}[kind]
	v.show(http.StatusGone, "bad")
}

func (v *visit) confirm() {
	if !v.mayTry(v.attempts, "confirm", "") {
		return
	}
	l, err := v.config.Store.Link(v.ctx(), store.LinkConfirm, hashOf(v.Link), time.Now())
	if errors.Is(err, store.ErrNoLink) {
		v.bad(store.LinkConfirm)
		return
	}
	same := false
	if err == nil {
		if !v.mayTry(v.attempts, "confirm", l.Email) {
			return
		}
		same, err = v.hasher.matches(v.ctx(), l.Password, v.password())
	}
	switch {
	case err != nil:
		v.failed("confirm", err)
		return
	case !same:
		v.wrong("confirm", "password", "password")
		return
	}
	of, err := v.config.Store.Confirm(v.ctx(), l.Hash, store.Account{ID: random(16), Voter: random(16)}, time.Now())
	switch {
	case errors.Is(err, store.ErrNoLink):
		v.bad(store.LinkConfirm)
	case err != nil:
		v.failed("confirm", err)
	default:
		v.log.Info("an account was made")
		v.enter("confirm", of)
	}
}

func (v *visit) reset() {
	if !v.mayTry(v.attempts, "reset", "") {
		return
	}
	l, err := v.config.Store.Link(v.ctx(), store.LinkReset, hashOf(v.Link), time.Now())
	switch {
	case errors.Is(err, store.ErrNoLink):
		v.bad(store.LinkReset)
		return
	case err != nil:
		v.failed("reset", err)
		return
	}
	password, ok := v.newPassword("reset", l.Email)
	if !ok {
		return
	}
	hash, err := v.hasher.hash(v.ctx(), password)
	if err == nil {
		_, err = v.config.Store.Reset(v.ctx(), l.Hash, hash, time.Now())
	}
	switch {
	case errors.Is(err, store.ErrNoLink):
		v.bad(store.LinkReset)
	case err != nil:
		v.failed("reset", err)
	default:
		v.log.Info("a password was set anew")
		v.metrics.event("reset", "done")
		a, note := v.Accounts, v.letter("changed", l.Email, v.at("forgot"))
		v.post(func(ctx context.Context) { a.deliver(ctx, "changed", note) })
		v.Email, v.Said = l.Email, "reset.done"
		v.show(http.StatusOK, "signin")
	}
}

func (v *visit) signOut() {
	if err := v.end(v.w, v.r); err != nil {
		v.failed("signin", err)
		return
	}
	v.metrics.event("signout", "done")
	v.home()
}

func (v *visit) delete() {
	_, of, err := v.load(v.r)
	switch {
	case err != nil:
		v.failed("delete", err)
		return
	case of.ID == nil:
		v.lead(v.at("signin"))
		return
	}
	v.Email = of.Email
	if !v.mayTry(v.attempts, "delete", of.Email) {
		return
	}
	same, err := v.hasher.matches(v.ctx(), of.Password, v.password())
	if err == nil && !same {
		v.wrong("delete", "password", "password")
		return
	}
	if err == nil {
		err = v.config.Leaving(v.ctx(), of.Voter)
	}
	if err == nil {
		err = v.config.Store.RemoveAccount(v.ctx(), of.ID)
	}
	if err != nil && !errors.Is(err, store.ErrNoAccount) {
		v.failed("delete", err)
		return
	}
	v.sessions.WriteSessionCookie(v.ctx(), v.w, "", time.Time{})
	v.log.Info("an account was deleted")
	v.metrics.event("delete", "done")
	v.show(http.StatusOK, "deleted")
}
