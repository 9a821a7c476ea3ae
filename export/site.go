package export

// This file owns the page over several bundles: a folder of them becomes a site with a gallery of cards and a feed.

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"photodesk/export/page"
)

// SiteName is the file that says which files of a folder of bundles are the site's own.
const SiteName = "site.json"

// SiteOptions say what the page over several essays is.
type SiteOptions struct {
	Title     string // "" is "Photo essays" in the language
	Lang      string // of the page's own words; "" is that of the newest essay
	Canonical string // where the folder will be read, or ""; with it there is a feed
	Theme     string // see ThemeNamed
}

// SiteReport tells what was written.
type SiteReport struct {
	Dir    string // absolute
	Essays int
	Files  int
	// Skipped are folders that look like bundles and can't be shown, with the reason.
	Skipped map[string]string
}

// siteManifest is site.json.
type siteManifest struct {
	Format    int      `json:"photodeskSite"`
	Generator string   `json:"generator"`
	Files     []string `json:"files"` // of the site itself
}

// Index makes the page over the bundles in a folder, newest first: index.html with the files it needs and, where it is known at
// which address the folder will be read, feed.xml. Files that Photodesk didn't write are never replaced: errors wrap ErrForeign.
func Index(dir string, o SiteOptions) (SiteReport, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return SiteReport{}, err
	}
	theme, err := ThemeNamed(o.Theme)
	if err != nil {
		return SiteReport{}, err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return SiteReport{}, fmt.Errorf("look into %s: %w", dir, explain(err))
	}
	rep := SiteReport{Dir: dir, Skipped: map[string]string{}}
	var essays []page.SiteEssay
	for _, e := range entries {
		if !e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		one, err := siteEssay(dir, e.Name())
		switch {
		case errors.Is(err, ErrNotBundle) && !hasManifest(filepath.Join(dir, e.Name())):
			continue // another folder, such as the site's own
		case err != nil:
			rep.Skipped[e.Name()] = err.Error()
		default:
			essays = append(essays, one)
		}
	}
	if len(essays) == 0 {
		return rep, fmt.Errorf("no bundle in %s: export essays into folders of it first", dir)
	}
	slices.SortStableFunc(essays, func(a, b page.SiteEssay) int { return b.Since().Compare(a.Since()) })
	s := page.Site{Title: o.Title, Lang: o.Lang, Canonical: o.Canonical, Theme: theme, Version: Version, Essays: essays}
	if s.Lang == "" {
		s.Lang = essays[0].Lang
	}
	files, err := page.RenderSite(s)
	if err != nil {
		return rep, err
	}
	rep.Essays, rep.Files = len(essays), len(files)+1
	return rep, writeSite(dir, files)
}

func hasManifest(dir string) bool {
	_, err := os.Lstat(filepath.Join(dir, ManifestName))
	return err == nil
}

// siteEssay reads what a card shows out of a bundle.
func siteEssay(dir, name string) (page.SiteEssay, error) {
	m, err := ReadManifest(filepath.Join(dir, name))
	if err != nil {
		return page.SiteEssay{}, err
	}
	data, err := os.ReadFile(filepath.Join(dir, name, "story.json"))
	if err != nil {
		return page.SiteEssay{}, fmt.Errorf("read its story: %w", err)
	}
	var s story
	if err := json.Unmarshal(data, &s); err != nil || s.UID != m.Essay.UID {
		return page.SiteEssay{}, errors.New("its story.json is not that of its bundle.json; export it again")
	}
	modified, err := time.Parse(time.RFC3339, m.Essay.Modified)
	if err != nil {
		return page.SiteEssay{}, fmt.Errorf("its bundle.json says not when it was changed: %w", err)
	}
	var published time.Time
	if s.Published != "" {
		if published, err = time.Parse(time.RFC3339, s.Published); err != nil {
			return page.SiteEssay{}, fmt.Errorf("its story.json says not when it was published: %w", err)
		}
	}
	e := page.SiteEssay{
		Path: name + "/index.html", Headline: s.Headline, Standfirst: s.Standfirst, Byline: s.Byline, Lang: s.Language, Dir: s.Direction,
		Published: published, Modified: modified, Photos: len(m.Photos), UID: s.UID,
	}
	for _, f := range m.Files {
		if at, ok := strings.CutPrefix(f.Path, "photos/card-"); ok && path.Ext(at) == ".jpg" {
			e.Card = name + "/" + f.Path
		}
	}
	return e, nil
}

// writeSite writes the site's files, each whole, index.html last, and removes those of before that are no more.
func writeSite(dir string, files []page.File) error {
	var before siteManifest
	data, err := os.ReadFile(filepath.Join(dir, SiteName))
	if err == nil && (json.Unmarshal(data, &before) != nil || before.Format == 0) {
		return fmt.Errorf("%s in %s %w", SiteName, dir, ErrForeign)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read %s: %w", SiteName, err)
	}
	m := siteManifest{Format: 1, Generator: "Photodesk " + Version}
	for _, f := range files {
		m.Files = append(m.Files, f.Path)
		if _, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(f.Path))); err == nil && !slices.Contains(before.Files, f.Path) {
			return fmt.Errorf("%s %w: %s is not of a site made here; move it away first", dir, ErrForeign, f.Path)
		}
	}
	manifest, err := indented(m)
	if err != nil {
		return err
	}
	// The manifest first: what is written after it can be replaced whatever happens.
	all := append([]page.File{{Path: SiteName, Data: manifest}}, files...)
	slices.SortStableFunc(all, func(a, b page.File) int { return rankOf(a.Path) - rankOf(b.Path) })
	for _, f := range all {
		name := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return fmt.Errorf("write the site: %w", explain(err))
		}
		if err := WriteWhole(name, inFull(f.Data)); err != nil {
			return fmt.Errorf("write the site: %w", explain(err))
		}
	}
	for _, old := range before.Files {
		if !slices.Contains(m.Files, old) && fs.ValidPath(old) && strings.HasPrefix(old, "static/") {
			_ = os.Remove(filepath.Join(dir, filepath.FromSlash(old))) // what stays does no harm
		}
	}
	return syncDir(dir)
}

// rankOf orders what is written: the page comes when all that it needs is there.
func rankOf(name string) int {
	switch name {
	case SiteName:
		return 0
	case "index.html":
		return 2
	}
	return 1
}
