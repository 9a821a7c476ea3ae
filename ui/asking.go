package ui

// This file owns the small questions: yes or no, what went wrong, and which
// path. A path can always be typed; the system's own dialogs are a button away.

import (
	"context"
	"errors"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/lang"
	"photodesk/ui/words"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/widget"
	"github.com/ncruces/zenity"

	"photodesk/project"
	"photodesk/ui/look"
)

const wrapWords = fyne.TextWrapWord

var projectFiles = &fileKind{words.Key("Photodesk projects"), []string{project.Extension, project.PackExtension}}

var photoFiles = &fileKind{words.Key("Photographs"), []string{
	".jpg", ".jpeg", ".jpe", ".png", ".gif", ".webp", ".tif", ".tiff", ".avif", ".heic", ".heif",
	".JPG", ".JPEG", ".PNG", ".TIF", ".TIFF",
}}

type fileKind struct {
	name string
	ends []string
}

// confirm asks before something that the editor may not mean.
func (u *App) confirm(title, text, yes string, do func()) {
	u.win.Canvas().Focus(u.question(title, yes, paragraph(text), u.guard(yes, do)))
}

// question shows content above Cancel and a button that does something, which
// is returned.
func (u *App) question(title, yes string, content fyne.CanvasObject, do func()) *look.Button {
	d := dialog.NewCustomWithoutButtons(title, content, u.win)
	ok := look.NewButton(yes, func() {
		d.Hide()
		do()
	})
	ok.Importance = widget.HighImportance
	d.SetButtons([]fyne.CanvasObject{look.NewButton(lang.L("Cancel"), d.Hide), ok})
	u.escapable(d)
	return ok
}

// escapable shows a dialog that Escape closes.
func (u *App) escapable(d dialog.Dialog) {
	u.shut = d.Hide
	d.SetOnClosed(func() { u.shut = nil })
	d.Show()
}

// inform tells something that needs no decision.
func (u *App) inform(title, text string) {
	u.win.Canvas().Focus(u.closable(dialog.NewCustomWithoutButtons(title, paragraph(text), u.win)))
}

// closable shows a dialog with the one button Close, which is returned.
func (u *App) closable(d *dialog.CustomDialog) *look.Button {
	shut := look.NewButton(lang.L("Close"), d.Hide)
	d.SetButtons([]fyne.CanvasObject{shut})
	u.escapable(d)
	return shut
}

// fail tells what went wrong and what can be done about it.
func (u *App) fail(what string, err error) {
	if err == nil || u.closing {
		return
	}
	d := dialog.NewCustomWithoutButtons(what, paragraph(words.Error(err)), u.win)
	shut := look.NewButton(lang.L("Close"), d.Hide)
	// The English says most to whoever is asked for help.
	whole := look.NewButton(lang.L("Copy"), func() { u.app.Clipboard().SetContent(what + ": " + err.Error()) })
	d.SetButtons([]fyne.CanvasObject{whole, shut})
	u.escapable(d)
	u.win.Canvas().Focus(shut)
}

func paragraph(text string) fyne.CanvasObject {
	l := widget.NewLabel(text)
	l.Wrapping = wrapWords // not selectable: that would keep Escape from the dialog
	return sized(460, l)
}

// sized holds an object to a width of at least so much.
func sized(width float32, obj fyne.CanvasObject) fyne.CanvasObject {
	return container.NewStack(strut(width, 0), obj)
}

func itoa(n int) string { return strconv.Itoa(n) }

// photoCount says how many photos there are.
func photoCount(n int) string { return lang.N("{{.PluralCount}} photos", n) }

func countWords(s string) int { return len(strings.Fields(s)) }

// pathQuestion asks for one path, or for several.
type pathQuestion struct {
	title, label, note, ok, text string
	filter                       *fileKind
	many                         bool // one a line; files and folders
	save                         bool // may not exist yet
	folder                       bool
}

// askPath shows the question; answer is given at least one path.
func (u *App) askPath(q pathQuestion, answer func(paths []string)) {
	entry := newPathEntry(q.many)
	entry.SetText(q.text)
	add := func(paths ...string) {
		if !q.many {
			entry.SetText(paths[0])
			return
		}
		all := append(splitPaths(entry.Text), paths...)
		entry.SetText(strings.Join(all, "\n"))
	}
	buttons := container.NewHBox()
	if !q.folder {
		buttons.Add(look.NewButton(lang.L("Browse files…"), func() { u.browse(q, false, add) }))
	}
	if q.many || q.folder {
		buttons.Add(look.NewButton(lang.L("Browse folder…"), func() { u.browse(q, true, add) }))
	}
	buttons.Add(layout.NewSpacer())
	rows := container.NewVBox(look.Caps(q.label), entry, buttons)
	if q.note != "" {
		rows.Add(look.Note(q.note))
	}
	rows.Add(look.Gap(6))
	ok := u.question(q.title, q.ok, sized(560, rows), u.guard(q.title, func() {
		if paths := splitPaths(entry.Text); len(paths) > 0 {
			answer(paths)
		}
	}))
	entry.done, entry.cancel = func() {
		if len(splitPaths(entry.Text)) > 0 {
			ok.OnTapped()
		}
	}, u.shut
	u.win.Canvas().Focus(entry)
	entry.CursorRow, entry.CursorColumn = 0, len([]rune(q.text))
	entry.Refresh()
}

// splitPaths reads typed, pasted or dropped paths: one a line, as paths or file addresses.
func splitPaths(text string) []string {
	var out []string
	for _, line := range strings.Split(text, "\n") {
		line = strings.Trim(strings.TrimSpace(line), `"`)
		if line == "" {
			continue
		}
		if strings.HasPrefix(line, "file:") {
			if a, err := url.Parse(line); err == nil && a.Path != "" {
				line = filepath.FromSlash(a.Path)
			}
		}
		if rest, ok := strings.CutPrefix(line, "~/"); ok {
			line = filepath.Join(home(), rest)
		}
		out = append(out, line)
	}
	return out
}

// browse asks the system's own dialog, or Fyne's where the system has none.
func (u *App) browse(q pathQuestion, folder bool, got func(paths ...string)) {
	if zenity.IsAvailable() {
		u.behindScenes(func(ctx context.Context) func() {
			paths, err := browseNative(ctx, q, folder)
			return func() {
				switch {
				case errors.Is(err, zenity.ErrCanceled):
				case err != nil:
					u.browseFyne(q, folder, got)
				case len(paths) > 0:
					got(paths...)
				}
			}
		})
		return
	}
	u.browseFyne(q, folder, got)
}

func browseNative(ctx context.Context, q pathQuestion, folder bool) ([]string, error) {
	o := []zenity.Option{zenity.Title(q.title), zenity.Context(ctx)}
	if q.filter != nil && !folder {
		f := zenity.FileFilter{Name: lang.L(q.filter.name)}
		for _, end := range q.filter.ends {
			f.Patterns = append(f.Patterns, "*"+end)
		}
		o = append(o, f)
	}
	one := func(path string, err error) ([]string, error) { return []string{path}, err }
	switch {
	case folder:
		return one(zenity.SelectFile(append(o, zenity.Directory())...))
	case q.many:
		return zenity.SelectFileMultiple(o...)
	case q.save:
		return one(zenity.SelectFileSave(append(o, zenity.Filename(q.text))...))
	}
	return one(zenity.SelectFile(o...))
}

func (u *App) browseFyne(q pathQuestion, folder bool, got func(paths ...string)) {
	took := func(a fyne.URI) {
		if a != nil {
			got(filepath.FromSlash(a.Path()))
		}
	}
	var d interface {
		SetLocation(fyne.ListableURI)
		Resize(fyne.Size)
		Show()
	}
	switch {
	case folder:
		d = dialog.NewFolderOpen(func(a fyne.ListableURI, err error) {
			if err == nil && a != nil {
				took(a)
			}
		}, u.win)
	case q.save:
		fd := dialog.NewFileSave(func(w fyne.URIWriteCloser, err error) {
			if err == nil && w != nil {
				_ = w.Close()
				took(w.URI())
			}
		}, u.win)
		d = fd
	default:
		fd := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
			if err == nil && r != nil {
				_ = r.Close()
				took(r.URI())
			}
		}, u.win)
		if q.filter != nil {
			fd.SetFilter(storage.NewExtensionFileFilter(q.filter.ends))
		}
		d = fd
	}
	if at, err := storage.ListerForURI(storage.NewFileURI(u.lastFolder("browse", home()))); err == nil {
		d.SetLocation(at)
	}
	d.Resize(fyne.NewSize(820, 560))
	d.Show()
}

// pathEntry is an entry whose Enter answers and whose Escape cancels.
type pathEntry struct {
	widget.Entry
	done, cancel func()
}

func newPathEntry(many bool) *pathEntry {
	e := &pathEntry{}
	e.MultiLine = many
	if many {
		e.Wrapping = fyne.TextWrapBreak
		e.SetMinRowsVisible(4)
		e.SetPlaceHolder(lang.L("/path/to/photos   one a line; Ctrl+Enter goes on"))
	} else {
		e.Wrapping = fyne.TextWrapOff
		e.Scroll = fyne.ScrollHorizontalOnly
	}
	e.ExtendBaseWidget(e)
	return e
}

// AcceptsTab leaves the Tab key to walk to the buttons.
func (e *pathEntry) AcceptsTab() bool { return false }

// TypedKey answers and cancels.
func (e *pathEntry) TypedKey(ev *fyne.KeyEvent) {
	switch {
	case ev.Name == fyne.KeyEscape && e.cancel != nil:
		e.cancel()
	case !e.MultiLine && e.done != nil && (ev.Name == fyne.KeyReturn || ev.Name == fyne.KeyEnter):
		e.done()
	default:
		e.Entry.TypedKey(ev)
	}
}

// TypedShortcut answers with Ctrl+Enter.
func (e *pathEntry) TypedShortcut(s fyne.Shortcut) {
	if isReturn(s) && e.done != nil {
		e.done()
		return
	}
	e.Entry.TypedShortcut(s)
}
