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

func truncated() error {
	return fmt.Errorf("%w: the end of the photo is missing; ask for it again", ErrTruncated)
}

func damaged(what string) error {
	return fmt.Errorf("%w: %s; ask for it again", ErrDamaged, what)
}

// guard turns a panic of a decoder into an error, so that one hostile file never ends the program. It must be deferred.
func guard(err *error) {
	if r := recover(); r != nil {
		*err = damaged(fmt.Sprintf("its contents make no sense (%v)", r))
	}
}
