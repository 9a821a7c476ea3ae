// Package publish brings an exported bundle to where readers fetch it: a folder, a zip file, a server that speaks SFTP, a store that
// speaks S3. What stands there already is compared by its bundle.json; only what changed goes, and a reader who opens the page while
// that happens, or after it was broken off, gets a whole page.
//
//	bundle ─ Verify ─▶ look: bundle.json, publishing.json, folders ─▶ newPlan
//	publishing.json ─▶ files named by content ─▶ pages ─▶ index.html ─▶ bundle.json ─▶ removals ─▶ publishing.json goes
//
// Files named by their content come first: no page before refers to them, and the new one needs them all. index.html is the moment at
// which the page changes. bundle.json follows it, so that it never names what isn't there; whatever is removed was named by it before.
// publishing.json stands at the target for as long as that takes. It names every file that the target may hold of this essay, so that
// the next run knows its own after a break and forgets nothing that has to be removed.
package publish
