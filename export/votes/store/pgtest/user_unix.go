//go:build unix

package pgtest

// This file owns the user that a server runs as: PostgreSQL refuses root.

import (
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

// lesser is a user without rights, where we are root.
func lesser() (uid, gid int, ok bool) {
	if os.Geteuid() != 0 {
		return 0, 0, false
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.Atoi(u.Uid)
		gid, err2 := strconv.Atoi(u.Gid)
		if err1 == nil && err2 == nil {
			return uid, gid, true
		}
	}
	return 0, 0, false
}

func giveAway(dir string) error {
	if uid, gid, ok := lesser(); ok {
		return os.Chown(dir, uid, gid)
	}
	return nil
}

func lowerRights(cmd *exec.Cmd) {
	if uid, gid, ok := lesser(); ok {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	}
}
