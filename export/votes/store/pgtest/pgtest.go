// Package pgtest runs a PostgreSQL server of its own for a test: a new cluster
// in a temporary folder, on a free loopback port, as a user that isn't root. It
// can be killed as a power cut would and started again. Nothing of the machine's
// own servers is touched.
package pgtest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// patience is how long a server may take to start. It is only ever spent whole
// by a test that fails.
const patience = 2 * time.Minute

// Server is a running PostgreSQL server.
type Server struct {
	bin, dir string
	port     int
	cmd      *exec.Cmd
	ended    chan struct{}
}

// Start makes a cluster and starts its server; both are gone after the test.
// Where PostgreSQL isn't installed the test fails: one that didn't run must not
// look like one that passed.
func Start(t testing.TB) *Server {
	t.Helper()
	s, err := start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.remove)
	return s
}

var shared struct {
	sync.Mutex
	*Server
}

// Shared is a server that the tests of a package have together; see [Main].
func Shared(t testing.TB) *Server {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.Server == nil {
		s, err := start()
		if err != nil {
			t.Fatal(err)
		}
		shared.Server = s
	}
	return shared.Server
}

// Main runs a package's tests, as its TestMain, and ends the shared server.
func Main(tests interface{ Run() int }) {
	code := tests.Run()
	if shared.Server != nil {
		shared.remove()
	}
	os.Exit(code)
}

func start() (*Server, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	s := &Server{bin: bin}
	if s.dir, err = os.MkdirTemp("", "photodesk-postgresql-"); err != nil {
		return nil, err
	}
	if err := s.init(); err != nil {
		s.remove()
		return nil, err
	}
	return s, nil
}

// binaries finds PostgreSQL where Debian keeps it, or on the PATH.
func binaries() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if err != nil {
		return "", err
	}
	if len(found) > 0 {
		return filepath.Dir(slices.MaxFunc(found, func(a, b string) int { return major(a) - major(b) })), nil
	}
	path, err := exec.LookPath("postgres")
	if err != nil {
		return "", fmt.Errorf("no PostgreSQL on this machine; `make test` installs it: %w", err)
	}
	return filepath.Dir(path), nil
}

func major(path string) int {
	n, err := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
	if err != nil {
		return 0
	}
	return n
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

func (s *Server) init() error {
	if err := giveAway(s.dir); err != nil {
		return err
	}
	cmd := s.command("initdb", "-D", s.data(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s.port = l.Addr().(*net.TCPAddr).Port
	if err := l.Close(); err != nil {
		return err
	}
	return s.run()
}

func (s *Server) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(s.bin, name), args...)
	cmd.Dir = s.dir
	cmd.Env = append(os.Environ(), "LC_ALL=C", "HOME="+s.dir)
	lowerRights(cmd)
	return cmd
}

// run starts the server and waits until it answers. After a kill its processes
// may take a moment to be gone, in which a new server refuses to start.
func (s *Server) run() error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for {
		if err := s.launch(); err != nil {
			return err
		}
		for {
			c, err := pgx.Connect(ctx, s.url("postgres", ""))
			if err == nil {
				return c.Close(ctx)
			}
			if ctx.Err() != nil {
				log, readErr := os.ReadFile(filepath.Join(s.dir, "log"))
				return errors.Join(fmt.Errorf("PostgreSQL doesn't start: %w\n%s", err, log), readErr)
			}
			if s.hasEnded(20 * time.Millisecond) {
				break
			}
		}
	}
}

func (s *Server) launch() error {
	log, err := os.OpenFile(filepath.Join(s.dir, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer log.Close()
	s.cmd = s.command("postgres", "-D", s.data(), "-p", strconv.Itoa(s.port), "-c", "listen_addresses=127.0.0.1",
		"-c", "unix_socket_directories=", "-c", "shared_buffers=64MB", "-c", "fsync=on")
	s.cmd.Stdout, s.cmd.Stderr = log, log
	if err := s.cmd.Start(); err != nil {
		return err
	}
	ended, cmd := make(chan struct{}), s.cmd
	s.ended = ended
	go func() {
		_ = cmd.Wait() // how it ended shows in its log
		close(ended)
	}()
	return nil
}

func (s *Server) hasEnded(within time.Duration) bool {
	select {
	case <-s.ended:
		return true
	case <-time.After(within):
		return false
	}
}

func (s *Server) url(database, schema string) string {
	u := fmt.Sprintf("postgres://postgres@127.0.0.1:%d/%s?sslmode=disable", s.port, database)
	if schema != "" {
		u += "&search_path=" + schema
	}
	return u
}

// Schema makes a new schema and returns the address of a store in it.
func (s *Server) Schema(t testing.TB) string {
	t.Helper()
	ctx := context.Background()
	c, err := pgx.Connect(ctx, s.url("postgres", ""))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(ctx)
	var n int64
	if err := c.QueryRow(ctx, `SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	name := "test_" + strconv.FormatInt(n, 36)
	if _, err := c.Exec(ctx, `CREATE SCHEMA `+name); err != nil {
		t.Fatal(err)
	}
	return s.url("postgres", name)
}

// Kill ends every process of the server at once, with nothing written that
// wasn't.
func (s *Server) Kill() {
	children := s.children()
	_ = s.cmd.Process.Kill()
	for _, pid := range children {
		if p, err := os.FindProcess(pid); err == nil {
			_ = p.Kill()
		}
	}
	<-s.ended
}

// children are the server's processes beside the first, where /proc tells.
func (s *Server) children() (pids []int) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%[1]d/children", s.cmd.Process.Pid))
	if err != nil {
		return nil
	}
	for _, f := range strings.Fields(string(data)) {
		if pid, err := strconv.Atoi(f); err == nil {
			pids = append(pids, pid)
		}
	}
	return pids
}

// Again starts a killed server; it recovers what was committed.
func (s *Server) Again(t testing.TB) {
	t.Helper()
	if err := s.run(); err != nil {
		t.Fatal(err)
	}
}

func (s *Server) remove() {
	if s.cmd != nil && s.cmd.Process != nil {
		_ = s.cmd.Process.Signal(os.Interrupt) // asks it to end, and its clients to go
		if !s.hasEnded(20 * time.Second) {
			s.Kill()
		}
	}
	_ = os.RemoveAll(s.dir)
}
