package accounts

// This file owns what readers see: pages that need no script, in the languages
// of essays' pages, and letters.

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"photodesk/export/votes/tongue"
)

//go:embed style.css
var style string

// styleHash lets the one style of the pages pass their policy.
var styleHash = func() string {
	sum := sha256.Sum256([]byte(style))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}()

//go:embed pages.tmpl
var pagesText string

var pages = template.Must(template.New("pages").Parse(pagesText))

// view is what a page is made of.
type view struct {
	tongue.Tongue
	Page           string
	Style          template.CSS
	Email, Link    string // as the reader gave them
	Back           string // where the essay is
	Said           string // the key of what there is to say
	Problem, Field string // what is wrong, and with which field
	Again          string // the page that sends a new link
	Wait           time.Duration
	at             func(string, ...string) string
}

// speak chooses the reader's language.
func (v *visit) speak() {
	v.Tongue = v.tongues.For(v.r.Header.Get("Accept-Language"))
}

// T is a text by its key.
func (v view) T(key string) string { return v.Text[key] }

// Around is a text by its key, before and after the address that it names: an
// address is read from the left in every language.
func (v view) Around(key string) []string { return strings.SplitN(v.Text[key], "{email}", 2) }

// Action is the address of a page, with where to go back to.
func (v view) Action(page string) string { return v.at(page) }

// Trouble is what is wrong, in words.
func (v view) Trouble() string {
	n := max(1, int(math.Ceil(v.Wait.Seconds())))
	wait := strconv.Itoa(n) + " s"
	if n >= 100 {
		wait = strconv.Itoa((n+59)/60) + " min"
	}
	return strings.ReplaceAll(v.Text["error."+v.Problem], "{wait}", wait)
}

// show answers with a page.
func (v *visit) show(status int, page string) {
	v.view.Page, v.view.Style, v.view.Back, v.view.at = page, template.CSS(style), v.back, v.Accounts.link(v.back)
	var b bytes.Buffer
	if err := pages.Execute(&b, v.view); err != nil {
		v.log.Error("a page could not be made", "page", page, "error", err)
		status = http.StatusInternalServerError
		b.Reset()
	}
	h := v.w.Header()
	if v.Wait > 0 {
		h.Set("Retry-After", strconv.Itoa(max(1, int(math.Ceil(v.Wait.Seconds())))))
	}
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", v.Lang)
	h.Set("Content-Security-Policy", v.policy)
	// With no-referrer a browser would hide the origin of our own forms.
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Content-Length", strconv.Itoa(b.Len()))
	v.w.WriteHeader(status)
	if v.r.Method != http.MethodHead {
		_, _ = v.w.Write(b.Bytes()) // a reader who has gone needs no page
	}
}

// letter writes a letter in the reader's language.
func (v *visit) letter(kind, to, link string) letter {
	fill := strings.NewReplacer("{host}", v.host, "{link}", link)
	return letter{to: to, lang: v.Lang, subject: fill.Replace(v.T("mail." + kind + ".subject")), text: fill.Replace(v.T("mail."+kind)) + "\n"}
}
