package votes

// This file owns the arithmetic: what a vote is, what votes make together, and
// what happens when a voter presses a button.

import (
	"errors"
	"fmt"
	"strconv"
)

// Vote is what one voter says about one subject.
type Vote int8

// The votes there are. None is also how a vote is taken back.
const (
	Down Vote = -1
	None Vote = 0
	Up   Vote = 1
)

// ErrVote is wrapped where something else than -1, 0 or 1 was given as a vote.
var ErrVote = errors.New("a vote is -1, 0 or 1")

// Valid reports whether v is one of the three votes.
func (v Vote) Valid() bool { return v >= Down && v <= Up }

// ParseVote reads a vote as a form sends it, in its one spelling: "-1", "0" or
// "1". Errors wrap [ErrVote].
func ParseVote(s string) (Vote, error) {
	switch s {
	case "-1":
		return Down, nil
	case "0":
		return None, nil
	case "1":
		return Up, nil
	}
	return None, fmt.Errorf("%w, not %s", ErrVote, strconv.Quote(s[:min(len(s), 20)]))
}

// UnmarshalJSON takes the numbers -1, 0 and 1. Errors wrap [ErrVote].
func (v *Vote) UnmarshalJSON(data []byte) error {
	got, err := ParseVote(string(data))
	if err != nil {
		return err
	}
	*v = got
	return nil
}

// Press is what a voter's vote becomes when they press a button: the same
// button takes the vote back, the other one switches it.
func (v Vote) Press(button Vote) Vote {
	if v == button {
		return None
	}
	return button
}

// Tally is how many voters are for and against a subject. Neither is negative.
type Tally struct {
	Up   int `json:"up"`
	Down int `json:"down"`
}

// Points is upvotes less downvotes.
func (t Tally) Points() int { return t.Up - t.Down }

// Total is how many have voted.
func (t Tally) Total() int { return t.Up + t.Down }

// UpPercent is the share of upvotes in whole percent, halves rounded up; 0
// where there are no votes.
func (t Tally) UpPercent() int {
	if t.Total() == 0 {
		return 0
	}
	return (200*t.Up + t.Total()) / (2 * t.Total())
}

// DownPercent is what UpPercent leaves of 100, so that the two always make a
// whole; 0 where there are no votes.
func (t Tally) DownPercent() int {
	if t.Total() == 0 {
		return 0
	}
	return 100 - t.UpPercent()
}

// Change is the tally after one voter's vote went from one to another. The
// voter's vote from has to be in the tally.
func (t Tally) Change(from, to Vote) Tally {
	t.count(from, -1)
	t.count(to, 1)
	return t
}

func (t *Tally) count(v Vote, n int) {
	switch v {
	case Up:
		t.Up += n
	case Down:
		t.Down += n
	}
}
