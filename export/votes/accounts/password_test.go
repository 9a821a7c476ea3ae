package accounts

// This file owns that passwords are hashed as they are said to be.

import (
	"context"
	"crypto/tls"
	"errors"
	"strings"
	"testing"
	"time"
)

func TestHash(t *testing.T) {
	h := newHasher(2)
	kept, err := h.hash(t.Context(), "a few words in a row")
	if err != nil || !strings.HasPrefix(kept, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("%q, %v", kept, err)
	}
	again, err := h.hash(t.Context(), "a few words in a row")
	if err != nil || again == kept {
		t.Errorf("twice the same hash: %q, %v", again, err)
	}
	// What the reference implementation makes, so that other programs could read ours:
	// echo -n password | argon2 somesalt -id -t 2 -k 19456 -p 1 -l 32 is of the same form.
	for password, want := range map[string]bool{"a few words in a row": true, "a few words in a roW": false, "": false} {
		if same, err := h.matches(t.Context(), kept, password); same != want || err != nil {
			t.Errorf("%q: %v, %v", password, same, err)
		}
	}
	if same, err := h.matches(t.Context(), "", "anything"); same || err != nil {
		t.Errorf("no account: %v, %v", same, err)
	}
}

// The letters of a keyboard make the same password however they are put together.
func TestOneForm(t *testing.T) {
	one, err := readPassword("cafe\u0301 au lait", "a@b.example")
	two, err2 := readPassword("caf\u00e9 au lait", "a@b.example")
	if one != two || errors.Join(err, err2) != nil {
		t.Errorf("%q and %q, %v, %v", one, two, err, err2)
	}
}

func TestBusy(t *testing.T) {
	h := newHasher(1)
	leave, err := h.place(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.hash(ctx, "a few words in a row"); !errors.Is(err, errBusy) {
		t.Errorf("with no place: %v", err)
	}
	h.wait = time.Millisecond
	if _, err := h.matches(t.Context(), "", "x"); !errors.Is(err, errBusy) {
		t.Errorf("with no place for long: %v", err)
	}
	leave()
	if _, err := h.hash(t.Context(), "a few words in a row"); err != nil {
		t.Errorf("with a place: %v", err)
	}
}

func TestServer(t *testing.T) {
	for address, ok := range map[string]bool{
		"smtp://mail.example": true, "smtp://user:pass%40word@mail.example:2525": true, "smtps://mail.example": true, "smtp://127.0.0.1:25": true,
		"mail.example:25": false, "http://mail.example": false, "smtp://": false, "smtp://mail.example/path": false, "smtp://mail.example:x": false, "": false,
	} {
		_, err := NewServer(address, "News <votes@news.example>", &tls.Config{MinVersion: tls.VersionTLS12})
		if (err == nil) != ok {
			t.Errorf("%s: %v", address, err)
		}
		if err != nil && strings.Contains(err.Error(), "pass") && !strings.Contains(err.Error(), "user:password@") {
			t.Errorf("the password is in %v", err)
		}
	}
}
