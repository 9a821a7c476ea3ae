package photo

import "golang.org/x/sys/unix"

// huge asks for pages of 2 MB, where whole ones fit: the first touch of each page costs time.
func huge(b []byte) {
	const page = 2 << 20
	skip := -int(address(b)) & (page - 1)
	if whole := (len(b) - skip) / page * page; whole > 0 {
		_ = unix.Madvise(b[skip:skip+whole], unix.MADV_HUGEPAGE)
	}
}
