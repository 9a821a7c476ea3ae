//go:build linux

package main

import (
	"strings"
	"testing"
	"time"
)

func TestTableComparesMediansToTheBestPeer(t *testing.T) {
	seconds := func(all ...int) (runs []figures) {
		for _, s := range all {
			runs = append(runs, figures{wall: time.Duration(s) * time.Second, cpu: time.Second, memory: 5e6})
		}
		return runs
	}
	got := table([]*way{
		{name: "Photodesk, cold", runs: seconds(30, 3, 4)},
		{name: "sharp, slow", runs: seconds(16, 16, 16)},
		{name: "sharp, quick", runs: seconds(8, 7, 90)},
		{name: "Pillow", runs: seconds(10, 12)},
	})
	for _, want := range []string{
		"| Photodesk, cold | 4 | 0.500 | 1.00 | 5 |", "| sharp, slow | 16 | 2.000 |", "| sharp, quick | 8 | 1.000 |", "| Pillow | 11 | 1.375 |",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestAWayIsMeasuredAndItsFailureTold(t *testing.T) {
	f, err := (&way{command: []string{"sh", "-c", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done"}}).once(t.Context())
	if err != nil || f.wall <= 0 || f.cpu <= 0 || f.memory < 100e3 {
		t.Errorf("%+v, %v", f, err)
	}
	if _, err := (&way{command: []string{"sh", "-c", "echo no such photograph >&2; exit 3"}}).once(t.Context()); err == nil || !strings.Contains(err.Error(), "no such photograph") {
		t.Errorf("got %v", err)
	}
}

func TestChosen(t *testing.T) {
	b := bench{only: []string{"sharp", "warm"}}
	got := b.chosen(&way{name: "Photodesk, cold"}, &way{name: "Photodesk, warm"}, &way{name: "sharp, 1 thread(s)"})
	if len(got) != 2 || got[0].name != "Photodesk, warm" {
		t.Errorf("chose %d", len(got))
	}
}
