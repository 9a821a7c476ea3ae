package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"photodesk/cmd/program"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"photodeskctl": main})
}

// The scripts in testdata/script are what the commands promise, run as a person would.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("XDG_CACHE_HOME", filepath.Join(e.WorkDir, ".cache"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"photo": makePhoto, "status": status, "field": field,
		},
	})
}

// photo NAME NUMBER writes a JPEG that no other number gives.
func makePhoto(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	img := image.NewRGBA(image.Rect(0, 0, 700, 500))
	for i := range img.Pix {
		img.Pix[i] = uint8(i>>8 + n*40)
	}
	img.SetRGBA(0, 0, color.RGBA{uint8(n), 0, 0, 255})
	var b bytes.Buffer
	ts.Check(jpeg.Encode(&b, img, nil))
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[0])), 0o755))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o644))
}

// status CODE ARG… runs photodeskctl in this process and wants the exit code;
// what it printed is in the files out and err.
func status(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	var abs []string
	for _, a := range args[1:] {
		if strings.Contains(a, "/") || strings.Contains(a, ".") {
			a = ts.MkAbs(a)
		}
		abs = append(abs, a)
	}
	var out, errs bytes.Buffer
	got := run(context.Background(), abs, strings.NewReader(""), &out, &errs)
	ts.Check(os.WriteFile(ts.MkAbs("out"), out.Bytes(), 0o644))
	ts.Check(os.WriteFile(ts.MkAbs("err"), errs.Bytes(), 0o644))
	if got != want {
		ts.Fatalf("exit %d, want %d\n%s%s", got, want, out.String(), errs.String())
	}
}

// field PATH WANT reads out as JSON and compares the value at a path such as
// captions.0.photo; a path that ends in len is a length.
func field(ts *testscript.TestScript, neg bool, args []string) {
	data, err := os.ReadFile(ts.MkAbs("out"))
	ts.Check(err)
	var v any
	ts.Check(json.Unmarshal(data, &v))
	for _, key := range strings.Split(args[0], ".") {
		switch at := v.(type) {
		case map[string]any:
			var ok bool
			if v, ok = at[key]; !ok {
				ts.Fatalf("no %s in %s", key, data)
			}
		case []any:
			if key == "len" {
				v = len(at)
				continue
			}
			i, err := strconv.Atoi(key)
			ts.Check(err)
			if i >= len(at) {
				ts.Fatalf("no %s in %s", args[0], data)
			}
			v = at[i]
		}
	}
	got, err := json.Marshal(v)
	ts.Check(err)
	if s, ok := v.(string); ok {
		got = []byte(s)
	}
	if (string(got) == args[1]) == neg {
		ts.Fatalf("%s is %s, want %s", args[0], got, args[1])
	}
}

func TestPreviewServesUntilInterrupted(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.photodesk")
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	if code := run(t.Context(), []string{"new", file, "--sample"}, nil, io.Discard, io.Discard); code != program.Done {
		t.Fatalf("new exits with %d", code)
	}
	var list bytes.Buffer
	run(t.Context(), []string{"list", file, "--json"}, nil, &list, io.Discard)
	var essays listJSON
	if err := json.Unmarshal(list.Bytes(), &essays); err != nil || len(essays.Essays) != 1 {
		t.Fatalf("list: %v in %s", err, list.String())
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	r, w := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"preview", file, "--essay", essays.Essays[0].Slug}, nil, w, io.Discard)
		_ = w.Close()
	}()
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSpace(line), nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK || !bytes.Contains(body, []byte(essays.Essays[0].Headline)) {
		t.Errorf("preview answers %s, %v", resp.Status, err)
	}
	cancel()
	if code := <-ended; code != program.Done {
		t.Errorf("preview exits with %d after an interrupt", code)
	}
}

// All of the shared photos come in as their files say, the broken ones with reasons, the damaged one with a warning.
func TestSharedPhotos(t *testing.T) {
	dir := filepath.Join("..", "..", "..", "shared", "photos")
	if _, err := os.Stat(dir); err != nil {
		t.Log("the shared photos are not there; the scripts make photos of their own")
		return
	}
	file := filepath.Join(t.TempDir(), "a.photodesk")
	run(t.Context(), []string{"new", file}, nil, io.Discard, io.Discard)
	var out bytes.Buffer
	if code := run(t.Context(), []string{"import", "--json", file, dir}, nil, &out, io.Discard); code != program.Problems {
		t.Fatalf("import exits with %d, want %d", code, program.Problems)
	}
	var rep importJSON
	if err := json.Unmarshal(out.Bytes(), &rep); err != nil {
		t.Fatal(err)
	}
	got := map[string]photoJSON{}
	for _, p := range rep.Imported {
		got[p.Name] = p
	}
	if len(got) != 16 || len(rep.Failed) != 4 {
		t.Fatalf("%d imported, failed %v", len(got), rep.Failed)
	}
	for _, f := range rep.Failed {
		if f.Reason == "" {
			t.Errorf("%s failed without a reason", f.Name)
		}
	}
	if !slices.ContainsFunc(rep.Warnings, func(w failureJSON) bool {
		return w.Name == "truncated.jpg" && strings.Contains(w.Reason, "is damaged")
	}) {
		t.Errorf("no warning of truncated.jpg in %v", rep.Warnings)
	}
	for name, want := range map[string]photoJSON{
		"nuthatch.jpg": {
			Width: 6000, Height: 4000, Byline: "Jane Doe", Credit: "AP", CreditLine: "Jane Doe/AP", Alt: "A small grey-blue bird head down on rough bark.",
			Caption: "A nuthatch climbs down an oak in the municipal park, Saturday, March 8, 2025. The species is moving north.",
		},
		"dandelions.jpg": {
			Width: 6000, Height: 4000, Byline: "Renée Doe", Credit: "AFP", CreditLine: "Renée Doe/AFP",
			Caption: "Des pissenlits à contre-jour près de la rivière, mercredi 7 mai 2025.",
		},
		"bridge.jpg": {
			Width: 6000, Height: 4000, Byline: "Jane Doe", Credit: "Jane Doe/Agence France-Presse via Getty Images", CreditLine: "Jane Doe/AFP via Getty Images",
			Caption: "Cables of the new footbridge stand over the estuary at low tide. Jane Doe/AFP/Getty Images)",
		},
		"hilltop.jpg": {
			Width: 6000, Height: 4000, Byline: "John Doe", Credit: "Reuters", CreditLine: "John Doe/Reuters",
			Alt: "Low sun over dark hills, a round stone table in front.", Caption: "The sun rises behind an orientation table on the summit.",
		},
		"shore.jpg": {Width: 6000, Height: 4000, Byline: "Jane Doe", CreditLine: "Jane Doe", Caption: "Waves break on the shore after the storm."},
		"ridge.jpg": {
			Width: 6000, Height: 4000, Byline: "Jane Doe", CreditLine: "Jane Doe/AP", Sensitive: true,
			Caption: "The ridge path is closed after a rockfall. (AP Photo/Jane Doe)",
		},
		"peaks.jpg":       {Width: 6000, Height: 4000},
		"wine.jpg":        {Width: 4000, Height: 6000, Credit: "HO", CreditLine: "HO", Caption: "Name to come pours wine at the harvest fair."},
		"gps.jpg":         {Width: 640, Height: 480},
		"landscape_1.jpg": {Width: 600, Height: 450},
		"landscape_3.jpg": {Width: 600, Height: 450},
		"landscape_6.jpg": {Width: 600, Height: 450},
		"landscape_8.jpg": {Width: 600, Height: 450},
		"portrait_5.jpg":  {Width: 450, Height: 600},
		"portrait_7.jpg":  {Width: 450, Height: 600},
	} {
		p := got[name]
		want.ID, want.Name, want.SHA256 = p.ID, name, p.SHA256
		if p != want {
			t.Errorf("%s is\n%+v, want\n%+v", name, p, want)
		}
	}
}
