package page

// This file owns the structured data of a page: schema.org's NewsArticle with
// one ImageObject a photo. Encoding and escaping are html/template's, which
// writes values in a script element so that "</script>" can't end it.

import (
	"net/url"
	"regexp"
	"strings"
)

type newsArticle struct {
	Context       string              `json:"@context"`
	Type          string              `json:"@type"`
	Headline      string              `json:"headline"`
	Description   string              `json:"description,omitempty"`
	InLanguage    string              `json:"inLanguage,omitempty"`
	Author        *person             `json:"author,omitempty"`
	Dateline      string              `json:"dateline,omitempty"`
	DatePublished string              `json:"datePublished,omitempty"`
	DateModified  string              `json:"dateModified,omitempty"`
	URL           string              `json:"url,omitempty"`
	MainEntity    string              `json:"mainEntityOfPage,omitempty"`
	Thumbnail     string              `json:"thumbnailUrl,omitempty"`
	Image         []imageObject       `json:"image,omitempty"`
	Media         []imageObject       `json:"associatedMedia,omitempty"`
	Correction    []correctionComment `json:"correction,omitempty"`
}

type imageObject struct {
	Type            string  `json:"@type"`
	ContentURL      string  `json:"contentUrl"`
	Width           int     `json:"width"`
	Height          int     `json:"height"`
	Name            string  `json:"name,omitempty"`
	Caption         string  `json:"caption,omitempty"`
	CreditText      string  `json:"creditText,omitempty"`
	Creator         *person `json:"creator,omitempty"`
	CopyrightNotice string  `json:"copyrightNotice,omitempty"`
	License         string  `json:"license,omitempty"`
	AcquireLicense  string  `json:"acquireLicensePage,omitempty"`
	SourceType      string  `json:"digitalSourceType,omitempty"`
	FamilyFriendly  *bool   `json:"isFamilyFriendly,omitempty"`
}

type person struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

type correctionComment struct {
	Type      string `json:"@type"`
	Text      string `json:"text"`
	Published string `json:"datePublished"`
}

// maxHeadline is the longest headline that Google's guidance for NewsArticle takes.
const maxHeadline = 110

// structured describes the page. Covered photos stand under associatedMedia,
// not under image, from which search engines choose what to show with a link.
func structured(in Input, v *view, figures []*figure) newsArticle {
	n := newsArticle{
		Context:     "https://schema.org",
		Type:        "NewsArticle",
		Headline:    shorten(v.Headline, maxHeadline),
		Description: v.Description,
		InLanguage:  v.Lang,
		Author:      author(v.Byline),
		Dateline:    v.Dateline,
		URL:         v.Canonical,
		MainEntity:  v.Canonical,
	}
	if v.PublishedAt != nil {
		n.DatePublished = v.PublishedAt.ISO
	}
	if v.ModifiedAt != nil {
		n.DateModified = v.ModifiedAt.ISO
	}
	if v.Card != nil {
		n.Thumbnail = v.Card.URL
	}
	seen := map[int64]bool{}
	for _, f := range figures {
		if seen[f.photoID] {
			continue
		}
		seen[f.photoID] = true
		if f.Sensitive {
			n.Media = append(n.Media, object(f, v.Canonical))
		} else {
			n.Image = append(n.Image, object(f, v.Canonical))
		}
	}
	for _, c := range v.Corrections {
		n.Correction = append(n.Correction, correctionComment{"CorrectionComment", c.Text, c.At.ISO})
	}
	return n
}

func object(f *figure, canonical string) imageObject {
	o := imageObject{
		Type:            "ImageObject",
		ContentURL:      absolute(canonical, f.Full),
		Width:           f.PixelWidth,
		Height:          f.PixelHeight,
		Name:            line(f.photo.Headline),
		Caption:         line(f.Caption),
		CreditText:      f.Credit,
		CopyrightNotice: f.Copyright,
		SourceType:      sourceType(f.photo.SourceType),
	}
	o.License = address(f.photo.UsageTerms)
	o.AcquireLicense = o.License // usage terms name one place, where the licence is read and asked for
	if name := line(f.photo.Byline); name != "" {
		o.Creator = &person{"Person", name}
	}
	if f.Sensitive {
		no := false
		o.FamilyFriendly = &no
	}
	return o
}

var byPattern = regexp.MustCompile(`(?i)^by\s+`)

// author is the byline as one person: where it names several, the words
// between them differ from language to language, so it is left whole.
func author(byline string) *person {
	if name := byPattern.ReplaceAllString(byline, ""); name != "" {
		return &person{"Person", name}
	}
	return nil
}

var addressPattern = regexp.MustCompile(`https?://[^\s<>"'{}|\\^]+`)

// address is the first web address in words, or "".
func address(words string) string {
	found := strings.TrimRight(addressPattern.FindString(line(words)), ".,;:!?)]")
	if u, err := url.Parse(found); err != nil || u.Host == "" {
		return ""
	}
	return found
}

// sourceType lets through only IPTC's own vocabulary, which is how a photo is
// said to be made by a machine.
func sourceType(uri string) string {
	uri = strings.TrimSpace(uri)
	if strings.HasPrefix(uri, "http://cv.iptc.org/newscodes/digitalsourcetype/") {
		return uri
	}
	return ""
}

// absolute is a bundle's path as readers elsewhere need it: resolved against
// where the essay will be read, or as it is where that isn't known.
func absolute(canonical, path string) string {
	base, err := url.Parse(canonical)
	if canonical == "" || err != nil {
		return path
	}
	return base.ResolveReference(&url.URL{Path: path}).String()
}
