package publish

// This file owns the servers that the tests publish to, real ones: OpenSSH's sshd and versitygw, each on a free port of this machine
// with its own settings in a folder of the test, and a line to them that can be cut.

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
	"golang.org/x/crypto/ssh"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// line passes connections on to a server, until it is cut.
type line struct {
	listener net.Listener
	mu       sync.Mutex
	conns    map[net.Conn]bool
	severed  bool
}

// newLine listens; serve gets each connection and closes it.
func newLine(t *testing.T, serve func(net.Conn)) *line {
	t.Helper()
	l := &line{conns: map[net.Conn]bool{}}
	var err error
	l.listener, err = net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	var served sync.WaitGroup
	served.Go(func() {
		for {
			conn, err := l.listener.Accept()
			if err != nil {
				return
			}
			l.mu.Lock()
			if l.severed {
				_ = conn.Close()
			} else {
				l.conns[conn] = true
				served.Go(func() { serve(conn) })
			}
			l.mu.Unlock()
		}
	})
	t.Cleanup(func() {
		_ = l.listener.Close()
		l.cut()
		served.Wait()
	})
	return l
}

func (l *line) addr() string { return l.listener.Addr().String() }

// cut ends every connection and lets no other through until heal.
func (l *line) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.severed = true
	for c := range l.conns {
		tcp := c.(*net.TCPConn)
		_, _ = tcp.CloseRead(), tcp.CloseWrite() // also where another process has it
		_ = tcp.Close()
		delete(l.conns, c)
	}
}

func (l *line) heal() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.severed = false
}

// sshServer is an sshd that lets the person who runs the test in, by key.
type sshServer struct {
	*line
	user, key   string
	fingerprint string
	log         *safeBuffer
}

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// newKey writes a private key and gives its public one.
func newKey(t *testing.T, name, passphrase string) ssh.PublicKey {
	t.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	must(t, err)
	var block *pem.Block
	if passphrase == "" {
		block, err = ssh.MarshalPrivateKey(private, "")
	} else {
		block, err = ssh.MarshalPrivateKeyWithPassphrase(private, "", []byte(passphrase))
	}
	must(t, err)
	must(t, os.WriteFile(name, pem.EncodeToMemory(block), 0o600))
	key, err := ssh.NewPublicKey(public)
	must(t, err)
	return key
}

// newHome gives the test a home of its own: nothing of the person's who runs it is read or written.
func newHome(t *testing.T) string {
	t.Helper()
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, ".config"))
	t.Setenv("SSH_AUTH_SOCK", "")
	for _, name := range []string{envPassword, envAccessKey, envSecretKey, envToken} {
		t.Setenv(name, "")
	}
	must(t, os.Mkdir(filepath.Join(home, ".ssh"), 0o700))
	return home
}

// startSSH starts sshd, once for each connection as inetd does. More lines of its settings may be given.
func startSSH(t *testing.T, settings ...string) *sshServer {
	t.Helper()
	program := "/usr/sbin/sshd"
	if _, err := os.Stat(program); err != nil {
		t.Fatalf("sshd is missing; `.ci/install test` installs it: %v", err)
	}
	if os.Getuid() == 0 {
		must(t, os.MkdirAll("/run/sshd", 0o755)) // what it wants where root runs it
	}
	dir := t.TempDir()
	who, err := user.Current()
	must(t, err)
	s := &sshServer{user: who.Username, key: filepath.Join(dir, "key"), log: &safeBuffer{}}
	hostKey := newKey(t, filepath.Join(dir, "host"), "")
	s.fingerprint = ssh.FingerprintSHA256(hostKey)
	own := newKey(t, s.key, "")
	must(t, os.WriteFile(filepath.Join(dir, "authorized"), ssh.MarshalAuthorizedKey(own), 0o600))
	config := filepath.Join(dir, "config")
	must(t, os.WriteFile(config, []byte(strings.Join(append([]string{
		"HostKey " + filepath.Join(dir, "host"), "AuthorizedKeysFile " + filepath.Join(dir, "authorized"), "PidFile none", "StrictModes no",
		"UsePAM no", "PermitRootLogin yes", "PasswordAuthentication yes", "KbdInteractiveAuthentication no", "LogLevel VERBOSE",
		"Subsystem sftp internal-sftp",
	}, settings...), "\n")+"\n"), 0o600))
	if out, err := exec.Command(program, "-t", "-f", config).CombinedOutput(); err != nil {
		t.Fatalf("sshd refuses its settings: %v\n%s", err, out)
	}
	s.line = newLine(t, func(conn net.Conn) {
		file, err := conn.(*net.TCPConn).File()
		if err != nil {
			return // cut already
		}
		defer file.Close()
		cmd := exec.Command(program, "-i", "-e", "-f", config)
		cmd.Stdin, cmd.Stdout, cmd.Stderr = file, file, s.log
		_ = cmd.Run()
		_ = conn.Close()
	})
	return s
}

// target is a folder on the server.
func (s *sshServer) target(t *testing.T, dir string) Target {
	t.Helper()
	got, err := Parse(fmt.Sprintf("sftp://%s@%s%s?key=%s", s.user, s.addr(), dir, s.key))
	must(t, err)
	return got
}

const (
	s3ID, s3Secret = "desk", "a secret of the tests"
	s3Bucket       = "essays"
)

// s3Server is a versitygw over a folder, with a bucket.
type s3Server struct {
	*line
	dir    string // the bucket's, on the disk
	client *minio.Client
}

func repository(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	must(t, err)
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
}

// startS3 starts versitygw over the folder root, "" for one of the test's.
func startS3(t *testing.T, root string, flags ...string) *s3Server {
	t.Helper()
	program := filepath.Join(repository(t), "bin", "versitygw")
	if _, err := os.Stat(program); err != nil {
		t.Fatalf("versitygw is missing; `.ci/install test` builds it: %v", err)
	}
	if root == "" {
		root = t.TempDir()
	}
	// Another program may take the port before it does: then it ends, and another port is tried.
	for range 5 {
		port := freePort(t)
		log := &safeBuffer{}
		args := append([]string{"--port", port, "--access", s3ID, "--secret", s3Secret, "--health", "/health", "--quiet"}, flags...)
		cmd := exec.Command(program, append(args, "posix", "--sidecar", t.TempDir(), root)...)
		cmd.Stdout, cmd.Stderr = log, log
		cmd.Env = []string{"HOME=" + root, "PATH=" + os.Getenv("PATH")}
		must(t, cmd.Start())
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		if err := healthy(port, ended); err != nil {
			t.Logf("versitygw at %s: %v\n%s", port, err, log)
			_ = cmd.Process.Kill()
			continue
		}
		s := &s3Server{dir: filepath.Join(root, s3Bucket)}
		s.line = newLine(t, func(conn net.Conn) { pass(conn, port) })
		t.Cleanup(func() {
			_ = cmd.Process.Kill()
			<-ended
		})
		var err error
		s.client, err = minio.New(port, &minio.Options{Creds: credentials.NewStaticV4(s3ID, s3Secret, ""), Region: "us-east-1"})
		must(t, err)
		if len(flags) == 0 {
			must(t, s.client.MakeBucket(t.Context(), s3Bucket, minio.MakeBucketOptions{}))
		}
		return s
	}
	t.Fatal("versitygw doesn't start")
	return nil
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer l.Close()
	return l.Addr().String()
}

// healthy waits until the server answers or ends.
func healthy(addr string, ended chan error) error {
	for {
		select {
		case err := <-ended:
			ended <- err
			return fmt.Errorf("it ended: %w", errors.Join(err, errors.New("see above")))
		case <-time.After(20 * time.Millisecond):
		}
		if resp, err := http.Get("http://" + addr + "/health"); err == nil {
			_ = resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return nil
			}
		}
	}
}

// pass passes a connection on.
func pass(conn net.Conn, to string) {
	defer conn.Close()
	other, err := net.Dial("tcp", to)
	if err != nil {
		return
	}
	defer other.Close()
	var both sync.WaitGroup
	for _, pair := range [][2]net.Conn{{conn, other}, {other, conn}} {
		both.Go(func() {
			_, _ = pair[0].(*net.TCPConn).ReadFrom(pair[1])
			_ = pair[0].Close()
			_ = pair[1].Close()
		})
	}
	both.Wait()
}

// target is a prefix in the bucket.
func (s *s3Server) target(t *testing.T, prefix string) Target {
	t.Helper()
	got, err := Parse(fmt.Sprintf("s3://%s@%s/%s?endpoint=http://%s&region=us-east-1", s3ID, s3Bucket, prefix, s.addr()))
	must(t, err)
	return got
}
