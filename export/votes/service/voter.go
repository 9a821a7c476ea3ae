package service

// This file owns who votes. A voter is 16 random bytes that nobody else knows;
// the store only ever sees a name made from them for each subject, so that it
// can't tell what else somebody voted on.
//
// The token that a browser keeps is "v1." and, in base64url, the voter's 16
// bytes, one for the work that was shown, and 16 of their HMAC.

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"net/http"
	"regexp"
	"strings"
	"time"

	"photodesk/export/votes"
)

const (
	cookieName = "__Host-photodesk-voter"
	cookieLife = 400 * 24 * time.Hour // as long as browsers keep one
	idLen      = 16
	macLen     = 16
	prefix     = "v1."
	// challengeLife is how long there is for the work.
	challengeLife = 10 * time.Minute
)

var (
	encoding      = base64.RawURLEncoding.Strict()
	answerPattern = regexp.MustCompile(`^[A-Za-z0-9]{1,20}$`)
)

type voter struct {
	id     [idLen]byte
	work   int    // bits of work shown
	known  bool   // came with a token of ours
	cookie string // the cookie that it came with, "" for none
	// account says that the voter is an account, and by no cookie of a voter's known.
	account bool
}

type voters struct {
	tokens, names, challenges []byte // keys
}

func newVoters(secret []byte) voters {
	return voters{mac(secret, "photodesk voter token v1"), mac(secret, "photodesk voter name v1"), mac(secret, "photodesk work v1")}
}

func mac(key []byte, parts ...string) []byte {
	m := hmac.New(sha256.New, key)
	for i, p := range parts {
		if i > 0 {
			m.Write([]byte{0})
		}
		m.Write([]byte(p))
	}
	return m.Sum(nil)
}

// nameFor is what the store calls the voter of a subject.
func (v voters) nameFor(who voter, of votes.Subject) []byte {
	return v.nameIn(who, of.String())
}

func (v voters) nameIn(who voter, subject string) []byte {
	return mac(v.names, string(who.id[:]), subject)[:idLen]
}

func (v voters) token(who voter) string { return seal(v.tokens, append(who.id[:], byte(who.work)), "") }

// read reads a token; false where it isn't ours.
func (v voters) read(token string) (who voter, ok bool) {
	payload, ok := open(v.tokens, token, idLen+1, "")
	if !ok {
		return voter{}, false
	}
	who = voter{work: int(payload[idLen]), known: true}
	copy(who.id[:], payload)
	return who, true
}

// challenge asks a voter for work; who shows it is that voter.
func (v voters) challenge(who voter, essay string, bits int, now time.Time) string {
	payload := append(who.id[:], byte(bits))
	payload = binary.BigEndian.AppendUint32(payload, uint32(now.Add(challengeLife).Unix()))
	return seal(v.challenges, payload, essay)
}

// worked reads a WorkHeader; false where the work isn't done, or not for this
// essay, or too late.
func (v voters) worked(header, essay string, now time.Time) (who voter, ok bool) {
	i := strings.LastIndexByte(header, '.')
	if i < 0 || !answerPattern.MatchString(header[i+1:]) {
		return voter{}, false
	}
	payload, ok := open(v.challenges, header[:i], idLen+5, essay)
	if !ok || now.Unix() > int64(binary.BigEndian.Uint32(payload[idLen+1:])) || votes.Worked(header) < int(payload[idLen]) {
		return voter{}, false
	}
	who.work = int(payload[idLen])
	copy(who.id[:], payload)
	return who, true
}

// seal makes a token of a payload; open reads it back, for the same context.
func seal(key, payload []byte, context string) string {
	return prefix + encoding.EncodeToString(append(payload[:len(payload):len(payload)], mac(key, string(payload), context)[:macLen]...))
}

func open(key []byte, token string, length int, context string) ([]byte, bool) {
	rest, ok := strings.CutPrefix(token, prefix)
	if !ok || len(rest) != encoding.EncodedLen(length+macLen) || strings.ContainsAny(rest, "\r\n") {
		return nil, false
	}
	data, err := encoding.DecodeString(rest)
	if err != nil || len(data) != length+macLen {
		return nil, false
	}
	payload := data[:length]
	return payload, hmac.Equal(data[length:], mac(key, string(payload), context)[:macLen])
}

// voter is who asks: an account, else a browser.
func (q *request) voter() (voter, error) {
	who, signedIn, err := q.account()
	if signedIn || err != nil {
		return who, err
	}
	return q.browser(), nil
}

// browser is who asks by cookie, else by header, else somebody new.
func (q *request) browser() voter {
	for _, c := range q.r.CookiesNamed(cookieName) {
		if who, ok := q.voters.read(c.Value); ok {
			who.cookie = c.Value
			return who
		}
	}
	if who, ok := q.voters.read(q.r.Header.Get(votes.VoterHeader)); ok {
		return who
	}
	var who voter
	_, _ = rand.Read(who.id[:])
	return who
}

// name tells a browser whose vote was counted.
func (q *request) name(who voter) {
	if who.account {
		return // the session does
	}
	token := q.voters.token(who)
	if token == who.cookie {
		return
	}
	c := &http.Cookie{Name: cookieName, Value: token, Path: "/", MaxAge: int(cookieLife.Seconds()), HttpOnly: true, Secure: true}
	if q.config.SameSite {
		c.SameSite = http.SameSiteLaxMode
	} else {
		c.SameSite, c.Partitioned = http.SameSiteNoneMode, true
	}
	http.SetCookie(q.w, c)
	if who.cookie == "" && !q.isForm() {
		q.w.Header().Set(votes.VoterHeader, token)
	}
}

// guard has a voter work for a protected essay. Work that was shown makes who
// the voter that was asked for it.
func (q *request) guard(subject votes.Subject, who *voter) *refusal {
	essay := votes.Subject{Key: subject.Key, Kind: votes.KindEssay, Essay: subject.Essay}.String()
	bits := q.settings.Load().guards[essay]
	if bits == 0 || who.work >= bits || who.account {
		return nil
	}
	if header := q.r.Header.Get(votes.WorkHeader); header != "" {
		if worker, ok := q.voters.worked(header, essay, time.Now()); ok && worker.work >= bits {
			worker.cookie = who.cookie
			worker.known = who.known && bytes.Equal(who.id[:], worker.id[:])
			*who = worker
			return nil
		}
	}
	if q.hasVoted(subject, *who) {
		return nil
	}
	return &refusal{
		status: http.StatusPreconditionRequired, what: "this essay is protected; the browser has to work before it votes",
		work: &votes.Work{Challenge: q.voters.challenge(*who, essay, bits, time.Now()), Bits: bits},
	}
}
