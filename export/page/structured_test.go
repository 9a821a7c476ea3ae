package page

import "testing"

func TestAddressInUsageTerms(t *testing.T) {
	for words, want := range map[string]string{
		"":                                   "",
		"Editorial use only.":                "",
		"See https://agency.example/terms.":  "https://agency.example/terms",
		"(http://a.example/x?y=1), one year": "http://a.example/x?y=1",
		"javascript:alert(1)":                "",
		"https://":                           "",
		`"https://a.example/"><script>`:      "https://a.example/",
	} {
		if got := address(words); got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
}

func TestLicenceStandsInStructuredData(t *testing.T) {
	f := &figure{}
	f.photo.UsageTerms = "Terms: https://agency.example/terms"
	if o := object(f, ""); o.License != "https://agency.example/terms" || o.AcquireLicense != o.License {
		t.Errorf("license %q, acquireLicensePage %q", o.License, o.AcquireLicense)
	}
}
