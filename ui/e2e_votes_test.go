package ui

// This file owns the scripted session in which readers' votes come back to the desk.

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"photodesk/assets"
	"photodesk/export/votes"
	"photodesk/export/votes/service"
	"photodesk/export/votes/store"
	"photodesk/project"
)

const newsroom = "https://news.example"

// counting starts a vote service that counts for the project.
func counting(t *testing.T, p *project.Project) (address string) {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "votes.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.AddKey(t.Context(), store.Key{Public: p.VoteKey().Public().(ed25519.PublicKey), Name: "desk"}); err != nil {
		t.Fatal(err)
	}
	svc, err := service.New(t.Context(), service.Config{Store: s, Origins: []string{newsroom}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(svc.Close)
	server := httptest.NewServer(svc)
	t.Cleanup(server.Close)
	return server.URL
}

// cast is one more reader's vote.
func cast(t *testing.T, address, token string, v votes.Vote) {
	t.Helper()
	body := fmt.Sprintf(`{"subject":%q,"vote":%d}`, token, v)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address+votes.VotesPath, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"Origin": newsroom, "Content-Type": "application/json", votes.Header: "1"} {
		req.Header.Set(name, value)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusOK {
		t.Fatalf("a vote is answered %s", res.Status)
	}
}

// TestRealVotes asks a real service for votes by keys alone and saves the ranking as a table.
func TestRealVotes(t *testing.T) {
	var address, best string
	s := newE2E(t, func(p *project.Project) {
		folder, err := fs.Sub(assets.Sample, "sample")
		if err != nil {
			t.Fatal(err)
		}
		essay, err := p.AddFromFolder(t.Context(), folder, "sample.json")
		if err != nil {
			t.Fatal(err)
		}
		e, err := p.Essay(t.Context(), essay)
		if err != nil {
			t.Fatal(err)
		}
		photos, err := p.PhotosOf(t.Context(), essay)
		if err != nil {
			t.Fatal(err)
		}
		address = counting(t, p)
		last := photos[e.PhotoIDs()[len(e.PhotoIDs())-1]]
		best = last.Name
		token := votes.Sign(p.VoteKey(), votes.KindPhoto, e.UID, last.SHA256[:12])
		for range 3 {
			cast(t, address, token, votes.Up)
		}
		cast(t, address, token, votes.Down)
		cast(t, address, votes.Sign(p.VoteKey(), votes.KindEssay, e.UID, ""), votes.Up)
	})
	s.answered("ctrl+shift+u", "the sheet of votes")
	s.typing(address)
	s.key("Return")
	s.until("the tallies", func(p *project.Project) bool {
		heads, err := p.Essays(t.Context())
		if err != nil || len(heads) == 0 {
			return false
		}
		list, err := p.Tallies(t.Context(), heads[0].ID)
		return err == nil && len(list) == 7 && list[0].Points() == 1 && list[1].Up == 3 && list[1].Down == 1
	})
	s.wait("the service is remembered", func() bool { return s.preference("export.votes") == address })
	s.key("Tab") // Close
	s.key("Tab") // Save as CSV…
	s.answered("space", "where to save")
	table := filepath.Join(t.TempDir(), "votes.csv")
	s.key("ctrl+a")
	s.typing(table)
	s.key("Return")
	s.wait("the table", func() bool {
		data, err := os.ReadFile(table)
		return err == nil && bytes.Contains(data, []byte("\r\n1,"+best+","))
	})
	s.settled()
	s.key("ctrl+q")
	s.quit()
}
