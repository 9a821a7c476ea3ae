// Package assets owns what is embedded in the programs: page themes, the page's
// shared templates and script, words, fonts. It holds file systems and no code.
package assets

import "embed"

// Themes holds one folder a theme: themes/NAME/page.tmpl and page.css.
//
//go:embed themes
var Themes embed.FS

// Page holds what every theme shares: page/*.tmpl, base.css and print.css, page.js and votes.js.
//
//go:embed page
var Page embed.FS

// Words holds the translations: i18n/page/LANG.json are the words of a page.
//
//go:embed i18n
var Words embed.FS

// Fonts holds the faces that themes name in their CSS, as fonts/NAME.woff2,
// and the licence they come under.
//
//go:embed fonts
var Fonts embed.FS

// Faces holds the whole faces that the window and contact sheets are set in, as
// faces/NAME.ttf, and the licence they come under.
//
//go:embed faces
var Faces embed.FS

// Sample holds the sample essay: sample/sample.json and sample/photos/*.jpg.
//
//go:embed sample/sample.json sample/photos/*.jpg
var Sample embed.FS

// Icon is Photodesk's mark, 512 pixels square.
//
//go:embed icon.png
var Icon []byte

// IconSVG is the same mark as a drawing.
//
//go:embed icon.svg
var IconSVG []byte
