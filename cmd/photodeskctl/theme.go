package main

// This file owns the commands for whoever makes a theme.

import (
	"cmp"
	"fmt"
	"io"

	"photodesk/cmd/program"
	"photodesk/export"
)

type themeCmd struct {
	List  themeListCmd  `cmd:"" help:"List the themes, and the folder that a newsroom's own are put into."`
	New   themeNewCmd   `cmd:"" help:"Begin a theme in a new folder, with the files of another and the contract that it keeps to."`
	Check themeCheckCmd `cmd:"" help:"Say what in a theme breaks a page, with file and line."`
}

type themeListCmd struct{}

func (themeListCmd) Run(out *output) error {
	dir, err := export.ThemesDir()
	if err != nil {
		return err
	}
	themes := export.Themes()
	return out.result(map[string]any{"themes": themes, "folder": dir}, func(w io.Writer) {
		for _, t := range themes {
			fmt.Fprintln(w, t)
		}
		fmt.Fprintf(w, "Others are found in %s.\n", dir)
	})
}

type themeNewCmd struct {
	Dir  string `arg:"" help:"The theme's folder, named as the theme: lower-case letters, digits, hyphens."`
	From string `help:"The theme to begin with." default:"broadsheet"`
}

func (c *themeNewCmd) Run(out *output) error {
	if err := export.NewTheme(c.Dir, c.From); err != nil {
		return err
	}
	return out.result(map[string]string{"folder": c.Dir}, func(w io.Writer) {
		fmt.Fprintf(w, "%s: begun with %s; README.md says what a theme keeps to\n", c.Dir, c.From)
	})
}

type themeCheckCmd struct {
	Dir string `arg:"" help:"The theme's folder."`
}

type themeProblemJSON struct {
	File    string `json:"file"`
	Line    int    `json:"line,omitempty"`
	Message string `json:"message"`
}

func (c *themeCheckCmd) Run(out *output) error {
	problems, err := export.CheckTheme(c.Dir)
	if err != nil {
		return err
	}
	list := []themeProblemJSON{}
	for _, p := range problems {
		list = append(list, themeProblemJSON{p.File, p.Line, p.Message})
	}
	err = out.result(map[string]any{"problems": list}, func(w io.Writer) {
		for _, p := range problems {
			fmt.Fprintln(w, p)
		}
		if len(problems) == 0 {
			fmt.Fprintln(w, "Every page can wear it.")
		}
	})
	if len(problems) > 0 {
		return cmp.Or(err, program.ErrProblems)
	}
	return err
}
