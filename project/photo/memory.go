package photo

// This file owns the memory of planes. A photo of 24 megapixels takes 36 MB, and getting that from the system anew for every
// photo costs a tenth of an export's time.

import (
	"image"
	"slices"
	"sync"
	"time"
	"unsafe"
)

// planeAlign is what vector instructions want planes and their rows to begin at a multiple of, in bytes.
const planeAlign = 64

// spare is memory that nobody needs any more. It is forgotten when nobody has wanted any for a while.
var spare struct {
	sync.Mutex
	blocks [][]byte // aligned, oldest first
	bytes  int      // of all blocks
	forget *time.Timer
}

const (
	spareBytes = 48 << 20
	spareIdle  = 2 * time.Second
	hugeFrom   = 4 << 20 // bytes, from which on larger pages are worth asking for
)

// Borrow gives n bytes that may hold anything, aligned for planes. Whoever is done with them may GiveBack them.
func Borrow(n int) []byte {
	spare.Lock()
	best := -1
	for i, b := range spare.blocks {
		if cap(b) >= n && cap(b) <= 2*n+1<<16 && (best < 0 || cap(b) < cap(spare.blocks[best])) {
			best = i
		}
	}
	if best >= 0 {
		b := spare.blocks[best]
		spare.blocks = slices.Delete(spare.blocks, best, best+1)
		spare.bytes -= cap(b)
		spare.Unlock()
		return b[:n]
	}
	spare.Unlock()
	b := make([]byte, n+planeAlign)
	if n >= hugeFrom {
		huge(b)
	}
	return b[-int(address(b))&(planeAlign-1):][:n]
}

// GiveBack takes memory that Borrow gave and that nobody uses any more.
func GiveBack(b []byte) {
	b = b[:cap(b)]
	if len(b) < 1<<16 || address(b)%planeAlign != 0 {
		return // cheap to have anew, or not from here
	}
	spare.Lock()
	defer spare.Unlock()
	spare.blocks = append(spare.blocks, b)
	spare.bytes += len(b)
	for spare.bytes > spareBytes { // sizes that nobody asks for go first
		spare.bytes -= cap(spare.blocks[0])
		spare.blocks = slices.Delete(spare.blocks, 0, 1)
	}
	if spare.forget == nil {
		spare.forget = time.AfterFunc(spareIdle, func() {
			spare.Lock()
			defer spare.Unlock()
			spare.blocks, spare.bytes = nil, 0
		})
		return
	}
	spare.forget.Reset(spareIdle)
}

func address(b []byte) uintptr { return uintptr(unsafe.Pointer(unsafe.SliceData(b))) }

// Recycle gives back the samples of planes that FitPlanes or Planes made and that nobody uses any more.
func Recycle(m *image.YCbCr) { GiveBack(m.Y) }

func alignUp(n int) int { return (n + planeAlign - 1) / planeAlign * planeAlign }

// newPlanes makes planes of one luma size and one chroma size, with aligned rows, that may hold anything.
func newPlanes(w, h, cw, ch int) *image.YCbCr {
	stride, cstride := alignUp(w), alignUp(cw)
	luma, chroma := stride*h, cstride*ch
	b := Borrow(luma + 2*chroma)
	return &image.YCbCr{
		Y: b[:luma], Cb: b[luma:][:chroma:chroma], Cr: b[luma+chroma:][:chroma:chroma], YStride: stride, CStride: cstride,
		SubsampleRatio: image.YCbCrSubsampleRatio420, Rect: image.Rect(0, 0, w, h),
	}
}
