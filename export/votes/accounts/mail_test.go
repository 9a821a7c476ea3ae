package accounts

// This file owns how letters reach mail servers: in TLS, with a login, and not at
// all where either is not as it should be.

import (
	"context"
	"crypto/tls"
	"net"
	"net/url"
	"strings"
	"testing"

	"github.com/wneessen/go-mail"

	"photodesk/export/votes/accounts/mailtest"
)

// The hosts are names: what stands on a loopback address is spoken to in plain.
func TestMailServers(t *testing.T) {
	const host, user, password = "mail.news.example", "votes@news.example", "p@ss:word/%"
	starting, roots := mailtest.Certificate(t, host)
	local, localRoots := mailtest.Certificate(t, "localhost")
	login := url.UserPassword(user, password).String() + "@"
	for name, c := range map[string]struct {
		server  mailtest.Settings
		address string // PORT is the server's
		roots   *tls.Config
		secure  bool
		user    string
		wrong   string // what is told of a letter that isn't taken
		again   bool
	}{
		"STARTTLS": {mailtest.Settings{Certificate: starting}, "smtp://" + host, &tls.Config{RootCAs: roots}, true, "", "", false},
		"STARTTLS and a login": {
			mailtest.Settings{Certificate: starting, User: user, Password: password}, "smtp://" + login + host, &tls.Config{RootCAs: roots}, true, user, "", false,
		},
		"in TLS, with a login": {
			mailtest.Settings{Certificate: local, TLS: true, User: user, Password: password}, "smtps://" + login + "localhost:PORT", &tls.Config{RootCAs: localRoots}, true, user, "", false,
		},
		"in plain on this machine": {mailtest.Settings{}, "smtp://localhost:PORT", nil, false, "", "", false},
		"no STARTTLS":              {mailtest.Settings{}, "smtp://" + host, nil, false, "", "the server isn't reached, or doesn't let us in", true},
		"a certificate of nobody's": {
			mailtest.Settings{Certificate: starting}, "smtp://" + host, nil, false, "", "the server isn't reached, or doesn't let us in", true,
		},
		"another's certificate": {
			mailtest.Settings{Certificate: starting, TLS: true}, "smtps://localhost:PORT", &tls.Config{RootCAs: roots}, false, "", "the server isn't reached, or doesn't let us in", true,
		},
		"a wrong password": {
			mailtest.Settings{Certificate: starting, User: user, Password: "another"}, "smtp://" + login + host, &tls.Config{RootCAs: roots}, false, "", "the server isn't reached, or doesn't let us in", true,
		},
		"no login where one is needed": {
			mailtest.Settings{Certificate: starting, User: user, Password: password}, "smtp://" + host, &tls.Config{RootCAs: roots}, false, "", "the server answers 502", false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			server := mailtest.Open(t, c.server)
			_, port, _ := net.SplitHostPort(server.Address)
			s, err := NewServer(strings.ReplaceAll(c.address, "PORT", port), "News <votes@news.example>", c.roots)
			if err != nil {
				t.Fatal(err)
			}
			if s.host == host { // which no name server knows
				s.client = append(s.client, mail.WithDialContextFunc(func(ctx context.Context, network, _ string) (net.Conn, error) {
					return new(net.Dialer).DialContext(ctx, network, server.Address)
				}))
			}
			err = s.send(t.Context(), letter{to: "ada@news.example", lang: "de", subject: "Grüße", text: "Ein Brief\n"})
			if c.wrong != "" {
				if err == nil {
					t.Fatal("the letter was sent")
				}
				if what, again := failure(err); what != c.wrong || again != c.again {
					t.Errorf("told: %q, again %v; of %v", what, again, err)
				}
				if strings.Contains(err.Error(), password) {
					t.Errorf("the password is in %q", err)
				}
				if len(server.Letters) > 0 {
					t.Errorf("%+v was taken", <-server.Letters)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if l := server.Next(t, "ada@news.example", "Grüße"); l.Secure != c.secure || l.User != c.user || l.Text != "Ein Brief\n" {
				t.Errorf("the server has %+v", l)
			}
		})
	}
}
