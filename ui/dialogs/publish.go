package dialogs

// This file owns the publish sheet: which bundle goes where, what that would change, and which server may be trusted.

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"photodesk/export/publish"
	"photodesk/ui/look"
	"photodesk/ui/words"
)

// Bundle is an export that can be published.
type Bundle struct {
	Dir string
	At  time.Time
}

// PublishSettings are what the sheet asks.
type PublishSettings struct {
	Dir    string // the bundle's folder
	Target publish.Target
	// Secret is what was typed; "" stands for what the environment or the keyring holds.
	Secret     string
	Remember   bool   // the secret, in the keyring
	AcceptHost string // fingerprint of a server that the editor trusts
}

// PublishForm is what the sheet needs to know and to tell.
type PublishForm struct {
	Target  string   // as it is written, to begin with
	Bundles []Bundle // the latest first
	Changed bool     // the essay reads otherwise than its latest export
	// Again is what kept the last try from the target, with what was asked then; nil at the first.
	Again    error
	Settings PublishSettings
	// ChooseFolder lets the editor choose a folder.
	ChooseFolder func(current string, chosen func(dir string))
	// Look finds out what publishing would change, beside the window; done comes on the UI goroutine.
	Look func(ctx context.Context, s PublishSettings, done func(publish.Report, error))
	OK   func(PublishSettings)
}

// publishForm is the sheet on screen.
type publishForm struct {
	PublishForm
	win     fyne.Window
	sheet   *sheet
	bundle  *look.Select
	target  *escEntry
	secret  *escEntry
	keep    *look.Check
	remark  *look.Paragraph
	look    *look.Button
	publish *look.Button

	asked      *fyne.Container // the secret and its title
	secretName *look.Text
	host       *fyne.Container // a server that is not known yet
	hostWords  *look.Paragraph
	trust      *look.Button
	accept     string // the fingerprint that is trusted
	offered    string // the one that is shown
	form, body *fyne.Container
	plan       *escList
	summary    *look.Text
	lines      []planLine
	looking    context.CancelFunc // nil unless it looks
	said       string             // by the last look, "" after a change
	bad        bool
}

// planLine is a file that would be sent, or one that would be removed.
type planLine struct {
	name   string
	size   int64
	remove bool
}

// Publish shows the sheet.
func Publish(win fyne.Window, f PublishForm) { newPublish(win, f) }

func newPublish(win fyne.Window, f PublishForm) *publishForm {
	x := &publishForm{PublishForm: f, win: win, accept: f.Settings.AcceptHost}
	escape := func() { x.sheet.close() }
	x.bundle = look.NewSelect(nil, func(string) { x.stale() })
	for _, b := range f.Bundles {
		x.bundle.Options = append(x.bundle.Options, fmt.Sprintf(lang.L("Export of %s in %s"), words.Moment(b.At), b.Dir))
		if b.Dir == f.Settings.Dir {
			x.bundle.Selected = x.bundle.Options[len(x.bundle.Options)-1]
		}
	}
	if x.bundle.Selected == "" && len(f.Bundles) > 0 {
		x.bundle.Selected = x.bundle.Options[0]
	}
	x.target = newEscEntry(escape)
	x.target.SetText(f.Target)
	x.target.SetPlaceHolder("sftp://desk@www.example.org/srv/www/storm")
	x.target.OnChanged = func(string) {
		x.accept = ""
		x.stale()
	}
	choose := look.NewButtonWithIcon(lang.L("Choose…"), theme.FolderOpenIcon(), func() {
		x.ChooseFolder(x.target.Text, func(dir string) { x.target.SetText(dir) })
	})
	choose.Hidden = f.ChooseFolder == nil
	x.secret = newEscEntry(escape)
	x.secret.Password = true
	x.secret.SetText(f.Settings.Secret)
	x.secret.OnChanged = func(string) { x.stale() }
	x.secretName = look.NewText("", look.Muted, look.TextSmall)
	x.keep = look.NewCheck(lang.L("Remember on this machine"), nil)
	x.keep.Checked = f.Settings.Remember
	x.asked = look.Column(3, x.secretName,
		container.NewBorder(nil, nil, nil, x.keep, x.secret),
		look.Note(lang.L("Left empty, it is what this machine’s keyring holds. It is kept there and nowhere else.")))
	x.hostWords = look.NewParagraph("", look.Warning, theme.SizeNameCaptionText)
	x.trust = look.NewButton(lang.L("Trust this host"), x.trusted)
	x.host = look.Column(6, x.hostWords, container.NewHBox(x.trust))
	x.host.Hide()
	x.remark = look.Note("")
	x.makePlan(escape)
	x.look = look.NewButton(lang.L("What would change"), x.ask)
	x.publish = primary(lang.L("Publish"), x.ok)
	for _, e := range []*escEntry{x.target, x.secret} {
		e.OnSubmitted = func(string) {
			if !x.publish.Disabled() {
				x.ok()
			}
		}
	}

	which := labelled(lang.L("Bundle"), x.bundle)
	if f.Changed {
		which.Add(look.NewParagraph(lang.L("The essay has changed since; export it again to publish that."), look.Warning, theme.SizeNameCaptionText))
	}
	x.form = look.Column(14, which,
		labelled(lang.L("Target"), container.NewBorder(nil, nil, nil, choose, x.target),
			look.Note(lang.L("A folder, NAME.zip, sftp://user@host/path, or s3://bucket/prefix?endpoint=https://…"))),
		x.asked, x.host)
	x.body = container.NewBorder(x.form, x.remark, nil, nil,
		look.Inset(6, 0, container.NewBorder(look.Ends(look.Caps(lang.L("What would change")), x.summary), nil, nil, nil, look.Inset(6, 0, framed(x.plan)))))
	x.sheet = newSheet(win, lang.L("Publish"),
		lang.L("Only what changed is sent, the page last. Of what is there, only files that Photodesk published are removed."),
		x.body, look.NewButton(lang.L("Cancel"), escape), x.look, x.publish)
	x.sheet.ended = x.halt
	x.stale()
	if f.Again != nil {
		x.answer(f.Again)
	}
	x.sheet.show(fyne.NewSize(700, 660))
	switch { // what is missing has the caret
	case x.host.Visible():
		win.Canvas().Focus(x.trust)
	case f.Again != nil && x.asked.Visible():
		win.Canvas().Focus(x.secret)
	case x.publish.Disabled():
		win.Canvas().Focus(x.target)
	default:
		win.Canvas().Focus(x.look)
	}
	return x
}

// makePlan makes the list of what would change.
func (x *publishForm) makePlan(escape func()) {
	x.summary = look.NewText("", look.Muted, look.TextSmall)
	x.plan = &escList{escape: escape}
	x.plan.Length = func() int { return len(x.lines) }
	x.plan.CreateItem = func() fyne.CanvasObject {
		name := look.NewText("", look.Ink, look.TextSmall)
		name.Truncate = true
		return look.Inset(2, 12, container.NewBorder(nil, nil, nil, look.NewText("", look.Muted, look.TextSmall), name))
	}
	x.plan.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) {
		row := o.(*fyne.Container).Objects[0].(*fyne.Container)
		name, note := row.Objects[0].(*look.Text), row.Objects[1].(*look.Text)
		l := x.lines[i]
		name.Text, name.Color, note.Text = l.name, look.Ink, words.Size(l.size)
		if l.remove {
			name.Color, note.Text = look.Muted, lang.L("is removed")
		}
		name.Refresh()
		note.Refresh()
		row.Refresh()
	}
	x.plan.OnSelected = func(widget.ListItemID) { x.plan.UnselectAll() }
	x.plan.HideSeparators = true
	x.plan.ExtendBaseWidget(x.plan)
}

// read takes the target as it is written; relative folders would be those of wherever the program was started.
func (x *publishForm) read() (publish.Target, string) {
	text := strings.TrimSpace(x.target.Text)
	switch {
	case text == "":
		return publish.Target{}, lang.L("Say where the page goes.")
	case !strings.Contains(text, "://") && !filepath.IsAbs(text):
		return publish.Target{}, lang.L("Write the whole path of the folder.")
	}
	t, err := publish.Parse(text)
	if err != nil {
		return t, words.Error(err)
	}
	return t, ""
}

// stale forgets what was found out: something of what was asked is another now.
func (x *publishForm) stale() {
	x.halt()
	x.lines, x.summary.Text, x.said, x.bad = nil, "", "", false
	x.host.Hide()
	x.weigh()
}

// weigh says what stands in the way, and lets the buttons go only when nothing does.
func (x *publishForm) weigh() {
	t, missing := x.read()
	if len(x.Bundles) == 0 {
		missing = lang.L("The essay was not exported yet.")
	}
	x.secretName.Text = lang.L("Password")
	switch {
	case t.Kind == publish.S3:
		x.secretName.Text = lang.L("Secret of the access key")
	case t.Key != "":
		x.secretName.Text = lang.L("Passphrase of the key")
	}
	x.asked.Hidden = !t.NeedsSecret()
	say, colour := x.said, look.Muted
	if missing != "" {
		say = missing
	}
	if x.bad {
		colour = look.Error
	}
	x.remark.SetText(say)
	x.remark.SetColor(colour)
	x.remark.Hidden = say == ""
	x.publish.Enable()
	x.look.Enable()
	if missing != "" || x.host.Visible() {
		x.publish.Disable()
	}
	if missing != "" || x.looking != nil || x.host.Visible() {
		x.look.Disable()
	}
	x.form.Refresh()
	x.body.Refresh()
	x.plan.Refresh()
}

func (x *publishForm) settings() PublishSettings {
	t, _ := x.read()
	s := PublishSettings{Target: t, AcceptHost: x.accept}
	if i := x.bundle.SelectedIndex(); i >= 0 && i < len(x.Bundles) {
		s.Dir = x.Bundles[i].Dir
	}
	if t.NeedsSecret() {
		s.Secret, s.Remember = x.secret.Text, x.keep.Checked && x.secret.Text != ""
	}
	return s
}

// ask finds out what would change; whatever is typed meanwhile ends that.
func (x *publishForm) ask() {
	x.stale()
	if x.look.Disabled() || x.Look == nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	x.looking = cancel
	x.said = lang.L("Looking at what is there…")
	x.weigh()
	x.Look(ctx, x.settings(), func(rep publish.Report, err error) {
		if ctx.Err() != nil {
			return
		}
		x.halt()
		if err != nil {
			x.answer(err)
			return
		}
		x.show(rep)
	})
}

// halt ends the look that is under way.
func (x *publishForm) halt() {
	if x.looking != nil {
		x.looking()
		x.looking = nil
	}
}

// answer says why the target can't be had, or asks whether its server is the right one.
func (x *publishForm) answer(err error) {
	var unknown *publish.UnknownHostError
	if errors.As(err, &unknown) {
		x.said, x.bad, x.offered = "", false, unknown.Fingerprint
		x.hostWords.SetText(words.UnknownHost(unknown))
		x.host.Show()
	} else {
		x.said, x.bad = words.Error(err), true
	}
	x.weigh()
}

// trusted takes the server for the right one and looks at what is there.
func (x *publishForm) trusted() {
	x.accept = x.offered
	x.host.Hide()
	x.ask()
}

// show lists what would change.
func (x *publishForm) show(rep publish.Report) {
	x.lines = nil
	for _, f := range rep.Sent {
		x.lines = append(x.lines, planLine{name: f.Path, size: f.Size})
	}
	for _, name := range rep.Removed {
		x.lines = append(x.lines, planLine{name: name, remove: true})
	}
	x.summary.Text = fmt.Sprintf(lang.L("to send: %s, %s; to remove: %d; there already: %d"),
		lang.N("{{.PluralCount}} files", len(rep.Sent)), words.Size(rep.Bytes), len(rep.Removed), rep.Kept)
	x.said, x.bad = "", false
	if len(x.lines) == 0 {
		x.said = lang.L("The target holds this very bundle; nothing would change.")
	}
	x.summary.Refresh()
	x.weigh()
	x.plan.ScrollToTop()
}

func (x *publishForm) ok() {
	s := x.settings()
	x.sheet.close()
	if x.OK != nil {
		x.OK(s)
	}
}
