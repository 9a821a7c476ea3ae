package page_test

import (
	"errors"
	"html"
	"regexp"
	"strings"
	"testing"

	"photodesk/export/page"
	"photodesk/export/votes"
)

var policyPattern = regexp.MustCompile(`http-equiv="Content-Security-Policy" content="([^"]*)"`)

// directive is one directive of a page's policy.
func directive(t *testing.T, page, name string) string {
	t.Helper()
	m := policyPattern.FindStringSubmatch(page)
	if m == nil {
		t.Fatal("the page has no policy")
	}
	for d := range strings.SplitSeq(html.UnescapeString(m[1]), "; ") {
		if rest, ok := strings.CutPrefix(d, name+" "); ok {
			return rest
		}
	}
	t.Fatalf("the policy has no %s", name)
	return ""
}

// Which addresses a vote service can have, and that the policy then names its
// origin, what it sends its readers back to, and nothing more.
func TestTheServiceInThePolicy(t *testing.T) {
	const home = "https://news.example"
	for name, c := range map[string]struct {
		address, canonical   string
		connect, form, posts string
	}{
		"no service": {"", home + "/a/", "'self'", "'none'", ""},
		"its own host": {
			"https://votes.example.org", home + "/a/",
			"'self' https://votes.example.org", "https://votes.example.org " + home, "https://votes.example.org/v1/votes",
		},
		"a slash at its end": {
			"https://votes.example.org/", home + "/a/",
			"'self' https://votes.example.org", "https://votes.example.org " + home, "https://votes.example.org/v1/votes",
		},
		"a port and a path": {
			"https://Votes.Example.org:8443/desk/votes", home,
			"'self' https://votes.example.org:8443", "https://votes.example.org:8443 " + home, "https://votes.example.org:8443/desk/votes/v1/votes",
		},
		"proxied under the essay's site": {
			home + "/votes", home + "/a/",
			"'self' " + home, home, home + "/votes/v1/votes",
		},
		"nowhere to come back to": {
			"https://votes.example.org", "",
			"'self' https://votes.example.org", "https://votes.example.org", "https://votes.example.org/v1/votes",
		},
		"a host that no policy can name": {
			"https://votes.example.org", "https://news;example/",
			"'self' https://votes.example.org", "https://votes.example.org", "https://votes.example.org/v1/votes",
		},
		"on loopback": {
			"http://127.0.0.1:8080", "",
			"'self' http://127.0.0.1:8080", "http://127.0.0.1:8080", "http://127.0.0.1:8080/v1/votes",
		},
		"on loopback, by name": {
			"http://votes.localhost:8080", "",
			"'self' http://votes.localhost:8080", "http://votes.localhost:8080", "http://votes.localhost:8080/v1/votes",
		},
	} {
		t.Run(name, func(t *testing.T) {
			in := shortWithService()
			in.VotesURL, in.Essay.Canonical = c.address, c.canonical
			for path, f := range render(t, in) {
				if !strings.HasSuffix(path, ".html") {
					continue
				}
				page := string(f.Data)
				if got := directive(t, page, "connect-src"); got != c.connect {
					t.Errorf("%s: connect-src %s, want %s", path, got, c.connect)
				}
				if got := directive(t, page, "form-action"); got != c.form {
					t.Errorf("%s: form-action %s, want %s", path, got, c.form)
				}
				if got := directive(t, page, "default-src") + directive(t, page, "script-src"); got != "'none''self'" {
					t.Errorf("%s: the policy is open elsewhere: %s", path, got)
				}
				if got := strings.Contains(page, `action="`+c.posts+`"`); got != (c.posts != "") {
					t.Errorf("%s: the form posts elsewhere than to %q", path, c.posts)
				}
				base := strings.TrimSuffix(c.posts, votes.VotesPath)
				if got := strings.Contains(page, `data-service="`+base+`"`); got != (base != "") {
					t.Errorf("%s: the script isn't told of %q", path, base)
				}
			}
		})
	}
}

func TestRefusedServices(t *testing.T) {
	for name, address := range map[string]string{
		"no address":                 "votes",
		"no scheme":                  "votes.example.org",
		"no host":                    "https:///votes",
		"relative":                   "/votes",
		"another scheme":             "ftp://votes.example.org",
		"script":                     "javascript:alert(1)",
		"http":                       "http://votes.example.org",
		"http, looks like loopback":  "http://localhost.example.org",
		"http, looks like loopback2": "http://127.0.0.1.example.org",
		"a query":                    "https://votes.example.org/?a=b",
		"an empty query":             "https://votes.example.org/?",
		"a fragment":                 "https://votes.example.org/#a",
		"an empty fragment":          "https://votes.example.org#",
		"a user":                     "https://me:secret@votes.example.org",
		"more directives":            "https://votes.example.org;script-src *",
		"more directives, no space":  "https://a;b",
		"a wildcard":                 "https://*.example.org",
		"two hosts":                  "https://a.example,b.example",
		"quotes in the host":         `https://votes"onclick="x`,
		"quotes in the path":         `https://votes.example.org/"onclick="x`,
		"up the path":                "https://votes.example.org/a/../b",
		"a space":                    "https://votes.example.org/a b",
		"letters beyond ASCII":       "https://wählen.example",
		"IPv6":                       "http://[::1]:8080",
		"a dot at its end":           "https://votes.example.org./",
		"a port that is none":        "https://votes.example.org:http",
		"a line end":                 "https://votes.example.org\n",
	} {
		t.Run(name, func(t *testing.T) {
			in := shortWithService()
			in.VotesURL = address
			if _, err := page.Render(in); !errors.Is(err, page.ErrInput) {
				t.Errorf("%q: %v, want ErrInput", address, err)
			}
			if err := page.CheckVotesURL(address); !errors.Is(err, page.ErrInput) {
				t.Errorf("CheckVotesURL(%q) is %v, want ErrInput", address, err)
			}
		})
	}
}

func TestSubjectsInThePage(t *testing.T) {
	in := shortWithService()
	index := string(render(t, in)["index.html"].Data)
	embed := string(render(t, in)["embed.html"].Data)
	essay := votes.Sign(projectKey, votes.KindEssay, "essay-1", "")
	photo := votes.Sign(projectKey, votes.KindPhoto, "essay-1", "bead00000001")
	for token, n := range map[string]int{essay: 1, photo: 2} {
		for _, attribute := range []string{`data-subject="%"`, `<input type="hidden" name="subject" value="%">`} {
			if got := strings.Count(index, strings.Replace(attribute, "%", token, 1)); got != n {
				t.Errorf("%d times %s, want %d", got, attribute, n)
			}
		}
	}
	if strings.Contains(embed, photo) || !strings.Contains(embed, essay) {
		t.Error("the embed names other subjects than the essay")
	}
	for _, back := range []string{"#vote-essay", "#vote-bead00000001", "#vote-bead00000001-2"} {
		if !strings.Contains(index, `name="return" value="https://news.example/2026/winter/`+back+`"`) || !strings.Contains(index, `id="`+back[1:]+`"`) {
			t.Errorf("no way back to %s", back)
		}
	}
	for _, words := range []string{"Votes are counted by votes.news.example.", ">–<"} {
		if !strings.Contains(index, words) || !strings.Contains(embed, words) {
			t.Errorf("a page lacks %q", words)
		}
	}
	if strings.Contains(index, "stay on this device") || strings.Contains(index, `data-tally="points">0`) {
		t.Error("the page says what isn't so")
	}

	in.Essay.Canonical = ""
	if index = string(render(t, in)["index.html"].Data); strings.Count(index, `name="return" value=""`) != 3 {
		t.Error("an essay without an address sends its readers somewhere")
	}

	in.Subject = func(kind, photoKey string) string {
		if kind == votes.KindPhoto {
			return ""
		}
		return essay
	}
	if _, err := page.Render(in); !errors.Is(err, page.ErrInput) {
		t.Errorf("a photo without a name: %v, want ErrInput", err)
	}
	in.Subject = nil
	if _, err := page.Render(in); !errors.Is(err, page.ErrInput) {
		t.Errorf("no names: %v, want ErrInput", err)
	}
}

// The page's script speaks the protocol of package votes in words of its own,
// since a page can't import; here they are held together.
func TestTheScriptKeepsToTheProtocol(t *testing.T) {
	var script string
	for path, f := range render(t, shortWithService()) {
		if strings.HasSuffix(path, ".js") {
			script += string(f.Data)
		}
	}
	for _, word := range []string{votes.TalliesPath + "?", `"` + votes.VotesPath + `"`, `"` + votes.Header + `": "1"`, "i += 40"} {
		if !strings.Contains(script, word) {
			t.Errorf("the script lacks %s", word)
		}
	}
	if votes.MaxSubjects != 40 {
		t.Error("the script asks for 40 subjects at once")
	}
}
