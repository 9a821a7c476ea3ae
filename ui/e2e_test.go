package ui

// This file owns the test of the real program: built, shown on a display of
// its own, driven by keys and pointer, and judged from outside by the project
// file and the bundle it leaves.

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"photodesk/export"
	"photodesk/project"
	"photodesk/ui/jobs"
)

// Where things are in the real window beyond what a test window shows: the
// menu bar stands above the content.
const (
	screenW, screenH = 1600, 1000
	windowW, windowH = 1480, 920
	menuBar          = 25
)

// stageE2E is a display with a window manager and the program on it.
type stageE2E struct {
	t       testing.TB
	home    string
	env     []string
	program *exec.Cmd
	ended   chan error
	stderr  *bytes.Buffer
	window  string
	x, y    int // where the window's content begins on the screen
	path    string
	frame   *os.File // what the display shows, as an XWD image
	binary  string
}

const wire = `PICTURES: A winter along the coast comes to its end

The first warm week of March has brought walkers back to the coast path.

Storms closed the ridge for most of the winter.

A nuthatch climbs down an oak in the municipal park. Jane Doe/AP

Dandelions stand against the light near the river. John Doe/Reuters
`

func TestRealWindow(t *testing.T) {
	s := newE2E(t)

	// Import. Keys are events in one queue: the dialog is there before they are.
	files := somePhotos(t)
	s.key("ctrl+shift+i")
	s.typing(strings.Join(files, "\n"))
	s.key("ctrl+Return")
	s.until("imported", func(p *project.Project) bool {
		photos, err := p.Photos(t.Context(), project.Filter{})
		return err == nil && len(photos) == len(files)
	})
	s.settled()
	s.key("Escape") // the review of credit lines, where the photos bring some to review

	// Paste a story. The button waits until the story is recognised.
	s.key("ctrl+shift+v")
	s.typing(wire)
	var e *project.Essay
	looks := 0
	s.until("pasted", func(p *project.Project) bool {
		if e = theEssay(t, p); e != nil {
			return true
		}
		if looks++; looks%20 == 10 { // seldom: a click too many would land in the story
			s.clickIn(1080, 720, 1080-70, 720-36)
		}
		return false
	})
	s.settled()
	s.key("Escape") // the review of credit lines
	var kinds []project.BlockKind
	for _, b := range e.Blocks {
		kinds = append(kinds, b.Kind)
	}
	if e.Headline != "PICTURES: A winter along the coast comes to its end" || slices.Index(kinds, project.KindPhoto) < 0 {
		t.Fatalf("the essay is %q with %v", e.Headline, kinds)
	}

	// Edit a caption, reached from the headline by Tab.
	plan := s.plan()
	photo := slices.Index(kinds, project.KindPhoto)
	s.clickHeadline(plan)
	for range photo + 2 { // standfirst, then one field a block
		s.key("Tab")
	}
	s.key("Home")
	s.typing("Early: ")
	caption := func(p *project.Project) string {
		if e = theEssay(t, p); e == nil {
			return ""
		}
		pl := e.Blocks[photo].Placements[0]
		ph, _ := p.Photo(t.Context(), pl.PhotoID)
		return pl.CaptionOf(ph)
	}
	s.until("edited", func(p *project.Project) bool { return strings.HasPrefix(caption(p), "Early: A nuthatch") })

	// Drag the block by its handle behind the next one.
	before := blockIDs(e)
	plan = s.plan()
	from := plan.handle(before[photo])
	s.drag(from, plan.below(before[photo+1]))
	s.until("dragged", func(p *project.Project) bool {
		e = theEssay(t, p)
		return blockIDs(e)[photo] == before[photo+1]
	})

	// Undo takes the drag back, then the caption; redo brings the caption again.
	s.key("ctrl+z")
	s.until("undone", func(p *project.Project) bool { e = theEssay(t, p); return slices.Equal(blockIDs(e), before) })
	s.key("ctrl+z")
	s.until("caption undone", func(p *project.Project) bool { return strings.HasPrefix(caption(p), "A nuthatch") })
	s.key("ctrl+shift+z")
	s.until("caption again", func(p *project.Project) bool { return strings.HasPrefix(caption(p), "Early: ") })

	// Export, warnings overruled for a reason.
	was := s.screen()
	s.key("ctrl+e")
	s.wait("the export form", func() bool { return s.screen() != was }) // where a caret blinks: it never rests
	s.clickIn(640, 720, 200, 720-109)
	s.typing("The desk has seen them")
	bundle := filepath.Join(s.home, "Photodesk", "Bundles", e.Slug)
	s.clickIn(640, 720, 640-50, 720-36)
	s.wait("the bundle", func() bool {
		_, err := os.Stat(filepath.Join(bundle, "bundle.json"))
		return err == nil
	})
	s.settled()
	s.key("ctrl+q")
	s.quit()

	// From outside, after it has ended.
	p, err := project.Open(t.Context(), s.path, project.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if got := caption(p); got != "Early: A nuthatch climbs down an oak in the municipal park." {
		t.Errorf("the caption is %q", got)
	}
	v, err := export.Verify(bundle)
	if err != nil || !v.OK() || v.Files == 0 {
		t.Errorf("the bundle: %+v, %v", v, err)
	}
	page, err := os.ReadFile(filepath.Join(bundle, "index.html"))
	if err != nil || !bytes.Contains(page, []byte("Early: A nuthatch climbs down")) || !bytes.Contains(page, []byte("Jane Doe/AP")) {
		t.Errorf("the page holds neither caption nor credit (%v)", err)
	}
	if h, _ := p.History(t.Context()); len(h) == 0 {
		t.Error("the undo history is empty")
	}
}

func theEssay(t testing.TB, p *project.Project) *project.Essay {
	list, err := p.Essays(t.Context())
	if err != nil || len(list) == 0 {
		return nil
	}
	e, err := p.Essay(t.Context(), list[0].ID)
	if err != nil {
		return nil
	}
	return e
}

func blockIDs(e *project.Essay) []int64 {
	var ids []int64
	for _, b := range e.Blocks {
		ids = append(ids, b.ID)
	}
	return ids
}

// somePhotos are three photos: real ones where there are any.
func somePhotos(t testing.TB) []string {
	var out []string
	made := t.TempDir()
	for i, name := range []string{"bridge.jpg", "dandelions.jpg", "nuthatch.jpg"} {
		path, err := filepath.Abs(filepath.Join("../../shared/photos", name))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(path); err != nil {
			path = photograph(t, made, name, uint8(50*i+70))
		}
		out = append(out, path)
	}
	return out
}

// builtDir has the program; it is made once for all sessions and removed at the end.
var builtDir string

var builtOnce = sync.OnceValues(func() (string, error) {
	var err error
	if builtDir, err = os.MkdirTemp("", "photodesk-session-"); err != nil {
		return "", err
	}
	program := filepath.Join(builtDir, "photodesk")
	if out, err := exec.Command("go", "build", "-o", program, "photodesk/cmd/photodesk").CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return program, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if builtDir != "" {
		_ = os.RemoveAll(builtDir)
	}
	os.Exit(code)
}

// newE2E starts the program on a project that may be prepared, and waits until it is ready.
func newE2E(t testing.TB, prepare ...func(p *project.Project)) *stageE2E {
	t.Helper()
	s := setE2E(t, prepare...)
	s.launch()
	s.ready()
	return s
}

// setE2E builds the program without Fyne's migrated_fynedo tag, so that Fyne
// itself complains of calls from a wrong goroutine, and makes the project and
// the display.
func setE2E(t testing.TB, prepare ...func(p *project.Project)) *stageE2E {
	t.Helper()
	for _, tool := range []string{"Xvfb", "openbox", "xdotool"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("%s is missing; `make test` installs it and what else this test needs", tool)
		}
	}
	dir := t.TempDir()
	s := &stageE2E{t: t, home: filepath.Join(dir, "home"), path: filepath.Join(dir, "day.photodesk"), ended: make(chan error, 1)}
	var err error
	if s.binary, err = builtOnce(); err != nil {
		t.Fatal(err)
	}
	p, err := project.Create(t.Context(), s.path)
	if err != nil {
		t.Fatal(err)
	}
	for _, fill := range prepare {
		fill(p)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(s.home, 0o755); err != nil {
		t.Fatal(err)
	}
	s.env = append(os.Environ(), "HOME="+s.home, "XDG_CONFIG_HOME="+filepath.Join(s.home, "config"),
		"XDG_DATA_HOME="+filepath.Join(s.home, "data"), "XDG_CACHE_HOME="+filepath.Join(s.home, "cache"), "WAYLAND_DISPLAY=",
		"FYNE_SCALE=1", "FYNE_THEME=light", "LC_ALL=en_GB.UTF-8")
	s.display()
	s.start(exec.Command("openbox", "--sm-disable"))
	s.wait("a window manager", func() bool { _, err := s.xdotool("get_num_desktops"); return err == nil })
	return s
}

// launch starts the program.
func (s *stageE2E) launch() {
	s.t.Helper()
	s.program, s.stderr, s.ended = exec.Command(s.binary, s.path), &bytes.Buffer{}, make(chan error, 1)
	s.program.Env, s.program.Stderr = s.env, s.stderr
	if err := s.program.Start(); err != nil {
		s.t.Fatal(err)
	}
	program, ended := s.program, s.ended
	go func() { ended <- program.Wait() }()
	s.t.Cleanup(func() { _ = program.Process.Kill() })
}

// ready waits for the window with its project, and for its size.
func (s *stageE2E) ready() {
	s.t.Helper()
	// The title names the project once it is open; before that, its commands wait.
	s.wait("the window with its project", func() bool {
		var err error
		s.window, err = s.xdotool("search", "--onlyvisible", "--name", "(^| )day .*Photodesk$")
		return err == nil && s.window != ""
	})
	s.must("windowactivate", "--sync", s.window)
	s.wait("its size", s.sized)
	s.settled()
}

// display starts an X server that picks a free number and says it when it is ready.
func (s *stageE2E) display() {
	r, w, err := os.Pipe()
	if err != nil {
		s.t.Fatal(err)
	}
	dir := s.t.TempDir()
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-fbdir", dir, "-screen", "0", fmt.Sprintf("%dx%dx24", screenW, screenH), "-nolisten", "tcp", "-noreset")
	cmd.ExtraFiles = []*os.File{w}
	s.start(cmd)
	w.Close()
	number, err := bufio.NewReader(r).ReadString('\n')
	r.Close()
	if err != nil {
		s.t.Fatalf("Xvfb did not start: %v", err)
	}
	s.env = append(s.env, "DISPLAY=:"+strings.TrimSpace(number))
	if s.frame, err = os.Open(filepath.Join(dir, "Xvfb_screen0")); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { s.frame.Close() })
}

// start runs a helper until the test ends.
func (s *stageE2E) start(cmd *exec.Cmd) {
	cmd.Env = s.env
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
}

// sized reports whether the window has the size it was given.
func (s *stageE2E) sized() bool {
	out, err := s.xdotool("getwindowgeometry", "--shell", s.window)
	if err != nil {
		return false
	}
	var w, h int
	for _, line := range strings.Fields(out) {
		name, value, _ := strings.Cut(line, "=")
		n, _ := strconv.Atoi(value)
		switch name {
		case "X":
			s.x = n
		case "Y":
			s.y = n
		case "WIDTH":
			w = n
		case "HEIGHT":
			h = n
		}
	}
	return w == windowW && h == windowH
}

func (s *stageE2E) xdotool(args ...string) (string, error) {
	cmd := exec.Command("xdotool", args...)
	cmd.Env = s.env
	out, err := cmd.Output()
	return strings.TrimSpace(string(out)), err
}

func (s *stageE2E) must(args ...string) {
	s.t.Helper()
	if out, err := s.xdotool(args...); err != nil {
		s.t.Fatalf("xdotool %v: %v %s", args, err, out)
	}
}

func (s *stageE2E) key(name string) { s.must("key", "--clearmodifiers", name) }

// typing types lines; xdotool itself knows no line break.
func (s *stageE2E) typing(text string) {
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			s.key("Return")
		}
		if line != "" {
			s.must("type", "--clearmodifiers", "--delay", "6", line)
		}
	}
}

// click presses at a place of the window.
func (s *stageE2E) click(at fyne.Position) {
	s.must("mousemove", "--window", s.window, strconv.Itoa(int(at.X)), strconv.Itoa(int(at.Y)), "click", "1")
}

// clickIn presses inside a sheet of a size in the window's middle.
func (s *stageE2E) clickIn(w, h, x, y float32) {
	s.click(fyne.NewPos((windowW-w)/2+x, (windowH-h)/2+y))
}

// drag moves the pointer with the button held, in steps as a hand does.
func (s *stageE2E) drag(from, to fyne.Position) {
	at := func(p fyne.Position) []string {
		return []string{"mousemove", "--window", s.window, strconv.Itoa(int(p.X)), strconv.Itoa(int(p.Y)), "sleep", "0.03"}
	}
	args := append(at(from), "mousedown", "1")
	for i := range 10 {
		f := float32(i+1) / 10
		args = append(args, at(fyne.NewPos(from.X+(to.X-from.X)*f, from.Y+(to.Y-from.Y)*f))...)
	}
	s.must(append(append(args, at(to)...), "mouseup", "1")...)
}

// screen is a fingerprint of what is seen.
func (s *stageE2E) screen() string { return s.seen(0, 0, screenW, screenH) }

// seen is a fingerprint of a part of the screen.
func (s *stageE2E) seen(x, y, w, h int) string {
	s.t.Helper()
	sum := fnv.New64a()
	for _, row := range s.pixels(x, y, w, h) {
		sum.Write(row)
	}
	return strconv.FormatUint(sum.Sum64(), 16)
}

// pixels are rows of blue, green, red and nothing, read where the display keeps
// them: an image in the XWD format.
func (s *stageE2E) pixels(x, y, w, h int) [][]byte {
	s.t.Helper()
	// Numbers of 32 bits, the header's length first; then a colour map; then the rows.
	var head [25]uint32
	if err := binary.Read(io.NewSectionReader(s.frame, 0, 100), binary.BigEndian, &head); err != nil {
		s.t.Fatalf("read the screen: %v", err)
	}
	start, bits, line := int(head[0]+12*head[19]), int(head[11]), int(head[12])
	rows := make([][]byte, h)
	for i := range rows {
		rows[i] = make([]byte, w*bits/8)
		if _, err := s.frame.ReadAt(rows[i], int64(start+(y+i)*line+x*bits/8)); err != nil {
			s.t.Fatalf("read the screen: %v", err)
		}
	}
	return rows
}

// settled waits until four looks at the screen are the same: nothing is being
// drawn or loaded.
func (s *stageE2E) settled() {
	s.t.Helper()
	last, same := "", 0
	s.wait("a quiet screen", func() bool {
		now := s.screen()
		if same++; now != last {
			same = 0
		}
		last = now
		return same >= 3
	})
}

// wait looks again and again, for a minute at the most.
func (s *stageE2E) wait(what string, holds func() bool) {
	s.t.Helper()
	for late := time.Now().Add(time.Minute); !holds(); {
		select {
		case err := <-s.ended:
			s.t.Fatalf("the program ended while the test waited for %s: %v\n%s", what, err, s.stderr)
		case <-time.After(150 * time.Millisecond):
		}
		if time.Now().After(late) {
			s.shoot()
			s.t.Fatalf("no sign of %s\n%s", what, s.stderr)
		}
	}
}

// shoot keeps what the screen shows, where E2E_SHOT names a file.
func (s *stageE2E) shoot() {
	if name := os.Getenv("E2E_SHOT"); name != "" {
		cmd := exec.Command("import", "-window", "root", name)
		cmd.Env = s.env
		_ = cmd.Run()
	}
}

// until looks into the project file, as another program would.
func (s *stageE2E) until(what string, holds func(p *project.Project) bool) {
	s.t.Helper()
	s.wait(what, func() bool {
		p, err := project.Open(s.t.Context(), s.path, project.Options{ReadOnly: true})
		if err != nil {
			return false
		}
		defer p.Close()
		return holds(p)
	})
}

// quit waits for the program's end and reads what it said.
func (s *stageE2E) quit() {
	s.t.Helper()
	select {
	case err := <-s.ended:
		if err != nil {
			s.t.Errorf("the program ended with %v", err)
		}
	case <-time.After(time.Minute):
		s.shoot()
		s.t.Fatal("the program does not end")
	}
	if out := s.stderr.String(); strings.Contains(out, "Error in Fyne call thread") || strings.Contains(out, "panic") {
		s.t.Errorf("the program said:\n%s", out)
	}
}

// twin is the same essay in a test window of the same size: it knows where
// things are in the real one.
type twin struct{ *desk }

func (s *stageE2E) plan() twin {
	s.t.Helper()
	d := newDesk(s.t)
	d.win.Resize(fyne.NewSize(windowW, windowH-menuBar))
	d.open("Opening", s.path, func(ctx context.Context, _ func(jobs.Progress)) (*project.Project, error) {
		return project.Open(ctx, s.path, project.Options{ReadOnly: true})
	})
	d.until("the twin", func() bool { return d.shown != nil && !d.reading })
	return twin{d}
}

// handle is where a block's handle is in the real window, which shows the story from its top.
func (w twin) handle(block int64) fyne.Position {
	at, ok := w.story.HandleAt(block)
	if !ok {
		w.t.Fatalf("block %d is not in the story", block)
	}
	return at.AddXY(0, menuBar)
}

// below is a place in the lower part of a block's row.
func (w twin) below(block int64) fyne.Position {
	return w.handle(block).AddXY(200, 12)
}

func (s *stageE2E) clickHeadline(w twin) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(w.story)
	s.click(at.AddXY(w.story.Size().Width/2, 70+menuBar))
}
