package project

// This file owns the lock that keeps two Photodesks from writing one project.
// The operating system's lock decides; the JSON in the file only informs, so
// that a crashed owner's lock is free at once.

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"syscall"
	"time"

	"github.com/gofrs/flock"
)

// Holder says who has a project open.
type Holder struct {
	User  string    `json:"user"`
	Host  string    `json:"host"`
	PID   int       `json:"pid"`
	Since time.Time `json:"since"`
}

// LockedError says that another Photodesk has the project open.
type LockedError struct{ Holder Holder }

func (e *LockedError) Error() string {
	h := e.Holder
	if h.User == "" {
		return "another Photodesk has it open; close it there, or open it read-only"
	}
	return fmt.Sprintf("%s has it open on %s since %s; close it there, or open it read-only",
		h.User, h.Host, h.Since.Local().Format("15:04 on 2 January"))
}

type fileLock struct{ f *flock.Flock }

func takeLock(path string, now time.Time) (*fileLock, error) {
	name := path + ".lock"
	f := flock.New(name)
	got, err := f.TryLock()
	switch {
	case errors.Is(err, os.ErrPermission), errors.Is(err, syscall.EROFS):
		return nil, fmt.Errorf("its folder %w (%w); check its permissions, or open the project read-only", ErrReadOnly, err)
	case errors.Is(err, syscall.ENOSPC):
		return nil, fmt.Errorf("%w; free some space and try again: %w", ErrDiskFull, err)
	case err != nil:
		return nil, fmt.Errorf("its folder can't lock %s (some network folders can't); work on a copy on this machine's own disk, or open it read-only: %w", filepath.Base(name), err)
	case !got:
		var h Holder
		if data, err := os.ReadFile(name); err == nil {
			_ = json.Unmarshal(data, &h)
		}
		return nil, &LockedError{Holder: h}
	}
	h := Holder{PID: os.Getpid(), Since: now.UTC().Truncate(time.Second)}
	if u, err := user.Current(); err == nil {
		h.User = u.Username
	}
	h.Host, _ = os.Hostname()
	if data, err := json.Marshal(h); err == nil {
		_ = os.WriteFile(name, data, 0o644) // informs only; a full disk must not keep the editor out
	}
	return &fileLock{f}, nil
}

// release leaves the file in place: removing it would let a third program lock
// a file that a second one is about to.
func (l *fileLock) release() error { return l.f.Close() }
