package export

import (
	"bytes"
	"fmt"
	"image/jpeg"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"photodesk/project"
	"photodesk/project/photo"
)

// reads runs one of poppler's tools, the readers of PDF that people have.
func reads(t *testing.T, tool string, args ...string) string {
	t.Helper()
	var out, said bytes.Buffer
	cmd := exec.Command(tool, args...)
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil || said.Len() > 0 {
		t.Fatalf("%s: %v: %s", tool, err, said.String())
	}
	return out.String()
}

func contactOf(t *testing.T, p *project.Project, essay int64, o ContactOptions) (ContactReport, string) {
	t.Helper()
	o.Out, o.Cache = filepath.Join(t.TempDir(), "sheet.pdf"), t.TempDir()
	rep, err := Contact(t.Context(), p, essay, o, nil)
	must(t, err)
	return rep, reads(t, "pdftotext", rep.File, "-")
}

func flat(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestContactSheetSaysAndShowsEveryPhoto(t *testing.T) {
	p, essay := newEssay(t, 14)
	rep, text := contactOf(t, p, essay, ContactOptions{})
	for n := 1; n <= 14; n++ {
		for _, want := range []string{fmt.Sprintf("Waves break, number %d.", n), fmt.Sprintf("photo-%d.jpg", n-1)} {
			if strings.Count(flat(text), want) != 1 {
				t.Errorf("%q stands %d times in the sheet", want, strings.Count(flat(text), want))
			}
		}
	}
	if n := strings.Count(text, "Jane Doe/AP"); n != 14 {
		t.Errorf("%d credits", n)
	}
	for _, want := range []string{"Storm <over> the coast", "Contact sheet", "1/3", "3/3"} {
		if !strings.Contains(flat(text), want) {
			t.Errorf("the sheet doesn't say %q", want)
		}
	}
	images := strings.Count(reads(t, "pdfimages", "-list", rep.File), "jpeg")
	if images != 14 {
		t.Errorf("%d JPEGs", images)
	}
	if rep.Bytes > 14*100<<10 {
		t.Errorf("%d bytes", rep.Bytes)
	}
	if info := reads(t, "pdfinfo", rep.File); !strings.Contains(info, "595.276 x 841.89 pts (A4)") || strings.Contains(info, "CreationDate") {
		t.Error(info)
	}
	letter, _ := contactOf(t, p, essay, ContactOptions{Letter: true, Columns: 3})
	if info := reads(t, "pdfinfo", letter.File); !strings.Contains(info, "612 x 792 pts (letter)") || !regexp.MustCompile(`Pages: +2\n`).MatchString(info) {
		t.Error(info)
	}
	again, _ := contactOf(t, p, essay, ContactOptions{})
	a, err := os.ReadFile(rep.File)
	must(t, err)
	b, err := os.ReadFile(again.File)
	must(t, err)
	if !bytes.Equal(a, b) {
		t.Error("the same essay gave other bytes")
	}
}

// Captions in any script come back out of the PDF as they were typed, whichever font they are set in.
func TestContactSheetInEveryScript(t *testing.T) {
	captions := map[string]string{
		"Ukrainian": "Хвилі б'ються об берег біля Одеси, їх бачить Ґанна.",
		"Greek":     "Κύματα σπάνε στην ακτή, λέει η Άννα.",
		"Polish":    "Zażółć gęślą jaźń nad brzegiem.",
		"Hebrew":    "גלים נשברים על החוף ליד חיפה",
		"Arabic":    "الأمواج تتكسر على الشاطئ قرب بيروت",
		"Chinese":   "海浪拍打着港口附近的海岸",
	}
	for name, caption := range captions {
		t.Run(name, func(t *testing.T) {
			p, essay := newEssay(t, 2)
			rtl := name == "Hebrew" || name == "Arabic"
			must(t, p.Edit(t.Context(), "Words", func(tx *project.Tx) error {
				ph, err := tx.Photo(1)
				if err != nil {
					return err
				}
				ph.Caption = caption
				if err := tx.UpdatePhoto(ph); err != nil || !rtl {
					return err
				}
				e, err := tx.Essay(essay)
				if err != nil {
					return err
				}
				e.Dir = "rtl"
				return tx.UpdateEssay(e)
			}))
			rep, text := contactOf(t, p, essay, ContactOptions{})
			if len(rep.Missing) > 0 {
				t.Fatalf("no font for %v: .ci/install test brings them", rep.Missing)
			}
			// Readers put marks of direction around words, and presentation forms are the letters that they show.
			text = strings.Map(func(r rune) rune {
				if r >= '\u200b' && r <= '\u200f' || r >= '\u202a' && r <= '\u202e' {
					return -1
				}
				return r
			}, text)
			if !strings.Contains(strings.ReplaceAll(flat(text), " ", ""), strings.ReplaceAll(caption, " ", "")) {
				t.Errorf("%q is not in the sheet:\n%s", caption, text)
			}
		})
	}
}

func TestContactSheetSaysWhatNoFontDraws(t *testing.T) {
	p, essay := newEssay(t, 1)
	must(t, p.Edit(t.Context(), "Words", func(tx *project.Tx) error {
		ph, err := tx.Photo(1)
		if err != nil {
			return err
		}
		ph.Caption = "Before \U00012000\U00012001 after" // cuneiform
		return tx.UpdatePhoto(ph)
	}))
	rep, text := contactOf(t, p, essay, ContactOptions{})
	if fmt.Sprint(rep.Missing) != "[Xsux]" || !strings.Contains(flat(text), "Before [Xsux] after") {
		t.Errorf("missing %v; the sheet says\n%s", rep.Missing, text)
	}
}

// What is covered stays so, what is redacted is gone, and nothing of an original but its words and pixels is in the file.
func TestContactSheetExposesNothing(t *testing.T) {
	p, essay := newEssay(t, 2)
	must(t, p.Edit(t.Context(), "Cover and redact", func(tx *project.Tx) error {
		one, err := tx.Photo(1)
		if err != nil {
			return err
		}
		one.Sensitive, one.SensitiveWhy = true, "It shows an injury."
		if err := tx.UpdatePhoto(one); err != nil {
			return err
		}
		two, err := tx.Photo(2)
		if err != nil {
			return err
		}
		two.Recipe.Redactions = []photo.Redaction{{Rect: photo.Rect{W: 1, H: 1}}}
		return tx.UpdatePhoto(two)
	}))
	rep, text := contactOf(t, p, essay, ContactOptions{})
	if rep.Covered != 1 || !strings.Contains(flat(text), "Sensitive content. It shows an injury.") {
		t.Errorf("covered %d:\n%s", rep.Covered, text)
	}
	if n := strings.Count(reads(t, "pdfimages", "-list", rep.File), "jpeg"); n != 1 {
		t.Errorf("%d photos of 1", n)
	}
	dir := t.TempDir()
	reads(t, "pdfimages", "-j", rep.File, filepath.Join(dir, "p"))
	names, err := filepath.Glob(filepath.Join(dir, "*.jpg"))
	must(t, err)
	for _, name := range names {
		data, err := os.ReadFile(name)
		must(t, err)
		for _, bad := range []string{"Exif", "http://ns.adobe.com", "Photoshop 3.0"} {
			if bytes.Contains(data, []byte(bad)) {
				t.Errorf("the photo holds %q", bad)
			}
		}
		img, err := jpeg.Decode(bytes.NewReader(data))
		must(t, err)
		b := img.Bounds()
		first := img.At(b.Dx()/4, b.Dy()/4)
		if first != img.At(3*b.Dx()/4, 3*b.Dy()/4) {
			t.Error("what was redacted shows")
		}
	}
	shown, _ := contactOf(t, p, essay, ContactOptions{ShowSensitive: true})
	if n := strings.Count(reads(t, "pdfimages", "-list", shown.File), "jpeg"); n != 2 || shown.Covered != 0 {
		t.Errorf("%d photos shown, %d covered", n, shown.Covered)
	}
}

func TestContactSheetTakesHostileWordsAndKeepsOtherFiles(t *testing.T) {
	p, essay := hostileEssay(t)
	rep, _ := contactOf(t, p, essay, ContactOptions{Columns: 3})
	if rep.Photos != len(attacks) {
		t.Errorf("%d photos", rep.Photos)
	}
	reads(t, "pdftoppm", "-r", "20", rep.File, filepath.Join(t.TempDir(), "page"))
	other := filepath.Join(t.TempDir(), "notes.txt")
	must(t, os.WriteFile(other, []byte("mine"), 0o644))
	if _, err := Contact(t.Context(), p, essay, ContactOptions{Out: other}, nil); err == nil {
		t.Error("a file that is no PDF was replaced")
	}
	if _, err := Contact(t.Context(), p, essay, ContactOptions{Out: filepath.Join(t.TempDir(), "a.pdf"), Columns: 5}, nil); err == nil {
		t.Error("five columns were taken")
	}
}

// A place in other letters than the essay's doesn't draw the day's number into its own direction.
func TestContactSheetKeepsDaysWhole(t *testing.T) {
	for _, dir := range []string{"rtl", "ltr"} {
		t.Run(dir, func(t *testing.T) {
			p, essay := newEssay(t, 1)
			city, lang := "Bilbao", "ar"
			if dir == "ltr" {
				city, lang = "بيروت", "en"
			}
			must(t, p.Edit(t.Context(), "Words", func(tx *project.Tx) error {
				ph, err := tx.Photo(1)
				if err != nil {
					return err
				}
				ph.City, ph.TakenAt = city, "2025-05-03T10:00:00"
				if err := tx.UpdatePhoto(ph); err != nil {
					return err
				}
				e, err := tx.Essay(essay)
				if err != nil {
					return err
				}
				e.Lang, e.Dir = lang, dir
				return tx.UpdateEssay(e)
			}))
			rep, _ := contactOf(t, p, essay, ContactOptions{})
			box := reads(t, "pdftotext", "-bbox", rep.File, "-")
			at := func(word string) float64 {
				m := regexp.MustCompile(`xMin="([0-9.]+)"[^>]*>[\x{200e}\x{200f}]*` + word + `[\x{200e}\x{200f}]*<`).FindStringSubmatch(box)
				if m == nil {
					t.Fatalf("%q isn't in %s", word, box)
				}
				x, err := strconv.ParseFloat(m[1], 64)
				must(t, err)
				return x
			}
			// The line ends with the year, whichever way it runs.
			if day, year := at("3"), at("2025"); (day > year) != (dir == "rtl") {
				t.Errorf("the day stands at %v, the year at %v", day, year)
			}
			if dir == "rtl" && at(",?Bilbao,?") < at("3") {
				t.Errorf("the day stands before its place: %s", box)
			}
		})
	}
}

// What is missing of a photo is grey; the sheet says on it that the file is damaged, and the report which one it is.
func TestContactSheetMarksDamagedPhotos(t *testing.T) {
	for _, lang := range []string{"en", "ar"} {
		p, essay := newEssay(t, 1)
		whole := filepath.Join(t.TempDir(), "cut.jpg")
		writePhoto(t, whole, 1200, 800, 9)
		data, err := os.ReadFile(whole)
		must(t, err)
		must(t, os.WriteFile(whole, data[:len(data)/2], 0o644))
		got, err := p.Import(t.Context(), []string{whole}, nil)
		must(t, err)
		if len(got.Imported) != 1 || len(got.Warnings) != 1 {
			t.Fatalf("import: %+v", got)
		}
		must(t, p.Edit(t.Context(), "Place it", func(tx *project.Tx) error {
			e, err := tx.Essay(essay)
			if err != nil {
				return err
			}
			e.Lang, e.Dir = lang, map[string]string{"en": "ltr", "ar": "rtl"}[lang]
			if err := tx.UpdateEssay(e); err != nil {
				return err
			}
			_, err = tx.AddBlock(essay, 0, project.Block{Kind: project.KindPhoto, Placements: []project.Placement{{PhotoID: got.Imported[0].ID}}})
			return err
		}))
		rep, text := contactOf(t, p, essay, ContactOptions{})
		if len(rep.Damaged) != 1 || rep.Damaged[0] != "cut.jpg" {
			t.Errorf("damaged: %q", rep.Damaged)
		}
		says := regexp.MustCompile(map[string]string{"en": `Damaged file: about \d+ % is missing`, "ar": `تالف`}[lang])
		if n := len(says.FindAllString(flat(text), -1)); n != 1 {
			t.Errorf("%d photos are marked as damaged:\n%s", n, text)
		}
	}
}
