package project

// This file owns reading an essay from a folder that describes it: how the
// sample essay comes into a new project.

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

type folderEssay struct {
	Slug       string        `json:"slug"`
	Headline   string        `json:"headline"`
	Standfirst string        `json:"standfirst"`
	Byline     string        `json:"byline"`
	Dateline   string        `json:"dateline"`
	Language   string        `json:"language"`
	Blocks     []folderBlock `json:"blocks"`
	Photos     []folderPhoto `json:"photos"`
}

type folderBlock struct {
	Kind        BlockKind `json:"kind"`
	Text        string    `json:"text"`
	Attribution string    `json:"attribution"`
	Layout      Layout    `json:"layout"`
	Photos      []struct {
		File  string `json:"file"`
		Width Width  `json:"width"`
		Vote  bool   `json:"vote"`
	} `json:"photos"`
}

type folderPhoto struct {
	File      string   `json:"file"`
	Caption   string   `json:"caption"`
	Credit    string   `json:"credit"`
	Byline    string   `json:"byline"`
	Copyright string   `json:"copyright"`
	Alt       string   `json:"alt"`
	City      string   `json:"city"`
	State     string   `json:"state"`
	Country   string   `json:"country"`
	Keywords  []string `json:"keywords"`
	Source    string   `json:"sourceType"`
}

// AddFromFolder brings in the essay that the JSON file of the name describes,
// with its photos from folder/photos, and returns the essay's id.
func (p *Project) AddFromFolder(ctx context.Context, folder fs.FS, name string) (int64, error) {
	text, err := fs.ReadFile(folder, name)
	if err != nil {
		return 0, fmt.Errorf("read essay folder: %w", err)
	}
	var fe folderEssay
	if err := json.Unmarshal(text, &fe); err != nil {
		return 0, fmt.Errorf("read %s: %w", name, err)
	}
	ids, err := p.importFolder(ctx, folder, fe.Photos)
	if err != nil {
		return 0, err
	}
	var essay int64
	err = p.Edit(ctx, p.label("Add essay %s", fe.Slug), func(t *Tx) error {
		for _, fp := range fe.Photos {
			if err := t.describe(ids[fp.File], fp); err != nil {
				return err
			}
		}
		slug, err := t.FreeSlug(fe.Slug)
		if err != nil {
			return err
		}
		essay, err = t.AddEssay(Essay{
			Slug: slug, Headline: fe.Headline, Standfirst: fe.Standfirst, Byline: fe.Byline, Dateline: fe.Dateline, Lang: fe.Language, Votes: true,
		})
		last := int64(0)
		for _, fb := range fe.Blocks {
			b := Block{Kind: fb.Kind, Text: fb.Text, Attribution: fb.Attribution, Layout: fb.Layout}
			for _, ref := range fb.Photos {
				id, ok := ids[ref.File]
				if !ok {
					return fmt.Errorf("block names %s, which is not among the photos", ref.File)
				}
				b.Placements = append(b.Placements, Placement{PhotoID: id, Width: ref.Width, Vote: ref.Vote})
			}
			if err != nil {
				return err
			}
			last, err = t.AddBlock(essay, last, b)
		}
		return err
	})
	return essay, err
}

func (p *Project) importFolder(ctx context.Context, folder fs.FS, photos []folderPhoto) (map[string]int64, error) {
	dir, err := os.MkdirTemp("", "photodesk-sample-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	var paths []string
	for _, fp := range photos {
		data, err := fs.ReadFile(folder, "photos/"+fp.File)
		if err != nil {
			return nil, fmt.Errorf("read essay folder: %w", err)
		}
		path := filepath.Join(dir, filepath.Base(fp.File))
		if err := os.WriteFile(path, data, 0o600); err != nil {
			return nil, err
		}
		paths = append(paths, path)
	}
	rep, err := p.Import(ctx, paths, nil)
	if err != nil {
		return nil, err
	}
	if len(rep.Failed) > 0 {
		return nil, fmt.Errorf("%s %s", rep.Failed[0].Name, rep.Failed[0].Reason)
	}
	ids := map[string]int64{}
	for _, ph := range rep.Imported {
		ids[ph.Name] = ph.ID
	}
	for _, d := range rep.Duplicates {
		ids[d.Name] = d.PhotoID
	}
	return ids, nil
}

func (t *Tx) describe(id int64, fp folderPhoto) error {
	ph, err := t.Photo(id)
	if err != nil {
		return err
	}
	ph.Caption, ph.CreditLine, ph.Credit, ph.Byline, ph.Copyright = fp.Caption, fp.Credit, fp.Credit, fp.Byline, fp.Copyright
	ph.Alt, ph.City, ph.State, ph.Country, ph.Keywords, ph.SourceType = fp.Alt, fp.City, fp.State, fp.Country, fp.Keywords, fp.Source
	return t.UpdatePhoto(ph)
}
