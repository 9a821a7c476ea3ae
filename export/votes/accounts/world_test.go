package accounts_test

// This file owns what the tests of accounts stand on: a vote service over a real
// store behind a real server, a real mail server, and an essay's site.

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"photodesk/export/page/browsertest"
	"photodesk/export/votes"
	"photodesk/export/votes/accounts"
	"photodesk/export/votes/accounts/mailtest"
	"photodesk/export/votes/service"
	"photodesk/export/votes/store"
	"photodesk/export/votes/store/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(browsertest.Main(m)) }

var projectKey = ed25519.NewKeyFromSeed([]byte("a seed of 32 bytes for the tests"))

// kinds give the address of an empty store.
var kinds = map[string]func(t testing.TB) string{
	"sqlite":     func(t testing.TB) string { return t.TempDir() + "/votes.db" },
	"postgresql": func(t testing.TB) string { return pgtest.Shared(t).Schema(t) },
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func token(essay string) string { return votes.Sign(projectKey, votes.KindEssay, essay, "") }

// world is a service with accounts.
type world struct {
	t       testing.TB
	store   store.Store
	service *service.Service
	base    string       // of the service
	site    string       // where essays are
	essays  http.Handler // in place of an empty page, where not nil
	post    *mailtest.Server
	log     *lines
	metrics *prometheus.Registry
}

func begin(t testing.TB, address string) *world {
	t.Helper()
	s, err := store.Open(t.Context(), address)
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	must(t, s.AddKey(t.Context(), store.Key{Public: projectKey.Public().(ed25519.PublicKey), Added: time.Now()}))
	w := &world{t: t, store: s, post: mailtest.Open(t, mailtest.Settings{}), log: &lines{}, metrics: prometheus.NewRegistry()}
	site := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if w.essays != nil {
			w.essays.ServeHTTP(rw, r)
			return
		}
		rw.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(rw, `<!DOCTYPE html><html lang="en"><title>An essay</title><link rel="icon" href="data:,"><h1>An essay</h1></html>`)
	}))
	t.Cleanup(site.Close)
	w.site = site.URL
	server := httptest.NewUnstartedServer(nil)
	w.base = "http://" + server.Listener.Addr().String()
	takes, err := accounts.NewServer("smtp://"+w.post.Address, "News <votes@news.example>", nil)
	must(t, err)
	w.service, err = service.New(t.Context(), service.Config{
		Store: s, Origins: []string{site.URL}, SameSite: true, Log: slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Metrics: w.metrics, Accounts: &accounts.Config{Base: w.base, Mail: takes},
	})
	must(t, err)
	t.Cleanup(w.service.Close)
	server.Config.Handler = w.service
	server.Start()
	t.Cleanup(server.Close)
	return w
}

func (w *world) at(page string) string { return w.base + accounts.Path + page }

// lines is a log.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// reader is a browser's cookies and headers, without the browser.
type reader struct {
	*world
	jar    map[string]string
	header http.Header // in place of a browser's own
}

func (w *world) reader() *reader {
	return &reader{w, map[string]string{}, http.Header{"Origin": {w.base}, "Sec-Fetch-Site": {"same-origin"}}}
}

type answer struct {
	status int
	header http.Header
	body   string
}

var client = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Timeout: time.Minute}

func (r *reader) send(method, address, kind, body string) answer {
	r.t.Helper()
	req, err := http.NewRequestWithContext(r.t.Context(), method, address, strings.NewReader(body))
	must(r.t, err)
	for name, values := range r.header {
		req.Header[name] = values
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	for name, value := range r.jar {
		req.Header.Add("Cookie", name+"="+value)
	}
	resp, err := client.Do(req)
	must(r.t, err)
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	must(r.t, err)
	for _, c := range resp.Cookies() {
		if c.MaxAge < 0 {
			delete(r.jar, c.Name)
		} else {
			r.jar[c.Name] = c.Value
		}
	}
	return answer{resp.StatusCode, resp.Header, string(data)}
}

func (r *reader) get(address string) answer {
	r.t.Helper()
	return r.send(http.MethodGet, address, "", "")
}

// form sends a form to a page. values are names and values in turn.
func (r *reader) form(page string, values ...string) answer {
	r.t.Helper()
	form := url.Values{}
	for i := 0; i < len(values); i += 2 {
		form.Set(values[i], values[i+1])
	}
	return r.send(http.MethodPost, r.at(page), "application/x-www-form-urlencoded", form.Encode())
}

// vote votes as a page's script does.
func (r *reader) vote(essay string, v votes.Vote) answer {
	r.t.Helper()
	before := r.header
	r.header = http.Header{"Origin": {r.site}, votes.Header: {"1"}}
	defer func() { r.header = before }()
	return r.send(http.MethodPost, r.base+votes.VotesPath, "application/json", fmt.Sprintf(`{"subject":%q,"vote":%d}`, token(essay), v))
}

// tally is what is counted for an essay.
func (w *world) tally(essay string) votes.Tally {
	w.t.Helper()
	var out votes.Tally
	must(w.t, w.store.Rows(w.t.Context(), func(r store.Row) error {
		if strings.HasSuffix(r.Subject, "/"+essay) {
			out = r.Tally
		}
		return nil
	}))
	wrong, err := w.store.Recount(w.t.Context())
	if err != nil || len(wrong) > 0 {
		w.t.Errorf("a recount finds %+v, %v", wrong, err)
	}
	return out
}

const password = "a few words in a row"

// join makes an account and leaves its reader signed in.
func (w *world) join(email string) *reader {
	w.t.Helper()
	r := w.reader()
	if a := r.form("create", "email", email, "password", password); a.status != http.StatusOK {
		w.t.Fatalf("creating is answered %d %s", a.status, a.body)
	}
	link := w.post.Next(w.t, email, "Confirm your address").Link()
	if a := r.form("confirm", "link", held(w.t, link), "password", password); a.status != http.StatusSeeOther {
		w.t.Fatalf("confirming is answered %d %s", a.status, a.body)
	}
	return r
}

// held is the secret in a link.
func held(t testing.TB, link string) string {
	t.Helper()
	u, err := url.Parse(link)
	must(t, err)
	return u.Query().Get("link")
}

// signedIn reports whether the service knows a reader.
func (r *reader) signedIn() bool {
	r.t.Helper()
	return r.get(r.at("")).status == http.StatusOK
}
