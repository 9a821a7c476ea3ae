package export

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// syncTree brings all that was written below dir to the disk, in one go: waiting for each of some hundred files by itself
// takes longer than anything else of an export that finds its photographs ready.
func syncTree(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(unix.Syncfs(int(d.Fd())), d.Close())
}
