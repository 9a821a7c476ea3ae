package ui

// This file owns which project is open: new, open, recent, read-only, close.

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2/lang"

	"fyne.io/fyne/v2/widget"

	"photodesk/project"
	"photodesk/ui/jobs"
	"photodesk/ui/words"
)

const (
	prefRecent  = "recent"
	maxRecent   = 10
	prefFolders = "folder."
)

// OpenProject opens the project file and closes the one before.
func (u *App) OpenProject(path string) {
	abs, err := filepath.Abs(path)
	if err != nil {
		u.fail(lang.L("Open project"), err)
		return
	}
	u.open(fmt.Sprintf(lang.L("Opening %s"), filepath.Base(abs)), abs, func(ctx context.Context, _ func(jobs.Progress)) (*project.Project, error) {
		return project.Open(ctx, abs, project.Options{})
	})
}

// open opens the project at path in a job, once the present one's jobs are done with.
func (u *App) open(name, path string, get func(ctx context.Context, report func(jobs.Progress)) (*project.Project, error)) {
	u.whenIdle(func() { u.openNow(name, path, get) })
}

// whenIdle does something once no job runs any more, if the editor agrees.
func (u *App) whenIdle(do func()) {
	if u.jobs.Running() == 0 {
		do()
		return
	}
	u.confirm(lang.L("Close the project while work is running?"), lang.L("Running jobs are cancelled. What they have finished is kept."), lang.L("Close it"), func() {
		for j := range u.running {
			j.Cancel()
		}
		go func() {
			defer u.noteCrash("wait for jobs")
			u.jobs.Wait()
			u.do(func() { u.whenIdle(do) })
		}()
	})
}

func (u *App) openNow(name, path string, get func(ctx context.Context, report func(jobs.Progress)) (*project.Project, error)) {
	u.flush()
	var p *project.Project
	var asks error // not a failure: the editor is asked what to do
	u.start(name, func(ctx context.Context, report func(jobs.Progress)) (err error) {
		p, err = get(ctx, report)
		if locked := (*project.LockedError)(nil); errors.As(err, &locked) || errors.Is(err, project.ErrPacked) {
			asks, err = err, nil
		}
		return err
	}, func(err error) {
		if err == nil {
			err = asks
		}
		if err != nil {
			u.opened = nil
			u.notOpened(name, path, err)
			return
		}
		u.adopt(p)
	})
}

// notOpened says why, and offers what can be done about it.
func (u *App) notOpened(name, path string, err error) {
	if errors.Is(err, project.ErrPacked) {
		u.unpack(path)
		return
	}
	var locked *project.LockedError
	if !errors.As(err, &locked) {
		u.fail(name, err)
		return
	}
	msg := widget.NewLabel(words.Locked(locked))
	msg.Wrapping = wrapWords
	u.question(lang.L("The project is open elsewhere"), lang.L("Open read-only"), sized(460, msg), func() {
		u.open(fmt.Sprintf(lang.L("Opening %s"), filepath.Base(path)), path, func(ctx context.Context, _ func(jobs.Progress)) (*project.Project, error) {
			return project.Open(ctx, path, project.Options{ReadOnly: true})
		})
		u.holder = ""
		if locked.Holder.User != "" {
			u.holder = ": " + fmt.Sprintf(lang.L("%s has it open on %s"), locked.Holder.User, locked.Holder.Host)
		}
	})
}

// adopt makes p the open project.
func (u *App) adopt(p *project.Project) {
	if u.closing {
		_ = p.Close()
		return
	}
	u.closeProject()
	u.ctx, u.cancel = context.WithCancel(context.Background())
	u.project = p
	p.Speak(words.Say)
	if !p.ReadOnly() {
		u.holder = ""
	}
	u.stopWatch = p.Watch(u.committed)
	u.loader.SetSource(p)
	u.addRecent(p.Path())
	u.spoiled, u.unseen = map[string]bool{}, true // looked over once the library is shown
	u.fill()
	u.openDarkroom(p)
	if then := u.opened; then != nil {
		u.opened = nil
		then()
	}
}

// fill gives every room what the open project holds.
func (u *App) fill() {
	u.frame.welcomed(nil)
	u.story.SetReadOnly(u.project.ReadOnly())
	u.inspector.SetReadOnly(u.project.ReadOnly())
	u.readEssays()
	u.readEssay()
	u.story.Top()
	u.readLibrary()
	u.showSaved()
	u.showCounts()
	u.checkSoon()
	u.menu.update(u)
}

var lostWords = map[project.OriginalState]string{
	project.OriginalMissing: words.Key("missing"),
	project.OriginalChanged: words.Key("changed"),
}

// lookOver looks behind the window whether the file is whole and the originals
// are there, and goes on proving them by their hash for as long as the project
// is open: one that was changed is marked in the library and held by Check.
// some says whether any original is missing, as far as reading the library told.
func (u *App) lookOver(p *project.Project, some bool) {
	u.behindScenes(func(ctx context.Context) func() {
		p.Patrol(ctx, func(l project.LostOriginal) {
			u.do(func() {
				if ctx.Err() == nil {
					u.spoiled[l.Photo.SHA256] = true
					u.bar.SetSaved(fmt.Sprintf(lang.L("%s: its original is %s; see File, Verify originals"), l.Photo.Name, lang.L(lostWords[l.State])), true)
					u.readLibrary() // where it is marked
				}
			})
		})
		return nil
	})
	u.behindScenes(func(ctx context.Context) func() {
		err := p.QuickCheck(ctx)
		var lost []project.LostOriginal
		if some {
			lost, _ = p.LostOriginals(ctx) // what can't be listed now is said by whatever needs it
		}
		return func() {
			switch {
			case errors.Is(err, project.ErrDamaged):
				u.fail(fmt.Sprintf(lang.L("Open %s"), p.Name()), err)
			case len(lost) > 0 && !p.ReadOnly():
				u.lost(lost, 0)
			}
		}
	})
}

// closeProject lets go of the open project, after what still reads it.
func (u *App) closeProject() {
	if u.project == nil {
		return
	}
	u.flush()
	if u.working() {
		u.closeTools()
	}
	u.closeCaptions()
	u.captions.Fields().Drop()
	for _, j := range u.jobs.List() {
		j.Dismiss() // what failed was about this project
	}
	u.stopWatch()
	u.cancel()
	u.closePreview()
	u.behind.Wait()
	u.loader.SetSource(nil)
	if err := u.project.Close(); err != nil && !u.closing {
		u.fail(fmt.Sprintf(lang.L("Close %s"), u.project.Name()), err)
	}
	u.mu.Lock()
	u.pending = nil
	u.mu.Unlock()
	u.inspector.Drop()
	u.darkroom = nil
	u.project, u.essay, u.shown, u.photos, u.focus = nil, 0, nil, nil, focus{}
	u.stale, u.reading, u.reveal, u.failed, u.inLibrary, u.spoiled = false, false, nil, false, 0, nil
	if !u.closing {
		u.showEmpty()
	}
}

// showEmpty is the window without a project.
func (u *App) showEmpty() {
	u.story.SetEssay(nil, nil)
	u.frame.storyShown(false)
	u.essays.set(nil)
	u.library.SetPhotos(nil)
	u.library.SetCounts(project.Counts{})
	u.inspector.ShowNothing()
	u.bar.SetProblems(0, 0)
	u.showSaved()
	u.showCounts()
	u.showTitle()
	u.menu.update(u)
	u.frame.welcomed(u.welcome())
}

// NewProject asks for a place and makes an empty project there.
func (u *App) NewProject() { u.askNewProject(lang.L("Untitled"), nil) }

// askNewProject asks where the project goes; then is done once it is open.
func (u *App) askNewProject(name string, then func()) {
	dir := u.lastFolder("project", filepath.Join(home(), "Photodesk"))
	u.askPath(pathQuestion{
		title: lang.L("New project"), label: lang.L("Project file"), ok: lang.L("Create"), text: freeName(dir, name), save: true, filter: projectFiles,
		note: lang.L("The originals of imported photos are kept in a folder beside the file."),
	}, func(paths []string) {
		path := paths[0]
		if filepath.Ext(path) != project.Extension {
			path += project.Extension
		}
		u.opened = then
		u.open(fmt.Sprintf(lang.L("Creating %s"), filepath.Base(path)), path, func(ctx context.Context, _ func(jobs.Progress)) (*project.Project, error) {
			if filepath.Dir(path) == dir { // the folder that was proposed
				if err := os.MkdirAll(dir, 0o755); err != nil {
					return nil, err
				}
			}
			return project.Create(ctx, path)
		})
	})
}

// openDialog asks which project to open.
func (u *App) openDialog() {
	u.askPath(pathQuestion{title: lang.L("Open project"), label: lang.L("Project file"), ok: lang.L("Open"), filter: projectFiles}, func(paths []string) {
		u.OpenProject(paths[0])
	})
}

func freeName(dir, wish string) string {
	for n := 1; ; n++ {
		name := wish
		if n > 1 {
			name += " " + itoa(n)
		}
		path := filepath.Join(dir, name+project.Extension)
		if _, err := os.Lstat(path); err != nil {
			return path
		}
	}
}

func (u *App) recent() []string { return u.app.Preferences().StringList(prefRecent) }

func (u *App) addRecent(path string) {
	list := []string{path}
	for _, old := range u.recent() {
		if !slices.Contains(list, old) && len(list) < maxRecent {
			list = append(list, old)
		}
	}
	u.app.Preferences().SetStringList(prefRecent, list)
	u.setLastFolder("project", filepath.Dir(path))
}

// lastFolder is where the editor last was for a purpose.
func (u *App) lastFolder(purpose, otherwise string) string {
	return u.app.Preferences().StringWithFallback(prefFolders+purpose, otherwise)
}

func (u *App) setLastFolder(purpose, dir string) {
	u.app.Preferences().SetString(prefFolders+purpose, dir)
}

func home() string {
	dir, err := os.UserHomeDir()
	if err != nil {
		return os.TempDir()
	}
	return dir
}
