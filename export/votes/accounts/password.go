package accounts

// This file owns passwords: which are taken, their hashes, and how many are
// hashed at once, since each takes 19 MiB of memory.

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

const (
	// MinPassword is how many characters a password has at least.
	MinPassword = 8
	// maxPassword is how many bytes one may have.
	maxPassword = 512
)

var (
	errShort  = errors.New("the password is too short")
	errLong   = errors.New("the password is too long")
	errCommon = errors.New("the password is one of the commonest")
	// errBusy is returned where as many passwords wait to be hashed as may.
	errBusy = errors.New("too many sign in at once")
)

//go:embed commonest.txt
var commonestText string

var commonest = func() map[string]bool {
	out := map[string]bool{}
	for _, p := range strings.Fields(commonestText) {
		out[p] = true
	}
	return out
}()

// readPassword brings a password into one form, however a keyboard makes its
// letters, and says what is wrong with it for the account of an address.
func readPassword(s, email string) (string, error) {
	if len(s) > maxPassword {
		return "", errLong
	}
	s = norm.NFKC.String(s)
	small := strings.ToLower(s)
	local, _, _ := strings.Cut(email, "@")
	switch {
	case utf8.RuneCountInString(s) < MinPassword:
		return "", errShort
	case commonest[small] || small == email || small == local || strings.Count(small, small[:1]) == len(small):
		return "", errCommon
	}
	return s, nil
}

// phc is a hash with how it was made.
type phc struct {
	memory, time uint32 // KiB, passes
	threads      uint8
	salt, hash   []byte
}

// Argon2id's cost as OWASP's password storage cheat sheet has it.
const (
	memory  = 19 << 10
	passes  = 2
	threads = 1
	saltLen = 16
	hashLen = 32
)

func (p phc) String() string {
	e := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.memory, p.time, p.threads, e.EncodeToString(p.salt), e.EncodeToString(p.hash))
}

var phcPattern = regexp.MustCompile(`^\$argon2id\$v=19\$m=([1-9][0-9]{0,6}),t=([1-9][0-9]?),p=([1-9][0-9]?)\$([A-Za-z0-9+/]{11,64})\$([A-Za-z0-9+/]{22,88})$`)

// parsePHC reads a hash in PHC string format, within bounds that no hash of
// ours leaves: what is in the store must not cost more than there is memory.
func parsePHC(s string) (p phc, err error) {
	bad := errors.New("this is no hash of a password")
	f := phcPattern.FindStringSubmatch(s)
	if f == nil {
		return p, bad
	}
	var n [3]int
	for i := range n {
		if n[i], err = strconv.Atoi(f[i+1]); err != nil {
			return p, bad
		}
	}
	strict := base64.RawStdEncoding.Strict()
	salt, serr := strict.DecodeString(f[4])
	hash, herr := strict.DecodeString(f[5])
	if serr != nil || herr != nil || n[0] > 256<<10 || n[0] < 8*n[2] {
		return p, bad
	}
	return phc{uint32(n[0]), uint32(n[1]), uint8(n[2]), salt, hash}, nil
}

func (p phc) of(password string) []byte {
	return argon2.IDKey([]byte(password), p.salt, p.time, p.memory, p.threads, uint32(len(p.hash)))
}

// hasher hashes some passwords at a time.
type hasher struct {
	places chan struct{}
	wait   time.Duration // for a place
	nobody phc           // what a password is compared with where there is no account
}

func newHasher(places int) *hasher {
	h := &hasher{places: make(chan struct{}, places), wait: 3 * time.Second}
	h.nobody = phc{memory, passes, threads, random(saltLen), random(hashLen)}
	return h
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return b
}

// place waits for a place, for as long as is bearable.
func (h *hasher) place(ctx context.Context) (leave func(), err error) {
	timeout := time.NewTimer(h.wait)
	defer timeout.Stop()
	select {
	case h.places <- struct{}{}:
		return func() { <-h.places }, nil
	case <-timeout.C:
	case <-ctx.Done():
	}
	return nil, errBusy
}

// hash makes a password's hash.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	leave, err := h.place(ctx)
	if err != nil {
		return "", err
	}
	defer leave()
	p := phc{memory: memory, time: passes, threads: threads, salt: random(saltLen), hash: make([]byte, hashLen)}
	p.hash = p.of(password)
	return p.String(), nil
}

// matches reports whether a hash is a password's. With no hash it takes as long
// and never is. Its error is errBusy.
func (h *hasher) matches(ctx context.Context, kept, password string) (bool, error) {
	p, perr := parsePHC(kept)
	if perr != nil {
		p = h.nobody
	}
	leave, err := h.place(ctx)
	if err != nil {
		return false, err
	}
	defer leave()
	same := subtle.ConstantTimeCompare(p.of(norm.NFKC.String(password)), p.hash) == 1
	return same && perr == nil, nil
}
