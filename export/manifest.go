package export

// This file owns what a bundle says of itself: bundle.json for whoever checks
// it, story.json for whoever builds a page of their own from it.

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"photodesk/export/page"
	"photodesk/project"
	"photodesk/project/photo"
)

// ManifestName is the file that makes a folder a bundle.
const ManifestName = "bundle.json"

// bundleFormat is raised when the shape of bundle.json changes.
const bundleFormat = 1

// Manifest is bundle.json.
type Manifest struct {
	Format    int               `json:"photodeskBundle"` // bundleFormat
	Generator string            `json:"generator"`
	Essay     ManifestEssay     `json:"essay"`
	Encoders  map[string]string `json:"encoders"` // of the formats that are in it
	Quality   string            `json:"quality"`  // "measured" or "fixed"
	Metadata  string            `json:"metadata"` // the policy: "credit", "all-but-location" or "none"
	Photos    []ManifestPhoto   `json:"photos"`
	// Overruled are the warnings that an editor let pass, with the reason given.
	Overruled []ManifestOverruled `json:"overruled,omitempty"`
	Files     []ManifestFile      `json:"files"` // every other file of the bundle, by path
}

// ManifestOverruled is a warning that was overruled.
type ManifestOverruled struct {
	Code    string `json:"code"`
	Photo   string `json:"photo,omitempty"` // its key; file names stay at the desk
	Message string `json:"message"`
	Reason  string `json:"reason"`
}

// ManifestEssay names the essay.
type ManifestEssay struct {
	UID      string `json:"uid"`
	Slug     string `json:"slug"`
	Headline string `json:"headline"`
	Modified string `json:"modified"` // RFC 3339
	Theme    string `json:"theme"`
}

// ManifestPhoto says what was done to a photo, as agencies ask.
type ManifestPhoto struct {
	Key    string   `json:"key"`
	Credit string   `json:"credit"`
	Edits  []string `json:"edits"` // in words; empty: only size and format
	// Quality is that of each format, 1 to 100.
	Quality map[string]int `json:"quality"`
}

// ManifestFile is one file with its proof.
type ManifestFile struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

func manifestJSON(pn *plan, made map[int64]page.Photo, qualities map[int64]map[string]int, problems []Problem, files []file) ([]byte, error) {
	m := Manifest{
		Format: bundleFormat, Generator: "Photodesk " + Version, Encoders: pn.options.Encoders(), Photos: []ManifestPhoto{},
		Quality: pn.options.QualityName(), Metadata: pn.options.PolicyName(),
		Essay: ManifestEssay{
			UID: pn.essay.UID, Slug: pn.essay.Slug, Headline: pn.essay.Headline,
			Modified: pn.essay.UpdatedAt.UTC().Format("2006-01-02T15:04:05Z"), Theme: pn.theme.Name,
		},
	}
	for _, id := range pn.order {
		ph := made[id]
		m.Photos = append(m.Photos, ManifestPhoto{Key: ph.Key, Credit: ph.CreditLine, Edits: editsOf(ph.Recipe), Quality: qualities[id]})
	}
	for _, p := range problems {
		if p.Overruled == nil {
			continue
		}
		ph := made[p.Photo]
		m.Overruled = append(m.Overruled, ManifestOverruled{
			Code: p.Code, Photo: ph.Key, Message: p.Sentence(), Reason: p.Overruled.Reason,
		})
	}
	for _, f := range files {
		m.Files = append(m.Files, ManifestFile{Path: f.path, Size: f.size, SHA256: f.sha})
	}
	return indented(m)
}

// editsOf says a recipe in words.
func editsOf(r photo.Recipe) []string {
	edits := []string{}
	if r.Crop != nil {
		edits = append(edits, "cropped")
	}
	if r.Turn%4 != 0 {
		edits = append(edits, fmt.Sprintf("turned by %d°", r.Turn*90))
	}
	if r.Straighten != 0 {
		edits = append(edits, "straightened")
	}
	if r.Brightness != 0 || r.Contrast != 0 || r.Saturation != 0 {
		edits = append(edits, "toned")
	}
	if len(r.Redactions) > 0 {
		edits = append(edits, "redacted")
	}
	return edits
}

type storySpan struct {
	Text   string `json:"text"`
	Bold   bool   `json:"bold,omitempty"`
	Italic bool   `json:"italic,omitempty"`
	Link   string `json:"link,omitempty"`
}

type storyPhoto struct {
	Key       string        `json:"key"`
	Caption   string        `json:"caption"`
	Credit    string        `json:"credit"`
	Byline    string        `json:"byline,omitempty"`
	Copyright string        `json:"copyright,omitempty"`
	Alt       string        `json:"alt"`
	Sensitive bool          `json:"sensitive,omitempty"`
	Why       string        `json:"sensitiveReason,omitempty"`
	Width     project.Width `json:"width"` // column, wide or full
	Vote      bool          `json:"vote,omitempty"`
	Pixels    [2]int        `json:"pixels"` // width, height of the photo at its full size
	Files     []storyFile   `json:"files"`
}

type storyFile struct {
	Path      string `json:"path"`
	MediaType string `json:"mediaType"`
	Width     int    `json:"width"` // pixels
}

type storyBlock struct {
	Kind        project.BlockKind `json:"kind"`
	Paragraphs  [][]storySpan     `json:"paragraphs,omitempty"`
	Text        string            `json:"text,omitempty"`
	Attribution string            `json:"attribution,omitempty"`
	Layout      project.Layout    `json:"layout,omitempty"`
	Photos      []storyPhoto      `json:"photos,omitempty"`
}

type story struct {
	Format     int          `json:"photodeskStory"`
	UID        string       `json:"uid"`
	Slug       string       `json:"slug"`
	Headline   string       `json:"headline"`
	Standfirst string       `json:"standfirst,omitempty"`
	Byline     string       `json:"byline,omitempty"`
	Dateline   string       `json:"dateline,omitempty"`
	Language   string       `json:"language"`
	Direction  string       `json:"direction"`
	Canonical  string       `json:"canonical,omitempty"`
	Published  string       `json:"published,omitempty"`
	Modified   string       `json:"modified"`
	Votes      bool         `json:"votes"`
	Blocks     []storyBlock `json:"blocks"`
	Correction []storyNote  `json:"corrections,omitempty"`
}

type storyNote struct {
	Date string `json:"date"`
	Text string `json:"text"`
}

// storyJSON is the essay's content for a CMS.
func storyJSON(e *project.Essay, made map[int64]page.Photo) ([]byte, error) {
	s := story{
		Format: 1, UID: e.UID, Slug: e.Slug, Headline: e.Headline, Standfirst: e.Standfirst, Byline: e.Byline, Dateline: e.Dateline,
		Language: e.Lang, Direction: e.Dir, Canonical: e.Canonical, Votes: e.Votes, Blocks: []storyBlock{},
		Modified: e.UpdatedAt.UTC().Format("2006-01-02T15:04:05Z"),
	}
	if !e.Published.IsZero() {
		s.Published = e.Published.Format(time.RFC3339)
	}
	for _, b := range e.Blocks {
		s.Blocks = append(s.Blocks, storyBlockOf(b, made))
	}
	for _, c := range e.Corrections {
		s.Correction = append(s.Correction, storyNote{Date: c.At.UTC().Format("2006-01-02"), Text: c.Text})
	}
	return indented(s)
}

// whyOf is why a photo is covered, where it is.
func whyOf(ph page.Photo) string {
	if !ph.Sensitive {
		return ""
	}
	return ph.SensitiveWhy
}

func storyBlockOf(b project.Block, made map[int64]page.Photo) storyBlock {
	out := storyBlock{Kind: b.Kind, Attribution: b.Attribution, Layout: b.Layout}
	if b.Kind == project.KindText {
		for _, par := range project.Paragraphs(b.Text) {
			var spans []storySpan
			for _, sp := range project.Spans(par) {
				spans = append(spans, storySpan(sp))
			}
			out.Paragraphs = append(out.Paragraphs, spans)
		}
	} else {
		out.Text = b.Text
	}
	for _, pl := range b.Placements {
		ph := made[pl.PhotoID]
		sp := storyPhoto{
			Key: ph.Key, Caption: pl.CaptionOf(ph.Photo), Credit: ph.CreditLine, Byline: ph.Byline, Copyright: ph.Copyright,
			Alt: pl.AltOf(ph.Photo), Sensitive: ph.Sensitive, Why: whyOf(ph), Width: pl.Width, Vote: pl.Vote, Pixels: [2]int{ph.Width, ph.Height},
		}
		for _, src := range ph.Sources {
			for _, c := range src.Candidates {
				sp.Files = append(sp.Files, storyFile{Path: c.Path, MediaType: src.MediaType, Width: c.Width})
			}
		}
		out.Photos = append(out.Photos, sp)
	}
	return out
}

func indented(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(v)
	return b.Bytes(), err
}

// ErrNotBundle says that a folder was not written by Photodesk.
var ErrNotBundle = errors.New("is not a Photodesk bundle")

// ReadManifest reads a folder's bundle.json; an error wraps ErrNotBundle when it isn't a bundle.
func ReadManifest(dir string) (*Manifest, error) {
	data, err := os.ReadFile(filepath.Join(dir, ManifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s %w: it has no %s", dir, ErrNotBundle, ManifestName)
	}
	if err != nil {
		return nil, fmt.Errorf("read bundle: %w", err)
	}
	return ParseManifest(data, dir)
}

// ParseManifest reads the bundle.json of a bundle that stands elsewhere; where says so in an error, which wraps ErrNotBundle.
func ParseManifest(data []byte, where string) (*Manifest, error) {
	var m Manifest
	if err := json.Unmarshal(data, &m); err != nil || m.Format == 0 {
		return nil, fmt.Errorf("%s %w: its %s makes no sense", where, ErrNotBundle, ManifestName)
	}
	return &m, nil
}

// Verification is what Verify found.
type Verification struct {
	Files   int      // files that are as the manifest says
	Missing []string // paths
	Changed []string // paths whose size or hash differs
	Foreign []string // paths that the manifest doesn't name
}

// OK reports whether the bundle is as it was written.
func (v Verification) OK() bool { return len(v.Missing)+len(v.Changed)+len(v.Foreign) == 0 }

// Verify proves every file of a bundle against its manifest.
func Verify(dir string) (Verification, error) {
	var v Verification
	m, err := ReadManifest(dir)
	if err != nil {
		return v, err
	}
	for _, f := range m.Files {
		if !filepath.IsLocal(filepath.FromSlash(f.Path)) {
			return v, fmt.Errorf("%s %w: it names %q, outside itself", dir, ErrNotBundle, f.Path)
		}
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(f.Path)))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			v.Missing = append(v.Missing, f.Path)
		case err != nil:
			return v, fmt.Errorf("read bundle: %w", err)
		case int64(len(data)) != f.Size || hashOf(data) != f.SHA256:
			v.Changed = append(v.Changed, f.Path)
		default:
			v.Files++
		}
	}
	v.Foreign, err = foreignFiles(dir, m)
	return v, err
}

// foreignFiles lists what lies in a bundle's folder and is not the bundle's.
func foreignFiles(dir string, m *Manifest) ([]string, error) {
	known := map[string]bool{ManifestName: true}
	for _, f := range m.Files {
		known[f.Path] = true
	}
	var out []string
	err := filepath.WalkDir(dir, func(at string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, at)
		if rel = filepath.ToSlash(rel); err == nil && !known[rel] && !osLitter(rel) {
			out = append(out, rel)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read bundle: %w", err)
	}
	slices.Sort(out)
	return out, nil
}

// osLitter is what file managers leave behind by themselves.
func osLitter(rel string) bool {
	base := rel[strings.LastIndexByte(rel, '/')+1:]
	return base == ".DS_Store" || base == "Thumbs.db" || base == "desktop.ini"
}
