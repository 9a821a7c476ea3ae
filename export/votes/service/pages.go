package service

// This file owns what a reader without script sees of the service: small pages
// in the reader's language, with the words that the essays' pages have.

import (
	"bytes"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"
	"time"

	"photodesk/export/votes"
	"photodesk/export/votes/store"
)

var pageTemplate = template.Must(template.New("").Parse(`<!DOCTYPE html>
<html lang="{{.Lang}}" dir="{{.Dir}}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>{{.Text}}</title>
<h1>{{.Text}}</h1>
{{with .Detail}}<p lang="en" dir="ltr">{{.}}.</p>
{{end}}</html>
`))

// page says one sentence, by its key in the words of pages.
func (q *request) page(status int, key, detail string, values map[string]string) {
	reader := q.tongues.For(q.r.Header.Get("Accept-Language"))
	text := reader.Text[key]
	for name, value := range values {
		text = strings.ReplaceAll(text, "{"+name+"}", value)
	}
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, map[string]string{"Lang": reader.Lang, "Dir": reader.Dir, "Text": text, "Detail": detail}); err != nil {
		q.log.Error("a page could not be made", "error", err)
	}
	h := q.w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'")
	h.Set("Referrer-Policy", "no-referrer")
	q.body(status, "text/html; charset=utf-8", b.Bytes())
}

// countedPage says what was counted, and where the results aren't hidden what
// there is now.
func (q *request) countedPage(c store.Result, hidden bool) {
	key := map[votes.Vote]string{votes.Up: "vote.said.up", votes.Down: "vote.said.down", votes.None: "vote.said.none"}[c.Mine]
	if hidden {
		key = "vote.said.hidden"
	}
	q.page(http.StatusOK, key, "", map[string]string{"points": strings.Replace(strconv.Itoa(c.Points()), "-", "\u2212", 1)})
}

func (q *request) refusalPage(status int, what string, wait time.Duration, code votes.No) {
	key := "vote.refused"
	switch {
	case code != "":
		key, what = "vote.no."+string(code), "" // which says it all
	case status == http.StatusTooManyRequests:
		key = "vote.limited"
	case status >= 500 && wait > 0:
		key = "vote.busy"
	case status >= 500:
		key = "vote.uncounted"
	}
	// The symbols of seconds and minutes are the same in all our languages.
	n := fmt.Sprintf("%d s", seconds(wait))
	if wait >= 100*time.Second {
		n = fmt.Sprintf("%d min", (seconds(wait)+59)/60)
	}
	q.page(status, key, what, map[string]string{"wait": n})
}
