package votes

// This file owns how an essay, or a photo of one, is named to a vote service.
//
// A token is "v1." payload "." signature, both in base64url without padding.
// The payload is one byte for the kind ('e' or 'p'), the eight bytes of the
// key's ID, the essay's UID, and for a photo "/" and its key. What is signed is
// the payload after a context of its own, so that a signature made for another
// purpose with the same key is none here. Ed25519 is deterministic and Go's
// verification is strict, so a subject and a key have exactly one token.

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
	version  = "v1."
	purpose  = "photodesk subject v1\x00"
	keyIDLen = 8
	maxToken = 200
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
// of it (KindPhoto). essayUID is 1 to 40 of A–Z, a–z, 0–9, "-" and "_"; photoKey
// is 12 lowercase hexadecimal digits. The token is "" where these name nothing
// or the key is none. The same arguments always give the same token.
func Sign(key ed25519.PrivateKey, kind, essayUID, photoKey string) string {
	if len(key) != ed25519.PrivateKeySize {
		return ""
	}
	s := Subject{KeyID(key.Public().(ed25519.PublicKey)), kind, essayUID, photoKey}
	payload, ok := s.payload()
	if !ok {
		return ""
	}
	signature := ed25519.Sign(key, append([]byte(purpose), payload...))
	return version + encoding.EncodeToString(payload) + "." + encoding.EncodeToString(signature)
}

// Verify reads a token and makes sure that it was signed with pub's private
// key. Errors wrap [ErrToken], [ErrForeign] or [ErrForged].
func Verify(pub ed25519.PublicKey, token string) (Subject, error) {
	s, payload, signature, err := parse(token)
	if err != nil {
		return Subject{}, err
	}
	if len(pub) != ed25519.PublicKeySize || KeyID(pub) != s.Key {
		return Subject{}, fmt.Errorf("%w: its key is %s", ErrForeign, s.Key)
	}
	if !ed25519.Verify(pub, append([]byte(purpose), payload...), signature) {
		return Subject{}, ErrForged
	}
	return s, nil
}

// KeyOf says which key a token claims to be signed with, by its [KeyID], so that
// a service with many keys need try only one. Nothing is verified. Errors wrap [ErrToken].
func KeyOf(token string) (string, error) {
	s, _, _, err := parse(token)
	return s.Key, err
}

// parse takes a token apart and refuses every spelling but Sign's.
func parse(token string) (s Subject, payload, signature []byte, err error) {
	if len(token) > maxToken {
		return Subject{}, nil, nil, fmt.Errorf("%w: it is too long", ErrToken)
	}
	rest, ok := strings.CutPrefix(token, version)
	if !ok {
		return Subject{}, nil, nil, fmt.Errorf("%w: it doesn't begin with %q", ErrToken, version)
	}
	first, second, _ := strings.Cut(rest, ".")
	payload, err1 := decode(first)
	signature, err2 := decode(second)
	if err := errors.Join(err1, err2); err != nil {
		return Subject{}, nil, nil, fmt.Errorf("%w: its encoding is wrong", ErrToken)
	}
	if len(signature) != ed25519.SignatureSize {
		return Subject{}, nil, nil, fmt.Errorf("%w: its signature has %d bytes", ErrToken, len(signature))
	}
	if s, ok = subjectOf(payload); !ok {
		return Subject{}, nil, nil, fmt.Errorf("%w: it says neither essay nor photo", ErrToken)
	}
	return s, payload, signature, nil
}

// decode is strict: encoding/base64 skips line ends, and a token has none.
func decode(s string) ([]byte, error) {
	if strings.ContainsAny(s, "\r\n") {
		return nil, ErrToken
	}
	return encoding.DecodeString(s)
}

func (s Subject) payload() ([]byte, bool) {
	id, err := hex.DecodeString(s.Key)
	if err != nil || len(id) != keyIDLen || !essayPattern.MatchString(s.Essay) {
		return nil, false
	}
	switch {
	case s.Kind == KindEssay && s.Photo == "":
		return append(append([]byte{'e'}, id...), s.Essay...), true
	case s.Kind == KindPhoto && photoPattern.MatchString(s.Photo):
		return append(append([]byte{'p'}, id...), s.Essay+"/"+s.Photo...), true
	}
	return nil, false
}

func subjectOf(payload []byte) (s Subject, ok bool) {
	if len(payload) <= 1+keyIDLen {
		return Subject{}, false
	}
	s = Subject{Key: hex.EncodeToString(payload[1 : 1+keyIDLen]), Essay: string(payload[1+keyIDLen:])}
	switch payload[0] {
	case 'e':
		s.Kind = KindEssay
	case 'p':
		s.Kind = KindPhoto
		if s.Essay, s.Photo, ok = strings.Cut(s.Essay, "/"); !ok {
			return Subject{}, false
		}
	}
	_, ok = s.payload()
	return s, ok
}
