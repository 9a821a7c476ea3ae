package ui

// This file owns what is kept of a crash: a note in a file, never more than
// the editor could send by mail.

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"

	"fyne.io/fyne/v2/lang"
)

// CrashNotes is the name of the file of crash notes in the data folder.
const CrashNotes = "crashes.txt"

// DataDir is the user's folder for Photodesk's own files.
func DataDir() string {
	if dir := os.Getenv("XDG_DATA_HOME"); dir != "" && runtime.GOOS != "windows" && runtime.GOOS != "darwin" {
		return filepath.Join(dir, "photodesk")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return filepath.Join(os.TempDir(), "photodesk")
	}
	switch runtime.GOOS {
	case "windows", "darwin":
		if dir, err := os.UserConfigDir(); err == nil {
			return filepath.Join(dir, "Photodesk")
		}
	}
	return filepath.Join(home, ".local", "share", "photodesk")
}

// mostNotes is how many bytes of notes are kept; the oldest go first.
const mostNotes = 128 << 10

// NoteCrash appends a note about a panic to the file in dir and returns its name.
func NoteCrash(dir, version, where string, panicked any) string {
	name := filepath.Join(dir, CrashNotes)
	_ = os.MkdirAll(dir, 0o755)
	if old, err := os.ReadFile(name); err == nil && len(old) > mostNotes {
		_ = os.WriteFile(name, old[len(old)-mostNotes/2:], 0o600)
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return ""
	}
	defer f.Close()
	fmt.Fprintf(f, "%s  Photodesk %s  %s/%s  %s\n%v\n%s\n", time.Now().Format(time.RFC3339), version, runtime.GOOS, runtime.GOARCH,
		where, panicked, debug.Stack())
	return name
}

// noteCrash recovers a panic of work off the UI goroutine; defer it there.
func (u *App) noteCrash(where string) {
	if r := recover(); r != nil {
		u.tellCrash(where, r)
	}
}

func (u *App) tellCrash(where string, r any) {
	name := NoteCrash(u.opts.DataDir, u.opts.Version, where, r)
	u.do(func() {
		u.seenCrashes()
		u.showCrashes(lang.L("Something went wrong"),
			fmt.Sprintf(lang.L("What you did last may not be done; everything saved is safe. A note about it is in %s."), name), lastNote(name))
	})
}

// guard makes a command that a panic doesn't end the program in.
func (u *App) guard(where string, fn func()) func() {
	return func() {
		defer u.noteCrash(where)
		fn()
	}
}
