// Package export owns the way from an essay to a bundle: a folder, or a zip of
// it, that any web server, or none, can show.
//
//	essay ── Check ── plan ── derive: photos ── page: HTML ── manifest ── staging folder ── renamed into place
//
// The staging folder lies beside the destination and is renamed into its place
// whole: a failed or cancelled export leaves the bundle before it as it was.
// [StartPreview] shows what [Export] would write; both go through build.
package export
