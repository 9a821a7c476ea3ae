package derive

// This file tests the metadata policies by the field's own judge of metadata, exiftool.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"photodesk/project/photo"
)

// fullWords say something in every field, in several scripts.
var fullWords = photo.Words{
	Caption: "Renée Doe eröffnet die Messe. افتتاح المعرض", CaptionWriter: "xy", Byline: "Jane Doe", BylineTitle: "Staff",
	Credit: "Jane Doe/AFP", Source: "AFP", Copyright: "© 2026 AFP", Headline: "博览会", Title: "fair-01",
	City: "SECRETCITY", State: "SECRETSTATE", Country: "SECRETLAND", Instructions: "No crops", UsageTerms: "Editorial use only",
	AltText: "A woman cuts a ribbon.", Description: "A long description.", Keywords: []string{"fair", "новини"},
	SourceType: "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture", TakenAt: "2026-03-01T10:00:00",
}

// tellTale is a JPEG whose metadata hold what no derivative may tell, each value with SECRET or 12.3456 in it.
func tellTale(t *testing.T) []byte {
	t.Helper()
	name := filepath.Join(t.TempDir(), "original.jpg")
	if err := os.WriteFile(name, original(t, 600, 400), 0o600); err != nil {
		t.Fatal(err)
	}
	preview := filepath.Join(t.TempDir(), "preview.jpg")
	if err := os.WriteFile(preview, original(t, 160, 120), 0o600); err != nil {
		t.Fatal(err)
	}
	exiftool(t, "-q", "-overwrite_original",
		"-EXIF:Make=Fine Cameras", "-EXIF:Model=One", "-EXIF:LensModel=50mm F2", "-EXIF:ExposureTime=1/250", "-EXIF:FNumber=5.6",
		"-EXIF:ISO=400", "-EXIF:FocalLength=50", "-EXIF:GPSLatitude=12.3456", "-EXIF:GPSLatitudeRef=N", "-EXIF:GPSLongitude=12.3456",
		"-EXIF:GPSLongitudeRef=E", "-EXIF:SerialNumber=SECRET1", "-EXIF:LensSerialNumber=SECRET2", "-EXIF:OwnerName=SECRET3",
		"-EXIF:HostComputer=SECRET4", "-EXIF:ImageUniqueID=SECRET5", "-XMP-exif:GPSLatitude=12.3456", "-XMP-aux:SerialNumber=SECRET6",
		"-XMP-aux:OwnerName=SECRET7", "-XMP-xmpMM:DocumentID=SECRET8", "-XMP-xmpMM:HistoryAction=SECRET9", "-XMP-photoshop:City=SECRET10",
		"-XMP-iptcExt:LocationCreatedCity=SECRET11", "-IPTC:Sub-location=SECRET12", "-EXIF:UserComment=SECRET13",
		"-ThumbnailImage<="+preview, name)
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Count(data, []byte("SECRET")) < 10 {
		t.Fatal("the original tells too little to test with")
	}
	return data
}

func exiftool(t *testing.T, args ...string) []byte {
	t.Helper()
	out, err := exec.Command("exiftool", args...).Output()
	if err != nil {
		t.Fatalf("exiftool, which make test installs: %v", err)
	}
	return out
}

// said gives all that exiftool reads in a file's metadata, by group and tag, without what describes the pixels.
func said(t *testing.T, data []byte, format string) map[string]string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "derivative."+format)
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	var parsed []map[string]any
	out := exiftool(t, "-json", "-G1", "-a", "-u", "-validate", "-warning", "-charset", "iptc=utf8", name)
	if err := json.Unmarshal(out, &parsed); err != nil || len(parsed) != 1 {
		t.Fatalf("%v: %s", err, out)
	}
	if parsed[0]["ExifTool:Validate"] != "OK" {
		t.Errorf("%s: exiftool isn't content: %s", format, out)
	}
	out = exiftool(t, "-json", "-G1", "-a", "-u", "-charset", "iptc=utf8", name)
	if err := json.Unmarshal(out, &parsed); err != nil {
		t.Fatal(err)
	}
	tags := map[string]string{}
	for tag, value := range parsed[0] {
		switch group, _, _ := strings.Cut(tag, ":"); group {
		case "SourceFile", "ExifTool", "System", "File", "Composite", "JFIF", "ICC_Profile", "ICC-header", "ICC-chad", "RIFF", "QuickTime", "Meta":
		default:
			tags[tag] = fmt.Sprint(value)
		}
	}
	return tags
}

func TestPolicies(t *testing.T) {
	data := tellTale(t)
	credit := map[string]string{
		"XMP-dc:Description": fullWords.Caption, "XMP-dc:Creator": fullWords.Byline, "XMP-dc:Rights": fullWords.Copyright,
		"XMP-photoshop:Credit": fullWords.Credit, "XMP-photoshop:Headline": fullWords.Headline,
		"XMP-xmpRights:UsageTerms": fullWords.UsageTerms, "XMP-iptcCore:AltTextAccessibility": fullWords.AltText,
		"XMP-iptcExt:DigitalSourceType": fullWords.SourceType,
	}
	creditIIM := map[string]string{
		"IPTC:Caption-Abstract": fullWords.Caption, "IPTC:By-line": fullWords.Byline, "IPTC:CopyrightNotice": fullWords.Copyright,
		"IPTC:Credit": fullWords.Credit, "IPTC:Headline": fullWords.Headline, "IPTC:CodedCharacterSet": "UTF8",
		"IPTC:EnvelopeRecordVersion": "4", "IPTC:ApplicationRecordVersion": "4",
	}
	more := map[string]string{
		"XMP-dc:Title": fullWords.Title, "XMP-photoshop:AuthorsPosition": fullWords.BylineTitle, "XMP-photoshop:Source": fullWords.Source,
		"XMP-photoshop:Instructions": fullWords.Instructions, "XMP-photoshop:CaptionWriter": fullWords.CaptionWriter,
		"XMP-photoshop:DateCreated": "2026:03:01 10:00:00", "XMP-iptcCore:ExtDescrAccessibility": fullWords.Description,
		"XMP-dc:Subject": "[fair новини]", "XMP-tiff:Make": "Fine Cameras", "XMP-tiff:Model": "One", "XMP-exifEX:LensModel": "50mm F2",
		"XMP-exif:ExposureTime": "1/250", "XMP-exif:FNumber": "5.6", "XMP-exif:FocalLength": "50.0 mm", "XMP-exif:ISO": "400",
	}
	moreIIM := map[string]string{
		"IPTC:ObjectName": fullWords.Title, "IPTC:By-lineTitle": fullWords.BylineTitle, "IPTC:Source": fullWords.Source,
		"IPTC:SpecialInstructions": fullWords.Instructions, "IPTC:Writer-Editor": fullWords.CaptionWriter, "IPTC:Keywords": "[fair новини]",
	}
	for _, tc := range []struct {
		policy Policy
		all    []map[string]string // in every format
		jpeg   []map[string]string // in JPEG as well
	}{
		{PolicyCredit, []map[string]string{credit}, []map[string]string{creditIIM}},
		{PolicyAllButLocation, []map[string]string{credit, more}, []map[string]string{creditIIM, moreIIM}},
		{PolicyNone, nil, nil},
	} {
		job := Job{Data: data, Words: fullWords, Policy: tc.policy, Specs: []Spec{{480, JPEG, 0}, {480, WebP, 0}, {480, AVIF, 0}}}
		res, err := Make(t.Context(), job)
		if err != nil {
			t.Fatal(err)
		}
		card, err := Card(t.Context(), job)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range append(res.Files, card) {
			name := fmt.Sprintf("policy %q, %s of %d", tc.policy, f.Format, f.Width)
			want := map[string]string{}
			for _, m := range tc.all {
				for k, v := range m {
					want[k] = v
				}
			}
			if f.Format == JPEG {
				for _, m := range tc.jpeg {
					for k, v := range m {
						want[k] = v
					}
				}
			}
			got := said(t, f.Data, f.Format)
			for tag, value := range want {
				if got[tag] != value {
					t.Errorf("%s: %s is %q, want %q", name, tag, got[tag], value)
				}
			}
			for tag, value := range got {
				if _, ok := want[tag]; !ok && tag != "Photoshop:IPTCDigest" {
					t.Errorf("%s: carries %s = %q, which the policy doesn't name", name, tag, value)
				}
			}
			for _, secret := range []string{"SECRET", "12.3456"} {
				if bytes.Contains(f.Data, []byte(secret)) {
					t.Errorf("%s: tells %s", name, secret)
				}
			}
			if n := bytes.Count(f.Data, []byte("\xff\xd8\xff")); n > 1 || n == 1 && f.Format != JPEG {
				t.Errorf("%s: holds a preview", name)
			}
		}
	}
}
