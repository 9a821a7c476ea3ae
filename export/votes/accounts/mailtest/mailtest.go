// Package mailtest runs a mail server for a test, on a free loopback port: real
// SMTP, in plain, with STARTTLS or in TLS, with a login or without. It keeps what
// it takes.
package mailtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Settings are what a server asks for; the zero ones are of an open one in plain.
type Settings struct {
	Certificate *tls.Certificate // with one it offers STARTTLS
	TLS         bool             // begins in TLS
	User        string           // with one it takes letters after a login alone
	Password    string
}

// Server is a mail server that keeps what it takes.
type Server struct {
	Address string // host:port
	Letters chan Letter
	// Refuse, where it is set, says with which error a recipient is refused.
	Refuse func(to string) error

	settings Settings
}

// Letter is what was taken.
type Letter struct {
	To, Subject, Text string
	Header            mail.Header
	Secure            bool   // came in TLS
	User              string // who had logged in, "" for nobody
}

// Open starts a server that ends with the test.
func Open(t testing.TB, settings Settings) *Server {
	t.Helper()
	s := &Server{Letters: make(chan Letter, 100), settings: settings}
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &session{Server: s, conn: c}, nil }))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.Address = l.Addr().String()
	if settings.Certificate != nil {
		server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{*settings.Certificate}}
		if settings.TLS {
			l = tls.NewListener(l, server.TLSConfig)
		}
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		if err := <-ended; err != nil && !errors.Is(err, smtp.ErrServerClosed) {
			t.Error(err)
		}
	})
	return s
}

// Certificate makes a certificate of a name, and the roots that vouch for it.
func Certificate(t testing.TB, name string) (*tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{name}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	if c, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(c)
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, roots
}

// Next is the next letter, to an address and with a subject.
func (s *Server) Next(t testing.TB, to, subject string) Letter {
	t.Helper()
	select {
	case l := <-s.Letters:
		if l.To != to || l.Subject != subject {
			t.Fatalf("a letter to %s, %q; want %s, %q", l.To, l.Subject, to, subject)
		}
		return l
	case <-time.After(time.Minute):
		t.Fatalf("no letter to %s, %q", to, subject)
	}
	return Letter{}
}

var linkPattern = regexp.MustCompile(`https?://\S+`)

// Link is the first address in a letter.
func (l Letter) Link() string { return linkPattern.FindString(l.Text) }

// session is where letters are handed in, one after the other.
type session struct {
	*Server
	conn *smtp.Conn
	user string
	to   string
}

func (s *session) AuthMechanisms() []string {
	if s.settings.User == "" {
		return nil
	}
	return []string{sasl.Plain}
}

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != s.settings.User || password != s.settings.Password {
			return smtp.ErrAuthFailed
		}
		s.user = user
		return nil
	}), nil
}

func (s *session) Mail(string, *smtp.MailOptions) error {
	if s.user != s.settings.User {
		return smtp.ErrAuthRequired
	}
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	if s.Refuse != nil {
		return s.Refuse(to)
	}
	return nil
}

func (s *session) Data(r io.Reader) error {
	m, err := mail.ReadMessage(r)
	if err != nil {
		return err
	}
	var body io.Reader = m.Body
	if strings.EqualFold(m.Header.Get("Content-Transfer-Encoding"), "quoted-printable") {
		body = quotedprintable.NewReader(body)
	}
	text, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		return err
	}
	_, secure := s.conn.TLSConnectionState()
	s.Letters <- Letter{s.to, subject, strings.ReplaceAll(string(text), "\r\n", "\n"), m.Header, secure, s.user}
	return nil
}

func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }
