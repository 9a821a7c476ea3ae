package publish

// This file owns the comparison: what stands at the target, whose it is, and what has to change.

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"photodesk/export"
)

const (
	indexName   = "index.html"
	journalName = "publishing.json" // at the target while it is changed
)

// journal is publishing.json.
type journal struct {
	Format int      `json:"photodeskPublishing"`
	UID    string   `json:"uid"`   // the essay's
	Files  []string `json:"files"` // whatever the target may hold of it, sorted
}

// state is what stands at a target.
type state struct {
	before      map[string]export.ManifestFile // of the bundle published before
	json        []byte                         // its bundle.json, or nil
	unfinished  bool                           // a run was broken off
	begun       map[string]bool                // what that run may have put there
	journalJSON []byte
}

// look reads what stands at the target, and refuses what isn't this essay's.
func (p *publisher) look(ctx context.Context) (*state, error) {
	at := &state{before: map[string]export.ManifestFile{}, begun: map[string]bool{}}
	where, uid := p.target.String(), p.bundle.manifest.Essay.UID
	data, err := p.read(ctx, export.ManifestName)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, fmt.Errorf("read %s there: %w", export.ManifestName, err)
	default:
		m, err := export.ParseManifest(data, where)
		if err == nil {
			err = within(m.Files, where)
		}
		if err != nil {
			return nil, fmt.Errorf("%s %w: %w; choose another place", where, ErrForeign, err)
		}
		if m.Essay.UID != uid {
			return nil, fmt.Errorf("%s %w for this essay: it is the place of %q; choose another", where, ErrForeign, m.Essay.Headline)
		}
		at.json = data
		for _, f := range m.Files {
			at.before[f.Path] = f
		}
	}
	data, err = p.read(ctx, journalName)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, fmt.Errorf("read %s there: %w", journalName, err)
	default:
		var j journal
		if err := json.Unmarshal(data, &j); err != nil || j.Format == 0 || j.UID != uid || within(named(j.Files), where) != nil {
			return nil, fmt.Errorf("%s %w for this essay: its %s is of something else; choose another place", where, ErrForeign, journalName)
		}
		at.unfinished, at.journalJSON = true, data
		for _, name := range j.Files {
			at.begun[name] = true
		}
	}
	if at.json != nil || at.unfinished {
		return at, nil
	}
	names, err := p.list(ctx, "")
	if err != nil {
		return nil, err
	}
	left := p.leftovers(names) // of the very first file
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if !litter(name) && !slices.Contains(left, name) {
			return nil, fmt.Errorf("%s %w, such as %s; name a folder of the essay's own, such as its slug %s below it", where, ErrForeign, name, p.bundle.manifest.Essay.Slug)
		}
	}
	return at, nil
}

// litter is what file managers leave behind by themselves.
func litter(name string) bool {
	return name == ".DS_Store" || name == "Thumbs.db" || name == "desktop.ini"
}

func named(names []string) []export.ManifestFile {
	var out []export.ManifestFile
	for _, n := range names {
		out = append(out, export.ManifestFile{Path: n})
	}
	return out
}

// within refuses a list of files that leads out of its place, or into what publishing itself needs.
func within(files []export.ManifestFile, where string) error {
	seen := map[string]bool{export.ManifestName: true, journalName: true}
	for _, f := range files {
		if !fs.ValidPath(f.Path) || f.Path == "." || !filepath.IsLocal(filepath.FromSlash(f.Path)) || strings.ContainsAny(f.Path, "\\:\x00\r\n") {
			return fmt.Errorf("%s %w: it names %q, outside itself", where, export.ErrNotBundle, f.Path)
		}
		if seen[f.Path] {
			return fmt.Errorf("%s %w: it names %s twice", where, export.ErrNotBundle, f.Path)
		}
		seen[f.Path] = true
	}
	return nil
}

// The stages in which files are sent; see the package's comment.
const (
	rankContent = iota
	rankPage
	rankIndex
	rankManifest
	ranks
)

func rankOf(f export.ManifestFile) int {
	switch {
	case f.Path == indexName:
		return rankIndex
	case f.Path == export.ManifestName:
		return rankManifest
	case byContent(f):
		return rankContent
	}
	return rankPage
}

// plan is what has to be done.
type plan struct {
	at        *state
	send      [ranks][]export.ManifestFile
	kept      int
	remove    []string
	leftovers []string
	journal   []byte
}

func (pn *plan) nothing() bool {
	for _, stage := range pn.send {
		if len(stage) > 0 {
			return false
		}
	}
	return len(pn.remove) == 0 && !pn.at.unfinished
}

// newPlan compares the bundle with what stands at the target.
func (p *publisher) newPlan(ctx context.Context, at *state) (*plan, error) {
	pn := &plan{at: at}
	ours := map[string]bool{} // what may be replaced and removed
	for name := range at.before {
		ours[name] = true
	}
	for name := range at.begun {
		ours[name] = true
	}
	files := p.bundle.manifest.Files
	found, err := p.listAll(ctx, append(slices.Clone(files), named(slices.Collect(maps.Keys(ours)))...))
	if err != nil {
		return nil, err
	}
	now := map[string]bool{}
	for _, f := range files {
		now[f.Path] = true
		e, there := found[f.Path]
		if there && (e.folder || !ours[f.Path]) {
			return nil, fmt.Errorf("%s %w: %s was there before; move it away, or choose another place", p.target, ErrForeign, f.Path)
		}
		if there && e.size == f.Size {
			same, err := p.same(ctx, at, f)
			if err != nil {
				return nil, err
			}
			if same {
				pn.kept++
				continue
			}
		}
		pn.send[rankOf(f)] = append(pn.send[rankOf(f)], f)
	}
	for _, name := range slices.Sorted(maps.Keys(ours)) {
		if _, there := found[name]; there && !now[name] {
			pn.remove = append(pn.remove, name)
		}
	}
	for _, stage := range pn.send {
		slices.SortFunc(stage, func(a, b export.ManifestFile) int { return strings.Compare(a.Path, b.Path) })
	}
	if !slices.Equal(at.json, p.bundle.json) {
		pn.send[rankManifest] = append(pn.send[rankManifest], described(export.ManifestName, p.bundle.json))
	} else {
		pn.kept++
	}
	if at.json != nil || at.unfinished {
		pn.leftovers = p.leftovers(found)
	}
	for name := range now {
		ours[name] = true
	}
	pn.journal, err = json.Marshal(journal{Format: 1, UID: p.bundle.manifest.Essay.UID, Files: slices.Sorted(maps.Keys(ours))})
	return pn, err
}

// same reports whether a file of the right size that is ours holds what it should. After a run that was broken off, a page may be
// the one before or the new one, whatever bundle.json says, so it is read back.
func (p *publisher) same(ctx context.Context, at *state, f export.ManifestFile) (bool, error) {
	before, known := at.before[f.Path]
	switch {
	case !at.unfinished:
		return known && before.SHA256 == f.SHA256, nil
	case byContent(f):
		return true, nil
	}
	data, err := p.read(ctx, f.Path)
	if err != nil {
		return false, fmt.Errorf("read %s there: %w", f.Path, err)
	}
	return described(f.Path, data) == f, nil
}

// listAll lists every folder that the files are in, by path.
func (p *publisher) listAll(ctx context.Context, files []export.ManifestFile) (map[string]entry, error) {
	found, seen := map[string]entry{}, map[string]bool{}
	for _, f := range files {
		dir := path.Dir(f.Path)
		if dir == "." {
			dir = ""
		}
		if seen[dir] {
			continue
		}
		seen[dir] = true
		names, err := p.list(ctx, dir)
		if err != nil {
			return nil, fmt.Errorf("list %s there: %w", f.Path, err)
		}
		for name, e := range names {
			found[path.Join(dir, name)] = e
		}
	}
	return found, nil
}
