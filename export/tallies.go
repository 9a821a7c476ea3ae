package export

// This file owns the way back: asking a vote service what it counted for an essay and its photos.

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"time"

	"photodesk/export/page"
	"photodesk/export/votes"
	"photodesk/project"
)

// ErrVotes is wrapped where a vote service gives no tallies.
var ErrVotes = errors.New("the vote service gives no tallies")

// askService waits as long as an editor would, and follows no service to another address.
var askService = &http.Client{
	Timeout:       20 * time.Second,
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// maxAnswer bounds what is read of one answer, in bytes: some 40 subjects take 12 kB.
const maxAnswer = 1 << 20

// RefreshTallies asks the vote service at an address for the essay and each of its photos, keeps the answers in the project, and
// gives them as Project.Tallies does. It asks for photos that no reader can vote on now, too: they may have been voted on before.
// Errors wrap ErrVotes where the service is at fault; what was known before stays.
func RefreshTallies(ctx context.Context, p *project.Project, essay int64, service string) ([]project.Tally, error) {
	if service == "" {
		return nil, fmt.Errorf("%w: the essay is counted nowhere; give the address of the service it was exported with", ErrVotes)
	}
	if err := page.CheckVotesURL(service); err != nil {
		return nil, err
	}
	e, err := p.Essay(ctx, essay)
	if err != nil {
		return nil, err
	}
	photos, err := p.PhotosOf(ctx, essay)
	if err != nil {
		return nil, err
	}
	key := p.VoteKey()
	asked := []string{votes.Sign(key, votes.KindEssay, e.UID, "")} // tokens
	of := map[string]string{asked[0]: ""}                          // whose, by token
	for _, id := range e.PhotoIDs() {
		sha := photos[id].SHA256
		token := votes.Sign(key, votes.KindPhoto, e.UID, sha[:12])
		if _, again := of[token]; !again {
			asked, of[token] = append(asked, token), sha
		}
	}
	var found []project.Tally
	for some := range slices.Chunk(asked, votes.MaxSubjects) {
		counted, err := askTallies(ctx, service, some)
		if err != nil {
			return nil, err
		}
		for _, c := range counted {
			found = append(found, project.Tally{Photo: of[c.Subject], Up: c.Up, Down: c.Down, Service: service})
		}
	}
	if !p.ReadOnly() {
		if err := p.KeepTallies(ctx, essay, found); err != nil {
			return nil, err
		}
		return p.Tallies(ctx, essay)
	}
	return found, nil
}

// askTallies asks once, and takes an answer for exactly what was asked.
func askTallies(ctx context.Context, service string, tokens []string) ([]votes.Counted, error) {
	address, err := url.JoinPath(service, votes.TalliesPath)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"?"+url.Values{"s": tokens}.Encode(), nil)
	if err != nil {
		return nil, err
	}
	// Nothing between here and the service may answer with what it remembers.
	req.Header.Set("Cache-Control", "no-cache")
	res, err := askService.Do(req)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("%w: %w; is the network there, and is %s the right address?", ErrVotes, err, service)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil {
		return nil, fmt.Errorf("%w: reading its answer: %w", ErrVotes, err)
	}
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%w: %s answers %s%s", ErrVotes, service, res.Status, whatToDo(res.StatusCode))
	}
	var answer votes.Tallies
	if err := json.Unmarshal(body, &answer); err != nil {
		return nil, fmt.Errorf("%w: %s doesn't answer as a vote service does", ErrVotes, service)
	}
	if len(answer.Tallies) != len(tokens) {
		return nil, fmt.Errorf("%w: %s answers for %d of %d", ErrVotes, service, len(answer.Tallies), len(tokens))
	}
	for i, c := range answer.Tallies {
		if c.Subject != tokens[i] || c.Up < 0 || c.Down < 0 {
			return nil, fmt.Errorf("%w: %s answers what it wasn't asked for", ErrVotes, service)
		}
	}
	return answer.Tallies, nil
}

func whatToDo(status int) string {
	switch status {
	case http.StatusForbidden:
		return "; it doesn't know the project's key: add what `photodeskctl key` prints with `photodesk-votes keys add`"
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return "; try again in a while"
	case http.StatusNotFound:
		return "; is the address the one that the essay was exported with?"
	}
	return ""
}
