package votes

// This file owns how an essay, or a photo of one, is named to a vote service.
//
// A token is "v1." payload "." signature, both in base64url without padding.
// The payload is one byte for the kind ('e' or 'p'), the eight bytes of the
// key's ID, the essay's UID, and for a photo "/" and its key. What is signed is
// the payload after a context of its own, so that a signature made for another
// purpose with the same key is none here. Ed25519 is deterministic and Go's
// verification is strict, so a subject and a key have exactly one token.
//
// An essay whose votes have rules, or once had some, has "v2." tokens: the same,
// with the rules (Rules.payload) between the key's ID and the UID, and under a
// context of their own. Each of its rules' revisions has exactly one token.

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// The kinds of subject.
const (
	KindEssay = "essay"
	KindPhoto = "photo"
)

// Subject is what is voted on: an essay, or a photo of an essay. It is
// comparable, and the same for every token that names it.
type Subject struct {
	Key   string // KeyID of the project's public key: no project can name another's essays
	Kind  string // KindEssay or KindPhoto
	Essay string // the essay's UID
	Photo string // the photo's key; "" for an essay
}

// String is the subject in one line of a store or a log: KEY/ESSAY, or
// KEY/ESSAY/PHOTO. No two subjects share one.
func (s Subject) String() string {
	out := s.Key + "/" + s.Essay
	if s.Kind == KindPhoto {
		out += "/" + s.Photo
	}
	return out
}

// EssayOf is the essay that a subject belongs to, both as String gives them.
func EssayOf(subject string) string {
	key, rest, _ := strings.Cut(subject, "/")
	essay, _, _ := strings.Cut(rest, "/")
	return key + "/" + essay
}

// Errors of Verify and KeyOf.
var (
	// ErrToken is wrapped where a token is malformed.
	ErrToken = errors.New("this names no subject")
	// ErrForeign is wrapped where a token was signed with another key.
	ErrForeign = errors.New("this subject is of another project")
	// ErrForged is wrapped where the signature doesn't fit.
	ErrForged = errors.New("this subject's signature is wrong")
)

const (
	keyIDLen = 8
	maxToken = 200
)

// form is how a version of tokens is spelled.
type form struct{ prefix, purpose string }

var (
	plain = form{"v1.", "photodesk subject v1\x00"}
	ruled = form{"v2.", "photodesk subject v2\x00"}
)

var (
	// The longest UID keeps MaxSubjects tokens within a proxy's longest address.
	essayPattern = regexp.MustCompile(`^[A-Za-z0-9_-]{1,40}$`)
	photoPattern = regexp.MustCompile(`^[0-9a-f]{12}$`)
	encoding     = base64.RawURLEncoding.Strict()
)

// KeyID names a public key: 16 hexadecimal digits of its SHA-256.
func KeyID(pub ed25519.PublicKey) string {
	sum := sha256.Sum256(pub)
	return hex.EncodeToString(sum[:keyIDLen])
}

// Sign makes the token that names an essay (KindEssay, photoKey "") or a photo
// of it (KindPhoto), whose votes have no rules. essayUID is 1 to 40 of A–Z, a–z,
// 0–9, "-" and "_"; photoKey is 12 lowercase hexadecimal digits. The token is ""
// where these name nothing or the key is none. The same arguments always give
// the same token.
func Sign(key ed25519.PrivateKey, kind, essayUID, photoKey string) string {
	return SignRuled(key, kind, essayUID, photoKey, Rules{})
}

// SignRuled is Sign for an essay whose votes have rules. The zero Rules give
// Sign's token; others have a Revision, and the token is "" where they don't.
func SignRuled(key ed25519.PrivateKey, kind, essayUID, photoKey string, rules Rules) string {
	if len(key) != ed25519.PrivateKeySize {
		return ""
	}
	s := Subject{KeyID(key.Public().(ed25519.PublicKey)), kind, essayUID, photoKey}
	as := plain
	if rules != (Rules{}) {
		as = ruled
	}
	payload, ok := s.payload(as, rules)
	if !ok {
		return ""
	}
	signature := ed25519.Sign(key, append([]byte(as.purpose), payload...))
	return as.prefix + encoding.EncodeToString(payload) + "." + encoding.EncodeToString(signature)
}

// Verify reads a token and makes sure that it was signed with pub's private
// key. Errors wrap [ErrToken], [ErrForeign] or [ErrForged].
func Verify(pub ed25519.PublicKey, token string) (Subject, error) {
	s, _, err := VerifyRuled(pub, token)
	return s, err
}

// VerifyRuled is Verify, and says what rules the subject's votes have.
func VerifyRuled(pub ed25519.PublicKey, token string) (Subject, Rules, error) {
	t, err := parse(token)
	if err != nil {
		return Subject{}, Rules{}, err
	}
	if len(pub) != ed25519.PublicKeySize || KeyID(pub) != t.subject.Key {
		return Subject{}, Rules{}, fmt.Errorf("%w: its key is %s", ErrForeign, t.subject.Key)
	}
	if !ed25519.Verify(pub, append([]byte(t.form.purpose), t.payload...), t.signature) {
		return Subject{}, Rules{}, ErrForged
	}
	return t.subject, t.rules, nil
}

// KeyOf says which key a token claims to be signed with, by its [KeyID], so that
// a service with many keys need try only one. Nothing is verified. Errors wrap [ErrToken].
func KeyOf(token string) (string, error) {
	t, err := parse(token)
	return t.subject.Key, err
}

// parsed is a token taken apart.
type parsed struct {
	form               form
	subject            Subject
	rules              Rules
	payload, signature []byte
}

// parse takes a token apart and refuses every spelling but SignRuled's.
func parse(token string) (parsed, error) {
	if len(token) > maxToken {
		return parsed{}, fmt.Errorf("%w: it is too long", ErrToken)
	}
	t := parsed{form: plain}
	rest, ok := strings.CutPrefix(token, plain.prefix)
	if !ok {
		t.form = ruled
		rest, ok = strings.CutPrefix(token, ruled.prefix)
	}
	if !ok {
		return parsed{}, fmt.Errorf("%w: it begins with neither %q nor %q", ErrToken, plain.prefix, ruled.prefix)
	}
	first, second, _ := strings.Cut(rest, ".")
	var err1, err2 error
	t.payload, err1 = decode(first)
	t.signature, err2 = decode(second)
	if err := errors.Join(err1, err2); err != nil {
		return parsed{}, fmt.Errorf("%w: its encoding is wrong", ErrToken)
	}
	if len(t.signature) != ed25519.SignatureSize {
		return parsed{}, fmt.Errorf("%w: its signature has %d bytes", ErrToken, len(t.signature))
	}
	if t.subject, t.rules, ok = subjectOf(t.form, t.payload); !ok {
		return parsed{}, fmt.Errorf("%w: it says neither essay nor photo", ErrToken)
	}
	return t, nil
}

// decode is strict: encoding/base64 skips line ends, and a token has none.
func decode(s string) ([]byte, error) {
	if strings.ContainsAny(s, "\r\n") {
		return nil, ErrToken
	}
	return encoding.DecodeString(s)
}

func (s Subject) payload(as form, rules Rules) ([]byte, bool) {
	id, err := hex.DecodeString(s.Key)
	if err != nil || len(id) != keyIDLen || !essayPattern.MatchString(s.Essay) {
		return nil, false
	}
	var out []byte
	switch {
	case s.Kind == KindEssay && s.Photo == "":
		out = append([]byte{'e'}, id...)
	case s.Kind == KindPhoto && photoPattern.MatchString(s.Photo):
		out = append([]byte{'p'}, id...)
	default:
		return nil, false
	}
	if as == ruled {
		said, ok := rules.payload()
		if !ok {
			return nil, false
		}
		out = append(out, said...)
	}
	out = append(out, s.Essay...)
	if s.Kind == KindPhoto {
		out = append(out, "/"+s.Photo...)
	}
	return out, true
}

func subjectOf(as form, payload []byte) (s Subject, rules Rules, ok bool) {
	if len(payload) <= 1+keyIDLen {
		return Subject{}, Rules{}, false
	}
	rest := payload[1+keyIDLen:]
	if as == ruled {
		if len(rest) < rulesLen {
			return Subject{}, Rules{}, false
		}
		if rules, ok = rulesOf(rest[:rulesLen]); !ok {
			return Subject{}, Rules{}, false
		}
		rest = rest[rulesLen:]
	}
	s = Subject{Key: hex.EncodeToString(payload[1 : 1+keyIDLen]), Essay: string(rest)}
	switch payload[0] {
	case 'e':
		s.Kind = KindEssay
	case 'p':
		s.Kind = KindPhoto
		if s.Essay, s.Photo, ok = strings.Cut(s.Essay, "/"); !ok {
			return Subject{}, Rules{}, false
		}
	}
	if _, ok = s.payload(as, rules); !ok {
		return Subject{}, Rules{}, false
	}
	return s, rules, true
}
