package store_test

import (
	"testing"

	"photodesk/export/votes/store"
)

func FuzzNotice(f *testing.F) {
	f.Add("0123456789abcdef/essay 3 1 4")
	f.Add("? hello")
	f.Add("a -1 0 1")
	f.Fuzz(func(t *testing.T, notice string) {
		if _, c, ok := store.ReadNotice(notice); ok && (c.Up < 0 || c.Down < 0) {
			t.Errorf("%q tells %+v", notice, c)
		}
	})
}
