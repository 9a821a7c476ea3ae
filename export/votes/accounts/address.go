package accounts

// This file owns e-mail addresses: which are taken, and how they are written so
// that one mailbox is one account.

import (
	"errors"
	"regexp"
	"strings"

	"golang.org/x/net/idna"
)

// ErrAddress says that something is no address that mail can be sent to.
var ErrAddress = errors.New("this is no e-mail address")

// localPattern is what stands before the @: the dot-atom of RFC 5322, as nearly
// all addresses have it. Quotes, and with them spaces and lines, are not taken.
var localPattern = regexp.MustCompile("^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$")

// domains writes a domain as the name system has it.
var domains = idna.New(idna.MapForLookup(), idna.BidiRule(), idna.StrictDomainName(true), idna.VerifyDNSLength(true))

var domainPattern = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$`)

// ParseAddress reads an address as somebody types it, and writes it in small
// letters, its domain as the name system has it. Errors are ErrAddress.
func ParseAddress(s string) (string, error) {
	local, domain, ok := strings.Cut(strings.TrimSpace(s), "@")
	local = strings.ToLower(local)
	if !ok || len(local) > 64 || !localPattern.MatchString(local) || len(domain) > 255 || strings.HasSuffix(domain, ".") {
		return "", ErrAddress
	}
	domain, err := domains.ToASCII(domain)
	if err != nil || !domainPattern.MatchString(domain) || len(local)+1+len(domain) > 254 {
		return "", ErrAddress
	}
	return local + "@" + domain, nil
}
