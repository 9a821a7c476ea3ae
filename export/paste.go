package export

// This file owns what a web desk pastes into a page of its own: the essay as plain HTML, or a frame that shows it.

import (
	"context"
	"fmt"

	"photodesk/export/page"
	"photodesk/project"
)

// HTML is the essay as semantic HTML for a content management system, its photos at their addresses in the bundle that the same
// options make, below the essay's canonical address. It returns a *ProblemsError as Export does, and an error where the essay
// has no such address.
func HTML(ctx context.Context, p *project.Project, essay int64, o Options, progress func(Progress)) (string, error) {
	problems, err := Check(ctx, p, essay)
	if err != nil {
		return "", err
	}
	if hasErrors(problems) {
		return "", &ProblemsError{problems}
	}
	if progress == nil {
		progress = func(Progress) {}
	}
	pn, err := newPlan(ctx, p, essay, o, openCache(o.Cache))
	if err != nil {
		return "", err
	}
	if _, err := page.EmbedCode(pn.essay); err != nil { // it has no address: said before photos are made
		return "", fmt.Errorf("copy %s as HTML: %w", pn.essay.Slug, err)
	}
	building.Add(1)
	defer building.Add(-1)
	photos, err := pn.makePhotos(ctx, dropped{}, progress)
	if err != nil {
		return "", fmt.Errorf("copy %s as HTML: %w", pn.essay.Slug, explain(err))
	}
	html, err := page.Fragment(pn.input(photos))
	if err != nil {
		return "", fmt.Errorf("copy %s as HTML: %w", pn.essay.Slug, err)
	}
	return string(html), nil
}

// EmbedCode is what a web desk pastes to show the essay in a frame that takes the height it needs. It returns an error where the
// essay has no canonical address.
func EmbedCode(ctx context.Context, p *project.Project, essay int64) (string, error) {
	e, err := p.Essay(ctx, essay)
	if err != nil {
		return "", err
	}
	code, err := page.EmbedCode(e)
	if err != nil {
		return "", fmt.Errorf("embed %s: %w", e.Slug, err)
	}
	return code, nil
}
