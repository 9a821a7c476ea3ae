package publish

// This file owns who is let in and what is said where nobody is: servers, keys, passwords, rights; and how a store serves what it got.

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/minio/minio-go/v7"
	"github.com/zalando/go-keyring"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
)

// refused wants a publication to fail by an error that says all of it, and to have sent nothing into dir.
func refused(t *testing.T, to Target, o Options, dir string, want error, says ...string) {
	t.Helper()
	_, err := Publish(t.Context(), bundles.first, to, o)
	if want != nil && !errors.Is(err, want) {
		t.Errorf("%s: %v, want %v", to, err, want)
	}
	for _, word := range says {
		if err == nil || !strings.Contains(err.Error(), word) {
			t.Errorf("%s: %v, want it to say %q", to, err, word)
		}
	}
	if o.Secret != "" && err != nil && strings.Contains(err.Error(), o.Secret) {
		t.Errorf("the error tells the secret: %v", err)
	}
	if got := files(t, dir); len(got) != 0 {
		t.Errorf("%s: %d files were sent", to, len(got))
	}
}

// A server that was never seen is known once its fingerprint was accepted, by that fingerprint only.
func TestUnknownHost(t *testing.T) {
	home := newHome(t)
	s := startSSH(t)
	dir := filepath.Join(t.TempDir(), "storm")
	to := s.target(t, dir)
	for _, accept := range []string{"", "SHA256:" + strings.Repeat("A", 43)} {
		refused(t, to, Options{AcceptHost: accept}, dir, nil, s.fingerprint)
		_, err := Publish(t.Context(), bundles.first, to, Options{AcceptHost: accept})
		var unknown *UnknownHostError
		if !errors.As(err, &unknown) || *unknown != (UnknownHostError{s.addr(), s.fingerprint, "ssh-ed25519"}) {
			t.Fatalf("accepting %q: %v", accept, err)
		}
	}
	own := filepath.Join(home, ".config", "photodesk", "known_hosts")
	if _, err := os.Stat(own); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a server was remembered that nobody accepted: %v", err)
	}
	p := place{Target: to, dir: dir}
	_, err := Publish(t.Context(), bundles.first, to, Options{AcceptHost: s.fingerprint})
	must(t, err)
	p.same(t, bundles.first)
	p.publish(t, bundles.second) // known from then on
	if lines := strings.Count(string(read(t, own)), "\n"); lines != 1 {
		t.Errorf("the server is remembered %d times", lines)
	}
	if info, err := os.Stat(own); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("known_hosts: %v %v", info, err)
	}
}

// A server with another key than the known one is refused loudly, and accepting its fingerprint doesn't help.
func TestChangedHost(t *testing.T) {
	home := newHome(t)
	s := startSSH(t)
	dir := filepath.Join(t.TempDir(), "storm")
	to := s.target(t, dir)
	file := filepath.Join(home, ".ssh", "known_hosts")
	other := newKey(t, filepath.Join(t.TempDir(), "other"), "")
	for name, line := range map[string]string{
		"another": knownhosts.Line([]string{s.addr()}, other),
		"hashed":  knownhosts.HashHostname(knownhosts.Normalize(s.addr())) + " " + string(ssh.MarshalAuthorizedKey(other)),
		"revoked": "@revoked " + knownhosts.Line([]string{s.addr()}, hostKey(t, s)),
	} {
		t.Run(name, func(t *testing.T) {
			must(t, os.WriteFile(file, []byte("# the desk's servers\n"+strings.TrimSpace(line)+"\n"), 0o600))
			for _, accept := range []string{"", s.fingerprint} {
				refused(t, to, Options{AcceptHost: accept}, dir, nil, "DANGER", "Nothing was sent", s.fingerprint, file+":2")
				_, err := Publish(t.Context(), bundles.first, to, Options{AcceptHost: accept})
				if changed := new(ChangedHostError); !errors.As(err, &changed) || changed.Host != s.addr() {
					t.Errorf("accepting %q: %v", accept, err)
				}
			}
		})
	}
	must(t, os.WriteFile(file, []byte(knownhosts.Line([]string{s.addr()}, hostKey(t, s))+"\n"), 0o600))
	place{Target: to, dir: dir}.publish(t, bundles.first) // as it should be
	must(t, os.WriteFile(file, []byte("no line of the kind\n"), 0o600))
	if _, err := Publish(t.Context(), bundles.second, to, Options{}); err == nil || !strings.Contains(err.Error(), file+":1") {
		t.Errorf("a damaged known_hosts: %v", err)
	}
}

// hostKey is the server's.
func hostKey(t *testing.T, s *sshServer) ssh.PublicKey {
	t.Helper()
	key, err := ssh.ParsePrivateKey(read(t, filepath.Join(filepath.Dir(s.key), "host")))
	must(t, err)
	return key.PublicKey()
}

// known makes the server known.
func (s *sshServer) known(t *testing.T, home string) {
	t.Helper()
	must(t, os.WriteFile(filepath.Join(home, ".ssh", "known_hosts"), []byte(knownhosts.Line([]string{s.addr()}, hostKey(t, s))+"\n"), 0o600))
}

func TestWrongKeyAndPassword(t *testing.T) {
	home := newHome(t)
	s := startSSH(t)
	s.known(t, home)
	dir := filepath.Join(t.TempDir(), "storm")
	wrong := filepath.Join(t.TempDir(), "wrong")
	newKey(t, wrong, "")
	to := s.target(t, dir)
	to.Key = wrong
	refused(t, to, Options{}, dir, ErrLogin, wrong, s.user)
	to.Key = filepath.Join(t.TempDir(), "none")
	refused(t, to, Options{}, dir, ErrLogin, to.Key)
	must(t, os.WriteFile(wrong, []byte("no key"), 0o600))
	to.Key = wrong
	refused(t, to, Options{}, dir, ErrLogin, wrong)

	to.Key = ""
	refused(t, to, Options{}, dir, ErrLogin, "no password is known", envPassword)
	refused(t, to, Options{Secret: "not the password"}, dir, ErrLogin, "doesn't take the password")
	if log := s.log.String(); !strings.Contains(log, "Failed password for") {
		t.Errorf("the password never reached the server:\n%s", log)
	}

	// The person's usual key, which the target doesn't name.
	must(t, os.Link(s.key, filepath.Join(home, ".ssh", "id_ed25519")))
	place{Target: to, dir: dir}.publish(t, bundles.first)
}

// A key's passphrase comes from the environment or the keyring, and the environment goes first.
func TestKeyWithPassphrase(t *testing.T) {
	home := newHome(t)
	keyring.MockInit() // the person's own is none of a test's business
	s := startSSH(t)
	s.known(t, home)
	name := filepath.Join(t.TempDir(), "locked")
	key := newKey(t, name, "open sesame")
	must(t, os.WriteFile(filepath.Join(filepath.Dir(s.key), "authorized"), ssh.MarshalAuthorizedKey(key), 0o600))
	dir := filepath.Join(t.TempDir(), "storm")
	to := s.target(t, dir)
	refused(t, to, Options{}, dir, ErrLogin, s.key) // no longer authorised
	to.Key = name
	refused(t, to, Options{Secret: Secret(to)}, dir, ErrLogin, "has a passphrase", envPassword)
	refused(t, to, Options{Secret: "open barley"}, dir, ErrLogin, name)

	must(t, Remember(to, "open sesame"))
	must(t, os.RemoveAll(dir))
	rep, err := Publish(t.Context(), bundles.first, to, Options{Secret: Secret(to)})
	must(t, err)
	if strings.Contains(rep.Target, "sesame") {
		t.Errorf("the report tells the passphrase: %s", rep.Target)
	}
	t.Setenv(envPassword, "open barley")
	must(t, os.RemoveAll(dir))
	refused(t, to, Options{Secret: Secret(to)}, dir, ErrLogin)
	t.Setenv(envPassword, "open sesame")
	must(t, Remember(to, ""))
	must(t, Remember(to, "")) // what is not there can be forgotten
	place{Target: to, dir: dir, secret: Secret(to)}.publish(t, bundles.first)
	t.Setenv(envPassword, "")
	if got := Secret(to); got != "" {
		t.Errorf("a secret that was taken out of the keyring is %q", got)
	}
	keyring.MockInitWithError(errors.New("nobody answers on the bus"))
	if err := Remember(to, "x"); !errors.Is(err, ErrNoKeyring) || !strings.Contains(err.Error(), envPassword) {
		t.Errorf("without a keyring: %v", err)
	}
	if got := Secret(to); got != "" {
		t.Errorf("without a keyring the secret is %q", got)
	}
}

func TestWrongAccessKey(t *testing.T) {
	newHome(t)
	keyring.MockInit()
	s := startS3(t, "")
	to, dir := s.target(t, "storm"), filepath.Join(s.dir, "storm")
	refused(t, to, Options{Secret: "another secret"}, dir, ErrLogin, "the access key's id and its secret")
	other := to
	other.User = "nobody"
	refused(t, other, Options{Secret: s3Secret}, dir, ErrLogin, "the access key's id and its secret")
	refused(t, to, Options{Secret: Secret(to)}, dir, ErrLogin, envAccessKey, envSecretKey)
	other = to
	other.Bucket = "nowhere"
	refused(t, other, Options{Secret: s3Secret}, dir, nil, "there is no bucket nowhere")

	must(t, Remember(to, s3Secret))
	_, err := Publish(t.Context(), bundles.first, to, Options{DryRun: true, Secret: Secret(to)})
	must(t, err)
	other = to
	other.User = ""
	t.Setenv(envAccessKey, s3ID)
	t.Setenv(envSecretKey, s3Secret)
	place{Target: other, dir: dir, secret: Secret(other)}.publish(t, bundles.first)
}

// Where writing is not allowed, that is said, and a page that is there stays as it is.
func TestPermissionDenied(t *testing.T) {
	t.Run("folder", func(t *testing.T) {
		dir := t.TempDir()
		must(t, os.Chmod(dir, 0o555))
		if os.Getuid() == 0 {
			dir = "/sys" // where even root makes no folder
		}
		dir = filepath.Join(dir, "storm")
		refused(t, Target{Kind: Folder, Path: dir}, Options{}, dir, ErrDenied, "check who may write there")
	})
	t.Run("sftp", func(t *testing.T) {
		home := newHome(t)
		s := startSSH(t)
		s.known(t, home)
		p := place{dir: filepath.Join(t.TempDir(), "storm")}
		p.Target = s.target(t, p.dir)
		p.publish(t, bundles.first)
		locked := startSSH(t, "ForceCommand internal-sftp -R")
		locked.known(t, home)
		_, err := Publish(t.Context(), bundles.second, locked.target(t, p.dir), Options{})
		if !errors.Is(err, ErrDenied) {
			t.Errorf("a server that is only read: %v", err)
		}
		p.same(t, bundles.first)
		dry, err := Publish(t.Context(), bundles.second, locked.target(t, p.dir), Options{DryRun: true})
		must(t, err)
		if len(dry.Sent) == 0 {
			t.Error("a dry run that may only read says nothing")
		}
	})
	t.Run("s3", func(t *testing.T) {
		newHome(t)
		root := t.TempDir()
		s := startS3(t, root)
		p := place{Target: s.target(t, "storm"), dir: filepath.Join(s.dir, "storm"), secret: s3Secret}
		p.publish(t, bundles.first)
		locked := startS3(t, root, "--readonly")
		_, err := Publish(t.Context(), bundles.second, locked.target(t, "storm"), Options{Secret: s3Secret})
		if !errors.Is(err, ErrDenied) || !strings.Contains(err.Error(), "put and delete objects") {
			t.Errorf("a store that is only read: %v", err)
		}
		p.same(t, bundles.first)
	})
}

// A store serves each file as what it is, and lets a browser keep for good only what its name says.
func TestHowAStoreServes(t *testing.T) {
	newHome(t)
	s := startS3(t, "")
	place{Target: s.target(t, "storm"), dir: filepath.Join(s.dir, "storm"), secret: s3Secret}.publish(t, bundles.first)
	types := map[string]string{
		".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".json": "application/json",
		".jpg": "image/jpeg", ".svg": "image/svg+xml", ".webp": "image/webp", ".woff2": "font/woff2", ".txt": "text/plain; charset=utf-8",
	}
	seen := map[string]int{}
	for name, sum := range files(t, bundles.first) {
		head, err := s.client.StatObject(t.Context(), s3Bucket, "storm/"+name, minio.StatObjectOptions{})
		must(t, err)
		keep := "no-cache"
		if strings.Contains(name, sum[:8]) {
			keep = "public, max-age=31536000, immutable"
		}
		seen[keep]++
		seen[filepath.Ext(name)]++
		got, want := fmt.Sprintf("%s; %s", head.ContentType, head.Metadata.Get("Cache-Control")), fmt.Sprintf("%s; %s", types[filepath.Ext(name)], keep)
		if got != want {
			t.Errorf("%s is served as %q, want %q", name, got, want)
		}
	}
	for _, what := range []string{".html", ".css", ".js", ".json", ".jpg", ".webp", "no-cache"} {
		if seen[what] == 0 {
			t.Errorf("the bundle has nothing of %s", what)
		}
	}
}
