package page

// This file owns the files beside the HTML: style, script, fonts and icon. Each
// is named by its content, so that it can be cached for ever.

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"regexp"
	"strings"

	"photodesk/assets"
)

// statics are the static files of one page and the paths its HTML needs.
type statics struct {
	style, script, icon string
	voting              string // the votes' script, "" where there is nothing to vote on
	files               []File
}

// add names a file by its content and returns its path in the bundle.
func (s *statics) add(name, ext, mediaType string, data []byte) string {
	sum := sha256.Sum256(data)
	p := "static/" + name + "." + hex.EncodeToString(sum[:4]) + "." + ext
	s.files = append(s.files, File{Path: p, Data: data, MediaType: mediaType})
	return p
}

func makeStatics(in Input, theme Theme) (statics, error) {
	var s statics
	script, err := assets.Page.ReadFile("page/page.js")
	if err != nil {
		return s, fmt.Errorf("read the page's script: %w", err)
	}
	s.script = s.add("page", "js", "text/javascript", lean(script))
	if in.Essay.Votable() {
		if script, err = assets.Page.ReadFile("page/votes.js"); err != nil {
			return s, fmt.Errorf("read the votes' script: %w", err)
		}
		s.voting = s.add("votes", "js", "text/javascript", lean(script))
	}

	return s, s.look(theme, tones(in))
}

// look adds icon, style and faces. more comes after what the theme says, and what paper needs after that: it is the same for
// every theme.
func (s *statics) look(theme Theme, more []byte) error {
	s.icon = s.add("icon", "svg", "image/svg+xml", assets.IconSVG)
	base, err := assets.Page.ReadFile("page/base.css")
	if err != nil {
		return fmt.Errorf("read the page's style: %w", err)
	}
	own, err := theme.style()
	if err != nil {
		return err
	}
	paper, err := assets.Page.ReadFile("page/print.css")
	if err != nil {
		return fmt.Errorf("read the style for paper: %w", err)
	}
	css, err := s.addFonts(lean(bytes.Join([][]byte{base, own, more, paper}, []byte("\n"))), theme)
	if err != nil {
		return err
	}
	s.style = s.add("page", "css", "text/css", css)
	return nil
}

var fontPattern = regexp.MustCompile(`url\("fonts/([a-z0-9-]+)\.woff2"\)`)

// addFonts brings along the faces that a style names as url("fonts/NAME.woff2")
// and writes their real names in.
func (s *statics) addFonts(css []byte, theme Theme) ([]byte, error) {
	var failed error
	paths := map[string]string{}
	css = fontPattern.ReplaceAllFunc(css, func(m []byte) []byte {
		name := string(fontPattern.FindSubmatch(m)[1])
		if paths[name] == "" {
			data, err := theme.face(name)
			if err != nil {
				failed = fmt.Errorf("read a font of theme %q: %w", theme.Name, err)
				return m
			}
			paths[name] = path.Base(s.add(name, "woff2", "font/woff2", data))
		}
		return []byte(`url("` + paths[name] + `")`)
	})
	return css, failed
}

// tones writes a rule for each photo: its ratio, by which rows and stages are
// laid out before it has loaded, and the colour that stands in for it. They are
// in the style file because the page's policy allows no inline style.
func tones(in Input) []byte {
	var b strings.Builder
	seen := map[string]bool{}
	for _, id := range in.Essay.PhotoIDs() {
		p := in.Photos[id]
		if seen[p.Key] {
			continue
		}
		seen[p.Key] = true
		fmt.Fprintf(&b, ".%s{--ratio:%.4f", toneClass(p.Key), p.ratio())
		if p.Placeholder != "" {
			fmt.Fprintf(&b, ";--tone:%s", strings.ToLower(p.Placeholder))
		}
		b.WriteString("}\n")
	}
	return []byte(b.String())
}

// lean drops comments that begin a line, blank lines and indentation: comments
// are for whoever works on Photodesk. It knows no strings, so a template
// literal in the script must not span lines.
func lean(src []byte) []byte {
	var out bytes.Buffer
	inComment := false
	for l := range bytes.Lines(src) {
		l = bytes.TrimSpace(l)
		if inComment || bytes.HasPrefix(l, []byte("/*")) {
			_, rest, closed := bytes.Cut(l, []byte("*/"))
			inComment, l = !closed, bytes.TrimSpace(rest)
		}
		if len(l) > 0 && !bytes.HasPrefix(l, []byte("//")) {
			out.Write(l)
			out.WriteByte('\n')
		}
	}
	return out.Bytes()
}
