package accounts

// This file owns mail: the server it goes to, and the queue in which everything
// happens that depends on whether an address has an account. No log and no error
// of it names an address: servers repeat addresses in their answers, so that of
// those only the code is told.

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"time"

	"github.com/wneessen/go-mail"
)

// Server is an SMTP server that takes mail, and who it comes from.
type Server struct {
	client []mail.Option
	host   string
	from   string
}

// NewServer reads smtp://[user:password@]host[:port], which goes on in TLS (on a
// loopback host, in plain), or smtps://…, which begins in it. from is an address,
// or a name with an address: News <votes@news.example>. roots are in place of the
// system's certificates; nil for those. No error names the password.
func NewServer(address, from string, roots *tls.Config) (*Server, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Path != "" && u.Path != "/" || u.RawQuery != "" {
		return nil, errors.New("the mail server is given as smtp://host:587 or smtps://host:465, with user:password@ where it asks for them")
	}
	s := &Server{host: u.Hostname(), from: from, client: []mail.Option{mail.WithTimeout(20 * time.Second)}}
	port, policy := 587, mail.TLSMandatory
	switch {
	case u.Scheme == "smtps":
		port = 465
		s.client = append(s.client, mail.WithSSL())
	case loopback(s.host):
		policy = mail.NoTLS
	}
	s.client = append(s.client, mail.WithTLSPolicy(policy))
	if p := u.Port(); p != "" {
		if port, err = strconv.Atoi(p); err != nil {
			return nil, errors.New("the mail server's port is no number")
		}
	}
	s.client = append(s.client, mail.WithPort(port))
	if u.User != nil {
		password, _ := u.User.Password()
		auth := mail.SMTPAuthAutoDiscover
		if policy == mail.NoTLS {
			auth = mail.SMTPAuthPlainNoEnc // it stays on this machine
		}
		s.client = append(s.client, mail.WithSMTPAuth(auth), mail.WithUsername(u.User.Username()), mail.WithPassword(password))
	}
	if roots != nil {
		c := roots.Clone()
		c.ServerName = s.host
		s.client = append(s.client, mail.WithTLSConfig(c))
	}
	if err := mail.NewMsg().From(from); err != nil {
		return nil, fmt.Errorf("the sender %q is no address such as votes@news.example", from)
	}
	if _, err := mail.NewClient(s.host, s.client...); err != nil {
		return nil, errors.New("the mail server's settings make no sense")
	}
	return s, nil
}

func loopback(host string) bool {
	a, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && a.IsLoopback()
}

// letter is a mail.
type letter struct {
	to, lang, subject, text string
}

// send hands a letter to the server.
func (s *Server) send(ctx context.Context, l letter) error {
	m := mail.NewMsg()
	if err := errors.Join(m.From(s.from), m.To(l.to)); err != nil {
		return errors.New("no letter can go there")
	}
	m.Subject(l.subject)
	m.SetDate()
	m.SetMessageID()
	// Out-of-office answers to a service help nobody (RFC 3834).
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.SetGenHeader("Content-Language", l.lang)
	m.SetBodyString(mail.TypeTextPlain, l.text)
	client, err := mail.NewClient(s.host, s.client...)
	if err != nil {
		return err
	}
	return client.DialAndSendWithContext(ctx, m)
}

// failure is what may be told of a letter that was not taken, and whether it
// may be taken later.
func failure(err error) (what string, again bool) {
	refused, unreached := new(mail.SendError), net.Error(nil)
	switch {
	case errors.As(err, &refused):
		return fmt.Sprintf("the server answers %d", refused.ErrorCode()), refused.IsTemp() || refused.ErrorCode() == 0
	case errors.As(err, &unreached):
		return "the server doesn't answer", true
	}
	return "the server isn't reached, or doesn't let us in", true
}

const (
	queueLength = 512 // how many letters may wait
	senders     = 2
	// ending is how long letters have to be sent when the service stops.
	ending = 10 * time.Second
)

// retries are the pauses before a letter is sent again.
var retries = []time.Duration{5 * time.Second, time.Minute}

// post puts a task into the queue; false where it is full.
func (a *Accounts) post(do func(ctx context.Context)) bool {
	a.mu.RLock()
	defer a.mu.RUnlock()
	if a.closed {
		return false
	}
	select {
	case a.queue <- do:
		return true
	default:
		return false
	}
}

// deliver sends a letter, again after a while where that may help.
func (a *Accounts) deliver(ctx context.Context, kind string, l letter) {
	for try := 0; ; try++ {
		err := a.config.Mail.send(ctx, l)
		if err == nil {
			a.metrics.letter(kind, "sent")
			return
		}
		what, again := failure(err)
		if !again || try == len(retries) {
			a.metrics.letter(kind, "failed")
			a.log.Error("a letter was not taken", "kind", kind, "why", what)
			return
		}
		a.log.Warn("a letter is sent again", "kind", kind, "why", what, "in", retries[try])
		select {
		case <-ctx.Done():
			a.metrics.letter(kind, "failed")
			return
		case <-time.After(retries[try]):
		}
	}
}
