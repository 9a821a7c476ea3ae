package publish

// This file owns the way to an SFTP server: which server it is, and who logs in.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
	"golang.org/x/crypto/ssh/knownhosts"
)

const (
	dialTime  = 20 * time.Second // to be let in
	aliveTime = 15 * time.Second // between two questions whether the server is still there, and for its answer
)

// dial logs in.
func dial(ctx context.Context, t Target, o Options) (*ssh.Client, error) {
	signers, done, err := signers(t, o.Secret)
	if err != nil {
		return nil, err
	}
	defer done()
	hosts := &hosts{target: t, accept: o.AcceptHost}
	config := &ssh.ClientConfig{User: t.User, HostKeyCallback: hosts.check}
	if config.HostKeyAlgorithms, err = hosts.algorithms(); err != nil {
		return nil, err
	}
	if len(signers) > 0 {
		config.Auth = append(config.Auth, ssh.PublicKeys(signers...))
	}
	if o.Secret != "" && t.Key == "" {
		config.Auth = append(config.Auth, ssh.Password(o.Secret), ssh.KeyboardInteractive(answer(o.Secret)))
	}
	ctx, stop := context.WithTimeout(ctx, dialTime)
	defer stop()
	tcp, err := (&net.Dialer{}).DialContext(ctx, "tcp", t.Host)
	if err != nil {
		return nil, fmt.Errorf("%s: %w; check the address and the network, then try again: %w", t.Host, ErrNoAnswer, err)
	}
	// The handshake knows nothing of contexts.
	ended := context.AfterFunc(ctx, func() { _ = tcp.Close() })
	conn, channels, requests, err := ssh.NewClientConn(tcp, t.Host, config)
	if !ended() && err == nil {
		err = errors.Join(ctx.Err(), conn.Close())
	}
	if err != nil {
		_ = tcp.Close()
		return nil, hosts.explain(ctx, err, t, o.Secret)
	}
	client := ssh.NewClient(conn, channels, requests)
	go keepAlive(client)
	return client, nil
}

// keepAlive closes a connection whose other end is gone, so that nobody waits for it for ever. It ends with the connection.
func keepAlive(c *ssh.Client) {
	ended := make(chan struct{})
	go func() {
		_ = c.Wait()
		close(ended)
	}()
	for {
		select {
		case <-ended:
			return
		case <-time.After(aliveTime):
		}
		timer := time.AfterFunc(aliveTime, func() { _ = c.Close() })
		_, _, err := c.SendRequest("keepalive@openssh.com", true, nil)
		timer.Stop()
		if err != nil {
			return
		}
	}
}

// answer answers whatever a server asks without echo with the password.
func answer(secret string) ssh.KeyboardInteractiveChallenge {
	return func(_, _ string, questions []string, echos []bool) ([]string, error) {
		answers := make([]string, len(questions))
		for i := range questions {
			if !echos[i] {
				answers[i] = secret
			}
		}
		return answers, nil
	}
}

// signers are the keys to try: the one that the target names, else those of the agent and the user's usual ones. done lets go of
// the agent, once the login is over.
func signers(t Target, secret string) (keys []ssh.Signer, done func(), err error) {
	done = func() {}
	home, err := os.UserHomeDir()
	if err != nil {
		home = ""
	}
	if t.Key != "" {
		name := t.Key
		if rest, ok := strings.CutPrefix(name, "~/"); ok {
			name = filepath.Join(home, rest)
		}
		key, err := readKey(name, secret)
		if errors.As(err, new(*ssh.PassphraseMissingError)) {
			return nil, done, fmt.Errorf("%w: the key %s has a passphrase: keep it in the keyring, or set %s to it", ErrLogin, name, envPassword)
		}
		if err != nil {
			return nil, done, fmt.Errorf("%w: read the key %s: %w", ErrLogin, name, err)
		}
		return []ssh.Signer{key}, done, nil
	}
	if socket := os.Getenv("SSH_AUTH_SOCK"); socket != "" {
		if conn, err := net.DialTimeout("unix", socket, dialTime); err == nil {
			done = func() { _ = conn.Close() }
			if more, err := agent.NewClient(conn).Signers(); err == nil {
				keys = more
			}
		}
	}
	for _, name := range []string{"id_ed25519", "id_ecdsa", "id_rsa"} {
		// One that is missing or has a passphrase is none of the agent's business either.
		if key, err := readKey(filepath.Join(home, ".ssh", name), ""); err == nil && home != "" {
			keys = append(keys, key)
		}
	}
	return keys, done, nil
}

func readKey(name, passphrase string) (ssh.Signer, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	key, err := ssh.ParsePrivateKey(data)
	if errors.As(err, new(*ssh.PassphraseMissingError)) && passphrase != "" {
		return ssh.ParsePrivateKeyWithPassphrase(data, []byte(passphrase))
	}
	return key, err
}

// hosts knows servers: by the user's own known_hosts and by Photodesk's.
type hosts struct {
	target  Target
	accept  string
	trusted bool  // the server is the one it should be
	refused error // why it isn't
}

// ownHosts is Photodesk's known_hosts.
func ownHosts() (string, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("known hosts: %w", err)
	}
	return filepath.Join(dir, "photodesk", "known_hosts"), nil
}

// known asks the files that are there.
func known() (ssh.HostKeyCallback, error) {
	var files []string
	if home, err := os.UserHomeDir(); err == nil {
		files = append(files, filepath.Join(home, ".ssh", "known_hosts"))
	}
	if own, err := ownHosts(); err == nil {
		files = append(files, own)
	}
	files = slices.DeleteFunc(files, func(name string) bool {
		_, err := os.Stat(name)
		return errors.Is(err, fs.ErrNotExist)
	})
	check, err := knownhosts.New(files...)
	if err != nil {
		return nil, fmt.Errorf("known hosts: %w; mend or remove that line", err)
	}
	return check, nil
}

// algorithms are those of the keys that are known of the server: asked for another, it would seem to have changed. nil asks for any.
func (h *hosts) algorithms() ([]string, error) {
	check, err := known()
	if err != nil {
		return nil, err
	}
	var key *knownhosts.KeyError
	if !errors.As(check(h.target.Host, &net.TCPAddr{}, noKey{}), &key) {
		return nil, nil
	}
	var out []string
	for _, k := range key.Want {
		switch t := k.Key.Type(); t {
		case ssh.KeyAlgoRSA:
			out = append(out, ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256)
		default:
			out = append(out, t)
		}
	}
	return out, nil
}

// noKey is no server's, so that all that is known is told.
type noKey struct{}

func (noKey) Type() string                        { return "none" }
func (noKey) Marshal() []byte                     { return nil }
func (noKey) Verify([]byte, *ssh.Signature) error { return errors.New("no key") }

// check is asked for the server's key.
func (h *hosts) check(host string, remote net.Addr, key ssh.PublicKey) error {
	h.refused = h.judge(host, remote, key)
	h.trusted = h.refused == nil
	return h.refused
}

func (h *hosts) judge(host string, remote net.Addr, key ssh.PublicKey) error {
	check, err := known()
	if err != nil {
		return err
	}
	err = check(host, remote, key)
	print := ssh.FingerprintSHA256(key)
	var wrong *knownhosts.KeyError
	var revoked *knownhosts.RevokedError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &revoked):
		return &ChangedHostError{h.target.Host, print, fmt.Sprintf("%s:%d, where it is revoked", revoked.Revoked.Filename, revoked.Revoked.Line)}
	case !errors.As(err, &wrong):
		return err
	case len(wrong.Want) > 0:
		return &ChangedHostError{h.target.Host, print, fmt.Sprintf("%s:%d", wrong.Want[0].Filename, wrong.Want[0].Line)}
	case h.accept != print:
		return &UnknownHostError{h.target.Host, print, key.Type()}
	}
	return remember(h.target.Host, key)
}

// remember adds a server to Photodesk's known_hosts.
func remember(host string, key ssh.PublicKey) error {
	name, err := ownHosts()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return fmt.Errorf("known hosts: %w", err)
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("known hosts: %w", err)
	}
	_, err = fmt.Fprintln(f, knownhosts.Line([]string{host}, key))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("known hosts: %s: %w", name, err)
	}
	return nil
}

// explain says why the login failed. What fails once the server is trusted and still answers is the login itself.
func (h *hosts) explain(ctx context.Context, err error, t Target, secret string) error {
	var ne net.Error
	switch {
	case h.refused != nil:
		return h.refused
	case ctx.Err() != nil:
		return fmt.Errorf("%s: %w within %s; check the address and the network, then try again: %w", t.Host, ErrNoAnswer, dialTime, ctx.Err())
	case !h.trusted || errors.As(err, &ne):
		return fmt.Errorf("%s: %w as an SSH server gives one; check the address and the port: %w", t.Host, ErrNoAnswer, err)
	case t.Key != "":
		return fmt.Errorf("%w: %s doesn't take the key %s for %s", ErrLogin, t.Host, t.Key, t.User)
	case secret == "":
		return fmt.Errorf("%w: %s takes none of %s's keys, and no password is known: keep it in the keyring, or set %s", ErrLogin, t.Host, t.User, envPassword)
	}
	return fmt.Errorf("%w: %s doesn't take the password for %s", ErrLogin, t.Host, t.User)
}
