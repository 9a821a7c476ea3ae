package accounts_test

// This file owns the way of a reader who signs in to vote, from an essay's page and back to it.

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"photodesk/export/page"
	"photodesk/export/page/browsertest"
	"photodesk/export/votes"
	"photodesk/project"
)

func TestSigningInToVote(t *testing.T) {
	for kind, address := range kinds {
		t.Run(kind, func(t *testing.T) {
			w := begin(t, address(t))
			in := page.Input{
				Essay: &project.Essay{
					UID: "winter", Slug: "winter", Lang: "en", Dir: "ltr", Headline: "Winter", Votes: true,
					Canonical: w.site + "/", Blocks: []project.Block{{Kind: project.KindText, Text: "Snow."}},
					VoteRules: project.VoteRules{SignIn: true}, RulesAt: time.Now(),
				},
				ProjectUID: "project", Version: "1.0.0", VotesURL: w.base,
			}
			in.Subject = func(kind, key string) string {
				return votes.SignRuled(projectKey, kind, in.Essay.UID, key, votes.Rules{Revision: 1, SignIn: true})
			}
			files, err := page.Render(in)
			must(t, err)
			dir := t.TempDir()
			for _, f := range files {
				name := filepath.Join(dir, filepath.FromSlash(f.Path))
				must(t, os.MkdirAll(filepath.Dir(name), 0o755))
				must(t, os.WriteFile(name, f.Data, 0o600))
			}
			must(t, os.WriteFile(filepath.Join(dir, "host.html"), []byte(`<!DOCTYPE html><html lang="en"><title>A host</title><link rel="icon" href="data:,"><iframe title="Winter" src="embed.html"></iframe></html>`), 0o600))
			w.essays = http.FileServer(http.Dir(dir))

			const email, link, up = "ada@news.example", `document.querySelector("[data-note] a")`, `document.querySelector(".vote-button.up")`
			tab := browsertest.Open(t, 390, 844)
			tab.Visit(w.site + "/")
			tab.Wait(link + `?.textContent === "Sign in to vote." && ` + up + `.disabled`)
			// No page of the service opens in a frame: there the link opens a tab.
			const frame = `document.querySelector("iframe").contentDocument?.querySelector`
			tab.Visit(w.site + "/host.html")
			tab.Wait(frame + `("[data-note] a")?.target === "_blank" && ` + frame + `(".vote-button.up").disabled`)
			tab.Visit(w.site + "/")
			tab.Wait(link)
			tab.Do(link + `.click()`)
			tab.Until(`document.readyState === "complete" && document.querySelector("h1")?.textContent === "Sign in"`)
			tab.Do(`document.querySelector("a[href*=create]").click()`)
			tab.Until(`document.readyState === "complete" && document.querySelector("h1")?.textContent === "Create an account"`)
			tab.Do(`document.querySelector("#email").focus()`)
			tab.Press(email)
			tab.Do(`document.querySelector("#password").focus()`)
			tab.Press(password + kb.Enter)
			tab.Until(`document.querySelector("h1")?.textContent === "Look into your mail"`)
			tab.Visit(w.post.Next(t, email, "Confirm your address").Link())
			tab.Do(`document.querySelector("#password").focus()`)
			tab.Press(password + kb.Enter)

			// Back at the essay, the vote counts as the account's.
			tab.Arrive(w.site + "/")
			tab.Wait(up + ` && !` + up + `.disabled`)
			tab.Do(up + `.click()`)
			tab.Wait(up + `.getAttribute("aria-pressed") === "true" && document.querySelector("[data-tally=ups]").textContent === "1"`)
			if got := w.tally("winter"); got != (votes.Tally{Up: 1}) {
				t.Errorf("the service counted %+v", got)
			}
			tab.Visit(w.site + "/host.html")
			tab.Wait(frame + `("[data-tally=ups]")?.textContent === "1" && !` + frame + `(".vote-button.up").disabled`)
			tab.Visit(w.at(""))
			tab.Do(`document.querySelector("form[action*=signout] button").click()`)
			tab.Arrive(w.at("signin"))
			tab.Visit(w.site + "/")
			tab.Wait(link + `?.textContent === "Sign in to vote." && ` + up + `.disabled`)
		})
	}
}
