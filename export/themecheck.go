package export

// This file owns what a newsroom needs to make a theme of its own: a beginning, and a check.

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"photodesk/export/page"
)

// NewTheme makes a folder with the files of the theme named from, to be changed, and the contract of themes. The folder must
// not be there, or be empty; its name is the theme's.
func NewTheme(dir, from string) error {
	theme, err := ThemeNamed(from)
	if err != nil {
		return err
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return err
	}
	if name := filepath.Base(dir); !themeName.MatchString(name) {
		return fmt.Errorf("a theme can't be called %q; use lower-case letters, digits and hyphens", name)
	}
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return fmt.Errorf("the folder %s is not empty; choose another for the theme", dir)
	}
	files, err := page.ThemeFiles(theme)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make the theme's folder: %w", err)
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return fmt.Errorf("write the theme: %w", err)
		}
	}
	return nil
}

// ThemeProblem is one way in which a theme breaks its pages.
type ThemeProblem = page.ThemeProblem

// CheckTheme gives the problems of the theme in a folder, by file and line. Errors wrap ErrTheme where there is none.
func CheckTheme(dir string) ([]ThemeProblem, error) {
	theme, err := themeAt(dir)
	if err != nil && !errors.Is(err, ErrTheme) {
		return nil, err
	}
	if st, serr := os.Stat(dir); serr != nil || !st.IsDir() {
		return nil, fmt.Errorf("%w: %s is no folder", ErrTheme, dir)
	}
	if theme.Files == nil { // no page.css, which the check says too
		theme = page.Theme{Name: filepath.Base(dir), Files: os.DirFS(dir)}
	}
	return page.CheckTheme(theme), nil
}
