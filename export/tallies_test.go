package export

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"photodesk/export/votes"
	votesvc "photodesk/export/votes/service"
	"photodesk/export/votes/store"
	"photodesk/project"
)

// counting is a vote service that knows the project's key.
func counting(t *testing.T, p *project.Project) (address string, vote func(kind, photoKey string, v votes.Vote)) {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "votes.db"))
	must(t, err)
	t.Cleanup(func() { _ = s.Close() })
	key := p.VoteKey()
	public := key.Public().(ed25519.PublicKey)
	must(t, s.AddKey(t.Context(), store.Key{Public: public, Name: "desk"}))
	const site = "https://news.example"
	service, err := votesvc.New(t.Context(), votesvc.Config{Store: s, Origins: []string{site}})
	must(t, err)
	t.Cleanup(service.Close)
	server := httptest.NewServer(service)
	t.Cleanup(server.Close)
	return server.URL, func(kind, photoKey string, v votes.Vote) {
		t.Helper()
		body := `{"subject":"` + votes.Sign(key, kind, essayUID(t, p), photoKey) + `","vote":` + map[votes.Vote]string{votes.Up: "1", votes.Down: "-1"}[v] + `}`
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+votes.VotesPath, strings.NewReader(body))
		must(t, err)
		req.Header.Set("Origin", site)
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set(votes.Header, "1")
		res, err := http.DefaultClient.Do(req) // each without a cookie: another voter
		must(t, err)
		res.Body.Close()
		if res.StatusCode != http.StatusOK {
			t.Fatalf("the vote is answered %s", res.Status)
		}
	}
}

func essayUID(t *testing.T, p *project.Project) string {
	t.Helper()
	e, err := p.EssayBySlug(t.Context(), "storm")
	must(t, err)
	return e.UID
}

// What readers voted comes back to the desk, ranked, and is kept with its time; no undo takes it back.
func TestTalliesComeBack(t *testing.T) {
	p, essay := newEssay(t, 3)
	service, vote := counting(t, p)
	photos, err := p.PhotosOf(t.Context(), essay)
	must(t, err)
	sha := func(id int64) string { return photos[id].SHA256 }
	vote(votes.KindEssay, "", votes.Up)
	vote(votes.KindEssay, "", votes.Down)
	vote(votes.KindEssay, "", votes.Up)
	vote(votes.KindPhoto, sha(2)[:12], votes.Up)
	vote(votes.KindPhoto, sha(2)[:12], votes.Up)
	vote(votes.KindPhoto, sha(3)[:12], votes.Down)

	got, err := RefreshTallies(t.Context(), p, essay, service+"/")
	must(t, err)
	if len(got) != 4 || got[0].Photo != "" || got[0].Points() != 1 || got[0].Total() != 3 || got[1].Photo != sha(2) || got[1].Up != 2 ||
		got[2].Photo != sha(1) || got[2].Total() != 0 || got[3].Photo != sha(3) || got[3].Points() != -1 || got[0].At.IsZero() {
		t.Errorf("tallies: %+v", got)
	}
	_, err = p.Undo(t.Context())
	must(t, err)
	_, err = p.Redo(t.Context())
	must(t, err)
	kept, err := p.Tallies(t.Context(), essay)
	must(t, err)
	if len(kept) != 4 || kept[1] != got[1] {
		t.Errorf("kept: %+v", kept)
	}
	var table bytes.Buffer
	must(t, p.WriteTallies(t.Context(), &table, essay))
	lines := strings.Split(strings.TrimSpace(table.String()), "\r\n")
	if len(lines) != 5 || !strings.HasPrefix(lines[1], ",,,1,2,1,3,") || !strings.HasPrefix(lines[2], "1,"+photos[2].Name+",Jane Doe/AP,2,2,0,2,") ||
		!strings.HasPrefix(lines[4], "3,"+photos[3].Name+",") {
		t.Errorf("table:\n%s", table.String())
	}
}

// Whatever a service answers, what was known before stays, and the error says what to do.
func TestTalliesOfABadService(t *testing.T) {
	p, essay := newEssay(t, 1)
	service, vote := counting(t, p)
	vote(votes.KindEssay, "", votes.Up)
	_, err := RefreshTallies(t.Context(), p, essay, service)
	must(t, err)
	before, err := p.Tallies(t.Context(), essay)
	must(t, err)
	stranger, _ := newEssay(t, 1)
	elsewhere, _ := counting(t, stranger)
	answering := func(status int, body string) string {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		}))
		t.Cleanup(s.Close)
		return s.URL
	}
	for name, c := range map[string]struct{ address, want string }{
		"no address":      {"", "give the address"},
		"another key":     {elsewhere, "photodesk-votes keys add"},
		"busy":            {answering(503, ""), "try again in a while"},
		"not there":       {answering(404, ""), "the one that the essay was exported with"},
		"a web page":      {answering(200, "<html>"), "doesn't answer as a vote service"},
		"too few":         {answering(200, `{"tallies":[]}`), "answers for 0 of 2"},
		"somebody else's": {answering(200, `{"tallies":[{"subject":"x","up":1,"down":0,"mine":null},{"subject":"y","up":1,"down":0,"mine":null}]}`), "wasn't asked for"},
		"nobody":          {"http://127.0.0.1:1", "is the network there"},
		"in the clear":    {"http://votes.example.org", "not https"},
	} {
		_, err := RefreshTallies(t.Context(), p, essay, c.address)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
		if err != nil && name != "in the clear" && !errors.Is(err, ErrVotes) {
			t.Errorf("%s: %v is no ErrVotes", name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := RefreshTallies(ctx, p, essay, service); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	after, err := p.Tallies(t.Context(), essay)
	must(t, err)
	if len(after) != len(before) || after[0] != before[0] {
		t.Errorf("what was known is gone: %+v", after)
	}
}
