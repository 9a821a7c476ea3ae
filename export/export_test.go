package export

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"photodesk/export/votes"
	"photodesk/project"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// writePhoto makes a JPEG of w by h pixels that no other number gives.
func writePhoto(t *testing.T, name string, w, h, n int) {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetRGBA(x, y, color.RGBA{uint8(255 * x / w), uint8(255 * y / h), uint8(60 * n), 255})
		}
	}
	var b bytes.Buffer
	must(t, jpeg.Encode(&b, img, nil))
	must(t, os.WriteFile(name, b.Bytes(), 0o644))
}

// newEssay makes a project with an essay of n photos, all credited.
func newEssay(t *testing.T, n int) (*project.Project, int64) {
	t.Helper()
	dir := t.TempDir()
	p, err := project.Create(t.Context(), filepath.Join(dir, "desk.photodesk"))
	must(t, err)
	t.Cleanup(func() { _ = p.Close() })
	photos := t.TempDir()
	for i := range n {
		writePhoto(t, filepath.Join(photos, fmt.Sprintf("photo-%d.jpg", i)), 1100+10*i, 700, i)
	}
	_, err = p.Import(t.Context(), []string{photos}, nil)
	must(t, err)
	var essay int64
	must(t, p.Edit(t.Context(), "New essay", func(tx *project.Tx) error {
		if essay, err = tx.AddEssay(project.Essay{Slug: "storm", Headline: "Storm <over> the coast", Votes: true}); err != nil {
			return err
		}
		last, err := tx.AddBlock(essay, 0, project.Block{Kind: project.KindText, Text: "It blew **hard**.\n\nThen it stopped."})
		if err != nil {
			return err
		}
		for id := int64(1); id <= int64(n); id++ {
			ph, err := tx.Photo(id)
			if err != nil {
				return err
			}
			ph.Caption, ph.Alt, ph.CreditLine = fmt.Sprintf("Waves break, number %d.", id), "Waves.", "Jane Doe/AP"
			if err := tx.UpdatePhoto(ph); err != nil {
				return err
			}
			b := project.Block{Kind: project.KindPhoto, Placements: []project.Placement{{PhotoID: id, Vote: id == 1}}}
			if last, err = tx.AddBlock(essay, last, b); err != nil {
				return err
			}
		}
		return nil
	}))
	return p, essay
}

// export runs Export with a cache of the test's own.
func exportTo(t *testing.T, p *project.Project, essay int64, out string) Report {
	t.Helper()
	rep, err := Export(t.Context(), p, essay, Options{Out: out, Zip: true, Cache: t.TempDir()}, nil)
	must(t, err)
	return rep
}

func TestExportIsWholeAndTheSameTwice(t *testing.T) {
	p, essay := newEssay(t, 2)
	a, b := filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "somewhere else", "b")
	rep := exportTo(t, p, essay, a)
	exportTo(t, p, essay, b)
	for _, dir := range []string{a, b} {
		v, err := Verify(dir)
		must(t, err)
		if !v.OK() || v.Files != rep.Files-1 {
			t.Errorf("verify %s: %+v, want %d files", dir, v, rep.Files-1)
		}
	}
	read := func(dir string) map[string]string {
		files := map[string]string{}
		must(t, fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(filepath.Join(dir, name))
			files[name] = string(data)
			return err
		}))
		return files
	}
	fa, fb := read(a), read(b)
	if len(fa) != rep.Files || len(fa) != len(fb) {
		t.Fatalf("%d and %d files, reported %d", len(fa), len(fb), rep.Files)
	}
	for name, data := range fa {
		if fb[name] != data {
			t.Errorf("%s differs between two exports", name)
		}
	}
	za, err := os.ReadFile(a + ".zip")
	must(t, err)
	zb, err := os.ReadFile(b + ".zip")
	must(t, err)
	if !bytes.Equal(za, zb) {
		t.Error("the zips differ")
	}
	z, err := zip.NewReader(bytes.NewReader(za), int64(len(za)))
	must(t, err)
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		data, err := io.ReadAll(r)
		must(t, err)
		name, under := strings.CutPrefix(f.Name, "storm/")
		if !under || fa[name] != string(data) {
			t.Errorf("zip holds %s, which is not the folder's", f.Name)
		}
	}
	if len(z.File) != len(fa) {
		t.Errorf("%d files in the zip, want %d", len(z.File), len(fa))
	}
	for _, want := range []string{"index.html", "embed.html", "story.json", ManifestName} {
		if fa[want] == "" {
			t.Errorf("no %s", want)
		}
	}
	if !strings.Contains(fa["index.html"], "Storm &lt;over&gt; the coast") {
		t.Error("the headline is not in the page, escaped")
	}
}

func TestVerifyFindsWhatWasChanged(t *testing.T) {
	p, essay := newEssay(t, 1)
	out := filepath.Join(t.TempDir(), "b")
	exportTo(t, p, essay, out)
	must(t, os.WriteFile(filepath.Join(out, "index.html"), []byte("other"), 0o644))
	must(t, os.Remove(filepath.Join(out, "story.json")))
	must(t, os.WriteFile(filepath.Join(out, "notes.txt"), []byte("mine"), 0o644))
	v, err := Verify(out)
	must(t, err)
	if got := fmt.Sprint(v.Changed, v.Missing, v.Foreign); got != "[index.html] [story.json] [notes.txt]" {
		t.Errorf("verify found %s", got)
	}
	if _, err := Verify(t.TempDir()); !errors.Is(err, ErrNotBundle) {
		t.Errorf("Verify of an empty folder = %v, want ErrNotBundle", err)
	}
}

func TestExportKeepsWhatIsNotItsOwn(t *testing.T) {
	p, essay := newEssay(t, 1)
	foreign := t.TempDir()
	must(t, os.WriteFile(filepath.Join(foreign, "thesis.txt"), []byte("years of work"), 0o644))
	mixed := filepath.Join(t.TempDir(), "b")
	exportTo(t, p, essay, mixed)
	must(t, os.WriteFile(filepath.Join(mixed, "notes.txt"), []byte("mine"), 0o644))
	plain := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(plain, nil, 0o644))
	for _, out := range []string{foreign, mixed} {
		_, err := Export(t.Context(), p, essay, Options{Out: out, Cache: t.TempDir()}, nil)
		if !errors.Is(err, ErrForeign) {
			t.Errorf("Export over %s = %v, want ErrForeign", out, err)
		}
	}
	if _, err := Export(t.Context(), p, essay, Options{Out: plain, Cache: t.TempDir()}, nil); err == nil {
		t.Error("Export over a file went through")
	}
	if data, _ := os.ReadFile(filepath.Join(foreign, "thesis.txt")); string(data) != "years of work" {
		t.Error("a foreign file is gone")
	}
	// An empty folder and an older bundle are fine.
	exportTo(t, p, essay, t.TempDir())
	must(t, os.Remove(filepath.Join(mixed, "notes.txt")))
	exportTo(t, p, essay, mixed)
}

func TestCancelledOrFailedExportLeavesTheBundleBefore(t *testing.T) {
	p, essay := newEssay(t, 2)
	parent := t.TempDir()
	out := filepath.Join(parent, "b")
	exportTo(t, p, essay, out)
	before, err := os.ReadFile(filepath.Join(out, ManifestName))
	must(t, err)
	must(t, p.Edit(t.Context(), "Edit headline", func(tx *project.Tx) error {
		e, err := tx.Essay(essay)
		if err != nil {
			return err
		}
		e.Headline = "Another"
		return tx.UpdateEssay(e)
	}))
	ctx, cancel := context.WithCancel(t.Context())
	_, err = Export(ctx, p, essay, Options{Out: out, Cache: t.TempDir()}, func(pr Progress) {
		if pr.What == "Writing the bundle…" {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("Export = %v, want context.Canceled", err)
	}
	photos, err := p.Photos(t.Context(), project.Filter{})
	must(t, err)
	original := p.OriginalPath(photos[1])
	data, err := os.ReadFile(original)
	must(t, err)
	data[len(data)/2] ^= 0xff // the same size, other bytes
	must(t, os.WriteFile(original, data, 0o644))
	if _, err = Export(t.Context(), p, essay, Options{Out: out, Cache: t.TempDir()}, nil); err == nil || !strings.Contains(err.Error(), "photo-1.jpg") {
		t.Errorf("Export of a changed original = %v, want an error that names it", err)
	}
	after, err := os.ReadFile(filepath.Join(out, ManifestName))
	must(t, err)
	if !bytes.Equal(before, after) {
		t.Error("the bundle before was changed")
	}
	entries, err := os.ReadDir(parent)
	must(t, err)
	if len(entries) != 2 { // the bundle and its zip
		t.Errorf("left behind: %v", entries)
	}
}

func TestCheck(t *testing.T) {
	p, essay := newEssay(t, 3)
	ctx := t.Context()
	codes := func() map[string]Severity {
		t.Helper()
		problems, err := Check(ctx, p, essay)
		must(t, err)
		out := map[string]Severity{}
		for _, pr := range problems {
			out[pr.Code] = pr.Severity
		}
		return out
	}
	if got := codes(); len(got) != 0 {
		t.Fatalf("a good essay has problems: %v", got)
	}
	must(t, p.Edit(ctx, "Spoil", func(tx *project.Tx) error {
		e, err := tx.Essay(essay)
		if err != nil {
			return err
		}
		e.Headline = strings.Repeat("long ", 30)
		if err := tx.UpdateEssay(e); err != nil {
			return err
		}
		ph, err := tx.Photo(1)
		if err != nil {
			return err
		}
		ph.CreditLine, ph.Alt = "", ""
		if err := tx.UpdatePhoto(ph); err != nil {
			return err
		}
		if ph, err = tx.Photo(2); err != nil {
			return err
		}
		ph.Expires, ph.Embargo, ph.Caption, ph.Alt = "2020-01-01", "2999-01-01", "Name to come stands there.", "Name to come stands there."
		if err := tx.UpdatePhoto(ph); err != nil {
			return err
		}
		pl := e.Blocks[3].Placements[0]
		none := ""
		pl.Caption, pl.Width, pl.Pasted = &none, project.WidthFull, "Waves break. John Doe/Reuters"
		if err := tx.UpdatePlacement(pl); err != nil {
			return err
		}
		_, err = tx.AddBlock(essay, 0, project.Block{Kind: project.KindCompare, Placements: []project.Placement{{PhotoID: 3}}})
		return err
	}))
	photos, err := p.Photos(ctx, project.Filter{})
	must(t, err)
	must(t, os.Remove(p.OriginalPath(photos[1])))
	got := codes()
	for code, want := range map[string]Severity{
		"no-credit": SeverityError, "missing-original": SeverityError, "long-headline": SeverityWarning, "no-alt": SeverityWarning,
		"expired": SeverityError, "embargoed": SeverityError, "no-caption": SeverityWarning, "photo-twice": SeverityWarning,
		"low-resolution": SeverityWarning, "credit-differs": SeverityWarning, "compare": SeverityWarning,
	} {
		if got[code] != want {
			t.Errorf("%s is %q, want %q (all: %v)", code, got[code], want, got)
		}
	}
	_, err = Export(ctx, p, essay, Options{Out: filepath.Join(t.TempDir(), "b"), Cache: t.TempDir()}, nil)
	var stopped *ProblemsError
	if !errors.As(err, &stopped) {
		t.Errorf("Export = %v, want a ProblemsError", err)
	}
}

func TestEssayWithoutPhotos(t *testing.T) {
	p, _ := newEssay(t, 0)
	e, err := p.EssayBySlug(t.Context(), "storm")
	must(t, err)
	out := filepath.Join(t.TempDir(), "b")
	_, err = Export(t.Context(), p, e.ID, Options{Out: out, Cache: t.TempDir()}, nil)
	if err == nil || !strings.Contains(err.Error(), "no photos") {
		t.Errorf("Export = %v, want words about photos", err)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a bundle was made")
	}
}

// No place a photo was taken at, and nothing of its camera, leaves with it.
func TestNoLocationLeaves(t *testing.T) {
	gps := filepath.Join("..", "..", "shared", "photos", "gps.jpg")
	if _, err := os.Stat(gps); err != nil {
		t.Log("the shared photos are not there; derivatives have a test of their own with a photo they make")
		return
	}
	p, essay := newEssay(t, 1)
	rep, err := p.Import(t.Context(), []string{gps}, nil)
	must(t, err)
	must(t, p.Edit(t.Context(), "Place", func(tx *project.Tx) error {
		ph := rep.Imported[0]
		if !ph.GPS {
			t.Error("the photo is not known to tell its place")
		}
		ph.CreditLine = "Jane Doe/AP"
		if err := tx.UpdatePhoto(ph); err != nil {
			return err
		}
		_, err := tx.AddBlock(essay, 0, project.Block{Kind: project.KindPhoto, Placements: []project.Placement{{PhotoID: ph.ID}}})
		return err
	}))
	out := filepath.Join(t.TempDir(), "b")
	exportTo(t, p, essay, out)
	cmd := exec.CommandContext(t.Context(), "exiftool", "-r", "-q", "-a", "-G1", "-GPS*", "-SerialNumber", "-OwnerName", "-Make", "-Model", "-ThumbnailImage", "-MakerNote*", out)
	found, err := cmd.Output()
	if err != nil && !errors.As(err, new(*exec.ExitError)) {
		t.Fatalf("exiftool, which make test installs: %v", err)
	}
	if s := string(found); strings.Contains(s, "GPS") || strings.Contains(s, "Serial") || strings.Contains(s, "Model") || strings.Contains(s, "Thumbnail") {
		t.Errorf("left in the bundle:\n%s", s)
	}
}

func TestPreviewIsTheBundleAndFollows(t *testing.T) {
	p, essay := newEssay(t, 1)
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	pv, err := StartPreview(t.Context(), p, essay, "")
	must(t, err)
	defer pv.Close()
	get := func(path string) string {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, pv.URL()+path, nil)
		must(t, err)
		resp, err := http.DefaultClient.Do(req)
		must(t, err)
		defer resp.Body.Close()
		data, err := io.ReadAll(resp.Body)
		must(t, err)
		return string(data)
	}
	first := get("")
	out := filepath.Join(t.TempDir(), "b")
	exportTo(t, p, essay, out)
	written, err := os.ReadFile(filepath.Join(out, "index.html"))
	must(t, err)
	if got := strings.Replace(first, reloadTag, "", 1); got != string(written) {
		t.Error("what is previewed is not what is exported")
	}
	if got := get("_preview/wait.js?after=-1"); got != "photodeskPreview(1, false);\n" {
		t.Errorf("first poll: %q", got)
	}
	must(t, p.Edit(t.Context(), "Edit headline", func(tx *project.Tx) error {
		e, err := tx.Essay(essay)
		if err != nil {
			return err
		}
		e.Headline = "Calm again"
		return tx.UpdateEssay(e)
	}))
	if got := get("_preview/wait.js?after=1"); got != "photodeskPreview(2, true);\n" {
		t.Errorf("poll after an edit: %q", got)
	}
	if !strings.Contains(get(""), "Calm again") {
		t.Error("the preview did not follow the edit")
	}
	for _, addr := range []string{"0.0.0.0:0", "example.org:80", "nonsense"} {
		if _, err := StartPreview(t.Context(), p, essay, addr); err == nil {
			t.Errorf("preview on %s was allowed", addr)
		}
	}
}

func TestVoteServiceAndThemeAreCheckedFirst(t *testing.T) {
	p, essay := newEssay(t, 1)
	out := filepath.Join(t.TempDir(), "b")
	for name, o := range map[string]Options{
		"theme": {Theme: "nonsense"}, "address": {VotesURL: "votes.example.org"}, "not safe": {VotesURL: "http://votes.example.org"},
	} {
		o.Out, o.Cache = out, t.TempDir()
		_, err := Export(t.Context(), p, essay, o, func(Progress) { t.Errorf("%s: photos were made first", name) })
		if err == nil {
			t.Errorf("%s: export went through", name)
		}
	}
	o := Options{Out: out, VotesURL: "https://votes.example.org", Cache: t.TempDir()}
	_, err := Export(t.Context(), p, essay, o, nil)
	must(t, err)
	html, err := os.ReadFile(filepath.Join(out, "index.html"))
	must(t, err)
	tokens := regexp.MustCompile(`value="(v1\.[^"]+)"`).FindAllStringSubmatch(string(html), -1)
	if len(tokens) == 0 {
		t.Fatal("no subject in the page")
	}
	public := p.VoteKey().Public().(ed25519.PublicKey)
	for _, token := range tokens {
		if s, err := votes.Verify(public, token[1]); err != nil || s.String() == "" {
			t.Errorf("subject %s: %v", token[1], err)
		}
	}
}
