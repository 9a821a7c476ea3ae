package develop

// This file owns a recipe in words.

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2/lang"

	"photodesk/project/photo"
)

// Summary says what a recipe does to a photo, for the editor; "" for nothing.
func Summary(r photo.Recipe) string {
	var parts []string
	add := func(on bool, words string) {
		if on {
			parts = append(parts, words)
		}
	}
	add(r.Crop != nil, lang.L("cropped"))
	add(r.Turn != 0, fmt.Sprintf(lang.L("turned by %d°"), 90*r.Turn))
	add(r.Straighten != 0, fmt.Sprintf(lang.L("straightened by %.1f°"), r.Straighten))
	add(r.Brightness != 0 || r.Contrast != 0 || r.Saturation != 0 && r.Saturation > photo.Grey, lang.L("toned"))
	add(r.Saturation <= photo.Grey, lang.L("black and white"))
	if n := len(r.Redactions); n > 0 {
		parts = append(parts, lang.N("{{.PluralCount}} areas hidden", n))
	}
	add(r.Focus != nil, lang.L("focal point set"))
	if len(parts) == 0 {
		return ""
	}
	return lang.L("Edits") + ": " + strings.Join(parts, ", ") + "."
}
