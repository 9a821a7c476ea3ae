package export

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"photodesk/assets"
	"photodesk/export/page/browsertest"
	"photodesk/project"
)

func TestMain(m *testing.M) { os.Exit(browsertest.Main(m).Run()) }

// The sample essay, whole: from its folder to a page that a browser proves, over
// http and from the disk.
func TestSampleInABrowser(t *testing.T) {
	p, err := project.Create(t.Context(), filepath.Join(t.TempDir(), "sample.photodesk"))
	must(t, err)
	defer p.Close()
	folder, err := fs.Sub(assets.Sample, "sample")
	must(t, err)
	essay, err := p.AddFromFolder(t.Context(), folder, "sample.json")
	must(t, err)
	problems, err := Check(t.Context(), p, essay)
	must(t, err)
	for _, pr := range problems {
		t.Errorf("the sample has a problem: %s", pr)
	}
	out := filepath.Join(t.TempDir(), "bundle")
	exportTo(t, p, essay, out)
	e, err := p.Essay(t.Context(), essay)
	must(t, err)
	want := browsertest.Expect{Votes: 1} // the essay's own
	for _, b := range e.Blocks {
		for _, pl := range b.Placements {
			want.Photos++
			if pl.Vote {
				want.Votes++
			}
		}
	}
	browsertest.Check(t, out, want)

	pv, err := StartPreview(t.Context(), p, essay, "")
	must(t, err)
	defer pv.Close()
	browsertest.Check(t, pv.URL(), want)
}
