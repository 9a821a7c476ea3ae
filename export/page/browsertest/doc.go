// Package browsertest checks a bundle in a real browser, as a reader would meet
// it: every photo loads, the lightbox answers to the keyboard, votes count and
// stay, nothing moves while loading, nothing is asked from elsewhere, and the
// page's own policy is never broken.
//
// [Check] is for tests of package page and of whole exported bundles alike. It
// waits on conditions, never on durations.
package browsertest
