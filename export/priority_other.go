//go:build !linux

package export

// stepBack does nothing where only whole programs have a priority.
func stepBack() {}
