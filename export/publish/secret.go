package publish

// This file owns secrets: they are in the system's keyring or in the environment, and nowhere else.

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/zalando/go-keyring"
)

// Environment variables that hold secrets where there is no keyring, or which go before it.
const (
	envPassword  = "PHOTODESK_SFTP_PASSWORD"
	envAccessKey = "AWS_ACCESS_KEY_ID"
	envSecretKey = "AWS_SECRET_ACCESS_KEY"
	envToken     = "AWS_SESSION_TOKEN"
)

// service is what Photodesk's secrets are filed under in the keyring.
const service = "Photodesk"

// environment names the variables that a kind of target reads.
func environment(k Kind) []string {
	if k == S3 {
		return []string{envAccessKey, envSecretKey}
	}
	return []string{envPassword}
}

// ErrNoKeyring says that this machine keeps no secrets.
var ErrNoKeyring = errors.New("this machine has no keyring that answers")

// NeedsSecret reports whether the target may ask for one: a password, a key's passphrase, an access key's secret.
func (t Target) NeedsSecret() bool { return t.Kind == SFTP || t.Kind == S3 }

// account is what a target's secret is filed under: those of one server, or of one key, share it.
func (t Target) account() string {
	switch {
	case t.Kind == S3:
		return "s3://" + t.accessKey() + "@" + strings.TrimPrefix(strings.TrimPrefix(t.Endpoint, "https://"), "http://")
	case t.Key != "":
		return "key:" + t.Key
	}
	return "sftp://" + t.User + "@" + t.Host
}

func (t Target) accessKey() string {
	if t.User != "" {
		return t.User
	}
	return os.Getenv(envAccessKey)
}

// Secret is what the environment or, failing that, the keyring holds for the target; "" where neither does. It may have to wait
// for the person to unlock the keyring.
func Secret(t Target) string {
	if !t.NeedsSecret() {
		return ""
	}
	names := environment(t.Kind)
	if s := os.Getenv(names[len(names)-1]); s != "" {
		return s
	}
	s, err := keyring.Get(service, t.account())
	if err != nil {
		return "" // the login will say what is missing
	}
	return s
}

// Remember puts the target's secret into the keyring; "" takes it out. Errors wrap ErrNoKeyring.
func Remember(t Target, secret string) error {
	var err error
	if secret == "" {
		err = keyring.Delete(service, t.account())
		if errors.Is(err, keyring.ErrNotFound) {
			err = nil
		}
	} else {
		err = keyring.Set(service, t.account(), secret)
	}
	if err != nil {
		return fmt.Errorf("%w: %w; it is not kept: type it each time, or set %s", ErrNoKeyring, err, strings.Join(environment(t.Kind), " and "))
	}
	return nil
}
