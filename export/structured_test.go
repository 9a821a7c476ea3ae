package export

// This file owns the proof that a page's structured data is what schema.org defines and what Google asks of news and of photos.

import (
	"encoding/json"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// vocabulary is what a page says of each type, and the kind of its value: text, address, time, count, truth, or a type's name, in []
// where there may be several. The definitions, with what they inherit:
// https://schema.org/NewsArticle, https://schema.org/ImageObject, https://schema.org/CorrectionComment, https://schema.org/Person.
var vocabulary = map[string]map[string]string{
	"NewsArticle": {
		"headline": "text", "description": "text", "inLanguage": "text", "dateline": "text",
		"datePublished": "time", "dateModified": "time", "url": "address", "mainEntityOfPage": "address", "thumbnailUrl": "address",
		"author": "Person", "image": "[]ImageObject", "associatedMedia": "[]ImageObject", "correction": "[]CorrectionComment",
	},
	"ImageObject": {
		"contentUrl": "address", "width": "count", "height": "count", "name": "text", "caption": "text", "creditText": "text",
		"creator": "Person", "copyrightNotice": "text", "license": "address", "acquireLicensePage": "address",
		"digitalSourceType": "address", "isFamilyFriendly": "truth",
	},
	"CorrectionComment": {"text": "text", "datePublished": "time"},
	"Person":            {"name": "text"},
}

// needed is what Google's guidance asks for:
// https://developers.google.com/search/docs/appearance/structured-data/article and
// https://developers.google.com/search/docs/appearance/structured-data/image-license-metadata. An author, a
// day of publication and photos too, where the page has them.
var needed = map[string][]string{
	"NewsArticle":       {"headline", "dateModified"},
	"ImageObject":       {"contentUrl", "width", "height"},
	"CorrectionComment": {"text", "datePublished"},
	"Person":            {"name"},
}

var (
	structuredPattern = regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`)
	framePattern      = regexp.MustCompile(`<a class="frame" href="([^"]+)"`)
	coverPattern      = regexp.MustCompile(`(?s)<details class="cover">.*?<a class="frame" href="([^"]+)"`)
)

func TestStructuredData(t *testing.T) {
	t.Parallel()
	pages := map[string]string{"golden": filepath.Join("page", "testdata", "index.html")}
	for name, make := range essays {
		p, essay := make(t)
		if p == nil {
			t.Logf("no shared folder beside the repository: %s is left out", name)
			continue
		}
		renewed(t, p, essay)
		out := filepath.Join(t.TempDir(), "bundle")
		_, err := Export(t.Context(), p, essay, Options{Out: out, Cache: t.TempDir(), FixedQuality: true}, nil)
		must(t, err)
		pages[name] = filepath.Join(out, "index.html")
	}
	for name, page := range pages {
		t.Run(name, func(t *testing.T) {
			html, err := os.ReadFile(page)
			must(t, err)
			found := structuredPattern.FindAllSubmatch(html, -1)
			if len(found) != 1 {
				t.Fatalf("%d pieces of structured data", len(found))
			}
			var news map[string]any
			must(t, json.Unmarshal(found[0][1], &news))
			if news["@context"] != "https://schema.org" {
				t.Errorf("@context is %v", news["@context"])
			}
			delete(news, "@context")
			defined(t, "NewsArticle", "NewsArticle", news)
			anonymous := 0
			for _, list := range []string{"image", "associatedMedia"} {
				photos, _ := news[list].([]any)
				for _, o := range photos {
					ph := o.(map[string]any)
					if ph["creator"] == nil && ph["creditText"] == nil && ph["copyrightNotice"] == nil && ph["license"] == nil {
						anonymous++
					}
				}
			}
			// Of the essays only the golden one has a photo that nobody gave a credit for, and its page says so.
			if want := strings.Count(string(html), "No credit given"); anonymous != want {
				t.Errorf("%d photos say neither who made them nor whose they are; the page says that of %d", anonymous, want)
			}
			headline, _ := news["headline"].(string)
			if n := utf8.RuneCountInString(headline); n > 110 {
				t.Errorf("the headline has %d characters", n)
			}
			if shown := strings.Contains(string(html), `"article:published_time"`); shown != (news["datePublished"] != nil) {
				t.Errorf("published shown: %v; datePublished: %v", shown, news["datePublished"])
			}
			author, _ := news["author"].(map[string]any)
			if shown := strings.Contains(string(html), `class="byline"`); shown != (author != nil) {
				t.Errorf("byline shown: %v; author: %v", shown, author)
			}
			if name, _ := author["name"].(string); strings.HasPrefix(strings.ToLower(name), "by ") {
				t.Errorf("the author's name is %q", name)
			}
			covered := hrefs(coverPattern, html)
			open := hrefs(framePattern, html)
			for c := range covered {
				delete(open, c)
			}
			sameAddresses(t, "image", news["image"], open)
			sameAddresses(t, "associatedMedia", news["associatedMedia"], covered)
		})
	}
}

// defined fails for whatever of an object its type doesn't define, or asks for in vain.
func defined(t *testing.T, at, typ string, v any) {
	t.Helper()
	object, ok := v.(map[string]any)
	if !ok || object["@type"] != typ {
		t.Errorf("%s is no %s: %v", at, typ, v)
		return
	}
	for _, name := range needed[typ] {
		if object[name] == nil {
			t.Errorf("%s has no %s", at, name)
		}
	}
	for name, value := range object {
		if name != "@type" {
			has(t, at+"."+name, vocabulary[typ][name], value)
		}
	}
	if (object["license"] == nil) != (object["acquireLicensePage"] == nil) {
		t.Errorf("%s has a licence without the page to ask for it, or the other way", at)
	}
}

func has(t *testing.T, at, kind string, value any) {
	t.Helper()
	words, isText := value.(string)
	switch several, isList := strings.CutPrefix(kind, "[]"); {
	case kind == "":
		t.Errorf("%s isn't defined", at)
	case isList:
		list, ok := value.([]any)
		if !ok || len(list) == 0 {
			t.Errorf("%s is no list of %s: %v", at, several, value)
		}
		for _, v := range list {
			defined(t, at, several, v)
		}
	case vocabulary[kind] != nil:
		defined(t, at, kind, value)
	case kind == "count":
		if n, ok := value.(float64); !ok || n < 1 || n != float64(int(n)) {
			t.Errorf("%s is %v", at, value)
		}
	case kind == "truth":
		if _, ok := value.(bool); !ok {
			t.Errorf("%s is %v", at, value)
		}
	case !isText || strings.TrimSpace(words) == "":
		t.Errorf("%s is empty: %q", at, value)
	case kind == "time":
		if _, err := time.Parse(time.RFC3339, words); err != nil {
			t.Errorf("%s isn't ISO 8601 with a zone: %v", at, err)
		}
	case kind == "address":
		u, err := url.Parse(words)
		if err != nil || u.Scheme != "" && u.Scheme != "https" && u.Scheme != "http" || strings.ContainsAny(words, " \"<>\n") {
			t.Errorf("%s is no address: %q, %v", at, words, err)
		}
	}
}

func hrefs(pattern *regexp.Regexp, html []byte) map[string]bool {
	out := map[string]bool{}
	for _, m := range pattern.FindAllSubmatch(html, -1) {
		out[string(m[1])] = true
	}
	return out
}

// sameAddresses proves that a list's photos are those that the page shows so.
func sameAddresses(t *testing.T, name string, list any, want map[string]bool) {
	t.Helper()
	var got []string
	objects, _ := list.([]any)
	for _, o := range objects {
		address, _ := o.(map[string]any)["contentUrl"].(string)
		at := strings.LastIndex(address, "photos/")
		got = append(got, address[max(at, 0):])
	}
	slices.Sort(got)
	if all := slices.Sorted(maps.Keys(want)); !slices.Equal(got, all) {
		t.Errorf("%s has %v; the page shows %v", name, got, all)
	}
}
