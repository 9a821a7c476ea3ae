package service

import (
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"
)

func FuzzVoterToken(f *testing.F) {
	v := newVoters([]byte("secret"))
	f.Add(v.token(voter{work: 3}))
	f.Add("v1.AAAA")
	f.Fuzz(func(t *testing.T, token string) {
		who, ok := v.read(token)
		if ok && v.token(who) != token {
			t.Errorf("%q is %+v, whose token is another", token, who)
		}
	})
}

func FuzzWork(f *testing.F) {
	v := newVoters([]byte("secret"))
	now := time.Unix(1_700_000_000, 0)
	f.Add(v.challenge(voter{}, "k/e", 1, now) + ".7")
	f.Add(".")
	f.Fuzz(func(t *testing.T, header string) {
		who, ok := v.worked(header, "k/e", now)
		if !ok {
			return
		}
		if i := strings.LastIndexByte(header, '.'); v.challenge(who, "k/e", who.work, now) != header[:i] && !strings.HasPrefix(header, prefix) {
			t.Errorf("%q is work of %+v", header, who)
		}
		if _, ok := v.worked(header, "k/f", now); ok {
			t.Errorf("%q is work for two essays", header)
		}
	})
}

func FuzzClientOf(f *testing.F) {
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	f.Add("10.0.0.1:80", "192.0.2.1, 10.0.0.2")
	f.Add("[2001:db8::1%eth0]:80", "")
	f.Add("x", ",,")
	f.Fuzz(func(t *testing.T, remote, forwarded string) {
		at := clientOf(remote, []string{forwarded}, trusted)
		_ = network(at)
		if alone := clientOf(remote, nil, trusted); !isTrusted(alone, trusted) && alone != at {
			t.Errorf("%q is believed that it comes from %v", remote, at)
		}
	})
}

func FuzzReturnAddress(f *testing.F) {
	f.Add("https://news.example/a#b")
	f.Add(`https://news.example\@evil.example`)
	f.Add("//news.example")
	f.Fuzz(func(t *testing.T, back string) {
		origin, err := originOf(back)
		if err != nil || origin != site {
			return
		}
		u, err := url.Parse(back)
		if err != nil {
			t.Fatalf("%q has an origin and no address", back)
		}
		h := http.Header{"Location": {u.String()}}
		again, err := originOf(h.Get("Location"))
		if err != nil || again != site || strings.ContainsAny(u.String(), "\r\n\\") && !strings.Contains(u.String(), "#") {
			t.Errorf("%q leads to %q", back, u)
		}
	})
}
