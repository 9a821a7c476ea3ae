package ui

// This file owns what keeps the window quick: no photo is decoded on the UI
// goroutine, and how its work grows from a hundred photos to ten thousand.

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"photodesk/project"
)

// goroutine is the number of the running goroutine.
func goroutine() string {
	b := make([]byte, 64)
	return strings.Fields(string(b[:runtime.Stack(b, false)]))[1]
}

// witness is a project that says on which goroutine its pixels were asked for:
// the loader decodes where it reads.
type witness struct {
	*project.Project
	window string
	seen   chan string
}

func (w witness) note(what string) {
	if goroutine() == w.window {
		w.seen <- what + " on the UI goroutine"
		return
	}
	w.seen <- ""
}

func (w witness) Thumbnail(ctx context.Context, ph project.Photo) ([]byte, error) {
	w.note("a thumbnail was read")
	return w.Project.Thumbnail(ctx, ph)
}

func (w witness) Original(ph project.Photo) ([]byte, error) {
	w.note("an original was read")
	return w.Project.Original(ph)
}

func TestNoPhotoIsDecodedOnTheUIGoroutine(t *testing.T) {
	d := withPhotos(t)
	d.addEssay("Storm")
	w := witness{d.project, goroutine(), make(chan string, 1000)}
	d.loader.SetSource(w)
	d.win.Resize(fyne.NewSize(1480, 900))
	d.place([]int64{1, 2, 3}, 0, 0)
	d.readLibrary()
	d.library.Select(1)
	d.photosSelected([]int64{1}) // the inspector
	d.galleryPreview()
	d.comparePhotos(1, 2)
	d.until("pixels", func() bool { return !d.loader.Busy() && len(w.seen) >= 3 })
	for len(w.seen) > 0 {
		if trouble := <-w.seen; trouble != "" {
			t.Error(trouble)
		}
	}
}

// decoders are what makes pixels of a file.
var decoders = map[string]bool{
	"image.Decode": true, "jpeg.Decode": true, "png.Decode": true, "gif.Decode": true, "webp.Decode": true, "tiff.Decode": true,
	"photo.Decode": true, "photo.Develop": true, "photo.Thumbnail": true,
	"canvas.NewImageFromFile": true, "canvas.NewImageFromURI": true, "canvas.NewImageFromReader": true,
	"storage.LoadResourceFromURI": true, "fyne.LoadResourceFromPath": true,
}

// darkrooms are where pixels may be made: each has goroutines of its own for it.
var darkrooms = []string{"photos", filepath.Join("develop", "plate.go")}

// TestOnlyTheLoaderDecodes reads the sources: pixels are made by the loader and
// by the plate of the photo tools, and nowhere else in the window.
func TestOnlyTheLoaderDecodes(t *testing.T) {
	err := filepath.WalkDir(".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		for _, room := range darkrooms {
			if path == room || strings.HasPrefix(path, room+string(filepath.Separator)) {
				return nil
			}
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if pkg, ok := sel.X.(*ast.Ident); ok && decoders[pkg.Name+"."+sel.Sel.Name] {
					t.Errorf("%s: %s.%s makes pixels where the window is drawn; the loader of ui/photos does that behind it", set.Position(n.Pos()), pkg.Name, sel.Sel.Name)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// rss is the resident memory of this process in MB, or 0 where nobody says.
func rss() float64 {
	b, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	pages, _ := strconv.ParseFloat(strings.Fields(string(b))[1], 64)
	return pages * float64(os.Getpagesize()) / (1 << 20)
}

// crowd makes a project of n small, different photos.
func crowd(b *testing.B, n int) string {
	b.Helper()
	dir := manyPhotos(b, n)
	path := filepath.Join(b.TempDir(), "crowd.photodesk")
	p, err := project.Create(b.Context(), path)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := p.Import(b.Context(), []string{dir}, nil); err != nil {
		b.Fatal(err)
	}
	if err := p.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

// BenchmarkWindow is the whole window on a project of its own: from opening to
// the first photos shown and to all of them, one step of scrolling with the photos of that step, one
// key in the headline until it is kept and shown, and the memory after the
// whole library went by.
func BenchmarkWindow(b *testing.B) {
	for _, n := range []int{100, 1000, 10_000} {
		path := crowd(b, n)
		b.Run(fmt.Sprintf("start/%d", n), func(b *testing.B) {
			var usable time.Duration
			for b.Loop() {
				d := newDesk(b)
				began := time.Now()
				d.OpenProject(path)
				d.until("the first photos", func() bool { return len(d.library.Photos()) > 0 })
				usable += time.Since(began)
				d.until("the library", func() bool { return d.inLibrary == n && !d.reading })
				b.StopTimer()
				d.closing = true
				d.Close()
				b.StartTimer()
			}
			b.ReportMetric(float64(usable.Microseconds())/1000/float64(b.N), "ms-to-first-photos")
		})
		d := newDesk(b)
		d.win.Resize(fyne.NewSize(1480, 900))
		d.OpenProject(path)
		d.until("the library", func() bool { return d.inLibrary == n && !d.reading })
		b.Run(fmt.Sprintf("scroll/%d", n), func(b *testing.B) {
			at, step := 0, max(n/600, 6) // all of it goes by in some hundred steps
			for b.Loop() {
				at = (at + step) % n
				d.library.Reveal(d.library.Photos()[at].ID)
				d.until("the photos", func() bool { return !d.loader.Busy() })
			}
			b.ReportMetric(rss(), "MB-rss")
		})
		b.Run(fmt.Sprintf("key/%d", n), func(b *testing.B) {
			if d.shown == nil {
				d.addEssay("Storm")
			}
			for b.Loop() {
				test.Type(d.win.Canvas().Focused(), "x")
				d.flush()
			}
		})
		d.closing = true
		d.Close()
	}
}
