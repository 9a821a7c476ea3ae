package jobs

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
)

// queue is the UI goroutine of a test.
type queue chan func()

func (q queue) do(fn func()) { q <- fn }

func (q queue) until(t *testing.T, done func() bool) {
	t.Helper()
	late := time.After(10 * time.Second)
	for !done() {
		select {
		case fn := <-q:
			fn()
		case <-late:
			t.Fatal("nothing more happened")
		}
	}
}

func TestJobEnds(t *testing.T) {
	broken := errors.New("the disk is full")
	for _, c := range []struct {
		name  string
		work  func(context.Context, func(Progress)) error
		state State
		kept  int
	}{
		{"done", func(context.Context, func(Progress)) error { return nil }, Done, 0},
		{"failed", func(context.Context, func(Progress)) error { return broken }, Failed, 1},
		{"panicked", func(context.Context, func(Progress)) error { panic("oh") }, Failed, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			q := make(queue, 100)
			js := New(q.do)
			told, heard := false, error(nil)
			j := js.Start(c.name, c.work).Then(func(err error) { told, heard = true, err })
			q.until(t, func() bool { return told })
			if j.State() != c.state || !errors.Is(heard, j.Err()) || len(js.List()) != c.kept {
				t.Errorf("state %v, error %v, kept %d", j.State(), heard, len(js.List()))
			}
			j.Dismiss()
			if len(js.List()) != 0 {
				t.Error("it stays after it was dismissed")
			}
		})
	}
}

func TestCancelAnswersAtOnce(t *testing.T) {
	js := New(func(fn func()) { fn() })
	slow := make(chan struct{})
	j := js.Start("Export", func(ctx context.Context, _ func(Progress)) error {
		<-slow
		return ctx.Err()
	})
	j.Cancel()
	if j.State() != Cancelling {
		t.Errorf("state %v", j.State())
	}
	close(slow)
	if err := j.Wait(); !errors.Is(err, context.Canceled) || j.State() != Cancelled {
		t.Errorf("ended with %v, state %v", err, j.State())
	}
}

func TestCloseCancelsAndWaits(t *testing.T) {
	js := New(func(fn func()) { fn() })
	for range 5 {
		js.Start("Work", func(ctx context.Context, _ func(Progress)) error {
			<-ctx.Done()
			return ctx.Err()
		})
	}
	js.Close()
	if js.Running() != 0 {
		t.Error("jobs run after Close")
	}
	if err := js.Start("Late", func(context.Context, func(Progress)) error { return nil }).Wait(); !errors.Is(err, context.Canceled) {
		t.Errorf("a job after Close ended with %v", err)
	}
}

func TestBarShowsJobs(t *testing.T) {
	test.NewTempApp(t)
	q := make(queue, 100)
	js := New(q.do)
	b := NewBar(js)
	test.NewTempWindow(t, b)
	stop := make(chan error)
	js.Start("Import", func(_ context.Context, report func(Progress)) error {
		report(Progress{Done: 7, Total: 16, Text: "Processing files… 7 of 16 — bridge.jpg"})
		return <-stop
	})
	q.until(t, func() bool { return len(b.rows) == 1 && b.rows[0].bar.done == 7 })
	row := b.rows[0]
	if !strings.Contains(row.text.Text, "7 of 16") || row.cancel.Hidden || !row.details.Hidden {
		t.Errorf("the line says %q", row.text.Text)
	}
	stop <- errors.New("the disk is full")
	q.until(t, func() bool { return !row.details.Hidden })
	if row.text.Text != "Import failed: the disk is full" || !row.cancel.Hidden {
		t.Errorf("the line says %q", row.text.Text)
	}
	var name string
	b.OnDetails = func(n string, _ error) { name = n }
	test.Tap(row.details)
	test.Tap(row.dismiss)
	q.until(t, func() bool { return len(b.rows) == 0 })
	if name != "Import" {
		t.Errorf("details of %q", name)
	}
}

func TestBarCounts(t *testing.T) {
	for _, c := range []struct {
		errs, warnings int
		want           string
	}{{0, 0, "No problems"}, {0, 1, "1 warning"}, {2, 0, "2 errors"}, {1, 3, "1 error, 3 warnings"}} {
		if got := problems(c.errs, c.warnings); got != c.want {
			t.Errorf("problems(%d, %d) = %q, want %q", c.errs, c.warnings, got, c.want)
		}
	}
}
