package votes

// This file owns what goes over the wire, in the words of the protocol that
// doc.go states: paths, limits, and the shapes of questions and answers.

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"net/url"
)

// Where a service answers, below its base address.
const (
	TalliesPath = "/v1/tallies"
	VotesPath   = "/v1/votes"
)

const (
	// Header has to be "1" with a vote in JSON.
	Header = "X-Photodesk-Vote"
	// VoterHeader names the voter where the cookie doesn't come through.
	VoterHeader = "X-Photodesk-Voter"
	// WorkHeader shows the work that a protected essay asks for.
	WorkHeader = "X-Photodesk-Work"
	// MaxSubjects is how many tallies one request may ask for.
	MaxSubjects = 40
	// MaxBody is how many bytes the body of a vote may have.
	MaxBody = 4096
)

// Counted is a subject's tally as a service answers it.
type Counted struct {
	Subject string `json:"subject"` // the token that was asked with
	Tally
	Mine *Vote `json:"mine"` // null where the service doesn't know the voter
	// Hidden says that the rules keep the tally from this reader; then it is not
	// in the answer.
	Hidden bool `json:"hidden,omitempty"`
	// No is why this reader's vote would not be taken now, or "".
	No No `json:"no,omitempty"`
}

// MarshalJSON leaves out a tally that is hidden: a zero would be a lie.
func (c Counted) MarshalJSON() ([]byte, error) {
	if c.Hidden {
		return json.Marshal(struct {
			Subject string `json:"subject"`
			Mine    *Vote  `json:"mine"`
			Hidden  bool   `json:"hidden"`
			No      No     `json:"no,omitempty"`
		}{c.Subject, c.Mine, true, c.No})
	}
	type counted Counted
	return json.Marshal(counted(c))
}

// Tallies answers a reading.
type Tallies struct {
	Tallies []Counted `json:"tallies"`
}

// Ballot is one vote on its way to a service.
type Ballot struct {
	Subject string `json:"subject"` // a token, not verified yet
	Vote    Vote   `json:"vote"`
}

// ErrBallot is wrapped by every error of ParseBallot and ParseForm.
var ErrBallot = errors.New("this is no vote")

// ParseBallot reads a vote in JSON: one object with a subject and a vote, both
// there, and nothing else. Errors wrap [ErrBallot].
func ParseBallot(body []byte) (Ballot, error) {
	if len(body) > MaxBody {
		return Ballot{}, fmt.Errorf("%w: it has more than %d bytes", ErrBallot, MaxBody)
	}
	var got struct {
		Subject string `json:"subject"`
		Vote    *Vote  `json:"vote"` // null and absent are not 0, which takes a vote back
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(&got); err != nil {
		return Ballot{}, fmt.Errorf("%w: %w", ErrBallot, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return Ballot{}, fmt.Errorf("%w: something follows it", ErrBallot)
	}
	if got.Subject == "" || got.Vote == nil {
		return Ballot{}, fmt.Errorf("%w: subject or vote is missing", ErrBallot)
	}
	return Ballot{got.Subject, *got.Vote}, nil
}

// ParseForm reads a vote from a plain form, and the address to return to, which
// is not checked and may be "". Errors wrap [ErrBallot].
func ParseForm(form url.Values) (b Ballot, back string, err error) {
	if len(form["subject"]) != 1 || len(form["vote"]) != 1 || len(form["return"]) > 1 || form.Get("subject") == "" {
		return Ballot{}, "", fmt.Errorf("%w: subject or vote is missing, or there twice", ErrBallot)
	}
	v, err := ParseVote(form.Get("vote"))
	if err != nil {
		return Ballot{}, "", fmt.Errorf("%w: %w", ErrBallot, err)
	}
	return Ballot{form.Get("subject"), v}, form.Get("return"), nil
}

// Work is what a protected essay asks a voter for, once.
type Work struct {
	Challenge string `json:"challenge"`
	Bits      int    `json:"bits"`
}

// Worked is how many zero bits the SHA-256 of a [WorkHeader] begins with: the
// challenge, ".", and whatever the voter found.
func Worked(header string) int {
	sum := sha256.Sum256([]byte(header))
	n := 0
	for _, b := range sum {
		zeros := bits.LeadingZeros8(b)
		n += zeros
		if zeros < 8 {
			break
		}
	}
	return n
}
