package votes_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"photodesk/export/votes"
)

// What rules say over time: opens at 100, closes at 200.
func TestRules(t *testing.T) {
	window := votes.Rules{Revision: 1, Opens: 100, Closes: 200}
	for name, c := range map[string]struct {
		rules    votes.Rules
		vote     votes.Vote
		at       int64
		signedIn bool
		want     votes.No
	}{
		"no rules":                   {votes.Rules{}, votes.Down, 0, false, ""},
		"before it opens":            {window, votes.Up, 99, false, votes.NotYet},
		"as it opens":                {window, votes.Up, 100, false, ""},
		"before it closes":           {window, votes.None, 199, false, ""},
		"as it closes":               {window, votes.Up, 200, false, votes.Closed},
		"taken back when closed":     {window, votes.None, 200, false, votes.Closed},
		"closes before it opens":     {votes.Rules{Opens: 200, Closes: 100}, votes.Up, 150, false, votes.Closed},
		"a downvote":                 {votes.Rules{UpvotesOnly: true}, votes.Down, 0, false, votes.UpvotesOnly},
		"an upvote":                  {votes.Rules{UpvotesOnly: true}, votes.Up, 0, false, ""},
		"a downvote taken back":      {votes.Rules{UpvotesOnly: true}, votes.None, 0, false, ""},
		"nobody":                     {votes.Rules{SignIn: true}, votes.Up, 0, false, votes.SignIn},
		"somebody":                   {votes.Rules{SignIn: true}, votes.Up, 0, true, ""},
		"closed, before who it is":   {votes.Rules{SignIn: true, Closes: 1}, votes.Up, 1, false, votes.Closed},
		"results are no vote's rule": {votes.Rules{Hidden: true}, votes.Up, 0, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.rules.Refuse(c.vote, c.signedIn, time.Unix(c.at, 0)); got != c.want {
				t.Errorf("refused with %q, want %q", got, c.want)
			}
		})
	}
	hidden := votes.Rules{Hidden: true, Closes: 200}
	for name, c := range map[string]struct {
		rules votes.Rules
		mine  votes.Vote
		at    int64
		want  bool
	}{
		"without a vote": {hidden, votes.None, 100, true}, "with one": {hidden, votes.Down, 100, false},
		"at the end": {hidden, votes.None, 200, false}, "no such rule": {window, votes.None, 100, false},
	} {
		if got := c.rules.Hides(c.mine, time.Unix(c.at, 0)); got != c.want {
			t.Errorf("%s: hides %v", name, got)
		}
	}
}

var allRules = votes.Rules{Revision: 1_790_000_000, Opens: 1_790_100_000, Closes: 1_790_200_000, UpvotesOnly: true, Hidden: true, SignIn: true}

// Tokens with rules name the same subject as those without, and bring the rules along.
func TestRulesTravelInTokens(t *testing.T) {
	if got, want := votes.SignRuled(key('a'), votes.KindPhoto, essay, photo, votes.Rules{}), votes.Sign(key('a'), votes.KindPhoto, essay, photo); got != want {
		t.Errorf("no rules make %s, want %s", got, want)
	}
	seen := map[string]votes.Rules{}
	for _, rules := range []votes.Rules{
		allRules,
		{Revision: 1},
		{Revision: 2},
		{Revision: 1, Opens: 1},
		{Revision: 1, Closes: 1},
		{Revision: 1, UpvotesOnly: true},
		{Revision: 1, Hidden: true},
		{Revision: 1, SignIn: true},
		{Revision: 1<<32 - 1, Opens: 1<<32 - 1, Closes: 1<<32 - 1},
	} {
		for _, of := range []struct{ kind, photo string }{{votes.KindEssay, ""}, {votes.KindPhoto, photo}} {
			token := votes.SignRuled(key('a'), of.kind, essay, of.photo, rules)
			s, got, err := votes.VerifyRuled(public('a'), token)
			plain, errPlain := votes.Verify(public('a'), votes.Sign(key('a'), of.kind, essay, of.photo))
			if err != nil || errPlain != nil || got != rules || s != plain || !strings.HasPrefix(token, "v2.") {
				t.Errorf("%+v: %s is %+v of %v, %v", rules, token, got, s, err)
			}
			if other, there := seen[token]; there {
				t.Errorf("%+v and %+v have one token", rules, other)
			}
			seen[token] = rules
		}
	}
	for name, rules := range map[string]votes.Rules{
		"no revision": {Opens: 1}, "no revision, flags": {Hidden: true}, "before 1970": {Revision: 1, Opens: -1}, "after 2106": {Revision: 1, Closes: 1 << 32},
		"a revision below": {Revision: -1},
	} {
		if token := votes.SignRuled(key('a'), votes.KindEssay, essay, "", rules); token != "" {
			t.Errorf("%s: it has a token: %s", name, token)
		}
	}
	// As many as one request takes have to fit into an address.
	longest := votes.SignRuled(key('a'), votes.KindPhoto, strings.Repeat("x", 40), photo, allRules)
	if n := votes.MaxSubjects * (len(longest) + len("&s=")); n > 8000 {
		t.Errorf("%d tokens take %d bytes", votes.MaxSubjects, n)
	}
	if _, err := votes.Verify(public('a'), longest); err != nil {
		t.Error(err)
	}
}

// Rules that nobody signed don't hold.
func TestForgedRules(t *testing.T) {
	good := votes.SignRuled(key('a'), votes.KindEssay, essay, "", allRules)
	plain := votes.Sign(key('a'), votes.KindEssay, essay, "")
	raw := base64.RawURLEncoding
	part := func(token string, i int) string { return strings.Split(token, ".")[i] }
	payload, err := raw.DecodeString(part(good, 1))
	if err != nil {
		t.Fatal(err)
	}
	with := func(at int, b byte) string {
		changed := append([]byte(nil), payload...)
		changed[at] = b
		return "v2." + raw.EncodeToString(changed) + "." + part(good, 2)
	}
	unruled := append(append([]byte(nil), payload[:9]...), payload[22:]...)
	for name, c := range map[string]struct {
		token string
		want  error
	}{
		"a later revision":            {with(9, 0xff), votes.ErrForged},
		"opened earlier":              {with(13, 0), votes.ErrForged},
		"closed later":                {with(17, 0xff), votes.ErrForged},
		"downvotes on":                {with(21, 6), votes.ErrForged},
		"no flags":                    {with(21, 0), votes.ErrForged},
		"a flag that is none":         {with(21, 0x0f), votes.ErrToken},
		"no revision":                 {"v2." + raw.EncodeToString(append(append(append([]byte(nil), payload[:9]...), 0, 0, 0, 0), payload[13:]...)) + "." + part(good, 2), votes.ErrToken},
		"the rules taken out":         {"v1." + raw.EncodeToString(unruled) + "." + part(good, 2), votes.ErrForged},
		"rules put in":                {"v2." + part(good, 1) + "." + part(plain, 2), votes.ErrForged},
		"signed for the other form":   {"v2." + part(good, 1) + "." + raw.EncodeToString(ed25519.Sign(key('a'), append([]byte("photodesk subject v1\x00"), payload...))), votes.ErrForged},
		"called by the other form":    {"v1." + part(good, 1) + "." + part(good, 2), votes.ErrToken},
		"half of the rules":           {"v2." + raw.EncodeToString(payload[:15]) + "." + part(good, 2), votes.ErrToken},
		"rules and no essay":          {"v2." + raw.EncodeToString(payload[:22]) + "." + part(good, 2), votes.ErrToken},
		"another project's with them": {votes.SignRuled(key('b'), votes.KindEssay, essay, "", allRules), votes.ErrForeign},
	} {
		t.Run(name, func(t *testing.T) {
			if s, rules, err := votes.VerifyRuled(public('a'), c.token); !errors.Is(err, c.want) || s != (votes.Subject{}) || rules != (votes.Rules{}) {
				t.Errorf("%q is %+v, %+v, %v; want %v", c.token, s, rules, err, c.want)
			}
		})
	}
	for i := range good {
		for _, c := range []byte("Aa0_.") {
			if changed := good[:i] + string(c) + good[i+1:]; changed != good {
				if _, err := votes.Verify(public('a'), changed); err == nil {
					t.Errorf("%q at %d goes through", c, i)
				}
			}
		}
	}
}

func TestEssayOf(t *testing.T) {
	for _, token := range []string{votes.Sign(key('a'), votes.KindEssay, essay, ""), votes.SignRuled(key('a'), votes.KindPhoto, essay, photo, allRules)} {
		s, err := votes.Verify(public('a'), token)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := votes.EssayOf(s.String()), s.Key+"/"+essay; got != want {
			t.Errorf("%s is of %q, want %q", s, got, want)
		}
	}
}

// A tally that is kept from a reader is nowhere in the answer.
func TestHiddenIsLeftOut(t *testing.T) {
	up := votes.Up
	for want, c := range map[string]votes.Counted{
		`{"subject":"a","mine":null,"hidden":true}`:                    {Subject: "a", Tally: votes.Tally{Up: 3}, Hidden: true},
		`{"subject":"a","mine":null,"hidden":true,"no":"early"}`:       {Subject: "a", Hidden: true, No: votes.NotYet},
		`{"subject":"a","up":3,"down":0,"mine":1,"no":"upvotes-only"}`: {Subject: "a", Tally: votes.Tally{Up: 3}, Mine: &up, No: votes.UpvotesOnly},
	} {
		got, err := json.Marshal(votes.Tallies{Tallies: []votes.Counted{c}})
		if err != nil || string(got) != `{"tallies":[`+want+`]}` {
			t.Errorf("got %s, %v; want %s", got, err, want)
		}
	}
}
