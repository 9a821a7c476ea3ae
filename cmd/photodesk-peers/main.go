//go:build linux

// Command photodesk-peers times Photodesk's export and import against the best that its peers can do with the same
// photographs: `make bench-peers` builds the corpus, installs the peers and runs it. All ways are run as whole processes, one
// after the other in each round, so that what disturbs the machine disturbs all of them.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

func main() {
	var b bench
	flag.StringVar(&b.dir, "dir", "bin/peers", "`folder` with the corpus (photos), sharp (node_modules) and the bound")
	flag.StringVar(&b.scripts, "scripts", "cmd/photodesk-peers/peers", "`folder` with the peers' scripts")
	flag.StringVar(&b.tmp, "tmp", "", "`folder` to write into (default: beside the corpus); one in memory shows what the disk doesn't decide")
	flag.IntVar(&b.rounds, "rounds", 3, "how often each is run")
	flag.IntVar(&b.imports, "import", 500, "how many photographs to import, 0 for none")
	only := flag.String("only", "", "run the ways whose names hold one of these words, separated by commas")
	work := flag.String("run", "", "what this process is to do as one of the ways; for the bench itself")
	flag.Parse()
	b.only = strings.FieldsFunc(*only, func(r rune) bool { return r == ',' })
	var err error
	switch *work {
	case "":
		err = b.run(context.Background())
	case "prepare":
		err = prepare(context.Background(), flag.Arg(0), flag.Arg(1))
	case "export":
		err = exportOnce(context.Background(), flag.Arg(0), flag.Arg(1), flag.Arg(2))
	case "recaption":
		err = recaption(context.Background(), flag.Arg(0), flag.Arg(1), flag.Arg(2), flag.Arg(3) == "1")
	case "likeness":
		err = likeness(flag.Arg(0))
	case "import":
		err = importOnce(context.Background(), flag.Arg(0), flag.Arg(1))
	default:
		err = fmt.Errorf("unknown work %q", *work)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "photodesk-peers:", err)
		os.Exit(1)
	}
}

type bench struct {
	dir, scripts    string
	rounds, imports int
	only            []string
	tmp             string
}

// way is one way to make the same files. before is not timed. within takes the time of the last export in a process rather
// than that of the process: the desk has been running for hours when a caption changes.
type way struct {
	name    string
	before  func() error
	within  bool
	command []string
	runs    []figures
}

// figures are of one whole process with all that it started and waited for.
type figures struct {
	wall, cpu time.Duration
	memory    int64 // bytes of the largest process, at its largest
}

func (b *bench) run(ctx context.Context) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	if b.dir, err = filepath.Abs(b.dir); err != nil {
		return err
	}
	if b.tmp == "" {
		b.tmp = b.dir
	}
	if b.tmp, err = os.MkdirTemp(b.tmp, "photodesk-peers-"); err != nil {
		return err
	}
	defer os.RemoveAll(b.tmp)
	photos := filepath.Join(b.dir, "photos")
	file := filepath.Join(b.tmp, "peers.photodesk")
	if out, err := exec.CommandContext(ctx, self, "-run", "prepare", file, photos).CombinedOutput(); err != nil {
		return fmt.Errorf("prepare the project: %w: %s", err, out)
	}
	if err := report(ctx, b, b.exportWays(self, file, photos), "Photographs of an essay, four widths, JPEG and WebP"); err != nil {
		return err
	}
	// In a process of its own: what this one holds counts as its children's memory.
	out, err := exec.CommandContext(ctx, self, "-run", "likeness", photos).CombinedOutput()
	if err != nil {
		return fmt.Errorf("likeness: %w: %s", err, out)
	}
	fmt.Printf("%s", out)
	if b.imports == 0 {
		return nil
	}
	many := filepath.Join(b.tmp, "many")
	if err := multiply(photos, many, b.imports); err != nil {
		return err
	}
	return report(ctx, b, b.importWays(self, many), fmt.Sprintf("Import of %d photographs", b.imports))
}

func (b *bench) exportWays(self, file, photos string) []*way {
	out := func(name string) string { return filepath.Join(b.tmp, name) }
	script := func(name string) string { return filepath.Join(b.scripts, name) }
	fresh := func(names ...string) func() error {
		return func() error {
			for _, n := range names {
				if err := os.RemoveAll(out(n)); err != nil {
					return err
				}
			}
			return nil
		}
	}
	sharp := func(threads, inFlight string) *way {
		return &way{
			name: "sharp, " + threads + " thread(s), " + inFlight + " in flight", before: fresh("sharp"),
			command: []string{"node", script("sharp.mjs"), b.dir, photos, out("sharp"), threads, inFlight},
		}
	}
	each := func(command string) []string {
		return []string{"sh", "-c", `mkdir -p "$2" && ls "$1"/*.jpg | xargs -P "$(nproc)" -n 3 ` + command, "sh", photos, ""}
	}
	bound := each(`"$3" "$2"`)
	bound[len(bound)-1] = out("bound")
	vips := []string{"sh", script("vips.sh"), photos, out("vips")}
	return b.chosen(
		&way{name: "Photodesk, cold", before: fresh("cache", "bundle"), command: []string{self, "-run", "export", file, out("bundle"), out("cache")}},
		&way{
			name: "Photodesk, warm", before: fresh("bundle"), within: true,
			command: []string{self, "-run", "export", file, out("bundle"), out("cache")},
		},
		&way{
			name: "Photodesk, one caption changed", within: true,
			command: []string{self, "-run", "recaption", file, out("bundle"), out("cache"), "1"},
		},
		&way{
			name: "Photodesk, all captions changed", within: true,
			command: []string{self, "-run", "recaption", file, out("bundle"), out("cache"), "all"},
		},
		sharp("1", "2"), sharp("2", "2"), sharp("2", "4"),
		&way{name: "Pillow", before: fresh("pillow"), command: []string{"/usr/bin/python3", script("pillow.py"), photos, out("pillow")}},
		&way{name: "vipsthumbnail, one call an output", before: fresh("vips"), command: vips},
		&way{name: "bound: the codecs in C alone", before: fresh("bound"), command: append(bound, filepath.Join(b.dir, "bound"))},
	)
}

func (b *bench) importWays(self, many string) []*way {
	project := filepath.Join(b.tmp, "import")
	clean := func() error { return os.RemoveAll(project) }
	thumbs, copies := filepath.Join(b.tmp, "thumbs"), filepath.Join(b.tmp, "copies")
	return b.chosen(
		&way{name: "Photodesk, import", before: clean, command: []string{self, "-run", "import", filepath.Join(project, "import.photodesk"), many}},
		&way{
			name: "bound: the originals copied and on the disk, alone", before: func() error { return os.RemoveAll(copies) },
			command: []string{"sh", "-c", `mkdir -p "$2" && cp "$1"/*.jpg "$2" && sync -f "$2"`, "sh", many, copies},
		},
		&way{
			name:    "vipsthumbnail, 320 px, one call",
			command: []string{"sh", "-c", `mkdir -p "$2" && vipsthumbnail -s 320 -o "$2/%s.jpg" "$1"/*.jpg`, "sh", many, thumbs},
		},
		&way{
			name:    "vipsthumbnail, 320 px, a call a core",
			command: []string{"sh", "-c", `mkdir -p "$2" && ls "$1"/*.jpg | xargs -P "$(nproc)" -n 25 vipsthumbnail -s 320 -o "$2/%s.jpg"`, "sh", many, thumbs},
		},
	)
}

func (b *bench) chosen(ways ...*way) []*way {
	if len(b.only) == 0 {
		return ways
	}
	var out []*way
	for _, w := range ways {
		for _, word := range b.only {
			if strings.Contains(strings.ToLower(w.name), strings.ToLower(word)) {
				out = append(out, w)
				break
			}
		}
	}
	return out
}
