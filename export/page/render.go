package page

// This file owns the way from an Input to files.

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"regexp"
	"slices"

	"photodesk/assets"
)

const defaultTheme = "broadsheet"

// Render makes the page of an essay: index.html, embed.html and the static
// files, sorted by path. The same input gives the same bytes. Photos are not
// among the files; they are pointed at where Input says they will be.
//
// Errors wrap [ErrInput] where the input is at fault.
func Render(in Input) ([]File, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	theme := in.Theme
	if theme == "" {
		theme = defaultTheme
	}
	if !slices.Contains(Themes(), theme) {
		return nil, fmt.Errorf("%w: there is no theme %q", ErrInput, theme)
	}
	votes, err := serviceAt(in.VotesURL)
	if err != nil {
		return nil, err
	}
	w, err := wordsFor(in.Essay.Lang)
	if err != nil {
		return nil, err
	}
	static, err := makeStatics(in, theme)
	if err != nil {
		return nil, err
	}
	v, err := build(in, w, static, votes)
	if err != nil {
		return nil, err
	}
	templates, err := parse(theme, w, v, votes)
	if err != nil {
		return nil, err
	}

	files := static.files
	html, err := execute(templates, "page.tmpl", v)
	if err != nil {
		return nil, err
	}
	files = append(files, File{Path: "index.html", Data: html, MediaType: "text/html; charset=utf-8"})

	// The embed shows one widget, the essay's, wherever the page has it.
	embed := *v
	for _, b := range v.Blocks {
		if b.Vote != nil {
			embed.Vote = b.Vote
		}
	}
	embed.Vote = embed.Vote.inEmbed(v.Canonical)
	if html, err = execute(templates, "embed.tmpl", &embed); err != nil {
		return nil, err
	}
	files = append(files, File{Path: "embed.html", Data: html, MediaType: "text/html; charset=utf-8"})

	slices.SortFunc(files, func(a, b File) int { return bytes.Compare([]byte(a.Path), []byte(b.Path)) })
	return files, nil
}

// tongue is the language of the page's own words, where the essay is in another.
type tongue struct{ Lang, Dir string }

// parse reads the shared templates, then the theme's, which may define any of
// the shared ones anew.
func parse(theme string, w words, v *view, votes *service) (*template.Template, error) {
	t := template.New("").Funcs(template.FuncMap{
		"word":        w.say,
		"scriptWords": func() map[string]string { return w.script(votes != nil) },
		"service":     func() *service { return votes },
		"tongue": func() *tongue {
			if sameLanguage(w.lang, v.Lang) {
				return nil
			}
			return &tongue{Lang: w.lang, Dir: "ltr"}
		},
	})
	t, err := t.ParseFS(assets.Page, "page/*.tmpl")
	if err != nil {
		return nil, fmt.Errorf("read the page's templates: %w", err)
	}
	folder, err := fs.Sub(assets.Themes, "themes/"+theme)
	if err != nil {
		return nil, fmt.Errorf("read the theme %q: %w", theme, err)
	}
	if t, err = t.ParseFS(folder, "*.tmpl"); err != nil {
		return nil, fmt.Errorf("read the templates of theme %q: %w", theme, err)
	}
	return t, nil
}

func sameLanguage(a, b string) bool {
	return len(a) >= 2 && len(b) >= 2 && a[:2] == b[:2] && (len(b) == 2 || b[2] == '-')
}

var blankLines = regexp.MustCompile(`\n[\n\t ]*\n`)

// execute runs a template and closes up the blank lines that its control
// structures leave. A blank line inside a caption becomes a plain line break.
func execute(t *template.Template, name string, v *view) ([]byte, error) {
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, name, v); err != nil {
		return nil, fmt.Errorf("render %s: %w", name, err)
	}
	return blankLines.ReplaceAll(b.Bytes(), []byte("\n")), nil
}
