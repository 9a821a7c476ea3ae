package ui

// This file owns what changes many captions: templates, codes, batches, tables.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"photodesk/export"
	"photodesk/project"
	"photodesk/project/wording"
	"photodesk/ui/dialogs"
	"photodesk/ui/words"
)

var (
	tableFiles = &fileKind{"CSV", []string{".csv", ".CSV", ".tsv", ".txt"}}
	codeFiles  = &fileKind{words.Key("Text"), []string{".txt", ".TXT", ".tsv", ".csv"}}
)

// apply makes changes that the editor has seen, as one step.
func (u *App) apply(label string, changes []project.WordChange) {
	if len(changes) == 0 {
		return
	}
	u.flush()
	err := u.project.Edit(u.ctx, label, func(tx *project.Tx) error { return tx.Apply(changes) })
	if errors.Is(err, project.ErrChanged) {
		u.fail(label, err)
		return
	}
	if err != nil {
		u.notKept(label, err)
		return
	}
	u.failed = false
	u.drain()
	u.tell(lang.N("{{.PluralCount}} fields changed", len(changes)))
}

// applyTemplate has the editor choose a template for the photo at hand.
func (u *App) applyTemplate() {
	if !u.writable() {
		return
	}
	u.flush()
	w, ok := u.currentWords()
	if !ok {
		u.inform(lang.L("Apply template"), lang.L("Select a photo first."))
		return
	}
	list, err := u.project.Templates(u.ctx)
	if err != nil {
		u.fail(lang.L("Apply template"), err)
		return
	}
	words := func(t project.Template) string {
		return wording.Expand(t.Text, u.readCodes(), w.Values(time.Now())).Text
	}
	dialogs.PickTemplate(u.win, list, words, func(t project.Template) {
		b := project.Batch{Kind: project.BatchSet, Fields: []project.Field{project.FieldCaption}, With: t.Text}
		changes, err := b.Changes([]project.Words{w}, u.readCodes(), time.Now())
		if err != nil {
			u.fail(lang.L("Apply template"), err)
			return
		}
		u.apply(lang.L("Apply template"), changes)
		if u.captioning() {
			u.captions.FocusCaption()
		}
	}, u.editTemplates)
}

// changeMany shows what a change would do to many photos, and does it.
func (u *App) changeMany() {
	if !u.writable() {
		return
	}
	u.flush()
	scopes, err := u.scopes()
	if err != nil {
		u.fail(lang.L("Change many photos"), err)
		return
	}
	templates, err := u.project.Templates(u.ctx)
	if err != nil {
		u.fail(lang.L("Change many photos"), err)
		return
	}
	dialogs.Batch(u.win, dialogs.BatchForm{
		Scopes: scopes, Templates: templates,
		Plan: func(b project.Batch, words []project.Words) ([]project.WordChange, error) {
			return b.Changes(words, u.readCodes(), time.Now())
		},
		OK: u.apply,
	})
}

// scopes are the photos that a change can be about: those selected, those of the
// essay, the library. Where the essay shown has words of its own for one of them,
// they are among it.
func (u *App) scopes() ([]dialogs.Scope, error) {
	photos, err := u.project.Photos(u.ctx, project.Filter{})
	if err != nil {
		return nil, err
	}
	var story []project.Words
	if u.shown != nil {
		story = project.InStory(u.shown, u.photos)
	}
	var out []dialogs.Scope
	add := func(title string, n int, words []project.Words) {
		if n > 0 {
			out = append(out, dialogs.Scope{Title: fmt.Sprintf("%s (%d)", title, n), Words: words})
		}
	}
	if selected := u.library.Selection(); len(selected) > 0 && !u.captioning() {
		chosen := map[int64]bool{}
		for _, id := range selected {
			chosen[id] = true
		}
		var words []project.Words
		for _, ph := range photos {
			if chosen[ph.ID] {
				words = append(words, project.Words{Photo: ph})
			}
		}
		for _, w := range story {
			if chosen[w.Photo.ID] {
				words = append(words, w)
			}
		}
		add(lang.L("Selected photos"), len(selected), words)
	}
	if u.captioning() && !u.captions.story {
		add(lang.L("Photos being captioned"), len(u.captions.List()), u.captions.List())
	}
	if u.shown != nil {
		add(lang.L("Photos of this essay"), len(u.shown.PhotoIDs()), story)
	}
	add(lang.L("All photos of the library"), len(photos), append(project.InLibrary(photos), story...))
	if len(out) == 0 {
		return nil, errors.New("there are no photos yet; import some first")
	}
	return out, nil
}

// editCodes shows the desk's code replacements.
func (u *App) editCodes() {
	if !u.writable() {
		return
	}
	u.flush()
	list, err := u.project.Codes(u.ctx)
	if err != nil {
		u.fail(lang.L("Code replacements"), err)
		return
	}
	dialogs.Codes(u.win, list, func(got func(text string)) {
		u.askPath(pathQuestion{
			title: lang.L("Import a list of codes"), label: lang.L("Text file"), ok: lang.L("Import"), filter: codeFiles,
			note: lang.L("A line a code, tabs between it and what it stands for, as Photo Mechanic’s code files have it."),
		}, func(paths []string) {
			text, err := readText(paths[0])
			if err != nil {
				u.fail(lang.L("Import a list of codes"), err)
				return
			}
			got(text)
		})
	}, func(codes []wording.Code) {
		u.edit(lang.L("Change code replacements"), "", func(tx *project.Tx) error { return tx.SetCodes(codes) })
	})
}

// maxText is beyond any list of codes and short of a mistaken film.
const maxText = 8 << 20

func readText(path string) (string, error) {
	st, err := os.Stat(path)
	if err != nil {
		return "", fmt.Errorf("read %s: %w", filepath.Base(path), err)
	}
	if st.Size() > maxText {
		return "", fmt.Errorf("read %s: it is longer than %d MB, which no list is", filepath.Base(path), maxText>>20)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("read %s: %w", filepath.Base(path), err)
	}
	return string(data), nil
}

// editTemplates shows the project's templates.
func (u *App) editTemplates() {
	if !u.writable() {
		return
	}
	u.flush()
	list := func() []project.Template {
		all, err := u.project.Templates(u.ctx)
		if err != nil {
			u.fail(lang.L("Templates"), err)
		}
		return all
	}
	dialogs.Templates(u.win, list(), func(t project.Template) []project.Template {
		u.edit(lang.L("Keep template"), "", func(tx *project.Tx) error {
			_, err := tx.PutTemplate(t)
			return err
		})
		return list()
	}, func(id int64) []project.Template {
		u.edit(lang.L("Delete template"), "", func(tx *project.Tx) error { return tx.DeleteTemplate(id) })
		return list()
	})
}

// exportCaptions writes captions as a table: the essay's, or the library's where
// none is shown.
func (u *App) exportCaptions() {
	if u.project == nil {
		return
	}
	u.flush()
	scopes, err := u.scopes()
	if err != nil {
		u.fail(lang.L("Export captions"), err)
		return
	}
	words := scopes[0].Words
	at := filepath.Join(u.lastFolder("browse", home()), u.project.Name()+" captions.csv")
	u.askPath(pathQuestion{
		title: lang.L("Export captions as CSV"), label: lang.L("File"), ok: lang.L("Export"), text: at, save: true, filter: tableFiles,
		note: scopes[0].Title + ". " + lang.L("A spreadsheet or another desk can change it; import it again to see what changed."),
	}, func(paths []string) {
		path := paths[0]
		if filepath.Ext(path) == "" {
			path += ".csv"
		}
		if _, err := os.Lstat(path); err == nil {
			u.confirm(lang.L("Replace the file?"), filepath.Base(path), lang.L("Replace"), func() { u.writeCaptions(path, words) })
			return
		}
		u.writeCaptions(path, words)
	})
}

func (u *App) writeCaptions(path string, words []project.Words) {
	u.setLastFolder("browse", filepath.Dir(path))
	u.behindScenes(func(context.Context) func() {
		err := writeFile(path, func(f io.Writer) error { return project.WriteCaptions(f, words, true) })
		return func() {
			if err != nil {
				u.fail(lang.L("Export captions"), err)
				return
			}
			u.tell(fmt.Sprintf(lang.L("Captions are in %s"), filepath.Base(path)))
		}
	})
}

// writeFile writes a file, whole or not at all.
func writeFile(path string, write func(io.Writer) error) error {
	if err := export.WriteWhole(path, write); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	return nil
}

// importCaptions reads a table and shows what it would change.
func (u *App) importCaptions() {
	if !u.writable() {
		return
	}
	u.flush()
	p := u.project
	u.askPath(pathQuestion{
		title: lang.L("Import captions from CSV"), label: lang.L("File"), ok: lang.L("Read"), filter: tableFiles,
		note: lang.L("Photos are known by the columns file and sha256. You see every change before it is made."),
	}, func(paths []string) {
		u.setLastFolder("browse", filepath.Dir(paths[0]))
		u.behindScenes(func(ctx context.Context) func() {
			table, err := readCaptions(ctx, p, paths[0])
			return func() {
				if err != nil {
					u.fail(lang.L("Import captions"), err)
					return
				}
				name := strings.TrimSpace(filepath.Base(paths[0]))
				dialogs.CaptionTable(u.win, name, table, func(changes []project.WordChange) { u.apply(lang.L("Import captions"), changes) })
			}
		})
	})
}

func readCaptions(ctx context.Context, p *project.Project, path string) (project.CaptionTable, error) {
	f, err := os.Open(path)
	if err != nil {
		return project.CaptionTable{}, fmt.Errorf("read captions: %w", err)
	}
	defer f.Close()
	return p.PlanCaptions(ctx, f)
}
