package words

// This file owns lines of mixed direction. The toolkit shapes each run of a line
// rightly but always puts the first run leftmost; a line that is read from the
// right has its first run at the right.

import (
	"strings"

	"golang.org/x/text/unicode/bidi"
)

// run is a part of a line with one direction.
type run struct {
	text  []rune
	right bool
}

// apart is what stands between two runs, held by marks so that the toolkit
// gives it to neither.
func apart(between []rune) run {
	const mark = '\u200e'
	return run{append(append([]rune{mark}, between...), mark), true}
}

// Visual is a line with its runs in the order in which the toolkit has to put
// them for a window that is read from right to left. In any other window, and
// for a line without a word from right to left, it is the line itself.
func Visual(line string) string {
	if !RightToLeft() {
		return line
	}
	var runs []run
	var between []rune // neutral: goes with what is around it
	any := false
	for _, r := range line {
		p, _ := bidi.LookupRune(r)
		var right bool
		switch p.Class() {
		case bidi.R, bidi.AL, bidi.NSM, bidi.AN:
			right, any = true, true
		case bidi.L, bidi.EN:
		default:
			between = append(between, r)
			continue
		}
		if n := len(runs); n > 0 && runs[n-1].right == right {
			runs[n-1].text = append(append(runs[n-1].text, between...), r)
		} else {
			if len(between) > 0 {
				runs = append(runs, apart(between))
			}
			runs = append(runs, run{[]rune{r}, right})
		}
		between = nil
	}
	if !any {
		return line
	}
	if len(between) > 0 {
		runs = append(runs, apart(between))
	}
	var b strings.Builder
	for i := len(runs) - 1; i >= 0; i-- {
		b.WriteString(string(runs[i].text))
	}
	return b.String()
}
