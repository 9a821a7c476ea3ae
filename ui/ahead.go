package ui

// This file owns the darkroom behind the window: derivatives are made while the editor writes, so that an export finds them
// ready.

import (
	"context"

	"photodesk/export"
	"photodesk/project"
)

// prefAheadOff keeps the switch the wrong way round, so that a desk that never touched it has it on.
const prefAheadOff = "export.notAhead"

func (u *App) ahead() bool { return !u.app.Preferences().Bool(prefAheadOff) }

// switchDarkroom turns making photos ready on or off.
func (u *App) switchDarkroom() {
	u.app.Preferences().SetBool(prefAheadOff, u.ahead())
	if u.darkroom != nil {
		u.darkroom.Rest(!u.ahead())
	}
	u.menu.update(u)
}

// usual is what the editor exports with, as far as it decides pixels.
func (u *App) usual() export.Options {
	p := u.app.Preferences()
	return export.Options{AVIF: p.Bool(prefAVIF), FixedQuality: p.Bool(prefFixed)}
}

// openDarkroom opens a project's darkroom, which gives way to jobs and to pixels that the window waits for.
func (u *App) openDarkroom(p *project.Project) {
	d := export.NewDarkroom(p, u.usual(), func() bool { return u.jobs.Running() > 0 || u.loader.Busy() })
	d.Rest(!u.ahead())
	u.darkroom = d
	u.behindScenes(func(ctx context.Context) func() {
		d.Work(ctx)
		return nil
	})
}
