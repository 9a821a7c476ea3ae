// Package browsertest checks a bundle in a real browser, as a reader would meet
// it: every photo loads, the lightbox answers to the keyboard, votes count and
// stay, nothing moves while loading, nothing is asked from elsewhere, and the
// page's own policy is never broken.
//
// A package that opens tabs has a TestMain of os.Exit(browsertest.Main(m).Run()).
// [Check] is for tests of package page and of whole exported bundles alike. It
// waits on conditions, never on durations.
package browsertest
