// Package wording knows the newsroom's language: how a credit line is written, where a caption ends and its credit
// begins, how a story pasted from a wire falls into headline, paragraphs and captions, and what a picture desk would
// remark on in a caption. Everything here is a pure function of its arguments.
package wording
