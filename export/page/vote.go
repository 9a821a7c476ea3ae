package page

// This file owns the vote widget: where its votes are counted, what names its
// subject, and what the page's policy lets it ask for.

import (
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// policy lets a page load its own files and nothing else. connect-src is open to
// the page's own site because checkers that work from inside the page read its
// robots.txt. form-action stays shut while votes are kept in the browser. A
// vote service is added to both; to form-action also where it sends its reader
// back to, since browsers hold a form's redirects to it too.
const policy = "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; font-src 'self'; " +
	"connect-src 'self'%s; base-uri 'none'; form-action %s"

// vote is one widget. Nothing in it is a count: pages never carry seeded votes.
type vote struct {
	Subject string // names the subject in this browser
	Label   string
	Of      string // "essay" or "photo"
	Rules   rules

	// With a service only.
	ID     string // the form's, where the reader comes back to
	Token  string // names the subject to the service
	Return string // where the essay will be read, or ""
	// Embedded says that the widget is in a frame, which no page of the service opens in.
	Embedded bool
}

// rules are what the essay's voters are held to, as a widget says it.
type rules struct {
	Opens, Closes string // moments for machines, or ""
	When          string // both in words, in the zone that the editor wrote them in
	UpvotesOnly   bool
	Hidden        bool
	SignIn        bool
	// Ended says that voting had closed when the essay was last changed. What has
	// closed since only the reader's clock and the service know.
	Ended bool
}

// Classes are those of a widget with rules that change how it is laid out.
func (r rules) Classes() string {
	var out []string
	if r.When != "" {
		out = append(out, "timed")
	}
	if r.UpvotesOnly {
		out = append(out, "upvotes-only")
	}
	if r.Ended {
		out = append(out, "ended")
	}
	return strings.Join(out, " ")
}

func rulesOf(in Input, w words) (rules, error) {
	from := in.Essay.VoteRules
	r := rules{
		UpvotesOnly: from.UpvotesOnly, Hidden: from.Hidden, SignIn: from.SignIn && in.VotesURL != "",
		Ended: !from.Closes.IsZero() && !from.Closes.After(in.Modified),
	}
	which := ""
	if !from.Opens.IsZero() {
		r.Opens, which = from.Opens.Format(time.RFC3339), "opens"
	}
	if !from.Closes.IsZero() {
		r.Closes, which = from.Closes.Format(time.RFC3339), "closes"
	}
	if which == "" {
		return r, nil
	}
	if r.Opens != "" && r.Closes != "" {
		which = "both"
	}
	var err error
	r.When, err = w.say("vote.when."+which, "opens", w.moment(from.Opens), "closes", w.moment(from.Closes))
	return r, err
}

// service is where votes are counted.
type service struct {
	Base   string // without a slash at its end
	Origin string
	Host   string // as a reader is told
}

// Action is where a form without script posts its vote.
func (s *service) Action() string { return s.Base + "/v1/votes" }

// csp is the policy of a page that will be read at an address, which may be "";
// s is nil where votes stay on the device.
func (s *service) csp(canonical string) string {
	if s == nil {
		return fmt.Sprintf(policy, "", "'none'")
	}
	forms := s.Origin
	u, err := url.Parse(canonical)
	if err == nil && (u.Scheme == "https" || u.Scheme == "http") && hostPattern.MatchString(strings.ToLower(u.Host)) {
		if back := u.Scheme + "://" + strings.ToLower(u.Host); back != s.Origin {
			forms += " " + back
		}
	}
	return fmt.Sprintf(policy, " "+s.Origin, forms)
}

// hostPattern takes what a policy's host-source can hold and a reader can read:
// no address in brackets, no characters beyond ASCII.
var hostPattern = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]{1,5})?$`)

// CheckVotesURL says what is wrong with a vote service's address before a page
// is made with it; see Input.VotesURL. Errors wrap [ErrInput].
func CheckVotesURL(address string) error {
	_, err := serviceAt(address)
	return err
}

// serviceAt reads a service's address; nil for "". Errors wrap [ErrInput].
func serviceAt(address string) (*service, error) {
	if address == "" {
		return nil, nil
	}
	bad := func(why string) (*service, error) {
		return nil, fmt.Errorf("%w: the vote service's address %q %s", ErrInput, address, why)
	}
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		return bad("is not a whole web address such as https://votes.example.org")
	case u.User != nil:
		return bad("names a user; leave that out")
	case strings.ContainsAny(address, "?#"):
		return bad("has a query or a fragment; leave that out")
	case strings.ContainsAny(u.Path, "\\\"' ") || strings.Contains(u.Path, "//") || strings.Contains(u.Path, "/."):
		return bad("has a path that can't be used")
	}
	host := strings.ToLower(u.Host)
	switch {
	case !hostPattern.MatchString(host):
		return bad("has a host that a page's policy can't name; write it in ASCII letters (xn--… for others) or as an IPv4 address")
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return bad("is not https, so votes could be read and changed on their way")
	}
	origin := u.Scheme + "://" + host
	return &service{Base: origin + strings.TrimRight(u.EscapedPath(), "/"), Origin: origin, Host: host}, nil
}

func loopback(host string) bool {
	host = strings.ToLower(host)
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// voteAtEnd is the essay's widget where no block gave it a place.
func (b *builder) voteAtEnd() *vote {
	if b.voted || !b.in.Essay.Votes {
		return nil
	}
	return b.essayVote()
}

func (b *builder) essayVote() *vote {
	return b.vote(&vote{Of: "essay", Label: b.words.text["vote.essay"], ID: "vote-essay"}, "")
}

// vote names the widget of the essay, or of the photo that has the key.
func (b *builder) vote(v *vote, key string) *vote {
	parts := []string{b.in.ProjectUID, b.in.Essay.UID}
	if key != "" {
		parts = append(parts, key)
	}
	v.Subject = line(strings.Join(parts, "/"))
	v.Rules = b.rules
	if b.service == nil {
		return v
	}
	if v.Token = b.in.Subject(v.Of, key); v.Token == "" && b.failed == nil {
		b.failed = fmt.Errorf("%w: %s has no name for the vote service", ErrInput, v.Subject)
	}
	v.Return = backTo(b.canonical, v.ID)
	return v
}

// backTo is where a form without script sends its reader after the vote: to
// the widget in the essay, or nowhere where the essay's address isn't known.
func backTo(address, id string) string {
	u, err := url.Parse(address)
	if address == "" || err != nil {
		return ""
	}
	u.Fragment, u.RawFragment = id, ""
	return u.String()
}

// inEmbed is the widget as the embed shows it: its reader comes back there.
func (v *vote) inEmbed(canonical string) *vote {
	if v == nil {
		return nil
	}
	out := *v
	out.Embedded = true
	if v.Return != "" {
		out.Return = backTo(absolute(canonical, "embed.html"), v.ID)
	}
	return &out
}
