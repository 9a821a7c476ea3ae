package publish

// This file owns a target's address: how it is written and read.

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind is how a target is reached.
type Kind string

// The kinds of targets.
const (
	Folder Kind = "folder"
	Zip    Kind = "zip"
	SFTP   Kind = "sftp"
	S3     Kind = "s3"
)

// Target is a place that a bundle is published to. It holds no secret.
type Target struct {
	Kind Kind
	// Path is the folder's or the zip's absolute path; on an SFTP server the folder, such as /srv/www/storm, or /~/www/storm
	// from the user's home; in S3 what the keys begin with, such as essays/storm, or "".
	Path string
	User string // SFTP: who logs in; S3: the access key's id, or "" for the environment's
	Host string // SFTP: host:port
	Key  string // SFTP: file of a private key, or "" for the agent's and the usual ones

	Bucket   string // S3
	Endpoint string // S3: https://host or http://host, or "" for Amazon's
	Region   string // S3, or ""
}

// forms is said to whoever writes an address that is none.
const forms = "a target is a folder, NAME.zip, sftp://user@host/path or s3://bucket/prefix?endpoint=https://…&region=…"

// Parse reads a target as it is written. Relative folders are those of the working folder.
func Parse(text string) (Target, error) {
	if strings.TrimSpace(text) == "" {
		return Target{}, fmt.Errorf("name a target: %s", forms)
	}
	if len(text) > 4096 || !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl) {
		return Target{}, fmt.Errorf("the target can't be read: %s", forms)
	}
	scheme, _, ok := strings.Cut(text, "://")
	if !ok {
		full, err := filepath.Abs(text)
		if err != nil {
			return Target{}, fmt.Errorf("target %s: %w", text, err)
		}
		if strings.EqualFold(filepath.Ext(full), ".zip") {
			return Target{Kind: Zip, Path: full}, nil
		}
		return Target{Kind: Folder, Path: full}, nil
	}
	text = strings.TrimSpace(text)
	u, err := url.Parse(text)
	if err != nil {
		return Target{}, fmt.Errorf("target: %w; %s", scrubbed(err), forms)
	}
	if _, has := u.User.Password(); has {
		return Target{}, fmt.Errorf("write no password into the target: it is kept in the system's keyring, or given by %s", strings.Join(environment(Kind(u.Scheme)), " and "))
	}
	if strings.Contains(text, "#") {
		return Target{}, fmt.Errorf("target: write # in it as %%23")
	}
	q, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return Target{}, fmt.Errorf("target: %w", err)
	}
	take := func(name string) string {
		v := q.Get(name)
		if len(q[name]) < 2 {
			q.Del(name)
		}
		return v
	}
	var t Target
	switch Kind(u.Scheme) {
	case SFTP:
		t = Target{Kind: SFTP, User: u.User.Username(), Key: take("key")}
		err = t.server(u)
	case S3:
		t = Target{Kind: S3, User: u.User.Username(), Endpoint: take("endpoint"), Region: take("region")}
		err = t.bucket(u)
	default:
		err = fmt.Errorf("%s:// is not spoken here: %s", scheme, forms)
	}
	if err != nil {
		return Target{}, err
	}
	for name := range q {
		return Target{}, fmt.Errorf("target: %q after the ? is unknown or there twice", name)
	}
	return t, nil
}

// scrubbed leaves out the address, which may hold a password.
func scrubbed(err error) error {
	if e, ok := err.(*url.Error); ok {
		return e.Err
	}
	return err
}

// server reads SFTP's part of an address.
func (t *Target) server(u *url.URL) error {
	host, port := u.Hostname(), u.Port()
	if port == "" {
		port = "22"
	}
	n, err := strconv.Atoi(port)
	switch {
	case !isHost(host):
		return fmt.Errorf("target: name the server, as in sftp://user@host/path")
	case t.User == "":
		return fmt.Errorf("target: name the user, as in sftp://user@host/path")
	case err != nil || n < 1 || n > 65535:
		return fmt.Errorf("target: %q is no port", port)
	}
	t.Host = net.JoinHostPort(strings.ToLower(host), strconv.Itoa(n))
	t.Path = path.Clean("/" + u.Path)
	if strings.Contains(u.Path+"/", "/../") {
		return fmt.Errorf("target: .. is no part of a target")
	}
	if t.Path == "/" || t.Path == "/~" {
		return fmt.Errorf("target: name a folder of the essay's own on the server, as in sftp://user@host/srv/www/storm or sftp://user@host/~/www/storm")
	}
	return inside(t.Path, t.User, t.Key)
}

// isHost reports whether a server may be called so: by a name or an IP address.
func isHost(name string) bool {
	if strings.Contains(name, ":") {
		_, err := netip.ParseAddr(name)
		return err == nil && !strings.Contains(name, "%")
	}
	return name != "" && !strings.ContainsAny(name, " %/\\@")
}

var bucketName = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)

// bucket reads S3's part of an address.
func (t *Target) bucket(u *url.URL) error {
	t.Bucket = u.Host
	if !bucketName.MatchString(t.Bucket) {
		return fmt.Errorf("target: %q is no bucket's name, as in s3://bucket/prefix", u.Host)
	}
	t.Path = strings.Trim(u.Path, "/")
	for _, part := range strings.Split(t.Path, "/") {
		if t.Path != "" && (part == "" || part == "." || part == "..") {
			return fmt.Errorf("target: the prefix %q can't be a folder's name", t.Path)
		}
	}
	if len(t.Path) > 800 {
		return fmt.Errorf("target: the prefix is too long")
	}
	if t.Endpoint != "" {
		e, err := url.Parse(t.Endpoint)
		if err != nil || (e.Scheme != "https" && e.Scheme != "http") || !isHost(e.Hostname()) || e.User != nil ||
			strings.Trim(e.Path, "/") != "" || e.RawQuery != "" || e.ForceQuery || e.Fragment != "" {
			return fmt.Errorf("target: the endpoint is not an address such as https://s3.example.org")
		}
		t.Endpoint = e.Scheme + "://" + strings.ToLower(e.Host)
	}
	return inside(t.Path, t.User, t.Region)
}

// inside refuses what no name holds.
func inside(names ...string) error {
	for _, name := range names {
		if !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl) {
			return fmt.Errorf("target: %q has a character that no name has", name)
		}
	}
	return nil
}

// String is how the target is written; Parse reads it back.
func (t Target) String() string {
	u := url.URL{Scheme: string(t.Kind)}
	if t.User != "" {
		u.User = url.User(t.User)
	}
	switch t.Kind {
	case SFTP:
		u.Host, u.Path = strings.TrimSuffix(t.Host, ":22"), t.Path
		u.RawQuery = query("key", t.Key)
	case S3:
		u.Host, u.Path = t.Bucket, "/"+t.Path
		u.RawQuery = query("endpoint", t.Endpoint, "region", t.Region)
	default:
		return t.Path
	}
	return u.String()
}

// query writes what is not empty, with addresses left legible.
func query(pairs ...string) string {
	var parts []string
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			v := strings.NewReplacer("%3A", ":", "%2F", "/").Replace(url.QueryEscape(pairs[i+1]))
			parts = append(parts, pairs[i]+"="+v)
		}
	}
	return strings.Join(parts, "&")
}
