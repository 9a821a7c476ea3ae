package photo

// This file owns the reasons for which a file is refused.

import (
	"errors"
	"fmt"
)

// The reasons for which a file is refused. Every error of this package wraps one of them, and reads as the end of a
// sentence that begins with the file's name: "harbour.jpg is cut off: …".
var (
	ErrEmpty       = errors.New("is empty")
	ErrNotPhoto    = errors.New("is not a photograph")
	ErrTooLarge    = errors.New("is too large")
	ErrTruncated   = errors.New("is cut off")
	ErrDamaged     = errors.New("is damaged")
	ErrUnsupported = errors.New("can't be read here")
)

// A Sentence tells an editor something. Pattern is in English, with a verb of fmt for each of Values, and what a window finds
// its own language's sentence by.
type Sentence struct {
	Pattern string
	Values  []any
}

// A Term is a value in English words of ours, for which a window has its own; any other string stays as it is.
type Term string

// String is the sentence in English.
func (s Sentence) String() string { return fmt.Sprintf(s.Pattern, s.Values...) }

// Refusal says why a file is refused; it wraps the reason.
type Refusal struct {
	Reason error
	Sentence
	full string // the English that says more than the sentence, or ""
}

// Refuse makes a refusal, whose pattern begins with the reason's words.
func Refuse(reason error, pattern string, values ...any) *Refusal {
	return &Refusal{Reason: reason, Sentence: Sentence{pattern, values}}
}

func (r *Refusal) Error() string {
	if r.full != "" {
		return r.full
	}
	return r.String()
}

// Unwrap is the reason.
func (r *Refusal) Unwrap() error { return r.Reason }

func truncated() error {
	return Refuse(ErrTruncated, "is cut off: the end of the photo is missing; ask for it again")
}

// damaged says what makes no sense to those who know the format; an editor needs to know only that.
func damaged(what string) error {
	r := Refuse(ErrDamaged, "is damaged; ask for it again")
	r.full = fmt.Sprintf("%s: %s; ask for it again", ErrDamaged, what)
	return r
}

// guard turns a panic of a decoder into an error, so that one hostile file never ends the program. It must be deferred.
func guard(err *error) {
	if r := recover(); r != nil {
		*err = damaged(fmt.Sprintf("its contents make no sense (%v)", r))
	}
}
