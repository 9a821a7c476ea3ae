package jobs

import (
	"context"
	"errors"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
)

func TestPace(t *testing.T) {
	begin := time.Date(2027, 3, 1, 10, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name  string
		done  []int // one report a second
		total int
		want  string
	}{
		{"too early", []int{1, 20}, 100, ""},
		{"fast", []int{0, 20, 40, 60}, 1000, "20 a second  ·  47 s left"},
		{"slow", []int{10, 10, 10, 10, 12}, 20, "2.0 s each  ·  16 s left"},
		{"long", []int{0, 3, 6, 9}, 9000, "3.0 a second  ·  50 min left"},
		{"done", []int{0, 50, 80, 100}, 100, "33 a second"},
		{"begun anew", []int{0, 50, 80, 0, 5}, 100, ""},
		{"nobody can tell", []int{0, 0, 0, 0}, 0, ""},
	} {
		var p pace
		for i, n := range c.done {
			p.report(n, c.total, begin.Add(time.Duration(i)*time.Second))
		}
		if got := p.String(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestTryAgain(t *testing.T) {
	test.NewTempApp(t)
	q := make(queue, 100)
	js := New(q.do)
	b := NewBar(js)
	test.NewTempWindow(t, b)
	tries := 0
	var start func()
	start = func() {
		js.Start("Export", func(context.Context, func(Progress)) error {
			if tries++; tries == 1 {
				return errors.New("the disk is full")
			}
			return nil
		}).SetAgain(start)
	}
	start()
	q.until(t, func() bool { return len(b.rows) == 1 && !b.rows[0].again.Hidden })
	test.Tap(b.rows[0].again)
	q.until(t, func() bool { return len(b.rows) == 0 })
	if tries != 2 || len(js.List()) != 0 {
		t.Errorf("%d tries, %d jobs listed", tries, len(js.List()))
	}
}

func TestSeveralJobsHaveALineEach(t *testing.T) {
	test.NewTempApp(t)
	q := make(queue, 1000)
	js := New(q.do)
	b := NewBar(js)
	test.NewTempWindow(t, b)
	for _, name := range []string{"Import", "Export", "Verify originals"} {
		js.Start(name, func(ctx context.Context, report func(Progress)) error {
			report(Progress{Done: 1, Total: 3, Text: name + "… 1 of 3"})
			<-ctx.Done()
			return ctx.Err()
		})
	}
	q.until(t, func() bool { return len(b.rows) == 3 && b.rows[2].bar.done == 1 })
	test.Tap(b.rows[1].cancel)
	q.until(t, func() bool { return len(b.rows) == 2 })
	if b.rows[0].job.Name() != "Import" || b.rows[1].job.Name() != "Verify originals" {
		t.Error("another job was cancelled")
	}
	js.Close()
	b.Close()
}
