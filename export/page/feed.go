package page

// This file owns what a page says of itself to other machines beside its structured data: oEmbed for those that embed it, an
// Atom entry for a feed, and the code that a web desk pastes.

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"net/url"
	"time"

	"photodesk/assets"
	"photodesk/project"
)

// Names of these files in a bundle.
const (
	oEmbedName = "oembed.json"
	entryName  = "entry.xml"
)

// What an embed measures before it has said how high it is, in CSS pixels.
const (
	embedWidth  = 640
	embedHeight = 640
)

// oEmbed is the answer of a provider (oEmbed 1.0, section 2.3.4).
type oEmbed struct {
	Version         string `json:"version"`
	Type            string `json:"type"`
	Title           string `json:"title"`
	AuthorName      string `json:"author_name,omitempty"`
	HTML            string `json:"html"`
	Width           int    `json:"width"`
	Height          int    `json:"height"`
	ThumbnailURL    string `json:"thumbnail_url,omitempty"`
	ThumbnailWidth  int    `json:"thumbnail_width,omitempty"`
	ThumbnailHeight int    `json:"thumbnail_height,omitempty"`
}

// EmbedCode is what a web desk pastes to show an essay in a page of its own: a frame that takes the height it needs, at the
// address where the essay will be read. Errors wrap [ErrInput] where Essay.Canonical is no web address.
func EmbedCode(e *project.Essay) (string, error) {
	canonical := canonicalOf(e)
	if canonical == "" {
		return "", errNowhere
	}
	loader, err := embedLoader()
	if err != nil {
		return "", err
	}
	return embedCode(canonical, loader.Path, line(e.Headline)), nil
}

var errNowhere = fmt.Errorf("%w: say in the essay at which address it will be read; that is where its parts are fetched from", ErrInput)

// embedLoader is the script for pages around an embed.
func embedLoader() (File, error) {
	src, err := assets.Page.ReadFile("page/embed.js")
	if err != nil {
		return File{}, fmt.Errorf("read the embed's script: %w", err)
	}
	var s statics
	s.add("embed", "js", "text/javascript", lean(src))
	return s.files[0], nil
}

func embedCode(canonical, loader, title string) string {
	return fmt.Sprintf(`<iframe src="%s" title="%s" loading="lazy" width="100%%" height="%d" style="border:0;max-width:%dpx" data-photodesk></iframe>`+"\n"+`<script async src="%s"></script>`,
		html.EscapeString(absolute(canonical, "embed.html")), html.EscapeString(title), embedHeight, embedWidth, html.EscapeString(absolute(canonical, loader)))
}

// feeds are the files for other machines, which need to know where the essay will be read.
func feeds(in Input, v *view) ([]File, error) {
	if v.Canonical == "" {
		return nil, nil
	}
	loader, err := embedLoader()
	if err != nil {
		return nil, err
	}
	o := oEmbed{
		Version: "1.0", Type: "rich", Title: v.Headline, AuthorName: v.Byline, HTML: embedCode(v.Canonical, loader.Path, v.Headline),
		Width: embedWidth, Height: embedHeight,
	}
	if v.Card != nil {
		o.ThumbnailURL, o.ThumbnailWidth, o.ThumbnailHeight = v.Card.URL, 1200, 630
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(o); err != nil {
		return nil, fmt.Errorf("write %s: %w", oEmbedName, err)
	}
	entry, err := atomEntry(in, v)
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", entryName, err)
	}
	return []File{
		loader,
		{Path: oEmbedName, Data: b.Bytes(), MediaType: "application/json+oembed"},
		{Path: entryName, Data: entry, MediaType: "application/atom+xml;type=entry"},
	}, nil
}

// atom is an entry of a feed (RFC 4287, section 4.1.2).
type atom struct {
	XMLName   xml.Name   `xml:"http://www.w3.org/2005/Atom entry"`
	Lang      string     `xml:"xml:lang,attr"`
	ID        string     `xml:"id"`
	Title     string     `xml:"title"`
	Updated   string     `xml:"updated"`
	Published string     `xml:"published,omitempty"`
	Author    atomPerson `xml:"author"`
	Links     []atomLink `xml:"link"`
	Summary   string     `xml:"summary,omitempty"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel    string `xml:"rel,attr"`
	Type   string `xml:"type,attr"`
	Href   string `xml:"href,attr"`
	Length int    `xml:"length,attr,omitempty"`
}

// entryID is the same for ever, wherever the essay moves (RFC 4287, section 4.2.6): a UUID of version 8 (RFC 9562, section 5.8).
func entryID(project, essay string) string {
	sum := sha256.Sum256([]byte("photodesk essay\x00" + project + "\x00" + essay))
	sum[6] = sum[6]&0x0f | 0x80
	sum[8] = sum[8]&0x3f | 0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", sum[0:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

// atomEntry is complete by itself: a feed takes it up as it is.
func atomEntry(in Input, v *view) ([]byte, error) {
	out, err := xml.MarshalIndent(entryOf(in, v), "", "  ")
	return append(append([]byte(xml.Header), out...), '\n'), err
}

func entryOf(in Input, v *view) atom {
	a := atom{Lang: v.Lang, ID: entryID(in.ProjectUID, in.Essay.UID), Title: v.Headline, Summary: v.Description, Author: atomPerson{v.Byline}}
	// An author is needed; an essay without a byline is its newsroom's.
	if a.Author.Name == "" {
		if u, err := url.Parse(v.Canonical); err == nil {
			a.Author.Name = u.Hostname()
		}
	}
	a.Updated = time.Unix(0, 0).UTC().Format(time.RFC3339)
	for _, d := range []*date{v.ModifiedAt, v.PublishedAt} {
		if d != nil {
			a.Updated = d.ISO
			break
		}
	}
	if v.PublishedAt != nil {
		a.Published = v.PublishedAt.ISO
	}
	a.Links = []atomLink{{Rel: "alternate", Type: "text/html", Href: v.Canonical}}
	if v.Card != nil {
		a.Links = append(a.Links, atomLink{Rel: "enclosure", Type: "image/jpeg", Href: v.Card.URL})
	}
	return a
}
