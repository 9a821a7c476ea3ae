package page

// This file owns how a gallery's photos fall into rows. In a row all photos
// have one height and keep their ratio, so a row's height follows from the sum
// of its ratios; rows whose sums are alike look alike.

import (
	"fmt"
	"math"
	"slices"

	"photodesk/project"
)

// rowRatio is the sum of ratios that makes a good row of a grid: three
// landscapes of 3:2, or five portraits.
const rowRatio = 3.6

// rowsOf parts photos into rows, in order.
func rowsOf(layout string, photos []*figure) [][]*figure {
	if layout == string(project.LayoutPair) {
		return slices.Collect(slices.Chunk(photos, 2))
	}
	sum := 0.0
	for _, f := range photos {
		sum += f.photo.ratio()
	}
	// Rather a fuller row than a last one with a single photo in it.
	n := min(max(1, int(sum/rowRatio+0.4)), len(photos))
	return balanced(photos, n, sum/float64(n))
}

// balanced parts photos into n rows whose sums of ratios stray least from
// target, by squares: the linear partition problem, by dynamic programming.
func balanced(photos []*figure, n int, target float64) [][]*figure {
	count := len(photos)
	// cost[r][i] is the least for the first i photos in r rows; start[r][i] is
	// where the last of those rows begins.
	cost := make([][]float64, n+1)
	start := make([][]int, n+1)
	for r := range cost {
		cost[r], start[r] = make([]float64, count+1), make([]int, count+1)
		for i := range cost[r] {
			cost[r][i] = math.Inf(1)
		}
	}
	cost[0][0] = 0
	for r := 1; r <= n; r++ {
		for i := r; i <= count; i++ {
			sum := 0.0
			for j := i - 1; j >= r-1; j-- {
				sum += photos[j].photo.ratio()
				if c := cost[r-1][j] + (sum-target)*(sum-target); c < cost[r][i] {
					cost[r][i], start[r][i] = c, j
				}
			}
		}
	}
	rows := make([][]*figure, n)
	for r, end := n, count; r > 0; r-- {
		rows[r-1] = photos[start[r][end]:end]
		end = start[r][end]
	}
	return rows
}

// setRowSizes gives each photo of a row the share of the wide width it is
// shown at, as base.css lays it out.
func setRowSizes(row []*figure) {
	sum := 0.0
	for _, f := range row {
		sum += f.photo.ratio()
	}
	for _, f := range row {
		share := f.photo.ratio() / sum
		f.Sizes = fmt.Sprintf("(min-width: %dpx) %dpx, (min-width: 576px) %dvw, %s",
			wideWidth+gutters, round(share*wideWidth), round(share*100), sizesPhone)
	}
}

// setSlideSizes follows the track of base.css: one height for all, and never
// quite the whole width, so that the next photo shows.
func setSlideSizes(photos []*figure) {
	for _, f := range photos {
		f.Sizes = fmt.Sprintf("(min-width: %dpx) %dpx, 92vw", wideWidth+gutters, min(wideWidth, round(f.photo.ratio()*544)))
	}
}

func round(f float64) int { return int(math.Round(f)) }
