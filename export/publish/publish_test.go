package publish

// This file owns the promises of Publish, each kept at every kind of target.

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"photodesk/assets"
	"photodesk/export"
	"photodesk/project"
)

// bundles are what the tests publish: the sample essay, the same with another caption, another essay.
var bundles struct {
	first, second, other string
}

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "publish")
	if err == nil {
		err = makeBundles(dir)
	}
	code := 1
	if err == nil {
		code = m.Run()
	} else {
		fmt.Fprintln(os.Stderr, err)
	}
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

func makeBundles(dir string) error {
	ctx := context.Background()
	bundles.first, bundles.second, bundles.other = filepath.Join(dir, "first"), filepath.Join(dir, "second"), filepath.Join(dir, "other")
	sample := func(name string, exports func(p *project.Project, essay int64) error) error {
		p, err := project.Create(ctx, filepath.Join(dir, name+".photodesk"))
		if err != nil {
			return err
		}
		folder, err := fs.Sub(assets.Sample, "sample")
		if err != nil {
			return err
		}
		essay, err := p.AddFromFolder(ctx, folder, "sample.json")
		if err == nil {
			err = exports(p, essay)
		}
		return errors.Join(err, p.Close())
	}
	to := func(p *project.Project, essay int64, out string) error {
		_, err := export.Export(ctx, p, essay, export.Options{Out: out, Cache: filepath.Join(dir, "cache")}, nil)
		return err
	}
	err := sample("a", func(p *project.Project, essay int64) error {
		if err := to(p, essay, bundles.first); err != nil {
			return err
		}
		if err := p.Edit(ctx, "Caption", func(tx *project.Tx) error {
			ph, err := tx.Photo(1)
			if err != nil {
				return err
			}
			ph.Caption = "Another caption of the first photo."
			return tx.UpdatePhoto(ph)
		}); err != nil {
			return err
		}
		return to(p, essay, bundles.second)
	})
	if err != nil {
		return err
	}
	return sample("b", func(p *project.Project, essay int64) error { return to(p, essay, bundles.other) })
}

// place is a target of the tests and where its files lie on this machine's disk.
type place struct {
	Target
	dir    string
	secret string
	line   *line // to it, or nil
}

// everywhere runs a test at a folder, an SFTP server and an S3 store.
func everywhere(t *testing.T, test func(t *testing.T, p place)) {
	t.Run("folder", func(t *testing.T) {
		newHome(t)
		dir := filepath.Join(t.TempDir(), "www", "storm")
		target, err := Parse(dir)
		must(t, err)
		test(t, place{Target: target, dir: dir})
	})
	t.Run("sftp", func(t *testing.T) {
		newHome(t)
		s := startSSH(t)
		dir := filepath.Join(t.TempDir(), "www", "storm")
		p := place{Target: s.target(t, dir), dir: dir, line: s.line}
		_, err := Publish(t.Context(), bundles.first, p.Target, Options{DryRun: true, AcceptHost: s.fingerprint})
		must(t, err)
		test(t, p)
	})
	t.Run("s3", func(t *testing.T) {
		newHome(t)
		s := startS3(t, "")
		test(t, place{Target: s.target(t, "www/storm"), dir: filepath.Join(s.dir, "www", "storm"), secret: s3Secret, line: s.line})
	})
}

func (p place) publish(t *testing.T, bundle string) Report {
	t.Helper()
	rep, err := Publish(t.Context(), bundle, p.Target, Options{Secret: p.secret})
	must(t, err)
	return rep
}

// files are what lies in a folder, by path, with the hash of each.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(at string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && at == dir {
			return nil
		}
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(at)
		sum := sha256.Sum256(data)
		rel, _ := filepath.Rel(dir, at)
		out[filepath.ToSlash(rel)] = hex.EncodeToString(sum[:])
		return err
	})
	must(t, err)
	return out
}

// same wants a place to hold a bundle and nothing else.
func (p place) same(t *testing.T, bundle string) {
	t.Helper()
	got, want := files(t, p.dir), files(t, bundle)
	for name, sum := range want {
		if got[name] != sum {
			t.Errorf("%s is not as in the bundle", name)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s is not of the bundle", name)
		}
	}
}

var needed = regexp.MustCompile(`(?:photos|static)/[A-Za-z0-9._-]+`)

// broken names what a page needs and its place lacks, or holds otherwise; nothing where there is no page yet.
func broken(dir string) (page []byte, missing string, err error) {
	page, err = os.ReadFile(filepath.Join(dir, "index.html"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", nil
	}
	if err != nil {
		return nil, "", err
	}
	names := needed.FindAllString(string(page), -1)
	if len(names) < 20 {
		return page, fmt.Sprintf("the page names %d files only", len(names)), nil
	}
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		sum := sha256.Sum256(data)
		if err != nil || !strings.Contains(name, hex.EncodeToString(sum[:])[:8]) {
			return page, name, nil
		}
	}
	return page, "", nil
}

// whole wants the page that is published to work.
func (p place) whole(t *testing.T, when string) {
	t.Helper()
	if _, missing, err := broken(p.dir); err != nil || missing != "" {
		t.Errorf("%s: the page lacks %s %v", when, missing, err)
	}
}

func paths(files []File) []string {
	var out []string
	for _, f := range files {
		out = append(out, f.Path)
	}
	return out
}

// changed is what differs between two bundles: what has to be sent, and what has to go.
func changed(t *testing.T, from, to string) (send, remove []string) {
	t.Helper()
	a, b := files(t, from), files(t, to)
	for name, sum := range b {
		if a[name] != sum {
			send = append(send, name)
		}
	}
	for name := range a {
		if _, ok := b[name]; !ok {
			remove = append(remove, name)
		}
	}
	slices.Sort(send)
	slices.Sort(remove)
	return send, remove
}

func TestOnlyWhatChangedIsSent(t *testing.T) {
	everywhere(t, func(t *testing.T, p place) {
		all := len(files(t, bundles.first))
		dry, err := Publish(t.Context(), bundles.first, p.Target, Options{Secret: p.secret, DryRun: true})
		must(t, err)
		if len(dry.Sent) != all || len(files(t, p.dir)) != 0 {
			t.Errorf("a dry run would send %d of %d files and left %d", len(dry.Sent), all, len(files(t, p.dir)))
		}
		first := p.publish(t, bundles.first)
		if !slices.Equal(paths(first.Sent), paths(dry.Sent)) || first.Kept != 0 || len(first.Removed) != 0 {
			t.Errorf("first: sent %d, kept %d, removed %v", len(first.Sent), first.Kept, first.Removed)
		}
		p.same(t, bundles.first)
		if again := p.publish(t, bundles.first); len(again.Sent) != 0 || len(again.Removed) != 0 || again.Kept != all {
			t.Errorf("the second run sent %v, removed %v, kept %d of %d", again.Sent, again.Removed, again.Kept, all)
		}

		send, remove := changed(t, bundles.first, bundles.second)
		if len(send) < 4 || len(send) > all/2 || len(remove) == 0 {
			t.Fatalf("a caption changes %v and removes %v", send, remove)
		}
		before := files(t, p.dir)
		dry, err = Publish(t.Context(), bundles.second, p.Target, Options{Secret: p.secret, DryRun: true})
		must(t, err)
		if got := files(t, p.dir); fmt.Sprint(got) != fmt.Sprint(before) {
			t.Error("a dry run changed something")
		}
		second := p.publish(t, bundles.second)
		for _, rep := range []Report{dry, second} {
			if got := slices.Sorted(slices.Values(paths(rep.Sent))); !slices.Equal(got, send) || !slices.Equal(rep.Removed, remove) {
				t.Errorf("sent %v, want %v; removed %v, want %v", got, send, rep.Removed, remove)
			}
		}
		if at := paths(second.Sent); !slices.Equal(at[len(at)-2:], []string{"index.html", "bundle.json"}) {
			t.Errorf("sent last: %v", at[len(at)-3:])
		}
		p.same(t, bundles.second)
	})
}

// A lost file comes back, and a foreign one beside the bundle stays.
func TestMendsWhatIsLost(t *testing.T) {
	everywhere(t, func(t *testing.T, p place) {
		p.publish(t, bundles.first)
		must(t, os.WriteFile(filepath.Join(p.dir, "robots.txt"), []byte("ours"), 0o644))
		must(t, os.WriteFile(filepath.Join(p.dir, "photos", "own.jpg"), []byte("ours"), 0o644))
		lost := needed.FindString(string(read(t, filepath.Join(p.dir, "index.html"))))
		must(t, os.Remove(filepath.Join(p.dir, lost)))
		if rep := p.publish(t, bundles.first); !slices.Equal(paths(rep.Sent), []string{lost}) {
			t.Errorf("sent %v, want %s", rep.Sent, lost)
		}
		p.publish(t, bundles.second)
		p.whole(t, "after all")
		for _, name := range []string{"robots.txt", "photos/own.jpg"} {
			if string(read(t, filepath.Join(p.dir, name))) != "ours" {
				t.Errorf("%s was touched", name)
			}
		}
	})
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	must(t, err)
	return data
}

// Wherever a run is broken off, the page works, and the next run sends what is missing and no more.
func TestBrokenOffAndResumed(t *testing.T) {
	everywhere(t, func(t *testing.T, p place) {
		how := func(n int) string { // by turns
			if n%2 == 1 && p.line != nil {
				return "cut"
			}
			return "cancelled"
		}
		update, gone := changed(t, bundles.first, bundles.second)
		for n := range len(update) + len(gone) {
			p.breakAt(t, how(n), n, bundles.first, bundles.second)
		}
		all := len(files(t, bundles.first))
		for i, n := range []int{0, 1, all / 2, all - 2, all - 1} {
			p.breakAt(t, how(i), n, "", bundles.first)
		}
	})
}

// breakAt breaks an update off after n steps, or a first publication where from is "", and goes on from there.
func (p place) breakAt(t *testing.T, how string, n int, from, to string) {
	t.Helper()
	must(t, os.RemoveAll(p.dir))
	if from != "" {
		p.publish(t, from)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	done := 0
	rep, err := Publish(ctx, to, p.Target, Options{Secret: p.secret, Progress: func(pr Progress) {
		p.whole(t, fmt.Sprintf("%s at %d, done %d", how, n, pr.Done))
		done = pr.Done
		if pr.Done == n {
			if how == "cut" {
				p.line.cut()
			} else {
				cancel()
			}
		}
	}})
	if p.line != nil {
		p.line.heal()
	}
	p.whole(t, fmt.Sprintf("%s at %d", how, n))
	if how == "cancelled" && !errors.Is(err, context.Canceled) || how == "cut" && !errors.Is(err, ErrNoAnswer) {
		t.Errorf("%s at %d: %v", how, n, err)
	}
	again := p.publish(t, to)
	p.same(t, to)
	// Those under way when it broke may be sent again; those done never.
	if all := len(rep.Sent) + len(rep.Removed); len(again.Sent)+len(again.Removed) > all-done {
		t.Errorf("%s at %d: %d of %d were done, and %d are done again", how, n, done, all, len(again.Sent)+len(again.Removed))
	}
}

// A reader who loads the page all the time finds each file that it names.
func TestReaderNeverMissesAFile(t *testing.T) {
	everywhere(t, func(t *testing.T, p place) {
		p.publish(t, bundles.first)
		stop := make(chan struct{})
		var reader sync.WaitGroup
		loads := 0
		reader.Go(func() {
			for {
				page, missing, err := broken(p.dir)
				if err != nil {
					t.Errorf("the page: %v", err)
				}
				if missing != "" {
					// What an older page names may be gone by now; what the page names that stands now must be there.
					if now, still, err := broken(p.dir); bytes.Equal(now, page) {
						t.Errorf("the page lacks %s %v", still, err)
					}
				}
				loads++
				select {
				case <-stop:
					return
				default:
				}
			}
		})
		for range 3 {
			p.publish(t, bundles.second)
			p.publish(t, bundles.first)
		}
		close(stop)
		reader.Wait()
		if loads < 10 {
			t.Errorf("the reader loaded the page %d times only", loads)
		}
	})
}

// What stands at a target and isn't this essay's stays.
func TestForeignIsRefused(t *testing.T) {
	everywhere(t, func(t *testing.T, p place) {
		refused := func(what string) {
			t.Helper()
			before := files(t, p.dir)
			for _, dry := range []bool{true, false} {
				_, err := Publish(t.Context(), bundles.first, p.Target, Options{Secret: p.secret, DryRun: dry})
				if !errors.Is(err, ErrForeign) {
					t.Errorf("%s: %v", what, err)
				}
			}
			if fmt.Sprint(files(t, p.dir)) != fmt.Sprint(before) {
				t.Errorf("%s: something was changed", what)
			}
			must(t, os.RemoveAll(p.dir))
		}
		write := func(name, text string) {
			t.Helper()
			must(t, os.MkdirAll(filepath.Join(p.dir, path.Dir(name)), 0o755))
			must(t, os.WriteFile(filepath.Join(p.dir, name), []byte(text), 0o644))
		}
		write("index.html", "somebody's page")
		refused("a page of somebody's")
		write("sub/deep.txt", "a folder")
		refused("a folder of somebody's")
		write("bundle.json", `{"not":"ours"}`)
		refused("another tool's bundle.json")
		write("bundle.json", `{"photodeskBundle":1,"files":[{"path":"../../outside"}]}`)
		refused("a manifest that leads out")
		write("publishing.json", `{"photodeskPublishing":1,"uid":"another","files":[]}`)
		refused("another essay's unfinished run")
		p.publish(t, bundles.other)
		refused("another essay")
		p.publish(t, bundles.first)
		added, _ := changed(t, bundles.first, bundles.second)
		i := slices.IndexFunc(added, func(name string) bool { return strings.HasPrefix(name, "photos/") })
		write(added[i], "in the way")
		_, err := Publish(t.Context(), bundles.second, p.Target, Options{Secret: p.secret})
		if !errors.Is(err, ErrForeign) || !strings.Contains(err.Error(), added[i]) {
			t.Errorf("a file in the way: %v", err)
		}
	})
}

// A manifest at the target never makes Publish touch what lies outside of it.
func TestNeverLeavesTheTarget(t *testing.T) {
	everywhere(t, func(t *testing.T, p place) {
		p.publish(t, bundles.first)
		outside := filepath.Join(filepath.Dir(p.dir), "outside.txt")
		must(t, os.WriteFile(outside, []byte("ours"), 0o644))
		manifest := filepath.Join(p.dir, "bundle.json")
		honest := read(t, manifest)
		for _, name := range []string{"../outside.txt", "/etc/passwd", "a/../../outside.txt", `..\\outside.txt`, "photos/../../outside.txt", "bundle.json", "publishing.json", ""} {
			must(t, os.WriteFile(manifest, bytes.Replace(honest, []byte(`"files": [`), []byte(`"files": [{"path":"`+name+`","size":4,"sha256":""},`), 1), 0o644))
			if _, err := Publish(t.Context(), bundles.second, p.Target, Options{Secret: p.secret}); !errors.Is(err, ErrForeign) {
				t.Errorf("%q: %v", name, err)
			}
		}
		if string(read(t, outside)) != "ours" {
			t.Error("a file outside was changed")
		}
		if p.Kind == S3 {
			return // no links there
		}
		must(t, os.WriteFile(manifest, honest, 0o644))
		elsewhere := t.TempDir()
		must(t, os.RemoveAll(filepath.Join(p.dir, "photos")))
		must(t, os.Symlink(elsewhere, filepath.Join(p.dir, "photos")))
		if _, err := Publish(t.Context(), bundles.second, p.Target, Options{Secret: p.secret}); err == nil {
			t.Error("a link that leads out was followed")
		}
		if got := files(t, elsewhere); len(got) != 0 {
			t.Errorf("written through a link: %v", got)
		}
	})
}

// A bundle that isn't as it was exported is not published.
func TestDamagedBundleIsRefused(t *testing.T) {
	dir, to := filepath.Join(t.TempDir(), "bundle"), filepath.Join(t.TempDir(), "to")
	must(t, os.CopyFS(dir, os.DirFS(bundles.first)))
	must(t, os.WriteFile(filepath.Join(dir, "index.html"), []byte("damaged"), 0o644))
	if _, err := Publish(t.Context(), dir, Target{Kind: Folder, Path: to}, Options{}); err == nil || !strings.Contains(err.Error(), "index.html is missing or changed") {
		t.Error(err)
	}
	if _, err := os.Stat(to); !errors.Is(err, fs.ErrNotExist) {
		t.Error("something was published")
	}
	for _, to := range []string{dir, filepath.Join(dir, "sub"), filepath.Dir(dir)} {
		if _, err := Publish(t.Context(), bundles.first, Target{Kind: Folder, Path: filepath.Join(bundles.first, "x")}, Options{}); err == nil {
			t.Errorf("a bundle was published over itself: %s", to)
		}
	}
}

func TestZip(t *testing.T) {
	name := filepath.Join(t.TempDir(), "new", "storm.zip")
	target, err := Parse(name)
	must(t, err)
	all := len(files(t, bundles.first))
	rep, err := Publish(t.Context(), bundles.first, target, Options{DryRun: true})
	must(t, err)
	if _, err := os.Stat(name); !errors.Is(err, fs.ErrNotExist) || len(rep.Sent) != all {
		t.Errorf("a dry run sent %d of %d and left a file: %v", len(rep.Sent), all, err)
	}
	p := place{Target: target}
	p.publish(t, bundles.first)
	z, err := zip.OpenReader(name)
	must(t, err)
	into := t.TempDir()
	for _, f := range z.File {
		if rest, ok := strings.CutPrefix(f.Name, "six-places-that-never-were/"); !ok || !fs.ValidPath(rest) {
			t.Errorf("%q leads out of the zip's folder", f.Name)
		}
	}
	must(t, os.CopyFS(into, z))
	must(t, z.Close())
	place{dir: filepath.Join(into, "six-places-that-never-were")}.same(t, bundles.first)
	if rep := p.publish(t, bundles.first); len(rep.Sent) != 0 {
		t.Errorf("the second run wrote %d files", len(rep.Sent))
	}
	before := read(t, name)
	ctx, cancel := context.WithCancel(t.Context())
	_, err = Publish(ctx, bundles.second, target, Options{Progress: func(p Progress) {
		if p.Done == 3 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) || !bytes.Equal(read(t, name), before) {
		t.Errorf("cancelled: %v", err)
	}
	if _, err := Publish(t.Context(), bundles.other, target, Options{}); !errors.Is(err, ErrForeign) {
		t.Errorf("another essay's zip: %v", err)
	}
	must(t, os.WriteFile(name, []byte("no zip"), 0o644))
	if _, err := Publish(t.Context(), bundles.first, target, Options{}); !errors.Is(err, ErrForeign) {
		t.Errorf("no zip: %v", err)
	}
	if entries, err := os.ReadDir(filepath.Dir(name)); err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v %v", entries, err)
	}
}
