package ui

// This file owns the memory of the real program: what it has resident after
// every photo of a library went by.

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"photodesk/project"
)

// manyPhotos fills a folder with small, different photos.
func manyPhotos(t testing.TB, n int) string {
	t.Helper()
	dir := t.TempDir()
	img := image.NewRGBA(image.Rect(0, 0, 480, 320))
	for i := range n {
		for bit := range 14 { // its number in black and white: no two are the same
			tone := uint8(255 * (i >> bit & 1))
			for k := range 16 * 16 {
				img.SetRGBA(16*bit+k%16, k/16, color.RGBA{tone, tone, tone, 255})
			}
		}
		var buf bytes.Buffer
		if err := jpeg.Encode(&buf, img, &jpeg.Options{Quality: 60}); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("p%05d.jpg", i)), buf.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// resident is the memory of a process in MB: what it has, and the most it had.
func resident(t testing.TB, pid int) (now, most int) {
	t.Helper()
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Skip("no /proc here")
	}
	for _, line := range strings.Split(string(b), "\n") {
		name, value, _ := strings.Cut(line, ":")
		kB, _ := strconv.Atoi(strings.Fields(value + " 0")[0])
		switch name {
		case "VmRSS":
			now = kB / 1024
		case "VmHWM":
			most = kB / 1024
		}
	}
	return now, most
}

// TestRealMemory walks through a whole library by keys. A thousand photos of
// this size have 600 MB of pixels: a program that kept them would show it.
// PHOTODESK_CROWD asks for more photos; ten thousand stay under 400 MB.
func TestRealMemory(t *testing.T) {
	n := 1000
	if more, err := strconv.Atoi(os.Getenv("PHOTODESK_CROWD")); err == nil {
		n = more
	}
	dir := manyPhotos(t, n)
	s := newE2E(t, func(p *project.Project) {
		if _, err := p.Import(t.Context(), []string{dir}, nil); err != nil {
			t.Fatal(err)
		}
		if err := p.Edit(t.Context(), "Essay", func(tx *project.Tx) error {
			_, err := tx.AddEssay(project.Essay{Slug: "coast", Headline: "Coast"})
			return err
		}); err != nil {
			t.Fatal(err)
		}
	})
	plan := s.plan()
	var at fyne.Position
	s.wait("photos", func() bool {
		var ok bool
		at, ok = plan.library.CellAt(0)
		return ok
	})
	s.click(at.AddXY(0, menuBar))
	s.settled()
	for last := ""; ; { // a page at a time, until the last one
		s.key("Next")
		s.key("Next")
		s.key("Next")
		s.settled()
		now := s.screen()
		if now == last {
			break
		}
		last = now
	}
	s.changed("Home", "the first photos again")
	now, most := resident(t, s.program.Process.Pid)
	t.Logf("%d photos: %d MB resident, %d MB at the most", n, now, most)
	if now > 400 {
		t.Errorf("%d MB are resident after %d photos", now, n)
	}
	s.key("ctrl+q")
	s.quit()
}
