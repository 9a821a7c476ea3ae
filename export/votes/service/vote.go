package service

// This file owns the way of a vote, from the request to the answer.

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"time"

	"photodesk/export/votes"
	"photodesk/export/votes/store"
)

// refusal is why a vote is not counted.
type refusal struct {
	status int
	what   string
	wait   time.Duration
	work   *votes.Work // what has to be worked first
	code   votes.No    // which of the essay's rules didn't take it
	signIn string      // where to sign in first
}

func refuse(status int, what string) *refusal { return &refusal{status: status, what: what} }

func (q *request) vote() {
	b, back, no := q.ballot()
	if no == nil {
		no = q.cast(b, back)
	}
	if no == nil {
		return
	}
	q.metrics.refused(no.status)
	what := map[string]any{"error": no.what}
	if no.work != nil {
		what["challenge"], what["bits"] = no.work.Challenge, no.work.Bits
	}
	if no.code != "" {
		what["code"] = no.code
	}
	if no.signIn != "" {
		if q.isForm() {
			q.w.Header().Set("Location", no.signIn)
			q.w.WriteHeader(http.StatusSeeOther)
			return
		}
		what["signin"] = no.signIn
	}
	q.failWith(no.status, what, no.wait)
}

// ballot reads the request.
func (q *request) ballot() (b votes.Ballot, back string, no *refusal) {
	if !q.allowed() {
		return b, "", refuse(http.StatusForbidden, "this site may not vote here")
	}
	kind, _, err := mime.ParseMediaType(q.r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" && kind != "application/x-www-form-urlencoded" {
		return b, "", refuse(http.StatusUnsupportedMediaType, "a vote is application/json or application/x-www-form-urlencoded")
	}
	if kind == "application/json" && q.r.Header.Get(votes.Header) != "1" {
		return b, "", refuse(http.StatusForbidden, votes.Header+": 1 is missing")
	}
	body, err := io.ReadAll(http.MaxBytesReader(q.w, q.r.Body, votes.MaxBody))
	if tooLong := new(http.MaxBytesError); errors.As(err, &tooLong) {
		return b, "", refuse(http.StatusRequestEntityTooLarge, "a vote is shorter")
	}
	if err != nil {
		return b, "", refuse(http.StatusBadRequest, "the vote didn't arrive whole")
	}
	if kind == "application/json" {
		b, err = votes.ParseBallot(body)
	} else {
		var form url.Values
		if form, err = url.ParseQuery(string(body)); err == nil {
			b, back, err = votes.ParseForm(form)
		}
	}
	if err != nil {
		return b, "", refuse(http.StatusBadRequest, err.Error())
	}
	return b, back, nil
}

// statusOf is how an error of a subject is answered.
func statusOf(err error) int {
	if errors.Is(err, votes.ErrToken) {
		return http.StatusBadRequest
	}
	return http.StatusForbidden
}

// cast counts a ballot and answers, or says why not.
func (q *request) cast(b votes.Ballot, back string) *refusal {
	subject, err := q.subject(q.context(), b.Subject)
	if err != nil {
		return refuse(statusOf(err), err.Error())
	}
	who, err := q.voter()
	if err != nil {
		return unable()
	}
	if no := q.rule(subject, b.Vote, who, back); no != nil {
		return no
	}
	if no := q.guard(subject.Subject, &who); no != nil {
		return no
	}
	if no := q.limit(subject.Subject, who); no != nil {
		return no
	}
	counted, err := q.caster.Cast(q.context(), store.Cast{
		Subject: subject.String(), Voter: q.voters.nameFor(who, subject.Subject), Vote: b.Vote, Revision: subject.rules.Revision,
	})
	switch {
	case errors.Is(err, store.ErrStale):
		return refuseRuled(votes.Stale)
	case errors.Is(err, store.ErrFull):
		return &refusal{status: http.StatusServiceUnavailable, what: "too many votes at once", wait: 2 * time.Second}
	case errors.Is(err, context.Canceled):
		return &refusal{status: http.StatusServiceUnavailable, what: "the reader has gone", wait: time.Second}
	case err != nil:
		return unable()
	}
	q.metrics.counted(b.Vote)
	q.name(who)
	q.w.Header().Set("Cache-Control", "private, no-cache")
	if q.isForm() {
		q.leadBack(back, counted, subject.rules)
		return nil
	}
	out := votes.Counted{Subject: b.Subject, Tally: counted.Tally, Mine: &counted.Mine}
	q.hold(&out, subject, who)
	q.json(http.StatusOK, out)
	return nil
}

func unable() *refusal {
	return &refusal{status: http.StatusServiceUnavailable, what: "votes can't be counted now", wait: 5 * time.Second}
}

var ruledOut = map[votes.No]string{
	votes.NotYet: "voting has not opened yet", votes.Closed: "voting has closed", votes.UpvotesOnly: "only upvotes are taken here",
	votes.SignIn: "sign in to vote", votes.Stale: "the rules of this vote have changed; reload the page",
}

func refuseRuled(code votes.No) *refusal {
	return &refusal{status: http.StatusForbidden, what: ruledOut[code], code: code}
}

// rule holds a vote to its essay's rules, and remembers that there are some
// where it doesn't let the vote go on to be kept with them.
// back is where a plain form wants to return to.
func (q *request) rule(subject named, v votes.Vote, who voter, back string) *refusal {
	no := subject.rules.Refuse(v, who.account, q.config.now())
	if no == "" {
		return nil
	}
	if err := q.subjects.learn(q.context(), q.store, subject); err != nil {
		q.log.Warn("rules could not be remembered", "error", err)
		return unable()
	}
	refused := refuseRuled(no)
	if no == votes.SignIn && q.accounts != nil {
		refused.signIn = q.accounts.SignInAddress(q.mayReturn(back))
	}
	return refused
}

// hold takes out of an answer what the rules keep from its reader, and says why
// a vote of theirs would not be taken.
func (q *request) hold(c *votes.Counted, subject named, who voter) {
	mine, now := votes.None, q.config.now()
	if c.Mine != nil {
		mine = *c.Mine
	}
	c.No = subject.rules.Refuse(votes.Up, who.account, now)
	if subject.rules.Hides(mine, now) {
		c.Tally, c.Hidden = votes.Tally{}, true
	}
}

// limit takes the vote from the bucket of a voter who is known, or from the
// bucket of the addresses that new voters come from. Who voted on the subject
// before may always change that.
func (q *request) limit(subject votes.Subject, who voter) *refusal {
	var wait time.Duration
	if who.known {
		wait = q.limits.voter(who.id)
	} else {
		wait = q.limits.address(q.r)
	}
	if wait == 0 || q.hasVoted(subject, who) {
		return nil
	}
	return &refusal{status: http.StatusTooManyRequests, what: "too many votes", wait: wait}
}

// hasVoted reports whether the voter ever voted on the subject.
func (q *request) hasVoted(subject votes.Subject, who voter) bool {
	if !who.known {
		return false
	}
	found, err := q.store.Read(q.context(), []store.Asked{{Subject: subject.String(), Voter: q.voters.nameFor(who, subject)}})
	return err == nil && found[0].Known
}

// leadBack answers a plain form that was counted.
func (q *request) leadBack(back string, counted store.Result, rules votes.Rules) {
	if origin, err := originOf(back); err == nil && q.origins[origin] {
		u, err := url.Parse(back)
		if err == nil {
			q.w.Header().Set("Location", u.String())
			q.w.WriteHeader(http.StatusSeeOther)
			return
		}
	}
	q.countedPage(counted, rules.Hides(counted.Mine, q.config.now()))
}
