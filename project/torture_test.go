package project

// This file owns the torture test: a real process edits, imports, undoes and
// redoes at random and tells each acknowledged edit; it is killed at a random
// moment, again and again; and nothing that it told is ever lost.

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

const tortureEnv = "PHOTODESK_TORTURE" // the child's project, photos and seed, apart by newlines

// kills is how often `make test` kills; `make torture` asks for more.
func kills(t *testing.T) int {
	if s := os.Getenv("PHOTODESK_KILLS"); s != "" {
		n, err := strconv.Atoi(s)
		must(t, err)
		return n
	}
	return 20
}

// TestTortureChild is the process that is killed; by itself it does nothing.
func TestTortureChild(t *testing.T) {
	args := strings.Split(os.Getenv(tortureEnv), "\n")
	if len(args) != 3 {
		return
	}
	seed, err := strconv.ParseUint(args[2], 10, 64)
	must(t, err)
	p, err := Open(context.Background(), args[0], Options{})
	must(t, err)
	roll := seeded(seed)
	for {
		undo := roll(6) == 0
		fmt.Printf("begin undo=%t\n", undo)
		switch {
		case undo && roll(3) == 0:
			_, err = p.Redo(context.Background())
		case undo:
			_, err = p.Undo(context.Background())
		default:
			err = randomEdit(context.Background(), p, roll, args[1])
		}
		if err != nil && !errors.Is(err, ErrNothing) {
			fmt.Printf("failed %v\n", err)
			return
		}
		fmt.Printf("ack %s\n", stateHash(t, p))
	}
}

func TestKilledProcessLosesNothing(t *testing.T) {
	photos := testFiles(t, torturePhotos)
	exe, err := os.Executable()
	must(t, err)
	rng := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 2))
	var path string
	acked := map[string]bool{} // every state that was acknowledged
	edits, inFlight := 0, 0
	n := kills(t)
	for kill := range n {
		if kill%10 == 0 { // a new project before its history reaches the cap
			path = filepath.Join(t.TempDir(), "a"+Extension)
			p, err := Create(t.Context(), path)
			must(t, err)
			acked = map[string]bool{stateHash(t, p): true}
			must(t, p.Close())
		}
		told := runAndKill(t, exe, path, photos, rng)
		edits += len(told)
		for _, h := range told {
			acked[h] = true
		}
		last := ""
		if len(told) > 0 {
			last = told[len(told)-1]
		}
		inFlight += checkAfterKill(t, path, last, acked)
		p, err := Open(t.Context(), path, Options{})
		must(t, err)
		acked[stateHash(t, p)] = true // what the next child starts from
		must(t, p.Close())
	}
	t.Logf("%d kills, %d acknowledged edits, 0 lost; %d edits under way had been committed", n, edits, inFlight)
}

// runAndKill runs a child until a random number of edits, then kills it a
// random moment later. It returns the states that were told.
func runAndKill(t *testing.T, exe, path, photos string, rng *rand.Rand) (told []string) {
	t.Helper()
	cmd := exec.Command(exe, "-test.run=^TestTortureChild$")
	cmd.Env = append(os.Environ(), tortureEnv+"="+strings.Join([]string{path, photos, strconv.FormatUint(rng.Uint64(), 10)}, "\n"))
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	until, pause := 3+rng.IntN(40), time.Duration(rng.IntN(6000))*time.Microsecond
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		hash, ok := strings.CutPrefix(lines.Text(), "ack ")
		if !ok {
			if strings.HasPrefix(lines.Text(), "failed ") {
				t.Errorf("child: %s", lines.Text())
			}
			continue
		}
		if told = append(told, hash); len(told) == until {
			// The moment within an edit is the point of the test, not a wait for one.
			time.AfterFunc(pause, func() { _ = cmd.Process.Kill() })
		}
	}
	if err := lines.Err(); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, os.ErrClosed) {
		t.Error(err)
	}
	_ = cmd.Wait()
	if len(told) < until {
		t.Errorf("the child ended by itself after %d edits", len(told))
	}
	return told
}

// checkAfterKill opens the file as the next desk would and proves it whole. It
// returns 1 when an edit that was not acknowledged had been committed.
func checkAfterKill(t *testing.T, path, last string, acked map[string]bool) int {
	t.Helper()
	ctx := t.Context()
	p, err := Open(ctx, path, Options{})
	must(t, err)
	defer p.Close()
	var check string
	must(t, p.writer.QueryRowContext(ctx, `PRAGMA integrity_check`).Scan(&check))
	if check != "ok" {
		t.Fatalf("integrity: %s", check)
	}
	var broken int
	must(t, p.writer.QueryRowContext(ctx, `SELECT count(*) FROM pragma_foreign_key_check`).Scan(&broken))
	if broken != 0 {
		t.Fatalf("%d broken keys", broken)
	}
	library, err := p.Photos(ctx, Filter{})
	must(t, err)
	for _, ph := range library {
		if _, err := p.Original(ph); err != nil {
			t.Errorf("an acknowledged photo has no original: %v", err)
		}
	}
	now := stateHash(t, p)
	committed := 0
	if now != last && last != "" {
		// The edit under way was committed and not told; one step away is what was.
		committed = 1
		if !oneStepAway(t, p, last, acked) {
			t.Fatalf("an acknowledged edit is lost: the project is at %s, told was %s", now, last)
		}
	}
	replayAll(t, p)
	return committed
}

// oneStepAway reports whether undoing or redoing one step leads to the state;
// a folded step may lead to an earlier one. The project is left as it was.
func oneStepAway(t *testing.T, p *Project, last string, acked map[string]bool) bool {
	t.Helper()
	ctx := t.Context()
	found := false
	if _, err := p.Undo(ctx); err == nil {
		h := stateHash(t, p)
		found = h == last || acked[h]
		_, err = p.Redo(ctx)
		must(t, err)
	}
	if found {
		return true
	}
	if _, err := p.Redo(ctx); err == nil {
		found = stateHash(t, p) == last
		_, err = p.Undo(ctx)
		must(t, err)
	}
	return found
}

// replayAll takes everything back to the empty project, and brings it again.
func replayAll(t *testing.T, p *Project) {
	t.Helper()
	ctx := t.Context()
	before := state(t, p)
	h, err := p.History(ctx)
	must(t, err)
	done := slices.IndexFunc(h, func(s Step) bool { return s.Undone })
	if done < 0 {
		done = len(h)
	}
	for range done {
		_, err := p.Undo(ctx)
		must(t, err)
	}
	if got := state(t, p); got != "" {
		t.Fatalf("undoing everything leaves %s", got)
	}
	for range done {
		_, err := p.Redo(ctx)
		must(t, err)
	}
	if got := state(t, p); got != before {
		t.Fatalf("redoing everything gives\n%s\nwant\n%s", got, before)
	}
}
