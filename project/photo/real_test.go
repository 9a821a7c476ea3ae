package photo

import (
	"errors"
	"fmt"
	"image"
	"slices"
	"strings"
	"testing"
)

func TestRealPhotos(t *testing.T) {
	for _, tc := range []struct {
		name    string
		w, h    int
		profile string
		words   map[string]string
		check   func(*Info) bool
	}{
		{"nuthatch.jpg", 6000, 4000, "sRGB", map[string]string{
			"caption": "A nuthatch climbs down an oak in the municipal park, Saturday, March 8, 2025. The species is moving north.",
			"byline":  "Jane Doe", "credit": "AP", "headline": "Nuthatch", "city": "Bilbao", "country": "Spain", "keywords": "birds, park",
			"copyright": "Copyright 2025 AP", "altText": "A small grey-blue bird head down on rough bark.", "takenAt": "2025-05-01T10:00:00+02:00",
		}, nil},
		{"dandelions.jpg", 6000, 4000, "sRGB", map[string]string{
			"byline": "Renée Doe", "credit": "AFP", "caption": "Des pissenlits à contre-jour près de la rivière, mercredi 7 mai 2025.",
		}, nil},
		{"bridge.jpg", 6000, 4000, "Display P3", map[string]string{
			"credit": "Jane Doe/Agence France-Presse via Getty Images", "byline": "Jane Doe",
		}, func(i *Info) bool { return len(i.Disagree) == 0 }},
		{"hilltop.jpg", 6000, 4000, adobeRGBName, map[string]string{
			"caption": "The sun rises behind an orientation table on the summit.", "credit": "Reuters",
			"altText": "Low sun over dark hills, a round stone table in front.",
		}, func(i *Info) bool {
			return strings.HasPrefix(i.Words.Description, "A stone orientation table") &&
				slices.ContainsFunc(i.Found, func(r Reading) bool { return r.Lang == "fr" && strings.HasPrefix(r.Value, "Le soleil") })
		}},
		{"shore.jpg", 6000, 4000, "sRGB", map[string]string{
			"caption": "Waves break on the shore after the storm.", "byline": "Jane Doe", "copyright": "Jane Doe",
		}, func(i *Info) bool { return i.Orientation == 6 }},
		{"ridge.jpg", 6000, 4000, "sRGB", map[string]string{"instructions": "SMOUT. MANDATORY CREDIT"}, func(i *Info) bool { return i.Sensitive && i.Orientation == 8 }},
		{"wine.jpg", 4000, 6000, "sRGB", map[string]string{"credit": "HO", "embargoUntil": "2025-05-20", "expiresOn": "2025-06-01"}, func(i *Info) bool { return !i.Sensitive }},
		{"peaks.jpg", 6000, 4000, "Display P3", map[string]string{"caption": "", "byline": "", "credit": ""}, nil},
		{"gps.jpg", 640, 480, "sRGB", map[string]string{"caption": "", "takenAt": "2008-10-22T16:28:39"}, func(i *Info) bool { return i.GPS }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			data := realPhoto(t, tc.name)
			if data == nil {
				return
			}
			info, err := Inspect(data, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if info.Width != tc.w || info.Height != tc.h || info.Profile != tc.profile {
				t.Errorf("%d × %d in %q, want %d × %d in %q", info.Width, info.Height, info.Profile, tc.w, tc.h, tc.profile)
			}
			for field, want := range tc.words {
				if got := info.Words.Value(field); got != want {
					t.Errorf("%s: got %q, want %q", field, got, want)
				}
			}
			if tc.check != nil && !tc.check(info) {
				t.Errorf("got %+v", info)
			}
		})
	}
}

func TestRealTurned(t *testing.T) {
	for _, tc := range []struct {
		pair [2]string
		size image.Point
	}{
		{[2]string{"turned/landscape_1.jpg", "turned/landscape_3.jpg"}, image.Pt(600, 450)},
		{[2]string{"turned/landscape_1.jpg", "turned/landscape_6.jpg"}, image.Pt(600, 450)},
		{[2]string{"turned/landscape_1.jpg", "turned/landscape_8.jpg"}, image.Pt(600, 450)},
		{[2]string{"turned/portrait_5.jpg", "turned/portrait_7.jpg"}, image.Pt(450, 600)},
	} {
		a, b := realPhoto(t, tc.pair[0]), realPhoto(t, tc.pair[1])
		if a == nil || b == nil {
			return
		}
		first, second := must(Thumbnail(a, nil, Recipe{}, 600)), must(Thumbnail(b, nil, Recipe{}, 600))
		if first.Rect.Size() != tc.size || second.Rect.Size() != tc.size {
			t.Errorf("%v: sizes %v and %v", tc.pair, first.Rect, second.Rect)
		}
		// A digit in the middle and the profile differ; the scene must not.
		if d := difference(Fit(first, 30, 30), Fit(second, 30, 30)); d > 14 {
			t.Errorf("%v: differ by %.1f levels", tc.pair, d)
		}
	}
}

func TestRealBroken(t *testing.T) {
	for name, want := range map[string]error{
		"broken/bomb.png": ErrTooLarge, "broken/empty.jpg": ErrEmpty, "broken/text.jpg": ErrNotPhoto,
	} {
		data := realPhoto(t, name)
		if data == nil && !errors.Is(want, ErrEmpty) {
			return
		}
		if _, err := Inspect(data, Limits{}); !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", name, err, want)
		}
	}
	// Its name notwithstanding this one is whole, a web button of 61 by 58 pixels: taken, with a warning.
	if data := realPhoto(t, "broken/invalid.jpg"); data != nil {
		if info, err := Inspect(data, Limits{}); err != nil || len(info.Warnings) == 0 {
			t.Errorf("broken/invalid.jpg: got %+v, %v", info, err)
		}
	}
	// The upper rows of this one have come.
	if data := realPhoto(t, "broken/truncated.jpg"); data != nil {
		info, err := Inspect(data, Limits{})
		if err != nil || info.Width != 6000 || !strings.Contains(fmt.Sprint(info.Warnings), "about 96 % of the picture is missing") {
			t.Errorf("broken/truncated.jpg: got %+v, %v", info, err)
		}
		if img, err := Thumbnail(data, info, Recipe{}, 320); err != nil || img.Rect.Dx() != 320 {
			t.Errorf("broken/truncated.jpg: thumbnail %v", err)
		}
	}
}
