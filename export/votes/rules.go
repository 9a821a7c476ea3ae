package votes

// This file owns the rules that an editor can set for an essay's votes. They
// travel in the tokens of its subjects, signed with them, so that a service
// needs no word of the desk to hold voters to them.

import (
	"encoding/binary"
	"math"
	"time"
)

// Rules hold for the votes on an essay and its photos. The zero Rules are
// none: an essay that never had any.
type Rules struct {
	// Revision is when they were last changed, in seconds since 1970, and higher
	// for every change. Rules that are other than zero have one, also an essay's
	// whose rules were all taken away again.
	Revision int64
	// Opens and Closes are when votes are first taken and no longer, in seconds
	// since 1970; 0 for no such moment.
	Opens, Closes int64
	UpvotesOnly   bool
	// Hidden keeps the results from who has no vote, until the end.
	Hidden bool
	// SignIn takes votes of readers with an account alone.
	SignIn bool
}

// No is why a vote is not taken; "" where it is. These are also the codes that
// a service's refusals carry.
type No string

// The reasons there are.
const (
	NotYet      No = "early"
	Closed      No = "closed"
	UpvotesOnly No = "upvotes-only"
	SignIn      No = "sign-in"
	// Stale is a token whose essay has newer rules.
	Stale No = "stale"
)

// At says whether votes are taken at a moment: "", NotYet or Closed.
func (r Rules) At(now time.Time) No {
	switch at := now.Unix(); {
	case r.Closes != 0 && at >= r.Closes:
		return Closed
	case r.Opens != 0 && at < r.Opens:
		return NotYet
	}
	return ""
}

// Refuse says why a vote is not taken at a moment, or "". A downvote that was
// given before they were switched off can still be taken back.
func (r Rules) Refuse(v Vote, signedIn bool, now time.Time) No {
	switch no := r.At(now); {
	case no != "":
		return no
	case r.SignIn && !signedIn:
		return SignIn
	case r.UpvotesOnly && v == Down:
		return UpvotesOnly
	}
	return ""
}

// Hides reports whether the results are kept from a reader whose vote is mine.
func (r Rules) Hides(mine Vote, now time.Time) bool {
	return r.Hidden && mine == None && r.At(now) != Closed
}

const (
	rulesLen = 3*4 + 1
	flags    = 3
)

// payload is the rules in a token: revision, opens, closes, each of four bytes,
// and a byte of flags.
func (r Rules) payload() ([]byte, bool) {
	var out []byte
	for _, n := range []int64{r.Revision, r.Opens, r.Closes} {
		if n < 0 || n > math.MaxUint32 {
			return nil, false
		}
		out = binary.BigEndian.AppendUint32(out, uint32(n))
	}
	var set byte
	for i, on := range [flags]bool{r.UpvotesOnly, r.Hidden, r.SignIn} {
		if on {
			set |= 1 << i
		}
	}
	return append(out, set), r.Revision > 0
}

// rulesOf reads them back; false where payload makes no such bytes.
func rulesOf(b []byte) (Rules, bool) {
	at := func(i int) int64 { return int64(binary.BigEndian.Uint32(b[4*i:])) }
	set := b[12]
	r := Rules{Revision: at(0), Opens: at(1), Closes: at(2), UpvotesOnly: set&1 != 0, Hidden: set&2 != 0, SignIn: set&4 != 0}
	return r, r.Revision > 0 && set < 1<<flags
}
