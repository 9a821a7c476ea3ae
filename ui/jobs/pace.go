package jobs

// This file owns how fast a job is and how long it will take.

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2/lang"
)

// pace is measured from the first report on, so that finding out how much there
// is to do doesn't count as slowness.
type pace struct {
	began time.Time
	from  int
	last  time.Time
	done  int
	total int
}

// settles is how much has to be done before a guess is worth showing.
const settles = 2 * time.Second

func (p *pace) report(done, total int, now time.Time) {
	if p.began.IsZero() || total != p.total || done < p.done {
		*p = pace{began: now, from: done}
	}
	p.last, p.done, p.total = now, done, total
}

// String says the rate and the time left, or nothing where nobody can tell.
func (p *pace) String() string {
	took := p.last.Sub(p.began)
	n := p.done - p.from
	if p.total == 0 || n <= 0 || took < settles {
		return ""
	}
	rate := float64(n) / took.Seconds()
	left := time.Duration(float64(p.total-p.done) / rate * float64(time.Second))
	text := ""
	switch {
	case rate >= 10:
		text = fmt.Sprintf(lang.L("%d a second"), int(rate+0.5))
	case rate >= 1:
		text = fmt.Sprintf(lang.L("%.1f a second"), rate)
	default:
		text = fmt.Sprintf(lang.L("%.1f s each"), 1/rate)
	}
	if p.done >= p.total {
		return text
	}
	return text + "  ·  " + timeLeft(left)
}

func timeLeft(d time.Duration) string {
	switch {
	case d < 60*time.Second:
		return fmt.Sprintf(lang.L("%d s left"), max(int(d.Seconds()+0.5), 1))
	case d < time.Hour:
		return fmt.Sprintf(lang.L("%d min left"), int(d.Minutes()+0.5))
	}
	return fmt.Sprintf(lang.L("%.1f h left"), d.Hours())
}

// Pace says how fast the job is and how long it will take; "" while nobody can tell.
func (j *Job) Pace() string {
	j.js.mu.Lock()
	defer j.js.mu.Unlock()
	return j.pace.String()
}

// SetAgain offers to try the job again once it has failed.
func (j *Job) SetAgain(again func()) {
	j.js.mu.Lock()
	j.again = again
	j.js.mu.Unlock()
	j.js.tell()
}

// CanAgain reports whether trying again is offered.
func (j *Job) CanAgain() bool {
	j.js.mu.Lock()
	defer j.js.mu.Unlock()
	return j.state == Failed && j.again != nil
}

// Again takes a failed job off the list and tries it once more. For the UI goroutine.
func (j *Job) Again() {
	j.js.mu.Lock()
	again := j.again
	if j.state != Failed {
		again = nil
	}
	j.js.mu.Unlock()
	if again != nil {
		j.Dismiss()
		again()
	}
}
