//go:build !linux

package export

func swap(staging, out string) error { return swapByRename(staging, out) }
