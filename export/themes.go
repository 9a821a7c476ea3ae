package export

// This file owns the themes that a bundle can have: Photodesk's own, and those in the newsroom's folder.

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"photodesk/export/page"
)

// ErrTheme is wrapped when there is no theme of the name.
var ErrTheme = errors.New("there is no such theme")

// ThemesEnv is the environment variable that names another folder than ThemesDir's usual one.
const ThemesEnv = "PHOTODESK_THEMES"

// ThemesDir is the folder whose folders are the newsroom's own themes; it need not be there.
func ThemesDir() (string, error) {
	if dir := os.Getenv(ThemesEnv); dir != "" {
		return dir, nil
	}
	base, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("find the folder of themes: %w", err)
	}
	return filepath.Join(base, "photodesk", "themes"), nil
}

// themeName is what a theme can be called: what stands in a project and in bundle.json means the same everywhere.
var themeName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,40}$`)

// Themes lists the names of the themes a bundle can have: Photodesk's own, the default first, then the newsroom's.
func Themes() []string {
	var out []string
	for _, t := range page.BuiltIn() {
		out = append(out, t.Name)
	}
	dir, err := ThemesDir()
	if err != nil {
		return out
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return out // there are none
	}
	for _, e := range entries {
		if !themeName.MatchString(e.Name()) || slices.Contains(out, e.Name()) {
			continue
		}
		if st, err := os.Stat(filepath.Join(dir, e.Name(), "page.css")); err == nil && st.Mode().IsRegular() {
			out = append(out, e.Name())
		}
	}
	return out
}

// ThemeNamed finds a theme by its name, or by the path of its folder where there is a separator in it; "" is the default
// theme. Errors wrap ErrTheme.
func ThemeNamed(name string) (page.Theme, error) {
	if strings.ContainsAny(name, `/`+string(filepath.Separator)) {
		return themeAt(name)
	}
	for i, t := range page.BuiltIn() {
		if t.Name == name || name == "" && i == 0 {
			return t, nil
		}
	}
	dir, err := ThemesDir()
	if err != nil {
		return page.Theme{}, err
	}
	if !slices.Contains(Themes(), name) {
		return page.Theme{}, fmt.Errorf("%w: %q; choose one of %s, or put its folder into %s", ErrTheme, name, strings.Join(Themes(), ", "), dir)
	}
	return themeAt(filepath.Join(dir, name))
}

func themeAt(dir string) (page.Theme, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return page.Theme{}, err
	}
	if st, err := os.Stat(filepath.Join(dir, "page.css")); err != nil || !st.Mode().IsRegular() {
		return page.Theme{}, fmt.Errorf("%w: the folder %s has no page.css", ErrTheme, dir)
	}
	return page.Theme{Name: filepath.Base(dir), Files: os.DirFS(dir)}, nil
}
