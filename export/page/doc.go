// Package page owns the page of an exported essay: its HTML, its style and
// script, structured data for search engines and cards, and the embed.
//
// [Render] is a pure function from an [Input] to files. It reads nothing but
// what is embedded in the program, makes the same bytes for the same input,
// and lets nothing an editor typed become markup except bold, italic and links.
// Writing the files, and the photos they point at, is package export's work.
//
// The way through it:
//
//	Input ── input.go: checked
//	  └─ view.go, blocks.go, figure.go, vote.go: what templates see, in words and paths
//	       ├─ structured.go: NewsArticle and its ImageObjects
//	       ├─ static.go: style, script, fonts, icon, named by their content
//	       └─ render.go: index.html and embed.html through html/template
package page
