// Package ui owns the window: it puts the rooms together, turns what their
// callbacks report into edits of the project, and shows what the project says
// back.
//
//	room ── callback ── edit ── project.Edit ── Event ── drain ── rooms
//
// Everything here runs on the UI goroutine. Work that takes longer than a
// small edit runs in jobs or behind them, and comes back through App.do.
package ui

// This file owns App: what it is made of, how it starts and how it ends.

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"time"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2"

	"photodesk/export"
	"photodesk/project"
	"photodesk/ui/check"
	"photodesk/ui/inspector"
	"photodesk/ui/jobs"
	"photodesk/ui/library"
	"photodesk/ui/photos"
	"photodesk/ui/story"
	"photodesk/ui/words"
)

// Options say what the window is given by its program.
type Options struct {
	Version string
	// DataDir is where the sample project and crash notes are kept.
	DataDir string
	// Sample makes the sample project; nil: there is none.
	Sample func(ctx context.Context, path string) (*project.Project, error)
	// Do runs a function on the UI goroutine; nil is fyne.Do.
	Do func(func())
}

// App is the one window of Photodesk and what it shows.
type App struct {
	app  fyne.App
	win  fyne.Window
	opts Options
	do   func(func())

	project   *project.Project
	holder    string // who has the project, where it is shown read-only
	stopWatch func()
	preview   *export.Preview
	darkroom  *export.Darkroom
	essay     int64
	shown     *project.Essay
	inLibrary int
	spoiled   map[string]bool         // originals that the patrol found changed or missing, by SHA-256
	photos    map[int64]project.Photo // of the essay shown
	focus     focus
	tallied   tallied

	loader    *photos.Loader
	jobs      *jobs.Jobs
	running   map[*jobs.Job]bool
	bar       *jobs.Bar
	essays    *essayList
	library   *library.Library
	story     *story.Column
	inspector *inspector.Inspector
	frame     *frame
	menu      *menus
	tools     *tools // the photo tools
	clip      clip
	captions  *captions
	problems  *check.Panel

	ctx    context.Context // of the open project: ends what runs behind the window
	cancel context.CancelFunc
	behind sync.WaitGroup

	mu      sync.Mutex
	pending []project.Event // committed, not yet shown

	stale     bool // the library is to be read again
	unseen    bool // the project has not been looked over
	reading   bool
	checkTurn int
	checking  *time.Timer
	reveal    []int64 // photos to select once the library shows them
	failed    bool    // the last edit was not kept
	gone      bool    // because what it was about is deleted
	closing   bool
	shut      func() // closes the small question that is open
	opened    func() // what waits for a project to be open
}

// focus is what the inspector shows: the essay (zero), a block, a placement in
// it, or a photo of the library.
type focus struct{ block, placement, photo int64 }

// New makes the window; Start shows it.
func New(a fyne.App, o Options) *App {
	if o.Do == nil {
		o.Do = fyne.Do
	}
	if o.DataDir == "" {
		o.DataDir = DataDir()
	}
	u := &App{app: a, opts: o, do: o.Do, running: map[*jobs.Job]bool{}}
	u.ctx, u.cancel = context.WithCancel(context.Background())
	_ = words.Use(a.Preferences().String(prefLanguage)) // in English, where that fails
	u.dress()
	u.jobs = jobs.New(u.do)
	u.loader = photos.NewLoader(nil, u.do)
	u.makeRooms()
	u.win = a.NewWindow("Photodesk")
	u.menu = u.makeMenus()
	u.win.SetMainMenu(u.menu.main)
	u.frame = u.makeFrame()
	u.win.SetPadded(false)
	u.win.SetContent(u.frame.whole(u.win))
	u.win.Resize(u.frame.size)
	u.win.SetOnDropped(u.dropped)
	u.win.SetCloseIntercept(u.quit)
	u.win.Canvas().SetOnTypedKey(u.typedKey)
	// A menu item carries one shortcut only; this is the other one for Redo.
	u.win.Canvas().AddShortcut(&fyne.ShortcutRedo{}, func(fyne.Shortcut) { u.undoOr(&fyne.ShortcutRedo{}, u.redo) })
	u.showEmpty()
	return u
}

// Window is the window.
func (u *App) Window() fyne.Window { return u.win }

// Project is the open project, or nil.
func (u *App) Project() *project.Project { return u.project }

// Start shows the window and opens the project at path; "" opens the last one,
// unless the editor prefers the welcome page, which also stands where there is none.
func (u *App) Start(path string) {
	u.win.Show()
	u.tellOldCrash()
	if path == "" && !u.app.Preferences().Bool(prefWelcome) {
		for _, last := range u.recent() {
			if _, err := os.Stat(last); err == nil {
				path = last
				break
			}
		}
	}
	if path != "" {
		u.OpenProject(path)
	}
}

// openSample opens the sample project, which is made on the first start.
func (u *App) openSample() {
	path := filepath.Join(u.opts.DataDir, "Sample"+project.Extension)
	if _, err := os.Stat(path); err == nil {
		u.OpenProject(path)
		return
	}
	u.open(lang.L("Opening the sample"), path, func(ctx context.Context, _ func(jobs.Progress)) (*project.Project, error) {
		if err := os.MkdirAll(u.opts.DataDir, 0o755); err != nil {
			return nil, err
		}
		return u.opts.Sample(ctx, path)
	})
}

// Quit ends the program as closing the window does.
func (u *App) Quit() { u.quit() }

// quit ends the program once everything typed is kept; the editor is asked
// where something could not be, or where jobs run.
func (u *App) quit() {
	u.flush()
	switch {
	case u.unsaved():
		u.confirm(lang.L("Quit without the last words?"), lang.L("What you typed last could not be kept: the bar at the bottom says why."),
			lang.L("Quit anyway"), u.leave)
	case u.jobs.Running() > 0:
		u.confirm(lang.L("Quit while work is running?"), lang.L("Running jobs are cancelled. What they have finished is kept."), lang.L("Quit"), u.leave)
	default:
		u.leave()
	}
}

func (u *App) leave() {
	if u.closing {
		return
	}
	u.closing = true
	u.remember()
	u.Close()
	u.win.SetCloseIntercept(nil)
	u.win.Close()
	u.app.Quit()
}

// Close keeps what is typed and closes the project. It waits for what runs.
func (u *App) Close() {
	u.flush()
	u.jobs.Close()
	u.closeProject()
	u.loader.Close()
}

// behindScenes runs work off the UI goroutine and done on it, unless the
// project has been closed meanwhile.
func (u *App) behindScenes(work func(ctx context.Context) func()) {
	ctx := u.ctx
	u.behind.Go(func() {
		defer u.noteCrash("behind the window")
		done := work(ctx)
		if done == nil || ctx.Err() != nil {
			return
		}
		u.do(func() {
			if ctx.Err() == nil {
				done()
			}
		})
	})
}

// start runs a job; then is called with its error unless it was cancelled.
func (u *App) start(name string, work func(ctx context.Context, report func(jobs.Progress)) error, then func(err error)) {
	j := u.jobs.Start(name, work)
	u.running[j] = true
	j.SetAgain(func() { u.start(name, work, then) })
	j.Then(func(err error) {
		delete(u.running, j)
		if u.closing {
			return
		}
		then(err)
	})
}

// cancelJobs cancels whatever runs; what is finished is kept.
func (u *App) cancelJobs() {
	for j := range u.running {
		j.Cancel()
	}
}
