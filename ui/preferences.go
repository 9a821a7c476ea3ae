package ui

// This file owns the preferences. Each takes effect when it is chosen: there is
// nothing to save and nothing to forget.

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"

	"photodesk/project"
	"photodesk/ui/look"
	"photodesk/ui/words"
)

const (
	prefLanguage = "language" // a code of words.Languages, or ""
	prefContrast = "look.contrast"
	prefScale    = "look.text"
	prefCredit   = "credit.usual"
	prefWelcome  = "start.welcome" // instead of the last project
)

// preferences shows what can be chosen.
func (u *App) preferences() {
	p := u.app.Preferences()
	before := p.String(prefLanguage)
	d := dialog.NewCustomWithoutButtons(lang.L("Preferences"), sized(560, u.preferenceForm()), u.win)
	u.closable(d)
	d.SetOnClosed(func() {
		u.shut = nil
		if u.darkroom != nil {
			u.darkroom.Use(u.usual())
		}
		if p.String(prefLanguage) != before {
			u.guard("language", u.speak)()
		}
	})
}

func (u *App) preferenceForm() fyne.CanvasObject {
	p := u.app.Preferences()
	rows := look.Column(5)
	section := func(title string) {
		if len(rows.Objects) > 0 {
			rows.Add(look.Gap(8))
		}
		rows.Add(look.Caps(title))
	}
	field := func(name string, o fyne.CanvasObject) {
		label := look.NewText(name, look.Ink, look.TextBody)
		first, last := container.NewStack(strut(150, 0), label), fyne.CanvasObject(nil)
		if words.RightToLeft() {
			rows.Add(container.NewBorder(nil, nil, last, first, o))
			return
		}
		rows.Add(container.NewBorder(nil, nil, first, last, o))
	}
	check := func(name, key string, then func()) {
		c := look.NewCheck(name, func(on bool) {
			p.SetBool(key, on)
			if then != nil {
				then()
			}
		})
		c.Checked = p.Bool(key)
		rows.Add(c)
	}

	section(lang.L("Window"))
	names, codes := []string{lang.L("As the system")}, []string{words.System}
	for _, l := range words.Languages {
		names, codes = append(names, l.Name), append(codes, l.Code)
	}
	field(lang.L("Language"), chooser(names, codes, p.String(prefLanguage), func(code string) { p.SetString(prefLanguage, code) }))
	field(lang.L("Appearance"), chooser([]string{lang.L("As the system"), lang.L("Light"), lang.L("Dark")}, []string{"", look.Light, look.Dark},
		p.String(prefLook), u.setLook))
	var sizes []string
	for _, s := range look.Scales {
		sizes = append(sizes, itoa(int(s*100+0.5))+" %")
	}
	field(lang.L("Text size"), chooser(sizes, look.Scales, u.textScale(), u.setTextScale))
	check(lang.L("High contrast"), prefContrast, func() { u.dress(); u.menu.update(u) })
	check(lang.L("Begin with the welcome page instead of the last project"), prefWelcome, nil)

	section(lang.L("Credits"))
	line := func() *pathEntry {
		e := newPathEntry(false)
		e.cancel = func() { u.shut() }
		return e
	}
	credit := line()
	credit.SetPlaceHolder("Jane Doe/Daily Observer")
	credit.SetText(p.String(prefCredit))
	credit.OnChanged = func(text string) { p.SetString(prefCredit, oneLine(text)) }
	field(lang.L("Usual credit"), credit)
	rows.Add(look.Note(lang.L("The Essay menu gives it to selected photos that have none; nothing is ever credited by itself.")))

	section(lang.L("Export"))
	folder := line()
	folder.SetText(p.StringWithFallback(prefExportDir, filepath.Join(home(), "Photodesk", "Bundles")))
	folder.OnChanged = func(text string) { p.SetString(prefExportDir, text) }
	browse := look.NewButton(lang.L("Browse…"), func() {
		u.browse(pathQuestion{title: lang.L("Export to"), folder: true, text: folder.Text}, true, func(paths ...string) { folder.SetText(paths[0]) })
	})
	field(lang.L("Folder of bundles"), container.NewBorder(nil, nil, nil, browse, folder))
	votes := line()
	votes.SetPlaceHolder("https://votes.example.org")
	votes.SetText(p.String(prefVotesURL))
	votes.OnChanged = func(text string) { p.SetString(prefVotesURL, oneLine(text)) }
	field(lang.L("Vote service"), votes)
	check(lang.L("A zip file beside the folder too"), prefExportZip, nil)
	check(lang.L("AVIF beside WebP and JPEG"), prefAVIF, nil)
	return rows
}

// chooser offers values by their names.
func chooser[T comparable](names []string, values []T, now T, chosen func(T)) *look.Select {
	s := look.NewSelect(names, nil)
	for i, v := range values {
		if v == now {
			s.SetSelectedIndex(i)
		}
	}
	s.OnChanged = func(string) {
		if i := s.SelectedIndex(); i >= 0 {
			chosen(values[i])
		}
	}
	return s
}

func (u *App) textScale() float32 {
	return float32(u.app.Preferences().FloatWithFallback(prefScale, 1))
}

func (u *App) setTextScale(s float32) {
	u.app.Preferences().SetFloat(prefScale, float64(s))
	u.dress()
}

// largerText goes one size up or down.
func (u *App) largerText(by int) {
	at := 0
	for i, s := range look.Scales {
		if s <= u.textScale()+0.01 {
			at = i
		}
	}
	u.setTextScale(look.Scales[min(max(at+by, 0), len(look.Scales)-1)])
}

// switchContrast turns high contrast on or off.
func (u *App) switchContrast() {
	p := u.app.Preferences()
	p.SetBool(prefContrast, !p.Bool(prefContrast))
	u.dress()
	u.menu.update(u)
}

// speak takes up the language that the editor chose: the rooms are made anew,
// since words are looked up when they are put on screen.
func (u *App) speak() {
	u.flush()
	if err := words.Use(u.app.Preferences().String(prefLanguage)); err != nil {
		u.fail(lang.L("Language"), err)
	}
	u.remember()
	at := u.focus
	u.bar.Close()
	u.focus = focus{}
	u.makeRooms()
	u.menu = u.makeMenus()
	u.win.SetMainMenu(u.menu.main)
	u.frame = u.makeFrame()
	u.win.SetContent(u.frame.whole(u.win))
	if u.project == nil {
		u.showEmpty()
		return
	}
	u.fill()
	u.setFocus(at)
}

// giveCredit gives the usual credit to those of the selected photos that have none.
func (u *App) giveCredit() {
	if !u.writable() {
		return
	}
	u.flush()
	credit := u.app.Preferences().String(prefCredit)
	if credit == "" {
		u.inform(lang.L("Give usual credit"), lang.L("There is no usual credit yet: write it in the preferences."))
		return
	}
	var bare []int64
	for _, id := range u.library.Selection() {
		if ph, err := u.project.Photo(u.ctx, id); err == nil && ph.CreditLine == "" {
			bare = append(bare, id)
		}
	}
	if len(bare) == 0 {
		u.inform(lang.L("Give usual credit"), lang.L("Select photos without a credit in the library first."))
		return
	}
	u.edit(lang.N("Give usual credit to {{.PluralCount}} photos", len(bare)), "", func(tx *project.Tx) error {
		for _, id := range bare {
			ph, err := tx.Photo(id)
			if err != nil {
				return err
			}
			ph.CreditLine = credit
			if err := tx.UpdatePhoto(ph); err != nil {
				return err
			}
		}
		return nil
	})
}
