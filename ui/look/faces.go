package look

// This file owns how an editable text asks for a face. Fyne measures text by
// its style alone, in the app's theme, but draws it in the theme of its widget:
// a face that only an override knows is measured wrong, wrapped wrong, and has
// its caret in the wrong place. The style must carry the face, and TabWidth is
// the one field of it that nothing else here uses.

import "fyne.io/fyne/v2"

// Faces for a text style's TabWidth.
const (
	FaceSerif   = 5 // reading
	FaceDisplay = 6 // headlines
)

// Font is the face for a style; TabWidth may ask for one of the story's.
func (d desk) Font(style fyne.TextStyle) fyne.Resource {
	switch style.TabWidth {
	case FaceDisplay:
		if !style.Italic {
			return SerifDisplay
		}
		return SerifBoldItalic
	case FaceSerif:
		return serif{}.Font(style)
	}
	return d.Theme.Font(style)
}
