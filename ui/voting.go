package ui

// This file owns what readers voted: asked for in a job, shown in a sheet and beside the essay and its photos.

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2/lang"

	"photodesk/export"
	"photodesk/project"
	"photodesk/ui/dialogs"
	"photodesk/ui/jobs"
)

// tallied is what is known of the votes of the essay that is shown.
type tallied struct {
	of    *project.Project // nil: nothing was read yet
	essay int64
	by    map[string]project.Tally
}

// tallyOf is what readers voted on a photo of the essay shown, or on the essay itself where sha is "".
func (u *App) tallyOf(sha string) (project.Tally, bool) {
	if u.project == nil || u.essay == 0 {
		return project.Tally{}, false
	}
	if u.tallied.of != u.project || u.tallied.essay != u.essay {
		list, err := u.project.Tallies(u.ctx, u.essay)
		if err != nil {
			return project.Tally{}, false // the sheet would say why
		}
		u.tallied = tallied{u.project, u.essay, map[string]project.Tally{}}
		for _, t := range list {
			u.tallied.by[t.Photo] = t
		}
	}
	t, ok := u.tallied.by[sha]
	return t, ok
}

// showVotes shows what readers voted, and asks the service again where the editor wants.
func (u *App) showVotes() {
	if u.project == nil || u.essay == 0 {
		return
	}
	u.flush()
	p, essay := u.project, u.essay
	tallies, err := p.Tallies(u.ctx, essay)
	if err != nil {
		u.fail(lang.L("Votes"), err)
		return
	}
	photos, err := p.PhotosOf(u.ctx, essay)
	if err != nil {
		u.fail(lang.L("Votes"), err)
		return
	}
	form := dialogs.VotesForm{Service: u.app.Preferences().String(prefVotesURL), Photos: map[string]project.Photo{}, Loader: u.loader, Save: u.guard("save votes", u.saveVotes)}
	if len(tallies) > 0 {
		form.Service = tallies[0].Service
	}
	for _, ph := range photos {
		form.Photos[ph.SHA256] = ph
	}
	var sheet *dialogs.VotesSheet
	if !p.ReadOnly() {
		form.Refresh = func(service string) {
			u.refreshVotes(p, essay, oneLine(service), func(list []project.Tally, err error) {
				if sheet.Open() {
					sheet.Show(list, err)
				} else if err != nil {
					u.fail(lang.L("Votes"), err)
				}
			})
		}
	}
	sheet = dialogs.Votes(u.win, form, tallies)
}

func (u *App) refreshVotes(p *project.Project, essay int64, service string, then func([]project.Tally, error)) {
	var list []project.Tally
	u.start(lang.L("Ask for votes"), func(ctx context.Context, report func(jobs.Progress)) (err error) {
		report(jobs.Progress{Text: lang.L("Asking the vote service…")})
		list, err = export.RefreshTallies(ctx, p, essay, service)
		return err
	}, func(err error) {
		if u.project != p {
			return
		}
		if err == nil {
			u.app.Preferences().SetString(prefVotesURL, service)
			u.tallied = tallied{}
			u.showFocus()
		}
		then(list, err)
	})
}

// saveVotes writes the ranking as a table.
func (u *App) saveVotes() {
	p, essay := u.project, u.essay
	at := filepath.Join(u.lastFolder("browse", home()), u.shown.Slug+" votes.csv")
	u.askPath(pathQuestion{title: lang.L("Save votes as CSV"), label: lang.L("File"), ok: lang.L("Save"), text: at, save: true, filter: tableFiles}, func(paths []string) {
		path := paths[0]
		if filepath.Ext(path) == "" {
			path += ".csv"
		}
		write := func() {
			u.setLastFolder("browse", filepath.Dir(path))
			u.behindScenes(func(ctx context.Context) func() {
				err := writeFile(path, func(f io.Writer) error { return p.WriteTallies(ctx, f, essay) })
				return func() {
					if err != nil {
						u.fail(lang.L("Save votes as CSV"), err)
						return
					}
					u.tell(lang.L("Votes saved"))
				}
			})
		}
		if _, err := os.Lstat(path); err == nil {
			u.confirm(lang.L("Replace the file?"), filepath.Base(path), lang.L("Replace"), write)
			return
		}
		write()
	})
}
