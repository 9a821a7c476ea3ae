package service

// This file owns what the service refuses, and that nothing is left of it.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"photodesk/export/votes"
	"photodesk/export/votes/store"
)

func TestRefused(t *testing.T) {
	for kind, address := range kinds {
		t.Run(kind, func(t *testing.T) { refused(t, beginAt(t, address(t))) })
	}
}

func refused(t *testing.T, w *world) {
	altered := []byte(essay)
	altered[len(altered)-5] ^= 1
	otherPhoto := votes.Sign(projectKey, votes.KindPhoto, "essay-1", "ffffffffffff")
	mixed := otherPhoto[:strings.LastIndexByte(otherPhoto, '.')] + photo[strings.LastIndexByte(photo, '.'):]
	ballot := `{"subject":"` + essay + `","vote":1}`
	const asJSON, asForm = "application/json", "application/x-www-form-urlencoded"
	for name, c := range map[string]struct {
		kind, body string
		header     [2]string
		want       int
	}{
		"another site":             {asJSON, ballot, [2]string{"Origin", "https://evil.example"}, 403},
		"a site that begins alike": {asJSON, ballot, [2]string{"Origin", site + ".evil.example"}, 403},
		"another port":             {asJSON, ballot, [2]string{"Origin", site + ":8443"}, 403},
		"no scheme's site":         {asJSON, ballot, [2]string{"Origin", "http://news.example"}, 403},
		"no origin":                {asJSON, ballot, [2]string{"Origin", ""}, 403},
		"a sandbox":                {asJSON, ballot, [2]string{"Origin", "null"}, 403},
		"no header":                {asJSON, ballot, [2]string{votes.Header, ""}, 403},
		"another header":           {asJSON, ballot, [2]string{votes.Header, "2"}, 403},
		"a form of another site":   {asForm, "subject=" + essay + "&vote=1", [2]string{"Origin", "https://evil.example"}, 403},
		"a form of no site":        {asForm, "subject=" + essay + "&vote=1", [2]string{"Origin", ""}, 403},
		"text":                     {"text/plain", ballot, [2]string{}, 415},
		"no type":                  {"", ballot, [2]string{}, 415},
		"a type that is none":      {"application/json;;", ballot, [2]string{}, 415},
		"parts":                    {"multipart/form-data; boundary=x", "--x--", [2]string{}, 415},
		"nothing":                  {asJSON, "", [2]string{}, 400},
		"half":                     {asJSON, ballot[:20], [2]string{}, 400},
		"two":                      {asJSON, ballot + ballot, [2]string{}, 400},
		"a list":                   {asJSON, "[" + ballot + "]", [2]string{}, 400},
		"a vote of 2":              {asJSON, strings.Replace(ballot, ":1}", ":2}", 1), [2]string{}, 400},
		"a count":                  {asJSON, strings.Replace(ballot, ":1}", `:1,"up":100}`, 1), [2]string{}, 400},
		"deep":                     {asJSON, strings.Repeat(`{"subject":`, 300), [2]string{}, 400},
		"no UTF-8":                 {asJSON, "{\"subject\":\"\xff\xfe\",\"vote\":1}", [2]string{}, 400},
		"too long":                 {asJSON, ballot + strings.Repeat(" ", votes.MaxBody), [2]string{}, 413},
		"a long form":              {asForm, "subject=" + strings.Repeat("x", votes.MaxBody) + "&vote=1", [2]string{}, 413},
		"a form of nothing":        {asForm, "", [2]string{}, 400},
		"a form of no sense":       {asForm, "subject=%zz&vote=1", [2]string{}, 400},
		"a form with two votes":    {asForm, "subject=" + essay + "&vote=1&vote=-1", [2]string{}, 400},
		"no subject":               {asJSON, `{"subject":"storm","vote":1}`, [2]string{}, 400},
		"an endless subject":       {asJSON, `{"subject":"v1.` + strings.Repeat("A", 3000) + `","vote":1}`, [2]string{}, 400},
		"an altered subject":       {asJSON, strings.Replace(ballot, essay, string(altered), 1), [2]string{}, 403},
		"another's signature":      {asJSON, strings.Replace(ballot, essay, mixed, 1), [2]string{}, 403},
		"another project":          {asJSON, strings.Replace(ballot, essay, votes.Sign(otherKey, votes.KindEssay, "essay-1", ""), 1), [2]string{}, 403},
	} {
		t.Run(name, func(t *testing.T) {
			r := w.reader()
			if c.header[0] != "" {
				r.with(c.header[0], c.header[1])
			}
			a := r.post(c.kind, c.body)
			if a.status != c.want || a.header.Get("Set-Cookie") != "" || a.header.Get(votes.VoterHeader) != "" {
				t.Errorf("answered %d %s with %v, want %d", a.status, a.body, a.header, c.want)
			}
			allowed := ""
			if r.header.Get("Origin") == site {
				allowed = site
			}
			header(t, a, map[string]string{"Access-Control-Allow-Origin": allowed, "Cache-Control": "no-store"})
		})
	}
	for name, c := range map[string]struct {
		query string
		want  int
	}{
		"none": {"", 400}, "no sense": {"s=%zz", 400}, "no subject": {"s=storm", 400}, "altered": {"s=" + essay + "&s=" + string(altered), 403},
		"too many": {"s=" + strings.Repeat(essay+"&s=", votes.MaxSubjects) + essay, 400}, "empty": {"s=", 400},
		"another project": {"s=" + votes.Sign(otherKey, votes.KindEssay, "essay-1", ""), 403},
	} {
		t.Run("reading "+name, func(t *testing.T) {
			if a := w.reader().send(http.MethodGet, votes.TalliesPath+"?"+c.query, "", ""); a.status != c.want {
				t.Errorf("answered %d %s, want %d", a.status, a.body, c.want)
			}
		})
	}
	for _, c := range [][2]string{{"GET", votes.VotesPath}, {"PUT", votes.VotesPath}, {"POST", votes.TalliesPath}, {"DELETE", votes.TalliesPath}, {"POST", HealthPath}} {
		if a := w.reader().send(c[0], c[1], "", ""); a.status != http.StatusMethodNotAllowed || a.header.Get("Allow") == "" {
			t.Errorf("%v is answered %d", c, a.status)
		}
	}
	for _, path := range []string{"/", "/v1", "/v1/votes/", "//v1/votes", "/metrics"} {
		if a := w.reader().send("GET", path, "", ""); a.status != http.StatusNotFound {
			t.Errorf("%s is answered %d", path, a.status)
		}
	}
	w.untouched()
}

// A token that isn't ours names nobody: its vote is a new voter's.
func TestForgedVoters(t *testing.T) {
	w := begin(t)
	victim := w.reader()
	victim.vote(essay, votes.Up)
	forged := []byte(victim.cookie)
	forged[10]++
	other := newVoters([]byte("another secret")).token(voter{})
	for i, token := range []string{string(forged), other, "v1.", "", strings.Repeat("A", 5000), victim.cookie + "A", strings.ToUpper(victim.cookie)} {
		attacker := w.reader()
		attacker.cookie = token
		attacker.with(votes.VoterHeader, token)
		if mine := attacker.tally(essay).Mine; mine != nil {
			t.Errorf("token %d reads %d", i, *mine)
		}
		if c := attacker.vote(essay, votes.Down).counted(t); c.Up != 1 || c.Down != i+1 {
			t.Errorf("token %d: %+v", i, c)
		}
	}
	if mine := victim.tally(essay).Mine; mine == nil || *mine != votes.Up {
		t.Error("somebody voted for another")
	}
}

// The very same request again counts nothing twice.
func TestReplayed(t *testing.T) {
	w := begin(t)
	r := w.reader()
	r.vote(essay, votes.Up)
	for range 20 {
		if c := r.vote(essay, votes.Up).counted(t); c.Tally != (votes.Tally{Up: 1}) {
			t.Fatalf("replayed: %+v", c)
		}
	}
	w.honest()
}

func TestLimits(t *testing.T) {
	w := begin(t, func(c *Config) {
		c.Trusted = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("10.0.0.0/8")}
		c.Limits = Limits{NewVoters: 3, NewVotersRate: 0.001, Votes: 2, VotesRate: 0.001}
	})
	from := func(address string) *reader { return w.reader().with("X-Forwarded-For", address) }
	first := from("192.0.2.1")
	for i, r := range []*reader{first, from("192.0.2.2"), from("192.0.2.200, 10.1.2.3")} {
		if a := r.vote(essay, votes.Up); a.status != http.StatusOK {
			t.Errorf("voter %d: %d", i, a.status)
		}
	}
	for _, address := range []string{"192.0.2.77", "198.51.100.1, 192.0.2.3", "nonsense, 192.0.2.9, 10.0.0.1"} {
		a := from(address).vote(essay, votes.Up)
		if a.status != http.StatusTooManyRequests || a.header.Get("Set-Cookie") != "" {
			t.Errorf("one too many, from %s: %d", address, a.status)
		}
		if wait, err := strconv.Atoi(a.header.Get("Retry-After")); err != nil || wait < 1 {
			t.Errorf("Retry-After is %q", a.header.Get("Retry-After"))
		}
	}
	if a := from("192.0.2.77").form(essay, votes.Up, ""); a.status != http.StatusTooManyRequests || !strings.Contains(a.body, "Too many votes at once. Try again in ") || strings.Contains(a.body, "{") {
		t.Errorf("a form too many: %d %s", a.status, a.body)
	}
	for _, address := range []string{"192.0.3.1", "2001:db8::1"} {
		if a := from(address).vote(essay, votes.Up); a.status != http.StatusOK {
			t.Errorf("another network, %s: %d", address, a.status)
		}
	}
	// A voter who is known has a bucket of their own, and may always change their mind.
	tokens := make([]string, 3)
	for i := range tokens {
		tokens[i] = votes.Sign(projectKey, votes.KindEssay, fmt.Sprint("more-", i), "")
	}
	for i, want := range []int{200, 200, 429} {
		if a := first.vote(tokens[i], votes.Up); a.status != want {
			t.Errorf("the known voter's vote %d: %d, want %d", i, a.status, want)
		}
	}
	for i, v := range []votes.Vote{votes.Down, votes.None, votes.Up, votes.Up} {
		if a := first.vote(essay, v); a.status != http.StatusOK {
			t.Errorf("change %d: %d", i, a.status)
		}
	}
	if c := w.reader().tally(essay); c.Tally != (votes.Tally{Up: 5}) {
		t.Errorf("counted %+v", c.Tally)
	}
	w.honest()
}

// What a client says of itself is believed of no one but a trusted proxy.
func TestForwardedIsNotBelieved(t *testing.T) {
	w := begin(t, func(c *Config) { c.Limits = Limits{NewVoters: 2, NewVotersRate: 0.001} })
	for i, want := range []int{200, 200, 429} {
		if a := w.reader().with("X-Forwarded-For", fmt.Sprintf("192.0.%d.1", i)).vote(essay, votes.Up); a.status != want {
			t.Errorf("voter %d: %d, want %d", i, a.status, want)
		}
	}
}

func TestProtectedEssays(t *testing.T) {
	w := begin(t)
	before, beforePhoto := w.reader(), w.reader()
	before.vote(essay, votes.Up)
	beforePhoto.vote(photo, votes.Up)
	must(t, w.store.SetGuard(t.Context(), store.Guard{Essay: essayName, Bits: 8}))
	must(t, w.service.refresh(t.Context()))

	if a := before.vote(essay, votes.Down); a.status != http.StatusOK {
		t.Errorf("who voted before may not change that: %d", a.status)
	}
	if a := beforePhoto.vote(essay, votes.Up); a.status != http.StatusPreconditionRequired {
		t.Errorf("who voted on a photo votes on the essay without work: %d", a.status)
	}
	other := votes.Sign(projectKey, votes.KindEssay, "essay-2", "")
	if a := w.reader().vote(other, votes.Up); a.status != http.StatusOK {
		t.Errorf("another essay: %d", a.status)
	}
	if a := w.reader().form(essay, votes.Up, site); a.status != http.StatusPreconditionRequired || !strings.Contains(a.body, "<html") {
		t.Errorf("a form: %d", a.status)
	}

	r := w.reader()
	work := asked(t, r.vote(essay, votes.Up))
	for name, header := range map[string]string{
		"no work": work.Challenge + ".x", "another challenge": strings.Replace(work.Challenge, "v1.A", "v1.B", 1) + ".1", "nothing": ".", "no dot": "v1",
		"too long an answer": work.Challenge + "." + strings.Repeat("1", 21), "a strange answer": work.Challenge + ".!",
	} {
		if votes.Worked(header) >= work.Bits {
			continue // by chance it is
		}
		if a := r.with(votes.WorkHeader, header).vote(essay, votes.Up); a.status != http.StatusPreconditionRequired {
			t.Errorf("%s: %d", name, a.status)
		}
	}
	solved := solve(work)
	r.with(votes.WorkHeader, solved)
	if c := r.vote(essay, votes.Up).counted(t); c.Tally != (votes.Tally{Up: 1, Down: 1}) {
		t.Errorf("with work: %+v", c)
	}
	// The same work again is the same voter, and never a second one.
	for range 5 {
		again := w.reader().with(votes.WorkHeader, solved)
		if c := again.vote(essay, votes.Up).counted(t); c.Tally != (votes.Tally{Up: 1, Down: 1}) {
			t.Errorf("the same work again: %+v", c)
		}
	}
	// It is done once for the essay and all its photos, and by a known voter too.
	r.with(votes.WorkHeader, "")
	if a := r.vote(photo, votes.Up); a.status != http.StatusOK {
		t.Errorf("a photo of the essay: %d", a.status)
	}
	work = asked(t, beforePhoto.vote(essay, votes.Up))
	beforePhoto.with(votes.WorkHeader, solve(work))
	beforePhoto.vote(essay, votes.Up).counted(t)
	beforePhoto.with(votes.WorkHeader, "")
	if c := beforePhoto.tally(photo); c.Mine == nil || *c.Mine != votes.Up {
		t.Errorf("a known voter who worked became another: %+v", c)
	}
	// Work for another essay, or done too late, is none.
	must(t, w.store.SetGuard(t.Context(), store.Guard{Essay: votes.KeyID(public(projectKey)) + "/essay-2", Bits: 8}))
	must(t, w.service.refresh(t.Context()))
	if a := w.reader().with(votes.WorkHeader, solved).vote(other, votes.Up); a.status != http.StatusPreconditionRequired {
		t.Errorf("work for another essay: %d", a.status)
	}
	if _, ok := w.service.voters.worked(solved, essayName, time.Now().Add(challengeLife+2*time.Second)); ok {
		t.Error("work done too late counts")
	}
	must(t, w.store.SetGuard(t.Context(), store.Guard{Essay: essayName}))
	must(t, w.service.refresh(t.Context()))
	if a := w.reader().vote(essay, votes.Up); a.status != http.StatusOK {
		t.Errorf("no longer protected: %d", a.status)
	}
	w.honest()
}

func asked(t *testing.T, a answer) (w votes.Work) {
	t.Helper()
	if a.status != http.StatusPreconditionRequired {
		t.Fatalf("answered %d %s", a.status, a.body)
	}
	must(t, json.Unmarshal([]byte(a.body), &w))
	return w
}

func solve(w votes.Work) string {
	for n := 0; ; n++ {
		if header := w.Challenge + "." + strconv.Itoa(n); votes.Worked(header) >= w.Bits {
			return header
		}
	}
}

// Logs name networks by hashes that nobody can turn back, and no voter.
func TestLogsNameNobody(t *testing.T) {
	var mu sync.Mutex
	var out bytes.Buffer
	w := begin(t, func(c *Config) {
		c.Log = slog.New(slog.NewJSONHandler(lockedWriter{&mu, &out}, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	r := w.reader()
	r.vote(essay, votes.Up)
	r.tally(essay)
	r.vote(essay+"x", votes.Up)
	until(t, func() bool { mu.Lock(); defer mu.Unlock(); return strings.Count(out.String(), `"msg":"request"`) == 3 })
	mu.Lock()
	defer mu.Unlock()
	for _, secret := range []string{"127.0.0", "::1", r.cookie, essay, "essay-1"} {
		if strings.Contains(out.String(), secret) {
			t.Errorf("%q is in the log:\n%s", secret, out.String())
		}
	}
	if !strings.Contains(out.String(), `"route":"/v1/votes","status":200`) {
		t.Errorf("the log is\n%s", out.String())
	}
}

type lockedWriter struct {
	mu *sync.Mutex
	*bytes.Buffer
}

func (w lockedWriter) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.Buffer.Write(p)
}

func TestAddressHashesAreForgotten(t *testing.T) {
	l := newLimits(Limits{}, nil)
	now := time.Now()
	l.now = func() time.Time { return now }
	r := &http.Request{RemoteAddr: "192.0.2.1:999"}
	first := l.name(r)
	if again := l.name(&http.Request{RemoteAddr: "192.0.2.250:1"}); again != first {
		t.Error("one network has two names")
	}
	if other := l.name(&http.Request{RemoteAddr: "192.0.3.1:999"}); other == first {
		t.Error("two networks have one name")
	}
	now = now.Add(25 * time.Hour)
	if l.name(r) == first {
		t.Error("a day later it has the same name")
	}
}
