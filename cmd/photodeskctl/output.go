package main

// This file owns what the commands print: lines for people, JSON for scripts.

import (
	"encoding/json"
	"fmt"
	"io"

	"photodesk/export"
	"photodesk/project"
)

type output struct {
	json           bool
	stdin          io.Reader
	stdout, stderr io.Writer
}

// result prints a command's result: v as JSON, or the lines that text writes.
func (o *output) result(v any, text func(w io.Writer)) error {
	if !o.json {
		text(o.stdout)
		return nil
	}
	enc := json.NewEncoder(o.stdout)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

func (o *output) note(format string, args ...any) { fmt.Fprintf(o.stderr, format+"\n", args...) }

type photoJSON struct {
	ID         int64  `json:"id"`
	Name       string `json:"name"`
	SHA256     string `json:"sha256"`
	Width      int    `json:"width"`  // as displayed
	Height     int    `json:"height"` // as displayed
	Caption    string `json:"caption"`
	Credit     string `json:"credit"` // the field as the supplier filled it
	CreditLine string `json:"creditLine"`
	Byline     string `json:"byline"`
	Alt        string `json:"alt"`
	Sensitive  bool   `json:"sensitive"`
}

func photosJSON(photos []project.Photo) []photoJSON {
	out := make([]photoJSON, len(photos))
	for i, p := range photos {
		out[i] = photoJSON{p.ID, p.Name, p.SHA256, p.Width, p.Height, p.Caption, p.Credit, p.CreditLine, p.Byline, p.Alt, p.Sensitive}
	}
	return out
}

type duplicateJSON struct {
	Name string `json:"name"`
	ID   int64  `json:"id"` // the photo that the library has already
}

type failureJSON struct {
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

type importJSON struct {
	Imported   []photoJSON     `json:"imported"`
	Duplicates []duplicateJSON `json:"duplicates"`
	Failed     []failureJSON   `json:"failed"`
	Warnings   []failureJSON   `json:"warnings"`
}

type captionJSON struct {
	Caption     string `json:"caption"`
	Credit      string `json:"credit"`
	Raw         string `json:"raw"`
	Changed     bool   `json:"changed"`
	Byline      string `json:"byline"`
	Provider    string `json:"provider"`
	Distributor string `json:"distributor"`
	Photo       *int64 `json:"photo"`
}

type pasteJSON struct {
	Slug       string        `json:"slug"`
	Headline   string        `json:"headline"`
	Byline     string        `json:"byline"`
	Language   string        `json:"language"`
	Paragraphs []string      `json:"paragraphs"`
	Captions   []captionJSON `json:"captions"`
}

type essayJSON struct {
	Slug     string `json:"slug"`
	Headline string `json:"headline"`
	Blocks   int    `json:"blocks"`
	Photos   int    `json:"photos"`
}

type listJSON struct {
	Essays []essayJSON `json:"essays"`
	Photos []photoJSON `json:"photos"`
}

type problemJSON struct {
	Severity string `json:"severity"`
	Code     string `json:"code"`
	Message  string `json:"message"`
	Photo    *int64 `json:"photo"`
	Block    *int64 `json:"block"`
	Essay    string `json:"essay"`
	// Overruled is the reason for which a warning is let pass, or null.
	Overruled *string `json:"overruled"`
}

func problemOf(p export.Problem, essay string) problemJSON {
	out := problemJSON{string(p.Severity), p.Code, p.String(), orNull(p.Photo), orNull(p.Block), essay, nil}
	if p.Overruled != nil {
		out.Overruled = &p.Overruled.Reason
	}
	return out
}

type stepJSON struct {
	ID     int64  `json:"id"`
	Label  string `json:"label"`
	At     string `json:"at"` // RFC 3339
	Undone bool   `json:"undone"`
}

// orNull says 0 as JSON's null.
func orNull(id int64) *int64 {
	if id == 0 {
		return nil
	}
	return &id
}
