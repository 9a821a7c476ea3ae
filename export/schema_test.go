package export

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"photodesk/assets"
	"photodesk/project"
)

// everyKind has a block of each kind and, with the sample and the hostile words, every field.
func everyKind(t *testing.T) (*project.Project, int64) {
	p, essay := newEssay(t, 3)
	must(t, p.Edit(t.Context(), "Every kind", func(tx *project.Tx) error {
		e, err := tx.Essay(essay)
		if err != nil {
			return err
		}
		e.Published = time.Date(2026, 12, 24, 18, 0, 0, 0, time.FixedZone("", 3600))
		if err := tx.UpdateEssay(e); err != nil {
			return err
		}
		for _, b := range []project.Block{
			{Kind: project.KindHeading, Text: "A heading"},
			{Kind: project.KindQuote, Text: "A quote", Attribution: "Somebody"},
			{Kind: project.KindText, Text: "*Words* with [a link](https://news.example/)"},
			{Kind: project.KindDivider},
			{Kind: project.KindVote},
			{Kind: project.KindGallery, Layout: project.LayoutPair, Placements: []project.Placement{{PhotoID: 1}, {PhotoID: 2}}},
			{Kind: project.KindCompare, Placements: []project.Placement{{PhotoID: 2}, {PhotoID: 3}}},
		} {
			if _, err := tx.AddBlock(essay, 0, b); err != nil {
				return err
			}
		}
		return nil
	}))
	return p, essay
}

func TestBundlesAreWhatTheSchemasSay(t *testing.T) {
	schemas := map[string]*jsonschema.Schema{}
	for name, data := range map[string][]byte{"story.json": StorySchema, ManifestName: BundleSchema} {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		must(t, err)
		described(t, name, doc)
		c := jsonschema.NewCompiler()
		c.AssertFormat()
		must(t, c.AddResource(name, doc))
		schemas[name], err = c.Compile(name)
		must(t, err)
	}
	for name, make := range map[string]func(*testing.T) (*project.Project, int64){
		"every kind": everyKind, "hostile": hostileEssay,
		"sample": func(t *testing.T) (*project.Project, int64) {
			p := newProject(t)
			folder, err := fs.Sub(assets.Sample, "sample")
			must(t, err)
			essay, err := p.AddFromFolder(t.Context(), folder, "sample.json")
			must(t, err)
			return p, essay
		},
	} {
		p, essay := make(t)
		out := filepath.Join(t.TempDir(), "bundle")
		_, err := Export(t.Context(), p, essay, Options{Out: out, Cache: t.TempDir(), FixedQuality: true}, nil)
		must(t, err)
		for file, schema := range schemas {
			data, err := os.ReadFile(filepath.Join(out, file))
			must(t, err)
			doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
			must(t, err)
			if err := schema.Validate(doc); err != nil {
				t.Errorf("%s, %s: %v", name, file, err)
			}
			doc.(map[string]any)["unheardOf"] = true
			if schema.Validate(doc) == nil {
				t.Errorf("%s, %s: a field that nobody described passes", name, file)
			}
		}
	}
}

// described proves that every property has words, and that objects take no others.
func described(t *testing.T, at string, schema any) {
	t.Helper()
	switch s := schema.(type) {
	case map[string]any:
		props, _ := s["properties"].(map[string]any)
		for name, prop := range props {
			p := prop.(map[string]any)
			if p["description"] == nil && p["$ref"] == nil {
				t.Errorf("%s: %s is not described", at, name)
			}
		}
		if props != nil && s["additionalProperties"] != false {
			t.Errorf("%s takes properties that are not described", at)
		}
		for name, sub := range s {
			described(t, at+"/"+name, sub)
		}
	case []any:
		for _, sub := range s {
			described(t, at, sub)
		}
	}
}
