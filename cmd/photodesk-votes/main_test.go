package main

// This file owns the program as a whole: its commands as an operator runs them,
// and the service as a process of its own.

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"photodesk/cmd/program"
	"photodesk/export/votes"
	"photodesk/export/votes/store"
	"photodesk/export/votes/store/pgtest"
)

// childEnv makes this test's binary the program itself.
const childEnv = "PHOTODESK_VOTES_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(childEnv) != "" {
		main()
	}
	pgtest.Main(m)
}

const site = "https://news.example"

var (
	projectKey = ed25519.NewKeyFromSeed([]byte("a seed of 32 bytes for the tests"))
	publicKey  = base64.RawURLEncoding.EncodeToString(projectKey.Public().(ed25519.PublicKey))
	keyID      = votes.KeyID(projectKey.Public().(ed25519.PublicKey))
)

func token(essay string) string { return votes.Sign(projectKey, votes.KindEssay, essay, "") }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// kinds give the address of an empty store.
var kinds = map[string]func(t testing.TB) string{
	"sqlite":     func(t testing.TB) string { return filepath.Join(t.TempDir(), "votes.db") },
	"postgresql": func(t testing.TB) string { return pgtest.Shared(t).Schema(t) },
}

// do runs a command and wants an exit code; it returns what was printed.
func do(t testing.TB, want int, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	if got := run(t.Context(), args, &out, &errs); got != want {
		t.Fatalf("%v exits with %d, want %d\n%s%s", args, got, want, out.String(), errs.String())
	}
	return out.String() + errs.String()
}

func TestCommands(t *testing.T) {
	for kind, address := range kinds {
		t.Run(kind, func(t *testing.T) { commands(t, "--db="+address(t)) })
	}
}

func commands(t *testing.T, db string) {
	contains := func(got string, want ...string) {
		t.Helper()
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%q lacks %q", got, w)
			}
		}
	}
	do(t, program.Done, "keys", "add", publicKey, "--name", "Night desk", db)
	contains(do(t, program.Done, "keys", "list", db), keyID, publicKey, "Night desk")
	contains(do(t, program.Nothing, "keys", "add", "storm", db), `"storm" is no public key; take what photodeskctl key prints`)
	contains(do(t, program.Nothing, "keys", "remove", "storm", db), "no such key")

	contains(do(t, program.Done, "report", "--check", db), "0 votes on 0 subjects", "Every tally is the sum of its votes.")
	if got := do(t, program.Done, "export", "--format=json", db); got != "[]\n" {
		t.Errorf("an export of nothing is %q", got)
	}
	s, err := store.Open(t.Context(), strings.TrimPrefix(db, "--db="))
	must(t, err)
	defer s.Close()
	photo := keyID + "/storm/0123456789ab"
	_, err = s.Apply(t.Context(), []store.Cast{
		{Subject: keyID + "/storm", Voter: []byte("1"), Vote: votes.Up},
		{Subject: keyID + "/storm", Voter: []byte("2"), Vote: votes.Up},
		{Subject: photo, Voter: []byte("1"), Vote: votes.Down},
	})
	must(t, err)
	today := time.Now().UTC().Format(time.DateOnly)
	contains(do(t, program.Done, "report", db), "3 votes on 2 subjects: 2 up, 1 down", "-1 points", photo)
	if got, want := do(t, program.Done, "export", db), "key,essay,photo,up,down,points,last_day\n"+keyID+",storm,,2,0,2,"+today+"\n"+keyID+",storm,0123456789ab,0,1,-1,"+today+"\n"; got != want {
		t.Errorf("as CSV %q, want %q", got, want)
	}
	var exported []map[string]any
	must(t, json.Unmarshal([]byte(do(t, program.Done, "export", "--format=json", db)), &exported))
	if len(exported) != 2 || exported[1]["subject"] != photo || exported[1]["down"] != 1.0 || exported[1]["points"] != -1.0 || exported[0]["photo"] != "" {
		t.Errorf("as JSON %v", exported)
	}

	do(t, program.Done, "protect", token("storm"), "--bits=12", db)
	do(t, program.Done, "protect", keyID+"/other", db)
	contains(do(t, program.Done, "protect", db), keyID+"/other  16 bits\n"+keyID+"/storm  12 bits\n")
	do(t, program.Done, "protect", keyID+"/other", "--off", db)
	if got := do(t, program.Done, "protect", db); got != keyID+"/storm  12 bits\n" {
		t.Errorf("protected: %q", got)
	}
	contains(do(t, program.Nothing, "protect", "storm", db), `"storm"`)
	contains(do(t, program.Nothing, "protect", keyID+"/storm", "--bits=40", db), "between 1 and 24")

	contains(do(t, program.Done, "forget", db), "0 votes that were taken back are forgotten", "0 sessions and 0 mailed links")
	contains(do(t, program.Nothing, "forget", "--days=0", db), "--days")
	do(t, program.Done, "keys", "remove", keyID, db)
	if got := do(t, program.Done, "keys", "list", db); got != "" {
		t.Errorf("keys left: %q", got)
	}
}

func TestWrongUsage(t *testing.T) {
	file := "--db=" + kinds["sqlite"](t)
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"no command":      {nil, "Usage"},
		"another command": {[]string{"count"}, "unexpected argument count"},
		"no origin":       {[]string{"serve", "--origin=news.example", file}, `the origin "news.example" is none`},
		"no network":      {[]string{"serve", "--trust=proxy", file}, `--trust "proxy" is neither`},
		"no limit":        {[]string{"serve", "--votes=0", file}, "more than nothing"},
		"no address":      {[]string{"serve", "--listen=nowhere", file}, "listen"},
		"no mail server":  {[]string{"serve", "--accounts", file}, "--accounts needs --smtp"},
		"no such server":  {[]string{"serve", "--accounts", "--base=https://v.example", "--from=a@b.example", "--smtp=mail.example", file}, "smtp://host:587"},
		"no sender":       {[]string{"serve", "--accounts", "--base=https://v.example", "--from=me", "--smtp=smtp://mail.example", file}, `the sender "me"`},
		"no base":         {[]string{"serve", "--accounts", "--base=http://v.example", "--from=a@b.example", "--smtp=smtp://mail.example", file}, "has to be https"},
		"no key":          {[]string{"serve", "--key=storm", file}, `"storm" is no public key`},
		"no store":        {[]string{"report", "--db=mysql://x/y"}, "mysql:// is no store"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := do(t, program.Nothing, c.args...); !strings.Contains(got, c.want) {
				t.Errorf("it says %q, want %q", got, c.want)
			}
		})
	}
}

// process is the service as its own process.
type process struct {
	cmd *exec.Cmd
	url string
	log *logs
	end chan error
}

// launch starts the service and waits until it listens.
func launch(t testing.TB, db string, args ...string) *process {
	t.Helper()
	exe, err := os.Executable()
	must(t, err)
	p := &process{log: &logs{}, end: make(chan error, 1)}
	p.cmd = exec.Command(exe, append([]string{
		"serve", "--db=" + db, "--listen=127.0.0.1:0", "--metrics=127.0.0.1:0", "--origin=" + site, "--key=" + publicKey,
		"--new-voters=1000000", "--votes=1000000", "--log-level=warn",
	}, args...)...)
	p.cmd.Env = append(os.Environ(), childEnv+"=1")
	p.cmd.Stderr = p.log
	out, err := p.cmd.StdoutPipe()
	must(t, err)
	must(t, p.cmd.Start())
	line, err := bufio.NewReader(out).ReadString('\n')
	go func() { p.end <- p.cmd.Wait() }()
	if err != nil {
		<-p.end
		t.Fatalf("the service doesn't start: %v\n%s", err, p.log)
	}
	p.url = strings.TrimSpace(line)
	t.Cleanup(p.kill)
	return p
}

// kill ends the process at once, if it still runs.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	if err, ok := <-p.end; ok {
		close(p.end)
		_ = err // it was killed
	}
}

var client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 128, DisableCompression: true}, Timeout: time.Minute}

// ask sends a request and reads the answer into what. cookie is sent, and set by the answer.
func ask(url, method, body string, cookie *string, what any) (int, error) {
	req, err := http.NewRequestWithContext(context.Background(), method, url, strings.NewReader(body))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Origin", site)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set(votes.Header, "1")
	if *cookie != "" {
		req.Header.Set("Cookie", *cookie)
	}
	resp, err := client.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		return resp.StatusCode, err
	}
	for _, c := range resp.Cookies() {
		*cookie = c.Name + "=" + c.Value
	}
	return resp.StatusCode, json.Unmarshal(data, what)
}

func vote(url, subject string, v votes.Vote, cookie *string) (c votes.Counted, status int, err error) {
	status, err = ask(url+votes.VotesPath, http.MethodPost, fmt.Sprintf(`{"subject":%q,"vote":%d}`, subject, v), cookie, &c)
	return c, status, err
}

func tally(url, subject string, cookie *string) (votes.Counted, error) {
	var all votes.Tallies
	status, err := ask(url+votes.TalliesPath+"?s="+subject, http.MethodGet, "", cookie, &all)
	if err == nil && len(all.Tallies) != 1 {
		err = fmt.Errorf("%d: %+v", status, all)
	}
	if err != nil {
		return votes.Counted{}, err
	}
	return all.Tallies[0], nil
}

// A service that is asked to stop answers what it has taken, and ends well.
func TestStopsGracefully(t *testing.T) {
	for kind, address := range kinds {
		t.Run(kind, func(t *testing.T) {
			db := address(t)
			p := launch(t, db)
			acked, stopped := make(chan int), make(chan struct{})
			for range 8 {
				go func() {
					n := 0
					for {
						cookie := ""
						if _, status, err := vote(p.url, token("storm"), votes.Up, &cookie); err != nil || status != http.StatusOK {
							acked <- n
							return
						}
						n++
						if n == 20 {
							stopped <- struct{}{}
						}
					}
				}()
			}
			for range 8 {
				<-stopped
			}
			must(t, p.cmd.Process.Signal(syscall.SIGTERM))
			total := 0
			for range 8 {
				total += <-acked
			}
			if err := <-p.end; err != nil {
				t.Errorf("it ends with %v\n%s", err, p.log)
			}
			close(p.end)
			cookie := ""
			again := launch(t, db)
			c, err := tally(again.url, token("storm"), &cookie)
			if err != nil || c.Up != total {
				t.Errorf("%d votes were acknowledged, %+v are kept, %v", total, c.Tally, err)
			}
		})
	}
}

func TestMetricsAreServed(t *testing.T) {
	p := launch(t, kinds["sqlite"](t), "--log-level=info")
	cookie := ""
	_, _, err := vote(p.url, token("storm"), votes.Up, &cookie)
	must(t, err)
	address := ""
	for address == "" {
		for line := range strings.Lines(p.log.String()) {
			var entry struct{ Msg, Address string }
			if err := json.Unmarshal([]byte(line), &entry); err == nil && entry.Msg == "metrics" {
				address = entry.Address
			}
		}
	}
	resp, err := client.Get("http://" + address + "/metrics")
	must(t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	must(t, err)
	for _, want := range []string{`photodesk_votes_counted_total{vote="1"} 1`, "photodesk_votes_waiting 0", "go_goroutines"} {
		if !strings.Contains(string(body), want) {
			t.Errorf("the metrics lack %q", want)
		}
	}
}

// logs is what a process writes while it is read.
type logs struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
