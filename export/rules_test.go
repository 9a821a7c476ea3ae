package export

import (
	"crypto/ed25519"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"photodesk/export/votes"
	"photodesk/project"
)

func withRules(t *testing.T, p *project.Project, essay int64, r project.VoteRules) {
	t.Helper()
	must(t, p.Edit(t.Context(), "Change vote rules", func(tx *project.Tx) error {
		e, err := tx.Essay(essay)
		if err != nil {
			return err
		}
		e.Votes, e.VoteRules = true, r
		return tx.UpdateEssay(e)
	}))
}

func TestVoteRulesAreChecked(t *testing.T) {
	p, essay := sampleEssay(t)
	day := func(n int) time.Time { return time.Now().AddDate(0, 0, n) }
	for name, c := range map[string]struct {
		rules project.VoteRules
		want  []string
	}{
		"none":                   {project.VoteRules{}, nil},
		"a week":                 {project.VoteRules{Opens: day(-1), Closes: day(6)}, nil},
		"closes before it opens": {project.VoteRules{Opens: day(6), Closes: day(5)}, []string{"error votes-close-first"}},
		"closes as it opens":     {project.VoteRules{Opens: day(6).Truncate(time.Hour), Closes: day(6).Truncate(time.Hour)}, []string{"error votes-close-first"}},
		"closed":                 {project.VoteRules{Closes: day(-1)}, []string{"warning votes-closed"}},
		"signing in":             {project.VoteRules{SignIn: true}, []string{"note votes-sign-in"}},
	} {
		withRules(t, p, essay, c.rules)
		problems, err := Check(t.Context(), p, essay)
		must(t, err)
		var got []string
		for _, pr := range problems {
			if strings.HasPrefix(pr.Code, "votes-") {
				got = append(got, string(pr.Severity)+" "+pr.Code)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// The rules that an editor set are in the tokens, signed; an essay without any
// has the tokens that it always had.
func TestVoteRulesTravelInTheBundle(t *testing.T) {
	p, essay := sampleEssay(t)
	token := regexp.MustCompile(`data-subject="([^"]+)"`)
	export := func(votesURL string) (string, error) {
		out := filepath.Join(t.TempDir(), "bundle")
		_, err := Export(t.Context(), p, essay, Options{Out: out, Cache: t.TempDir(), FixedQuality: true, VotesURL: votesURL}, nil)
		if err != nil {
			return "", err
		}
		data, err := os.ReadFile(filepath.Join(out, "index.html"))
		return string(data), err
	}
	e, err := p.Essay(t.Context(), essay)
	must(t, err)
	withRules(t, p, essay, e.VoteRules)
	plain, err := export("https://votes.example.org")
	must(t, err)
	if got, want := token.FindStringSubmatch(plain)[1], votes.Sign(p.VoteKey(), votes.KindEssay, e.UID, ""); !strings.Contains(plain, `data-subject="`+want+`"`) || !strings.HasPrefix(got, "v1.") {
		t.Errorf("without rules the token is %s", got)
	}
	closes := time.Now().Add(time.Hour).Truncate(time.Second)
	withRules(t, p, essay, project.VoteRules{Closes: closes, Hidden: true, SignIn: true})
	ruled, err := export("https://votes.example.org")
	must(t, err)
	e, err = p.Essay(t.Context(), essay)
	must(t, err)
	for _, m := range token.FindAllStringSubmatch(ruled, -1) {
		_, rules, err := votes.VerifyRuled(p.VoteKey().Public().(ed25519.PublicKey), m[1])
		if want := (votes.Rules{Revision: e.RulesAt.Unix(), Closes: closes.Unix(), Hidden: true, SignIn: true}); err != nil || rules != want {
			t.Errorf("it is signed with %+v, %v; want %+v", rules, err, want)
		}
	}
	if _, err := export(""); !errors.Is(err, ErrSignIn) {
		t.Errorf("signing in on a device: %v", err)
	}
}
