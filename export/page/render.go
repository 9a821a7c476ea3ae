package page

// This file owns the way from an Input to files.

import (
	"bytes"
	"fmt"
	"html/template"
	"regexp"
	"slices"

	"photodesk/assets"
)

// Render makes the page of an essay: index.html, embed.html, the static files and, where it is known at which address the essay
// will be read, oembed.json and entry.xml; sorted by path. The same input gives the same bytes. Photos are not
// among the files; they are pointed at where Input says they will be.
//
// Errors wrap [ErrInput] where the input is at fault.
func Render(in Input) ([]File, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	theme := in.Theme.orDefault()
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
	templates, err := parseTemplates(theme, w, v, votes)
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

	others, err := feeds(in, v)
	if err != nil {
		return nil, err
	}
	files = append(files, others...)
	slices.SortFunc(files, func(a, b File) int { return bytes.Compare([]byte(a.Path), []byte(b.Path)) })
	return files, nil
}

// tongue is the language of the page's own words, where the essay is in another.
type tongue struct{ Lang, Dir string }

// parseTemplates reads the shared templates, then the theme's, which may define any of
// the shared ones anew.
func parseTemplates(theme Theme, w words, v *view, votes *service) (*template.Template, error) {
	t := template.New("").Funcs(template.FuncMap{
		"word":        w.say,
		"scriptWords": func() map[string]string { return w.script(votes != nil, v.Ruled) },
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
	own, err := theme.template()
	if err != nil {
		return nil, err
	}
	if _, err = t.New("page.tmpl").Parse(string(own)); err != nil {
		return nil, fmt.Errorf("%w: theme %q: %w", ErrInput, theme.Name, err)
	}
	return t, nil
}

func sameLanguage(a, b string) bool {
	return len(a) >= 2 && len(b) >= 2 && a[:2] == b[:2] && (len(b) == 2 || b[2] == '-')
}

var blankLines = regexp.MustCompile(`[\t ]*\n[\n\t ]*\n|[\t ]+\n`)

// execute runs a template and closes up the blank lines that its control
// structures leave. A blank line inside a caption becomes a plain line break.
func execute(t *template.Template, name string, v *view) ([]byte, error) {
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, name, v); err != nil {
		return nil, fmt.Errorf("render %s: %w", name, err)
	}
	return blankLines.ReplaceAll(b.Bytes(), []byte("\n")), nil
}
