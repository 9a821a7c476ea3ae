package export

// This file owns what an editor can choose for an export, and what the choices are called.

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"photodesk/export/derive"
	"photodesk/project"
	"photodesk/project/photo"
)

// Options say where and how to export.
type Options struct {
	Out   string // the bundle's folder; made, or replaced where it is a bundle
	Zip   bool   // also write Out.zip
	Theme string // see ThemeNamed; "" is the essay's own
	// VotesURL is the address of the vote service that counts, by the protocol of
	// package votes; "" keeps votes on the reader's device, and the page says so.
	VotesURL string
	// Cache is the folder of derivatives made before; "" is the user's cache folder.
	Cache string

	AVIF         bool // also make AVIF: smaller files, for several times the time
	FixedQuality bool // the same quality for every photo, instead of the lowest that looks the same
	Metadata     derive.Policy
}

// The names of the choices, in flags and in bundle.json.
const (
	QualityMeasured = "measured"
	QualityFixed    = "fixed"
)

// QualityName is QualityMeasured or QualityFixed.
func (o Options) QualityName() string {
	if o.FixedQuality {
		return QualityFixed
	}
	return QualityMeasured
}

// policies are the metadata policies by name; the first is the usual one.
var policies = []struct {
	name   string
	policy derive.Policy
}{
	{"credit", derive.PolicyCredit},
	{"all-but-location", derive.PolicyAllButLocation},
	{"none", derive.PolicyNone},
}

// PolicyName is "credit", "all-but-location" or "none".
func (o Options) PolicyName() string {
	for _, p := range policies {
		if p.policy == o.Metadata {
			return p.name
		}
	}
	return string(o.Metadata)
}

// PolicyNamed finds a metadata policy; "" is the usual one.
func PolicyNamed(name string) (derive.Policy, error) {
	for _, p := range policies {
		if p.name == cmp.Or(name, policies[0].name) {
			return p.policy, nil
		}
	}
	return "", fmt.Errorf("there is no metadata policy %q; choose credit, all-but-location or none", name)
}

// formats are those that the bundle will have, JPEG first.
func (o Options) formats() []string {
	if o.AVIF {
		return []string{derive.JPEG, derive.WebP, derive.AVIF}
	}
	return []string{derive.JPEG, derive.WebP}
}

// Encoders names what makes each of the formats, with version and effort.
func (o Options) Encoders() map[string]string {
	out := derive.Encoders()
	for f := range out {
		if !slices.Contains(o.formats(), f) {
			delete(out, f)
		}
	}
	return out
}

// AVIFTime is about how much longer an export of the essay takes with AVIF, as long as no cache holds any.
func AVIFTime(ctx context.Context, p *project.Project, essay int64) (time.Duration, error) {
	photos, err := p.PhotosOf(ctx, essay)
	if err != nil {
		return 0, err
	}
	sum := time.Duration(0)
	for _, ph := range photos {
		w, h := photo.Size(headerOf(ph), ph.Recipe)
		t, err := derive.AVIFTime(1, w, h)
		if err != nil {
			return 0, err
		}
		sum += t
	}
	return sum / time.Duration(workers()), nil
}
