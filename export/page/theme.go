package page

// This file owns where themes come from. A theme is a folder of a template, a style and faces; assets/themes/README.md is
// the contract that it keeps to, and CheckTheme holds it to that.

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"photodesk/assets"
)

// Theme is how a page looks. The zero value is the default theme.
type Theme struct {
	Name  string
	Files fs.FS // page.css; page.tmpl, else the default theme's; fonts/NAME.woff2
}

const defaultTheme = "broadsheet"

// What a theme's files may measure, in bytes.
const (
	maxThemeText = 1 << 20
	maxThemeFace = 2 << 20
)

// BuiltIn are the themes that come with Photodesk, the default first.
func BuiltIn() []Theme {
	entries, err := fs.ReadDir(assets.Themes, "themes")
	if err != nil {
		return nil
	}
	var out []Theme
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		files, err := fs.Sub(assets.Themes, "themes/"+e.Name())
		if err != nil {
			return nil
		}
		if t := (Theme{e.Name(), files}); e.Name() == defaultTheme {
			out = slices.Insert(out, 0, t)
		} else {
			out = append(out, t)
		}
	}
	return out
}

// orDefault is the theme, or the default one.
func (t Theme) orDefault() Theme {
	if t.Files == nil {
		return BuiltIn()[0]
	}
	return t
}

// read reads one of the theme's files.
func (t Theme) read(name string, limit int64) ([]byte, error) {
	st, err := fs.Stat(t.Files, name)
	if err != nil {
		return nil, fmt.Errorf("read %s of theme %q: %w", name, t.Name, err)
	}
	if !st.Mode().IsRegular() || st.Size() > limit {
		return nil, fmt.Errorf("%w: %s of theme %q is no file of at most %d bytes", ErrInput, name, t.Name, limit)
	}
	data, err := fs.ReadFile(t.Files, name)
	if err != nil {
		return nil, fmt.Errorf("read %s of theme %q: %w", name, t.Name, err)
	}
	return data, nil
}

// style is the theme's page.css, as it was written.
func (t Theme) style() ([]byte, error) { return t.read("page.css", maxThemeText) }

// template is the theme's page.tmpl, or the default theme's where it has none.
func (t Theme) template() ([]byte, error) {
	data, err := t.read("page.tmpl", maxThemeText)
	if errors.Is(err, fs.ErrNotExist) && t.Name != defaultTheme {
		return BuiltIn()[0].template()
	}
	return data, err
}

// face is a font of the theme's own, or one that comes with Photodesk.
func (t Theme) face(name string) ([]byte, error) {
	data, err := t.read("fonts/"+name+".woff2", maxThemeFace)
	if errors.Is(err, fs.ErrNotExist) {
		return assets.Fonts.ReadFile("fonts/" + name + ".woff2")
	}
	return data, err
}
