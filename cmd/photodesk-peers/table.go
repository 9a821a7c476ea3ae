//go:build linux

package main

// This file owns running the ways in turn and the table of what they took.

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// report runs every way once a round and prints medians, beside the quickest of the sharp scripts where there is one.
func report(ctx context.Context, b *bench, ways []*way, title string) error {
	for round := range b.rounds {
		for _, w := range ways {
			fmt.Fprintf(os.Stderr, "round %d of %d: %s\n", round+1, b.rounds, w.name)
			f, err := w.once(ctx)
			if err != nil {
				return fmt.Errorf("%s: %w", w.name, err)
			}
			w.runs = append(w.runs, f)
		}
	}
	fmt.Printf("\n%s (medians of %d)\n\n%s\n", title, b.rounds, table(ways))
	return nil
}

var exportAlone = regexp.MustCompile(`export alone ([0-9.]+) s`)

func (w *way) once(ctx context.Context) (figures, error) {
	if w.before != nil {
		if err := w.before(); err != nil {
			return figures{}, fmt.Errorf("before: %w", err)
		}
	}
	var said strings.Builder
	cmd := exec.CommandContext(ctx, w.command[0], w.command[1:]...)
	cmd.Stderr, cmd.Stdout = &said, &said
	start := time.Now()
	err := cmd.Run()
	f := figures{wall: time.Since(start)}
	if err != nil {
		return f, fmt.Errorf("%w: %s", err, said.String())
	}
	if said.Len() > 0 {
		fmt.Fprint(os.Stderr, said.String())
	}
	if w.within {
		all := exportAlone.FindAllStringSubmatch(said.String(), -1)
		if len(all) == 0 {
			return f, fmt.Errorf("it says not how long the export took: %s", said.String())
		}
		seconds, err := strconv.ParseFloat(all[len(all)-1][1], 64)
		if err != nil {
			return f, err
		}
		f.wall = time.Duration(seconds * float64(time.Second))
	}
	f.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	if u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		f.memory = u.Maxrss << 10 // Linux counts kilobytes
	}
	return f, nil
}

// median of a figure over the runs of a way.
func (w *way) median(of func(figures) float64) float64 {
	var v []float64
	for _, r := range w.runs {
		v = append(v, of(r))
	}
	slices.Sort(v)
	if len(v) == 0 {
		return 0
	}
	return (v[(len(v)-1)/2] + v[len(v)/2]) / 2
}

func wall(f figures) float64 { return f.wall.Seconds() }

// table is in Markdown. The ratio is to the best of the peers that others are measured against.
func table(ways []*way) string {
	best := 0.0
	for _, w := range ways {
		if strings.HasPrefix(w.name, "sharp") || strings.HasPrefix(w.name, "vipsthumbnail, 320") {
			if m := w.median(wall); best == 0 || m < best {
				best = m
			}
		}
	}
	var s strings.Builder
	s.WriteString("| way | wall s | to the best peer | CPU s | largest process MB |\n|---|---|---|---|---|\n")
	for _, w := range ways {
		ratio := "–"
		if best > 0 {
			ratio = fmt.Sprintf("%.3f", w.median(wall)/best)
		}
		fmt.Fprintf(&s, "| %s | %.3g | %s | %.2f | %.0f |\n", w.name, w.median(wall), ratio,
			w.median(func(f figures) float64 { return f.cpu.Seconds() }), w.median(func(f figures) float64 { return float64(f.memory) / 1e6 }))
	}
	return s.String()
}
