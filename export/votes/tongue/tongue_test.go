package tongue

import "testing"

func TestFor(t *testing.T) {
	for _, folder := range []string{"i18n/page", "i18n/account"} {
		all, err := Load(folder)
		if err != nil {
			t.Fatal(err)
		}
		if len(all.all) != 8 {
			t.Errorf("%s has %d languages", folder, len(all.all))
		}
		for accepted, want := range map[string]string{
			"": "en", "tlh": "en", "de-AT, en;q=0.5": "de", "ar-EG": "ar", "pt-BR,pt;q=0.9": "pt", "zh-Hans-CN": "zh", "fr;q=0.2, uk": "uk", "\x00": "en",
		} {
			got := all.For(accepted)
			if got.Lang != want || (got.Dir == "rtl") != (want == "ar") || len(got.Text) == 0 {
				t.Errorf("%s, %q: %s %s with %d words, want %s", folder, accepted, got.Lang, got.Dir, len(got.Text), want)
			}
		}
	}
}
