package publish

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	t.Chdir(t.TempDir())
	here, err := filepath.Abs(".")
	must(t, err)
	for text, want := range map[string]Target{
		"out":                                {Kind: Folder, Path: filepath.Join(here, "out")},
		"/srv/www/storm/":                    {Kind: Folder, Path: "/srv/www/storm"},
		"storm.ZIP":                          {Kind: Zip, Path: filepath.Join(here, "storm.ZIP")},
		"sftp://desk@web.example.org/srv/a":  {Kind: SFTP, User: "desk", Host: "web.example.org:22", Path: "/srv/a"},
		"sftp://desk@[::1]:2022/~/www/a%23b": {Kind: SFTP, User: "desk", Host: "[::1]:2022", Path: "/~/www/a#b"},
		"sftp://a%40b@h/x?key=~/.ssh/desk":   {Kind: SFTP, User: "a@b", Host: "h:22", Path: "/x", Key: "~/.ssh/desk"},
		"s3://bucket":                        {Kind: S3, Bucket: "bucket"},
		"s3://ID@bucket/a/b/?endpoint=https://S3.example.org:9000/&region=eu-west-1": {
			Kind: S3, User: "ID", Bucket: "bucket", Path: "a/b", Endpoint: "https://s3.example.org:9000", Region: "eu-west-1",
		},
	} {
		got, err := Parse(text)
		if err != nil || got != want {
			t.Errorf("%s: %+v, want %+v: %v", text, got, want, err)
		}
	}
	for text, says := range map[string]string{
		"":                                   "name a target",
		"ftp://h/x":                          "ftp:// is not spoken here",
		"sftp://desk:pass@h/x":               "PHOTODESK_SFTP_PASSWORD",
		"s3://id:pass@bucket/x":              "AWS_SECRET_ACCESS_KEY",
		"sftp://h/x":                         "name the user",
		"sftp://desk@/x":                     "name the server",
		"sftp://desk@::/x":                   "name the server",
		"sftp://desk@h/":                     "a folder of the essay's own",
		"sftp://desk@h/~":                    "a folder of the essay's own",
		"sftp://desk@h/a/../../etc":          ".. is no part",
		"sftp://desk@h:99999/x":              "is no port",
		"sftp://desk@h/x?pass=1":             `"pass"`,
		"sftp://desk@h/x?key=a&key=b":        "twice",
		"s3://Bucket/x":                      "no bucket's name",
		"s3://bucket/a//b":                   "can't be a folder's name",
		"s3://bucket/a/../b":                 "can't be a folder's name",
		"s3://bucket/x?endpoint=ftp://h":     "endpoint",
		"s3://bucket/x?endpoint=https://h/p": "endpoint",
		"s3://bucket/x?endpoint=https://::":  "endpoint",
		"a\x00b":                             "can't be read",
	} {
		if _, err := Parse(text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q", text, err, says)
		} else if strings.Contains(err.Error(), "pass@") {
			t.Errorf("%q: the error tells the password: %v", text, err)
		}
	}
}

// Whatever is typed gives an error or a target that is written as it is read, and leads nowhere else.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"out", "a.zip", "sftp://desk@h:2022/~/a?key=/k", "s3://id@bucket/a/b?endpoint=http://127.0.0.1:1&region=x", "sftp://a@[fe80::1%25eth0]/x", "s3://b%2f/..", "://", "sftp://0@::/00",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := Parse(text)
		if err != nil {
			return
		}
		again, err := Parse(got.String())
		if err != nil || again != got {
			t.Errorf("%q is %+v, written %s and read as %+v: %v", text, got, got, again, err)
		}
		for _, part := range strings.Split(filepath.ToSlash(got.Path), "/") {
			if part == ".." {
				t.Errorf("%q leads out: %+v", text, got)
			}
		}
	})
}
