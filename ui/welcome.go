package ui

// This file owns the welcome page: what stands in the window while no project
// is open, and beginning a project from what is dropped on it.

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"photodesk/assets"
	"photodesk/project"
	"photodesk/ui/look"
)

// welcomed is how many recent projects the page names.
const welcomed = 6

// welcome makes the page; it is made anew each time it is shown, since the
// recent projects change.
func (u *App) welcome() fyne.CanvasObject {
	mark := canvas.NewImageFromResource(fyne.NewStaticResource("photodesk.svg", assets.IconSVG)) // a drawing, not a photo
	mark.SetMinSize(fyne.NewSize(56, 56))
	mark.FillMode = canvas.ImageFillContain
	title := look.NewText("Photodesk", look.Ink, 30)
	title.Face = look.SerifDisplay
	title.Alignment = fyne.TextAlignCenter
	line := look.Note(lang.L("Photographs, their captions and credits, the story around them: one page."))
	line.Centre()
	head := look.Column(8, container.NewCenter(mark), title, line)

	button := func(name string, icon fyne.Resource, do func()) *look.Button {
		b := look.NewButtonWithIcon(name, icon, u.guard(name, do))
		b.Alignment = widget.ButtonAlignLeading
		return b
	}
	begin := button(lang.L("New project…"), theme.DocumentCreateIcon(), u.NewProject)
	begin.Importance = widget.HighImportance
	start := look.Column(7, look.Caps(lang.L("Begin")), begin,
		button(lang.L("Open project…"), theme.FolderOpenIcon(), u.openDialog))
	if u.opts.Sample != nil {
		start.Add(button(lang.L("Open the sample essay"), theme.MediaPhotoIcon(), u.openSample))
	}
	columns := look.Row(28, container.NewStack(strut(230, 0), start))
	if list := u.recentProjects(); len(list.Objects) > 1 {
		columns.Add(container.NewStack(strut(300, 0), list))
	}
	drop := look.Note(lang.L("Or drop a folder of photographs anywhere on this window."))
	drop.Centre()
	return container.NewStack(look.Ground(look.Sheet),
		container.NewCenter(look.Column(26, head, container.NewCenter(columns), container.NewStack(strut(420, 0), drop))))
}

func (u *App) recentProjects() *fyne.Container {
	list := look.Column(3, look.Caps(lang.L("Recent projects")))
	for _, path := range u.recent() {
		info, err := os.Stat(path)
		if err != nil {
			continue // moved or deleted: Open recent still names it
		}
		if len(list.Objects) > welcomed {
			break
		}
		b := look.NewButton(strings.TrimSuffix(filepath.Base(path), project.Extension), u.guard("open", func() { u.OpenProject(path) }))
		b.Importance, b.Alignment = widget.LowImportance, widget.ButtonAlignLeading
		where := look.Small(shortPath(filepath.Dir(path)) + "  ·  " + info.ModTime().Format(time.DateOnly))
		list.Add(look.Column(-4, b, look.Inset(0, 9, where)))
	}
	return list
}

// shortPath writes the home folder as ~.
func shortPath(path string) string {
	if rest, ok := strings.CutPrefix(path, home()+string(filepath.Separator)); ok {
		return filepath.Join("~", rest)
	}
	return path
}

// begin takes what was dropped while no project is open: a project is opened,
// photographs become a new one.
func (u *App) begin(paths []string) {
	switch filepath.Ext(paths[0]) {
	case project.Extension, project.PackExtension:
		u.OpenProject(paths[0])
		return
	}
	name := filepath.Base(paths[0])
	if info, err := os.Stat(paths[0]); err == nil && !info.IsDir() {
		name = filepath.Base(filepath.Dir(paths[0]))
	}
	u.askNewProject(name, func() { u.importPaths(paths, nil) })
}

// leaveProject closes the project and shows the welcome page.
func (u *App) leaveProject() {
	if u.project == nil {
		return
	}
	u.whenIdle(func() {
		u.closeProject()
		u.showEmpty()
	})
}
