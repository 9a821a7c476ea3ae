package dialogs

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"photodesk/export/publish"
	"photodesk/ui/look"
)

var exports = []Bundle{{"/bundles/storm", time.Now()}, {"/bundles/storm-before", time.Now().Add(-time.Hour)}}

// A target decides what is asked and whether anything may go.
func TestPublishAsksWhatTheTargetNeeds(t *testing.T) {
	for _, c := range []struct {
		name, target string
		bundles      []Bundle
		secret       string // its title, "" where none is asked
		says         string // what stands in the way
	}{
		{"nothing", "", exports, "", "Say where"},
		{"a folder", "/srv/www/storm", exports, "", ""},
		{"a zip", "/srv/storm.zip", exports, "", ""},
		{"not a whole path", "www/storm", exports, "", "whole path"},
		{"sftp", "sftp://desk@www.example.org/srv/www/storm", exports, "Password", ""},
		{"sftp with a key", "sftp://desk@www.example.org/srv/www/storm?key=~/.ssh/desk", exports, "Passphrase of the key", ""},
		{"sftp without a user", "sftp://www.example.org/srv/www/storm", exports, "", "Target: name the user"},
		{"a password in it", "sftp://desk:hush@www.example.org/srv", exports, "", "Write no password into the target"},
		{"s3", "s3://id@essays/storm?endpoint=https://s3.example.org", exports, "Secret of the access key", ""},
		{"never exported", "/srv/www/storm", nil, "", "not exported"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, _ := newWindow(t)
			var got *PublishSettings
			x := newPublish(w, PublishForm{Bundles: c.bundles, OK: func(s PublishSettings) { got = &s }})
			x.target.SetText(c.target)
			if asked := x.asked.Visible(); asked != (c.secret != "") || asked && x.secretName.Text != c.secret {
				t.Errorf("it asks %v for %q", asked, x.secretName.Text)
			}
			if say := x.remark.Text(); c.says == "" && say != "" || !strings.Contains(say, c.says) {
				t.Errorf("it says %q", say)
			}
			if strings.Contains(x.remark.Text(), "hush") {
				t.Error("it tells the password")
			}
			x.secret.SetText("open sesame")
			x.keep.SetChecked(true)
			if len(c.bundles) > 1 {
				x.bundle.SetSelectedIndex(1)
			}
			test.Tap(x.publish)
			if (got != nil) != (c.says == "") {
				t.Fatalf("published: %v", got)
			}
			if got == nil {
				return
			}
			want, err := publish.Parse(c.target)
			if err != nil || got.Target != want || got.Dir != "/bundles/storm-before" || got.AcceptHost != "" {
				t.Errorf("it would publish %+v: %v", got, err)
			}
			if needs := c.secret != ""; got.Remember != needs || (got.Secret == "open sesame") != needs {
				t.Errorf("the secret %q, kept: %v", got.Secret, got.Remember)
			}
			if sheets(w) != 0 {
				t.Error("the sheet stays open")
			}
		})
	}
}

// lookAt is a target that is looked at; the test answers.
type lookAt struct {
	ctx  context.Context
	asks []PublishSettings
	done func(publish.Report, error)
}

func (l *lookAt) look(ctx context.Context, s PublishSettings, done func(publish.Report, error)) {
	l.ctx, l.done = ctx, done
	l.asks = append(l.asks, s)
}

func TestPublishShowsWhatWouldChange(t *testing.T) {
	w, _ := newWindow(t)
	at := &lookAt{}
	x := newPublish(w, PublishForm{Target: "/srv/www/storm", Bundles: exports, Changed: true, Look: at.look})
	if w.Canvas().Focused() != x.look {
		t.Errorf("the focus is on %T", w.Canvas().Focused())
	}
	test.Tap(x.look)
	if len(at.asks) != 1 || !x.look.Disabled() || x.publish.Disabled() || x.remark.Text() != "Looking at what is there…" {
		t.Fatalf("asked %d times; it says %q", len(at.asks), x.remark.Text())
	}
	at.done(publish.Report{
		Sent:    []publish.File{{Path: "photos/a.jpg", Size: 1_250_000}, {Path: "index.html", Size: 12_000}},
		Removed: []string{"photos/old.jpg"}, Kept: 40, Bytes: 1_262_000,
	}, nil)
	if x.summary.Text != "to send: 2 files, 1.3 MB; to remove: 1; there already: 40" || x.remark.Visible() || x.look.Disabled() {
		t.Errorf("it says %q and %q", x.summary.Text, x.remark.Text())
	}
	row := x.plan.CreateItem()
	var rows []string
	for i := range x.plan.Length() {
		x.plan.UpdateItem(i, row)
		var words []string
		for _, o := range row.(*fyne.Container).Objects[0].(*fyne.Container).Objects {
			words = append(words, o.(*look.Text).Text)
		}
		rows = append(rows, strings.Join(words, " "))
	}
	if want := "[photos/a.jpg 1.2 MB index.html 12 kB photos/old.jpg is removed]"; fmt.Sprint(rows) != want {
		t.Errorf("the list is %v, want %s", rows, want)
	}

	// What is typed makes it old, also while it looks.
	test.Tap(x.look)
	ctx, late := at.ctx, at.done
	x.target.SetText("/srv/www/storm2")
	if ctx.Err() == nil || x.plan.Length() != 0 || x.summary.Text != "" {
		t.Error("the list of another target stays")
	}
	late(publish.Report{Sent: []publish.File{{Path: "index.html"}}}, nil)
	if x.plan.Length() != 0 {
		t.Error("an answer that came late is shown")
	}
	test.Tap(x.look)
	at.done(publish.Report{Kept: 40}, nil)
	if !strings.Contains(x.remark.Text(), "nothing would change") {
		t.Errorf("it says %q", x.remark.Text())
	}
	test.Tap(x.look)
	at.done(publish.Report{}, fmt.Errorf("publish to x: %w; check who may write there", publish.ErrDenied))
	if !x.bad || !strings.Contains(x.remark.Text(), "permission denied") || x.publish.Disabled() {
		t.Errorf("it says %q", x.remark.Text())
	}
	test.Tap(x.look)
	w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if at.ctx.Err() == nil || sheets(w) != 0 {
		t.Error("it looks on although the sheet is closed")
	}
}

// A server that isn't known is shown with its fingerprint, and trusted by that one only, until the target is another.
func TestPublishTrustsAHost(t *testing.T) {
	w, _ := newWindow(t)
	at := &lookAt{}
	var got *PublishSettings
	x := newPublish(w, PublishForm{
		Target: "sftp://desk@www.example.org/srv/www/storm", Bundles: exports, Look: at.look,
		OK: func(s PublishSettings) { got = &s },
	})
	unknown := fmt.Errorf("publish: %w", &publish.UnknownHostError{Host: "www.example.org:22", Fingerprint: "SHA256:abc", KeyType: "ssh-ed25519"})
	test.Tap(x.look)
	at.done(publish.Report{}, unknown)
	if !x.host.Visible() || !x.publish.Disabled() || !strings.Contains(x.hostWords.Text(), "SHA256:abc") || strings.Contains(x.hostWords.Text(), "--accept") {
		t.Fatalf("it says %q; shown: %v", x.hostWords.Text(), x.host.Visible())
	}
	test.Tap(x.trust)
	if len(at.asks) != 2 || at.asks[0].AcceptHost != "" || at.asks[1].AcceptHost != "SHA256:abc" || x.host.Visible() {
		t.Fatalf("asked with %+v", at.asks)
	}
	at.done(publish.Report{Kept: 1}, nil)
	x.target.SetText("sftp://desk@other.example.org/srv/www/storm")
	test.Tap(x.look)
	if at.asks[2].AcceptHost != "" {
		t.Error("another server is trusted too")
	}
	at.done(publish.Report{}, &publish.ChangedHostError{Host: "www.example.org:22", Fingerprint: "SHA256:xyz", Known: "known_hosts:7"})
	if x.host.Visible() || !x.bad || !strings.Contains(x.remark.Text(), "DANGER") || !strings.Contains(x.remark.Text(), "known_hosts:7") {
		t.Errorf("of another key it says %q", x.remark.Text())
	}
	x.sheet.close()

	// The same after publishing itself met it.
	before, err := publish.Parse("sftp://desk@www.example.org/srv/www/storm")
	if err != nil {
		t.Fatal(err)
	}
	x = newPublish(w, PublishForm{
		Target: before.String(), Bundles: exports, Look: at.look, Again: unknown, OK: func(s PublishSettings) { got = &s },
		Settings: PublishSettings{Dir: exports[1].Dir, Target: before, Secret: "open sesame", Remember: true},
	})
	if w.Canvas().Focused() != x.trust || x.secret.Text != "open sesame" || x.bundle.SelectedIndex() != 1 {
		t.Errorf("what was asked is forgotten: %q, bundle %d", x.secret.Text, x.bundle.SelectedIndex())
	}
	test.Tap(x.trust)
	at.done(publish.Report{}, nil)
	test.Tap(x.publish)
	want := PublishSettings{Dir: exports[1].Dir, Target: before, Secret: "open sesame", Remember: true, AcceptHost: "SHA256:abc"}
	if got == nil || *got != want {
		t.Errorf("it publishes %+v, want %+v", got, want)
	}
	x = newPublish(w, PublishForm{Target: before.String(), Bundles: exports, Again: errors.Join(publish.ErrLogin), Settings: want})
	if w.Canvas().Focused() != x.secret || !strings.Contains(x.remark.Text(), "The login was refused") {
		t.Errorf("after a wrong password the focus is on %T; it says %q", w.Canvas().Focused(), x.remark.Text())
	}
}

func TestPublishTakesTheChosenFolder(t *testing.T) {
	w, _ := newWindow(t)
	x := newPublish(w, PublishForm{Bundles: exports, ChooseFolder: func(_ string, chosen func(string)) { chosen(filepath.FromSlash("/mnt/web/storm")) }})
	test.Tap(buttons(w, "Choose…")[0])
	if x.target.Text != filepath.FromSlash("/mnt/web/storm") || x.publish.Disabled() {
		t.Errorf("the target is %q", x.target.Text)
	}
}
