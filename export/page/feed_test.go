package page_test

import (
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"

	"photodesk/export/page"
)

func TestFeedsForOtherMachines(t *testing.T) {
	files := render(t, input())
	var o map[string]any
	if err := json.Unmarshal(files["oembed.json"].Data, &o); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]any{
		"version": "1.0", "type": "rich", "width": 640.0, "thumbnail_url": "https://news.example/2026/winter/photos/card.jpg", "thumbnail_width": 1200.0,
		"author_name": "By Jane Doe",
	} {
		if o[key] != want {
			t.Errorf("oEmbed's %s is %v, want %v", key, o[key], want)
		}
	}
	code, err := page.EmbedCode(input().Essay)
	if err != nil || o["html"] != code || !strings.Contains(code, `src="https://news.example/2026/winter/embed.html"`) {
		t.Errorf("the code is %v, %v", o["html"], err)
	}
	loader := code[strings.Index(code, "static/"):]
	if _, ok := files[loader[:strings.IndexByte(loader, '"')]]; !ok {
		t.Errorf("the code's script is not in the bundle: %s", code)
	}
	if !strings.Contains(string(files["index.html"].Data), `<link rel="alternate" type="application/json+oembed" href="https://news.example/2026/winter/oembed.json">`) {
		t.Error("the page doesn't lead to its oEmbed answer")
	}
	var entry struct {
		XMLName   xml.Name `xml:"http://www.w3.org/2005/Atom entry"`
		ID        string   `xml:"id"`
		Title     string   `xml:"title"`
		Updated   string   `xml:"updated"`
		Published string   `xml:"published"`
		Author    string   `xml:"author>name"`
		Summary   string   `xml:"summary"`
	}
	if err := xml.Unmarshal(files["entry.xml"].Data, &entry); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(entry.ID, "urn:uuid:") || entry.Title != input().Essay.Headline || entry.Updated != "2026-03-09T10:00:00Z" ||
		entry.Published != "2026-03-08T06:00:00+01:00" || entry.Author != "By Jane Doe" || entry.Summary == "" {
		t.Errorf("the entry is %+v", entry)
	}
	moved := input()
	moved.Essay.Canonical, moved.Essay.Headline = "https://elsewhere.example/", "Another"
	if again := string(render(t, moved)["entry.xml"].Data); !strings.Contains(again, entry.ID) {
		t.Error("the entry's name changes with the essay's address")
	}
	// Without an address there is nothing to say.
	nowhere := input()
	nowhere.Essay.Canonical = ""
	for _, name := range []string{"oembed.json", "entry.xml"} {
		if _, ok := render(t, nowhere)[name]; ok {
			t.Errorf("%s without an address", name)
		}
	}
	if _, err := page.EmbedCode(nowhere.Essay); err == nil {
		t.Error("an embed of nowhere")
	}
}

// Plain HTML carries every photo with its credit, at an address that works from elsewhere, and nothing that styles or runs.
func TestFragment(t *testing.T) {
	in := input()
	html, err := page.Fragment(in)
	if err != nil {
		t.Fatal(err)
	}
	s := string(html)
	for _, not := range []string{"class=", "style=", "<script", "<form", "data-", `src="photos/`, `"photos/`, " photos/"} {
		if strings.Contains(s, not) {
			t.Errorf("it holds %s", not)
		}
	}
	if n := strings.Count(s, "<img "); n != 15 {
		t.Errorf("it has %d photos, want 15", n)
	}
	if !strings.Contains(s, "<details>") || !strings.Contains(s, "<cite>Jane Doe/AP</cite>") {
		t.Error("a cover or a credit is missing")
	}
	in.Essay.Canonical = "javascript:alert(1)"
	if _, err := page.Fragment(in); err == nil {
		t.Error("it is made for an address that is none")
	}
}
