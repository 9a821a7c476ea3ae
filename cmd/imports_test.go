// Package cmd_test keeps the table of which package may import which.
package cmd_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// table is the import table of ARCHITECTURE.md: for a package, or for all
// under a path that ends in /…, what it may import of ours. The first row that
// fits a package counts.
var table = []struct {
	pkg string
	may []string
}{
	{"cmd/program", nil},
	{"cmd/photodeskctl", []string{"cmd/program", "project/…", "export/…", "assets/…"}},
	{"cmd/photodesk-votes", []string{"cmd/program", "export/votes/…", "assets/…"}},
	{"cmd/photodesk", []string{"ui/…", "project/…", "export/…", "assets/…"}},
	{"cmd/photodesk-peers", []string{"project/…", "export/…"}},
	{"project/photo", nil},
	{"project/wording", nil},
	{"project", []string{"project/…"}},
	{"export/derive", []string{"project/photo"}},
	{"export/votes/…", []string{"export/votes/…", "assets/…"}},
	{"export/sheet", []string{"assets/…"}},
	{"export/publish", []string{"export"}},
	{"export/page/…", []string{"project/…", "assets/…", "export/page/…"}},
	{"export", []string{"project/…", "export/derive/…", "export/page/…", "export/votes/…", "export/sheet", "assets/…"}}, // not export/publish
	{"ui/…", []string{"ui/…", "project/…", "export", "export/publish", "assets/…"}},
	{"assets/…", []string{"assets/…"}},
}

// headless packages never need Fyne, a window or a C compiler.
var headless = []string{"cmd/program", "cmd/photodeskctl", "cmd/photodesk-votes", "project/…", "export/…", "assets/…"}

type pkg struct {
	ImportPath string
	Imports    []string
	GoFiles    []string
}

func TestImportTable(t *testing.T) {
	for _, p := range list(t) {
		name, ours := strings.CutPrefix(p.ImportPath, "photodesk/")
		if !ours || len(p.GoFiles) == 0 { // tests alone may import what they test
			continue
		}
		row := slices.IndexFunc(table, func(r struct {
			pkg string
			may []string
		},
		) bool {
			return fits(name, r.pkg)
		})
		if row < 0 {
			t.Errorf("%s has no row in the import table", name)
			continue
		}
		for _, imp := range p.Imports {
			if of, ours := strings.CutPrefix(imp, "photodesk/"); ours {
				if !slices.ContainsFunc(table[row].may, func(m string) bool { return fits(of, m) }) {
					t.Errorf("%s imports %s; it may import %v", name, of, table[row].may)
				}
			}
			if slices.ContainsFunc(headless, func(h string) bool { return fits(name, h) }) && strings.HasPrefix(imp, "fyne.io/") {
				t.Errorf("%s imports %s, and has to work without a window", name, imp)
			}
		}
	}
}

// The domain's own words stay with SQLite: the windows never see SQL. The vote
// service has a store of its own.
func TestOnlyStoresKnowSQL(t *testing.T) {
	for _, p := range list(t) {
		if slices.Contains(p.Imports, "database/sql") && p.ImportPath != "photodesk/project" && p.ImportPath != "photodesk/export/votes/store" {
			t.Errorf("%s imports database/sql", p.ImportPath)
		}
	}
}

func fits(name, pattern string) bool {
	base, deep := strings.CutSuffix(pattern, "/…")
	return name == base || deep && strings.HasPrefix(name, base+"/")
}

func list(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports,GoFiles", "photodesk/...")
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("go list: %v\n%s", err, exit.Stderr)
		}
		t.Fatal(err)
	}
	var pkgs []pkg
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		err := dec.Decode(&p)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		pkgs = append(pkgs, p)
	}
	if len(pkgs) < 8 {
		t.Fatalf("go list found %d packages only", len(pkgs))
	}
	return pkgs
}
