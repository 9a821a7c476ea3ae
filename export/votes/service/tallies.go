package service

// This file owns the reading of tallies: from memory where nobody in particular
// asks, from the store for a voter, so that they see their own vote counted
// whichever instance they reach.

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"photodesk/export/votes"
	"photodesk/export/votes/store"
)

// publicLife is how long caches may keep an answer that names no voter.
const publicLife = "public, max-age=5, stale-while-revalidate=30"

func (q *request) tallies() {
	query, err := url.ParseQuery(q.r.URL.RawQuery)
	tokens := query["s"]
	switch {
	case err != nil:
		q.fail(http.StatusBadRequest, "the address makes no sense", 0)
		return
	case len(tokens) == 0 || len(tokens) > votes.MaxSubjects:
		q.fail(http.StatusBadRequest, fmt.Sprintf("ask for 1 to %d subjects", votes.MaxSubjects), 0)
		return
	}
	subjects := make([]named, len(tokens))
	for i, token := range tokens {
		if subjects[i], err = q.subject(q.context(), token); err != nil {
			q.fail(statusOf(err), err.Error(), 0)
			return
		}
	}
	if err := q.subjects.learn(q.context(), q.store, subjects...); err != nil {
		q.log.Warn("rules could not be remembered", "error", err)
		q.fail(http.StatusServiceUnavailable, "tallies can't be read now", 5*time.Second)
		return
	}
	who := voter{}
	if q.mayKnow() {
		if who, err = q.voter(); err != nil {
			q.fail(http.StatusServiceUnavailable, "tallies can't be read now", 5*time.Second)
			return
		}
	}
	found, err := q.counts(subjects, who)
	if err != nil {
		q.log.Warn("tallies could not be read", "error", err)
		q.fail(http.StatusServiceUnavailable, "tallies can't be read now", 5*time.Second)
		return
	}
	out := votes.Tallies{Tallies: make([]votes.Counted, len(tokens))}
	for i, f := range found {
		out.Tallies[i] = votes.Counted{Subject: tokens[i], Tally: f.Tally}
		if who.known {
			out.Tallies[i].Mine = &found[i].Mine
		}
		q.hold(&out.Tallies[i], subjects[i], who)
		if subjects[i].rules.Revision < f.Revision || q.subjects.stale(subjects[i]) {
			out.Tallies[i].No = votes.Stale
		}
	}
	q.answerTallies(out, who.known)
}

func (q *request) answerTallies(out votes.Tallies, known bool) {
	body, err := json.Marshal(out)
	if err != nil { // numbers and strings always have JSON
		q.fail(http.StatusInternalServerError, "a fault of the service", 0)
		return
	}
	sum := sha256.Sum256(body)
	tag := `"` + hex.EncodeToString(sum[:12]) + `"`
	h := q.w.Header()
	h.Set("ETag", tag)
	h.Add("Vary", "Cookie, "+votes.VoterHeader)
	h.Set("Cache-Control", publicLife)
	if known {
		h.Set("Cache-Control", "private, no-cache")
	}
	for _, have := range strings.Split(q.r.Header.Get("If-None-Match"), ",") {
		if have = strings.TrimPrefix(strings.TrimSpace(have), "W/"); have == tag {
			q.w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	q.body(http.StatusOK, "application/json", body)
}

func (q *request) counts(subjects []named, who voter) ([]store.Found, error) {
	if who.known {
		q.metrics.read("store", len(subjects))
		asked := make([]store.Asked, len(subjects))
		for i, s := range subjects {
			asked[i] = store.Asked{Subject: s.String(), Voter: q.voters.nameFor(who, s.Subject)}
		}
		return q.store.Read(q.context(), asked)
	}
	q.metrics.read("memory", len(subjects))
	names := make([]string, len(subjects))
	for i, s := range subjects {
		names[i] = s.String()
	}
	return q.board.get(q.context(), names)
}
