package dialogs

// This file owns the export form.

import (
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"photodesk/ui/words"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/theme"

	"photodesk/ui/look"
)

// Theme is a page theme on offer; an empty Name is the default.
type Theme struct{ Name, Title string }

// ExportSettings are what the form asks.
type ExportSettings struct {
	Dir      string // the bundle's own folder
	Zip      bool   // a zip beside the folder too
	Theme    string
	VotesURL string // of the vote service; "" keeps votes in the reader's browser

	AVIF         bool
	FixedQuality bool   // instead of one measured for each photo
	Metadata     string // name of the policy; "" is the first of policies

	Reason string // why the open warnings are overruled; "" where there are none
}

// policies are what photographs can carry, by the exporter's names.
var policies = []struct{ name, title string }{
	{"credit", words.Key("Caption, credit and rights")},
	{"all-but-location", words.Key("All but location")},
	{"none", words.Key("No words at all")},
}

var (
	measuredQuality = words.Key("As small as looks the same")
	fixedQuality    = words.Key("The same for every photo")
)

// ExportForm is what the form needs to know and to tell.
type ExportForm struct {
	Settings ExportSettings // as the form begins
	Themes   []Theme
	Problems []Problem // of a check: errors block, warnings can be overruled
	// ChooseFolder lets the editor choose a folder; nil takes Fyne's own dialog.
	ChooseFolder func(current string, chosen func(dir string))
	// AVIFCost says what AVIF takes, such as "about 2 min more". It takes a moment, so it is asked from another goroutine.
	AVIFCost func() string
	Encoders string // what makes the photographs, for the curious
	// GoTo leads to the i-th problem, after the form has closed.
	GoTo func(i int)
	// OK gets what to export, once nothing stands in the way.
	OK func(ExportSettings)
}

// exportForm is the form on screen.
type exportForm struct {
	ExportForm
	win     fyne.Window
	sheet   *sheet
	dir     *escEntry
	zip     *look.Check
	theme   *look.Select
	votes   *escEntry
	avif    *look.Check
	quality *look.Select
	words   *look.Select
	remark  *look.Paragraph
	reason  *escEntry
	export  *look.Button
}

// Export shows the form.
func Export(win fyne.Window, f ExportForm) { newExport(win, f) }

func newExport(win fyne.Window, f ExportForm) *exportForm {
	x := &exportForm{ExportForm: f, win: win}
	escape := func() { x.sheet.close() }
	x.dir = newEscEntry(escape)
	x.dir.SetText(f.Settings.Dir)
	x.dir.SetPlaceHolder(lang.L("A folder for the bundle"))
	x.dir.OnChanged = func(string) { x.weigh() }
	choose := look.NewButtonWithIcon(lang.L("Choose…"), theme.FolderOpenIcon(), x.choose)
	x.zip = look.NewCheck(lang.L("A zip file beside the folder too"), nil)
	x.zip.Checked = f.Settings.Zip
	x.theme = look.NewSelect(nil, nil)
	for _, t := range f.Themes {
		x.theme.Options = append(x.theme.Options, t.Title)
		if t.Name == f.Settings.Theme {
			x.theme.Selected = t.Title
		}
	}
	if x.theme.Selected == "" && len(f.Themes) > 0 {
		x.theme.Selected = f.Themes[0].Title
	}
	x.votes = newEscEntry(escape)
	x.votes.SetText(f.Settings.VotesURL)
	x.votes.SetPlaceHolder("https://votes.example.org")
	x.votes.OnChanged = func(string) { x.weigh() }
	x.photographs()
	x.remark = look.Note("")
	x.reason = newEscEntry(escape)
	x.reason.SetPlaceHolder(lang.L("Why they may stay; it is kept with each of them"))
	x.reason.OnChanged = func(string) { x.weigh() }
	x.export = primary(lang.L("Export"), x.accept)
	for _, e := range []*escEntry{x.dir, x.votes, x.reason} {
		e.OnSubmitted = func(string) {
			if !x.export.Disabled() {
				x.accept()
			}
		}
	}

	form := look.Column(14,
		labelled(lang.L("Destination"), container.NewBorder(nil, nil, nil, choose, x.dir), x.zip),
		container.NewGridWithColumns(2,
			labelled(lang.L("Page theme"), x.theme),
			labelled(lang.L("Vote service"), x.votes)),
		look.Note(lang.L("Without a vote service, votes stay in each reader’s browser, and the page says so.")),
		container.NewGridWithColumns(2,
			labelled(lang.L("Photo quality"), x.quality),
			labelled(lang.L("Words in the photo files"), x.words)),
		x.avif)
	if f.Encoders != "" {
		form.Add(look.Note(f.Encoders))
	}
	size := fyne.NewSize(640, 480)
	content := fyne.CanvasObject(container.NewBorder(form, x.remark, nil, nil))
	if len(f.Problems) > 0 {
		bottom := look.Column(6, x.remark)
		if n := count(f.Problems, Warning); n > 0 {
			title := lang.L("To overrule the warning, give a reason")
			if n > 1 {
				title = fmt.Sprintf(lang.L("To overrule the %d warnings, give a reason"), n)
			}
			bottom = look.Column(6, labelled(title, x.reason), x.remark)
		}
		list := panel(problemList(f.Problems, x.goTo))
		content = container.NewBorder(look.Column(14, form, look.Caps(lang.L("Check"))), look.Inset(6, 0, bottom), nil, nil, look.Inset(6, 0, list))
		size.Height = 720
	}
	x.sheet = newSheet(win, lang.L("Export"), "", content, look.NewButton(lang.L("Cancel"), func() { x.sheet.close() }), x.export)
	x.weigh()
	x.sheet.show(size)
	switch { // what is missing has the caret; where nothing is, Enter exports
	case !x.export.Disabled():
		win.Canvas().Focus(x.export)
	case count(f.Problems, Warning) > 0:
		win.Canvas().Focus(x.reason)
	}
	return x
}

// photographs makes the choices about the photo files.
func (x *exportForm) photographs() {
	label := lang.L("AVIF beside WebP and JPEG")
	x.avif = look.NewCheck(label, nil)
	x.avif.Checked = x.Settings.AVIF
	if x.AVIFCost != nil {
		go func() {
			if cost := x.AVIFCost(); cost != "" {
				fyne.Do(func() { x.avif.SetText(label + ": " + cost) })
			}
		}()
	}
	x.quality = look.NewSelect([]string{lang.L(measuredQuality), lang.L(fixedQuality)}, nil)
	x.quality.Selected = lang.L(measuredQuality)
	if x.Settings.FixedQuality {
		x.quality.Selected = lang.L(fixedQuality)
	}
	x.words = look.NewSelect(nil, nil)
	for _, p := range policies {
		x.words.Options = append(x.words.Options, lang.L(p.title))
		if p.name == x.Settings.Metadata || x.words.Selected == "" {
			x.words.Selected = lang.L(p.title)
		}
	}
}

// weigh says what still stands in the way, and lets Export go only when nothing does.
func (x *exportForm) weigh() {
	words, colour := "", look.Muted
	dir, votes := strings.TrimSpace(x.dir.Text), strings.TrimSpace(x.votes.Text)
	switch {
	case count(x.Problems, Error) > 0:
		words, colour = lang.N("{{.PluralCount}} errors have to be put right first.", count(x.Problems, Error)), look.Error
	case dir == "":
		words = lang.L("Choose where the bundle goes.")
	case !filepath.IsAbs(dir):
		words = lang.L("Write the whole path of the folder.")
	case votes != "" && !address(votes):
		words, colour = lang.L("The vote service’s address begins with https:// (or http:// for a trial)."), look.Warning
	case count(x.Problems, Warning) > 0 && strings.TrimSpace(x.reason.Text) == "":
		words = lang.L("Put the warnings right, or overrule them.")
	}
	x.remark.SetText(words)
	x.remark.SetColor(colour)
	x.remark.Hidden = words == ""
	if words == "" {
		x.export.Enable()
	} else {
		x.export.Disable()
	}
}

func address(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

func (x *exportForm) settings() ExportSettings {
	s := ExportSettings{
		Dir: strings.TrimSpace(x.dir.Text), Zip: x.zip.Checked,
		VotesURL: strings.TrimSpace(x.votes.Text), Theme: x.Settings.Theme,
		AVIF: x.avif.Checked, FixedQuality: x.quality.Selected == lang.L(fixedQuality), Reason: strings.TrimSpace(x.reason.Text),
	}
	for _, p := range policies {
		if lang.L(p.title) == x.words.Selected {
			s.Metadata = p.name
		}
	}
	for _, t := range x.Themes {
		if t.Title == x.theme.Selected {
			s.Theme = t.Name
		}
	}
	return s
}

func (x *exportForm) accept() {
	x.sheet.close()
	if x.OK != nil {
		x.OK(x.settings())
	}
}

func (x *exportForm) goTo(i int) {
	x.sheet.close()
	if x.GoTo != nil {
		x.GoTo(i)
	}
}

func (x *exportForm) choose() {
	chosen := func(dir string) {
		if dir != "" {
			x.dir.SetText(dir)
		}
	}
	if x.ChooseFolder != nil {
		x.ChooseFolder(x.dir.Text, chosen)
		return
	}
	d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if err == nil && u != nil {
			chosen(u.Path())
		}
	}, x.win)
	if at, err := storage.ListerForURI(storage.NewFileURI(filepath.Dir(x.dir.Text))); err == nil {
		d.SetLocation(at)
	}
	d.Show()
}
