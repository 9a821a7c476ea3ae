package export

// This file owns putting a finished folder in another's place without a system
// call that does it at once; see swap_linux.go for one that does.

import (
	"errors"
	"io/fs"
	"os"
)

// swapByRename moves the old folder aside, then the new one in. The old one
// ends under the new one's name, for the caller to remove.
func swapByRename(staging, out string) error {
	aside := staging + ".before"
	err := os.Rename(out, aside)
	if errors.Is(err, fs.ErrNotExist) {
		return os.Rename(staging, out)
	}
	if err != nil {
		return err
	}
	if err := os.Rename(staging, out); err != nil {
		return errors.Join(err, os.Rename(aside, out)) // back as it was
	}
	return os.Rename(aside, staging)
}
