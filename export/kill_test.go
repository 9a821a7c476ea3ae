package export

// This file owns the proof that an export which is killed at any moment leaves the bundle before or the new one, whole.

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"photodesk/project"
)

const killedEnv = "PHOTODESK_KILLED_EXPORT" // the child's project, bundle and cache, apart by newlines

// kills is how often `make test` kills; `make torture` asks for more.
func kills(t *testing.T) int {
	if s := os.Getenv("PHOTODESK_KILLS"); s != "" {
		n, err := strconv.Atoi(s)
		must(t, err)
		return n
	}
	return 20
}

// TestKilledExportChild is the process that is killed; by itself it does nothing. It exports again and again, each time under a
// new headline, and tells which.
func TestKilledExportChild(t *testing.T) {
	args := strings.Split(os.Getenv(killedEnv), "\n")
	if len(args) != 3 {
		return
	}
	ctx := context.Background()
	p, err := project.Open(ctx, args[0], project.Options{})
	must(t, err)
	e, err := p.EssayBySlug(ctx, "storm")
	must(t, err)
	n, _ := strconv.Atoi(e.Headline)
	for {
		n++
		must(t, p.Edit(ctx, "Headline", func(tx *project.Tx) error {
			e.Headline = strconv.Itoa(n)
			return tx.UpdateEssay(e)
		}))
		fmt.Printf("begin %d\n", n)
		if _, err := Export(ctx, p, e.ID, Options{Out: args[1], Cache: args[2]}, nil); err != nil {
			fmt.Printf("failed %v\n", err)
			return
		}
		fmt.Printf("done %d\n", n)
	}
}

func TestKilledExportLeavesAWholeBundle(t *testing.T) {
	t.Parallel()
	p, _ := newEssay(t, 4)
	file := p.Path()
	must(t, p.Close())
	exe, err := os.Executable()
	must(t, err)
	out := filepath.Join(t.TempDir(), "bundle")
	rng := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 3))
	between := 0
	for kill := range kills(t) {
		cmd := exec.Command(exe, "-test.run", "^TestKilledExportChild$")
		cmd.Env = append(os.Environ(), killedEnv+"="+strings.Join([]string{file, out, t.TempDir()}, "\n"))
		pipe, err := cmd.StdoutPipe()
		must(t, err)
		must(t, cmd.Start())
		begun, done := 0, 0
		// The first export of each child makes its photos; later ones find them ready. Kills fall into both.
		after := rng.IntN(3)
		for lines := bufio.NewScanner(pipe); lines.Scan(); {
			word, rest, _ := strings.Cut(lines.Text(), " ")
			n, _ := strconv.Atoi(rest)
			switch word {
			case "begin":
				begun = n
				if after--; after < 0 {
					// The moment is what is random: nothing is waited for.
					time.AfterFunc(time.Duration(rng.IntN(60_000))*time.Microsecond, func() { _ = cmd.Process.Kill() })
				}
			case "done":
				done = n
			case "failed":
				t.Errorf("kill %d: %s", kill, rest)
			}
		}
		_ = cmd.Wait() // killed
		if begun > done {
			between++
		}
		m, err := ReadManifest(out)
		if errors.Is(err, ErrNotBundle) && done == 0 && kill == 0 {
			continue // the very first never came to its end
		}
		must(t, err)
		v, err := Verify(out)
		must(t, err)
		if len(v.Missing)+len(v.Changed)+len(v.Foreign) > 0 {
			t.Fatalf("kill %d: the bundle is not whole: %+v", kill, v)
		}
		if got, _ := strconv.Atoi(m.Essay.Headline); got != done && got != begun && done != 0 {
			t.Errorf("kill %d: the bundle is number %d; %d was done and %d begun", kill, got, done, begun)
		}
	}
	if between == 0 {
		t.Error("no kill came in the middle of an export")
	}
}
