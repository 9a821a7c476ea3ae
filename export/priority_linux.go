package export

import (
	"runtime"

	"golang.org/x/sys/unix"
)

// stepBack gives the calling goroutine a thread of its own, which ends with it, at the lowest priority: Linux keeps a
// niceness for each thread.
func stepBack() {
	runtime.LockOSThread()
	_ = unix.Setpriority(unix.PRIO_PROCESS, unix.Gettid(), 19) // else it works as fast as any
}
