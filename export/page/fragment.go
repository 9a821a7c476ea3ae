package page

// This file owns the essay as a piece of another page: what a web desk pastes into its content management system.

import "strings"

// Fragment is the essay's blocks and corrections as semantic HTML, without class, style or script, the photos at their
// addresses in the bundle. It needs to know where that will be: errors wrap [ErrInput] where Essay.Canonical is no web address.
func Fragment(in Input) ([]byte, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	in.VotesURL = "" // votes stay with the essay's own page
	w, err := wordsFor(in.Essay.Lang)
	if err != nil {
		return nil, err
	}
	v, err := build(in, w, statics{}, nil)
	if err != nil {
		return nil, err
	}
	if v.Canonical == "" {
		return nil, errNowhere
	}
	for _, b := range v.Blocks {
		for _, f := range b.Photos {
			f.Src = absolute(v.Canonical, f.Src)
			f.Srcset = absoluteSet(v.Canonical, f.Srcset)
			for i := range f.Sources {
				f.Sources[i].Srcset = absoluteSet(v.Canonical, f.Sources[i].Srcset)
			}
		}
	}
	t, err := parseTemplates(Theme{}.orDefault(), w, v, nil)
	if err != nil {
		return nil, err
	}
	return execute(t, "fragment.tmpl", v)
}

// absoluteSet is a srcset whose paths are resolved.
func absoluteSet(canonical, set string) string {
	candidates := strings.Split(set, ", ")
	for i, c := range candidates {
		at, width, _ := strings.Cut(c, " ")
		candidates[i] = absolute(canonical, at) + " " + width
	}
	return strings.Join(candidates, ", ")
}
