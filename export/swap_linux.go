package export

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// swap exchanges the two folders in one step, so that out is at every moment
// the bundle before or the new one, whole.
func swap(staging, out string) error {
	if _, err := os.Lstat(out); err != nil {
		return os.Rename(staging, out)
	}
	err := unix.Renameat2(unix.AT_FDCWD, staging, unix.AT_FDCWD, out, unix.RENAME_EXCHANGE)
	if errors.Is(err, unix.ENOSYS) || errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOTSUP) {
		return swapByRename(staging, out) // an old kernel, or a file system without it
	}
	return err
}
