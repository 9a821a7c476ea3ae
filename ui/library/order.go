package library

// This file owns the order of the photos, their size, and the two filters that
// only the window can answer: whether a licence has run out today, and whether
// the original is there.

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"photodesk/project"
	"photodesk/ui/words"
)

// Order is how photos follow each other.
type Order string

// The orders to choose from.
const (
	ByAdded  Order = "added" // as they came in
	ByTaken  Order = "taken" // the oldest first; those without a time last
	ByName   Order = "name"
	ByCredit Order = "credit" // those without one first: there is work to do
)

var orders = []struct {
	order Order
	name  string
}{
	{ByAdded, words.Key("Added")},
	{ByTaken, words.Key("Taken")},
	{ByName, words.Key("Name")},
	{ByCredit, words.Key("Credit")},
}

// Sort gives the photos in an order; within it they stay as they came in.
func (o Order) Sort(list []project.Photo) []project.Photo {
	keys := make([]string, len(list))
	switch o {
	case ByTaken:
		for i := range list {
			if keys[i] = list[i].TakenAt; keys[i] == "" {
				keys[i] = "~" // after every digit
			}
		}
	case ByName:
		for i := range list {
			keys[i] = natural(list[i].Name)
		}
	case ByCredit:
		for i := range list {
			keys[i] = strings.ToLower(list[i].CreditLine)
		}
	default:
		return list
	}
	// A photo's row is long: its place is sorted, then it is moved once.
	at := make([]int32, len(list))
	for i := range at {
		at[i] = int32(i)
	}
	slices.SortStableFunc(at, func(a, b int32) int { return cmp.Compare(keys[a], keys[b]) })
	out := make([]project.Photo, len(list))
	for i, from := range at {
		out[i] = list[from]
	}
	return out
}

// natural is a name in which numbers sort by what they say: 9 before 10.
func natural(name string) string {
	var b strings.Builder
	name = strings.ToLower(name)
	for i := 0; i < len(name); {
		j := i
		for j < len(name) && name[j] >= '0' && name[j] <= '9' {
			j++
		}
		if j == i {
			b.WriteByte(name[i])
			i++
			continue
		}
		digits := strings.TrimLeft(name[i:j], "0")
		b.WriteByte('0' + byte(min(len(digits), 70)))
		b.WriteString(digits)
		i = j
	}
	return b.String()
}

// extra are the filters that only the window can answer.
type extra struct{ expired, missing bool }

func (e extra) lets(ph project.Photo, today string) bool {
	return (!e.expired || expired(ph, today)) && (!e.missing || ph.Lost)
}

// expired reports whether a photo may no longer be shown.
func expired(ph project.Photo, today string) bool { return ph.Expires != "" && ph.Expires <= today }

func today() string { return time.Now().Format(time.DateOnly) }

// The sizes of a tile, and what one step of the keys changes.
const (
	smallTile, usualTile, largeTile = 84, 118, 260
	tileStep                        = 22
)
