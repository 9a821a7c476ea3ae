package publish

// This file owns what can go wrong, in words that say what to do.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"syscall"
)

// What errors of Publish wrap.
var (
	// ErrForeign keeps what Photodesk did not publish.
	ErrForeign = errors.New("holds what Photodesk did not publish there")
	// ErrLogin says that the target let nobody in by that name and secret.
	ErrLogin = errors.New("the login was refused")
	// ErrDenied says that the target lets this user do less than publishing takes.
	ErrDenied = errors.New("permission denied")
	// ErrNoSpace says that the target is full.
	ErrNoSpace = errors.New("no space left at the target")
	// ErrNoAnswer says that the target isn't reached, or no longer.
	ErrNoAnswer = errors.New("no answer")
	// ErrUnproved says that the target holds something else than what was sent.
	ErrUnproved = errors.New("arrived damaged")
)

// UnknownHostError is a server that was never seen before.
type UnknownHostError struct {
	Host        string // host:port
	Fingerprint string // such as SHA256:…
	KeyType     string // such as ssh-ed25519
}

func (e *UnknownHostError) Error() string {
	return fmt.Sprintf("%s is not known yet. Its key (%s) has the fingerprint %s. Compare it with what whoever runs the server says; if it is the same, accept it with --accept-host %s",
		e.Host, e.KeyType, e.Fingerprint, e.Fingerprint)
}

// ChangedHostError is a server with another key than before.
type ChangedHostError struct {
	Host        string // host:port
	Fingerprint string // of the key that it showed
	Known       string // file:line of the key that it should have
}

func (e *ChangedHostError) Error() string {
	return fmt.Sprintf("DANGER: the key of %s IS NOT THE ONE THAT IS KNOWN. Somebody may be listening in between. Nothing was sent. It showed %s; known is the one in %s. Ask whoever runs the server; only if they changed the key, remove that line and try again",
		e.Host, e.Fingerprint, e.Known)
}

// explain puts what went wrong into words.
func explain(err error) error {
	var ne net.Error
	switch {
	case err == nil, errors.Is(err, context.Canceled), errors.Is(err, ErrNoSpace), errors.Is(err, ErrDenied), errors.Is(err, ErrNoAnswer),
		errors.Is(err, ErrLogin), errors.Is(err, ErrForeign):
		return err
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fmt.Errorf("%w; free some and try again: %w", ErrNoSpace, err)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%w; check who may write there, or choose another target: %w", ErrDenied, err)
	case errors.As(err, &ne), errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return fmt.Errorf("%w; check the address and the network, then try again: %w", ErrNoAnswer, err)
	}
	return err
}
