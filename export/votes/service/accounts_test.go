package service

// This file owns what a vote that needs an account is answered. What accounts do
// otherwise is tested in their own package.

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"

	"photodesk/export/votes"
	"photodesk/export/votes/accounts"
)

// needing is an essay whose votes are for readers with an account.
var needing = votes.SignRuled(projectKey, votes.KindEssay, "essay-2", "", votes.Rules{Revision: 1, SignIn: true})

func TestNeedsAccount(t *testing.T) {
	takes, err := accounts.NewServer("smtp://127.0.0.1:1", "votes@news.example", nil)
	must(t, err)
	w := begin(t, func(c *Config) { c.Accounts = &accounts.Config{Base: "https://news.example/votes/", Mail: takes} })
	const signIn = "https://news.example/votes/account/signin"
	for _, r := range []*reader{w.reader(), w.reader().with("Cookie", accounts.CookieName+"=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")} {
		a := r.vote(needing, votes.Up)
		var got map[string]string
		must(t, json.Unmarshal([]byte(a.body), &got))
		if a.status != http.StatusForbidden || got["signin"] != signIn || got["code"] != string(votes.SignIn) {
			t.Errorf("answered %d %s", a.status, a.body)
		}
	}
	for back, want := range map[string]string{
		site + "/essay/#vote": signIn + "?" + url.Values{"return": {site + "/essay/#vote"}}.Encode(), "https://evil.example/": signIn, "": signIn,
	} {
		if a := w.reader().form(needing, votes.Up, back); a.status != http.StatusSeeOther || a.header.Get("Location") != want {
			t.Errorf("a form from %q leads to %d %q", back, a.status, a.header.Get("Location"))
		}
	}
	w.untouched()
	w.reader().vote(essay, votes.Up).counted(t)
}
