package votes_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"photodesk/export/votes"
)

// A key from a seed, so that what it signs can be kept as golden.
func key(n byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed([]byte(strings.Repeat(string(rune(n)), ed25519.SeedSize)))
}

func public(n byte) ed25519.PublicKey { return key(n).Public().(ed25519.PublicKey) }

const (
	essay = "4f1c0a9d2b7e8835aa01c6fe"
	photo = "0123456789ab"
)

func TestSubjects(t *testing.T) {
	for name, c := range map[string]struct {
		kind, essay, photo string
		want               string // the subject as a store names it, "" where there is none
	}{
		"essay":                {votes.KindEssay, essay, "", votes.KeyID(public('a')) + "/" + essay},
		"photo":                {votes.KindPhoto, essay, photo, votes.KeyID(public('a')) + "/" + essay + "/" + photo},
		"a short UID":          {votes.KindEssay, "e-1_A", "", votes.KeyID(public('a')) + "/e-1_A"},
		"the longest UID":      {votes.KindEssay, strings.Repeat("x", 40), "", votes.KeyID(public('a')) + "/" + strings.Repeat("x", 40)},
		"too long a UID":       {votes.KindEssay, strings.Repeat("x", 41), "", ""},
		"no UID":               {votes.KindEssay, "", "", ""},
		"another kind":         {"caption", essay, "", ""},
		"no kind":              {"", essay, "", ""},
		"an essay with a key":  {votes.KindEssay, essay, photo, ""},
		"a photo without one":  {votes.KindPhoto, essay, "", ""},
		"a key in capitals":    {votes.KindPhoto, essay, "0123456789AB", ""},
		"a key too long":       {votes.KindPhoto, essay, photo + "0", ""},
		"a slash in the UID":   {votes.KindEssay, essay + "/" + photo, "", ""},
		"a line end after UID": {votes.KindEssay, essay + "\n", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			token := votes.Sign(key('a'), c.kind, c.essay, c.photo)
			if c.want == "" {
				if token != "" {
					t.Errorf("it has a token: %s", token)
				}
				return
			}
			s, err := votes.Verify(public('a'), token)
			if err != nil {
				t.Fatal(err)
			}
			if want := (votes.Subject{Key: votes.KeyID(public('a')), Kind: c.kind, Essay: c.essay, Photo: c.photo}); s != want {
				t.Errorf("%+v, want %+v", s, want)
			}
			if s.String() != c.want {
				t.Errorf("%q, want %q", s.String(), c.want)
			}
			if again := votes.Sign(key('a'), c.kind, c.essay, c.photo); again != token {
				t.Error("the second token differs")
			}
			if id, err := votes.KeyOf(token); err != nil || id != s.Key {
				t.Errorf("KeyOf is %q, %v", id, err)
			}
		})
	}
	if votes.Sign(nil, votes.KindEssay, essay, "") != "" {
		t.Error("no key signs")
	}
}

// Tokens are in pages that stay where they are for years: their form can't
// change. UPDATE_GOLDEN=1 writes the file anew; that it differs breaks every bundle.
func TestGoldenTokens(t *testing.T) {
	got := fmt.Sprintf("%s\n%s\n", votes.Sign(key('a'), votes.KindEssay, essay, ""), votes.Sign(key('a'), votes.KindPhoto, essay, photo))
	golden := filepath.Join("testdata", "tokens.txt")
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("tokens are\n%s\nwant\n%s", got, want)
	}
	for token := range strings.Lines(got) {
		// 40 of them, each with "&s=", and a base address have to fit in 8,192 bytes.
		if n := len(strings.TrimSpace(token)); n > 160 {
			t.Errorf("a token has %d characters", n)
		}
	}
}

func TestTheLongestAddressFitsAProxy(t *testing.T) {
	token := votes.Sign(key('a'), votes.KindPhoto, strings.Repeat("x", 40), photo)
	address := "https://" + strings.Repeat("h", 253) + "/votes" + votes.TalliesPath + "?" + strings.Repeat("s="+token+"&", votes.MaxSubjects)
	if len(address) > 8192 {
		t.Errorf("the longest address has %d bytes", len(address))
	}
}

func TestRefusedTokens(t *testing.T) {
	good := votes.Sign(key('a'), votes.KindEssay, essay, "")
	parts := strings.Split(good, ".")
	raw := base64.RawURLEncoding
	payload, err := raw.DecodeString(parts[1])
	if err != nil {
		t.Fatal(err)
	}
	// with puts another payload under the good token's signature.
	with := func(change func([]byte) []byte) string {
		return "v1." + raw.EncodeToString(change(slices.Clone(payload))) + "." + parts[2]
	}
	photoToken := strings.Split(votes.Sign(key('a'), votes.KindPhoto, essay, photo), ".")
	for name, c := range map[string]struct {
		token string
		want  error
	}{
		"nothing":                  {"", votes.ErrToken},
		"another version":          {"v2." + parts[1] + "." + parts[2], votes.ErrToken},
		"no signature":             {"v1." + parts[1], votes.ErrToken},
		"half a signature":         {good[:len(good)-43], votes.ErrToken},
		"another part":             {good + ".", votes.ErrToken},
		"padding":                  {good + "==", votes.ErrToken},
		"a line end":               {good[:20] + "\n" + good[20:], votes.ErrToken},
		"stray bits":               {good[:len(good)-1] + string(good[len(good)-1]+1), votes.ErrToken},
		"too long":                 {good + strings.Repeat("A", 200), votes.ErrToken},
		"the other base64":         {"v1." + base64.RawStdEncoding.EncodeToString([]byte("\xff\xfe\xfd")) + "." + parts[2], votes.ErrToken},
		"a payload of nothing":     {"v1.." + parts[2], votes.ErrToken},
		"a kind that is none":      {with(func(b []byte) []byte { b[0] = 'x'; return b }), votes.ErrToken},
		"a UID with a space":       {with(func(b []byte) []byte { b[12] = ' '; return b }), votes.ErrToken},
		"an essay made a photo":    {with(func(b []byte) []byte { b[0] = 'p'; return b }), votes.ErrToken},
		"another essay":            {with(func(b []byte) []byte { b[12] ^= 1; return b }), votes.ErrForged},
		"a photo of the essay":     {with(func(b []byte) []byte { b[0] = 'p'; return append(b, "/"+photo...) }), votes.ErrForged},
		"the photo's signature":    {"v1." + parts[1] + "." + photoToken[2], votes.ErrForged},
		"another project's key":    {votes.Sign(key('b'), votes.KindEssay, essay, ""), votes.ErrForeign},
		"another project, claimed": {with(func(b []byte) []byte { b[1] ^= 1; return b }), votes.ErrForeign},
		"signed without purpose": {
			"v1." + parts[1] + "." + raw.EncodeToString(ed25519.Sign(key('a'), payload)), votes.ErrForged,
		},
	} {
		t.Run(name, func(t *testing.T) {
			if s, err := votes.Verify(public('a'), c.token); !errors.Is(err, c.want) || s != (votes.Subject{}) {
				t.Errorf("Verify(%q) is %+v, %v; want %v", c.token, s, err, c.want)
			}
		})
	}
	if _, err := votes.Verify(nil, good); !errors.Is(err, votes.ErrForeign) {
		t.Errorf("without a key: %v", err)
	}
}

// Every single changed character is noticed.
func TestNoCharacterOfATokenCanChange(t *testing.T) {
	token := votes.Sign(key('a'), votes.KindPhoto, essay, photo)
	for i := range token {
		for _, c := range []byte("Aa0_.") {
			if changed := token[:i] + string(c) + token[i+1:]; changed != token {
				if _, err := votes.Verify(public('a'), changed); err == nil {
					t.Errorf("%q at %d goes through", c, i)
				}
			}
		}
	}
}

// Whatever verifies is what Sign makes, to the byte.
func FuzzVerify(f *testing.F) {
	f.Add(votes.Sign(key('a'), votes.KindEssay, essay, ""))
	f.Add(votes.Sign(key('a'), votes.KindPhoto, essay, photo))
	f.Add(votes.Sign(key('b'), votes.KindPhoto, "e", photo))
	f.Add(votes.SignRuled(key('a'), votes.KindPhoto, essay, photo, allRules))
	f.Add(votes.SignRuled(key('a'), votes.KindEssay, "e", "", votes.Rules{Revision: 1}))
	f.Add("v2.AAAA.AAAA")
	f.Add("v1..")
	f.Add("v1.AAAA.AAAA\r\n")
	f.Fuzz(func(t *testing.T, token string) {
		id, errOf := votes.KeyOf(token)
		s, rules, err := votes.VerifyRuled(public('a'), token)
		switch {
		case err == nil:
			if again := votes.SignRuled(key('a'), s.Kind, s.Essay, s.Photo, rules); again != token {
				t.Errorf("%q verifies and isn't %q", token, again)
			}
			if errOf != nil || id != s.Key {
				t.Errorf("KeyOf is %q, %v", id, errOf)
			}
		case !errors.Is(err, votes.ErrToken) && !errors.Is(err, votes.ErrForeign) && !errors.Is(err, votes.ErrForged):
			t.Errorf("an error of no kind: %v", err)
		case errors.Is(err, votes.ErrToken) != (errOf != nil):
			t.Errorf("Verify says %v, KeyOf %v", err, errOf)
		}
	})
}

// Whatever has a token can be read back from it.
func FuzzSign(f *testing.F) {
	f.Add(votes.KindEssay, essay, "", int64(0), int64(0), int64(0), byte(0))
	f.Add(votes.KindPhoto, essay, photo, int64(5), int64(0), int64(1<<32), byte(7))
	f.Add("p", "a/b", "\x00", int64(1), int64(-1), int64(0), byte(1))
	f.Fuzz(func(t *testing.T, kind, essay, photo string, revision, opens, closes int64, flags byte) {
		rules := votes.Rules{
			Revision: revision, Opens: opens, Closes: closes,
			UpvotesOnly: flags&1 != 0, Hidden: flags&2 != 0, SignIn: flags&4 != 0,
		}
		token := votes.SignRuled(key('a'), kind, essay, photo, rules)
		if token == "" {
			return
		}
		want := votes.Subject{Key: votes.KeyID(public('a')), Kind: kind, Essay: essay, Photo: photo}
		if s, got, err := votes.VerifyRuled(public('a'), token); err != nil || s != want || got != rules {
			t.Errorf("%+v, %+v, %v; want %+v, %+v", s, got, err, want, rules)
		}
	})
}

func ExampleSign() {
	project := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)) // kept in the project file
	token := votes.Sign(project, votes.KindPhoto, "essay-1", "0123456789ab")

	subject, err := votes.Verify(project.Public().(ed25519.PublicKey), token)
	fmt.Println(subject, err)

	_, err = votes.Verify(project.Public().(ed25519.PublicKey), token[:50]+"x"+token[51:])
	fmt.Println(err)
	// Output:
	// 139e3940e64b5491/essay-1/0123456789ab <nil>
	// this subject's signature is wrong
}

// A service verifies every token it is asked about.
func BenchmarkVerify(b *testing.B) {
	token, pub := votes.Sign(key('a'), votes.KindPhoto, essay, photo), public('a')
	for b.Loop() {
		if _, err := votes.Verify(pub, token); err != nil {
			b.Fatal(err)
		}
	}
}
