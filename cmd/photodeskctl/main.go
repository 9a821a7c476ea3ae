// Command photodeskctl does without a window what a desk does with one: it
// makes projects, imports photographs, pastes stories, checks and exports
// essays. It is pure Go and needs no display.
//
// It exits with 0 when all is done, 1 when it is done with problems (files
// failed, the check found errors), and 2 for wrong usage or when nothing was
// done. Messages go to standard error, results to standard output; --json
// makes results one JSON value.
package main

import (
	"context"
	"io"
	"os"

	"github.com/alecthomas/kong"

	"photodesk/cmd/program"
	"photodesk/export"
)

type cli struct {
	JSON    bool             `name:"json" help:"Print results as JSON."`
	Version kong.VersionFlag `help:"Print the version."`

	New       newCmd       `cmd:"" help:"Make a project file."`
	Import    importCmd    `cmd:"" help:"Bring photographs into a project from files and folders."`
	Paste     pasteCmd     `cmd:"" help:"Make an essay from a pasted story; its captions are paired with the library's photos."`
	List      listCmd      `cmd:"" help:"List the essays and photos of a project."`
	Check     checkCmd     `cmd:"" help:"List what is wrong with an essay, or with all."`
	Export    exportCmd    `cmd:"" help:"Write an essay's bundle."`
	HTML      htmlCmd      `cmd:"" name:"html" help:"Print an essay as semantic HTML for a content management system, or with --embed a frame that shows it."`
	Contact   contactCmd   `cmd:"" help:"Write a contact sheet of an essay's photographs as PDF."`
	Index     indexCmd     `cmd:"" help:"Make a page of cards, and a feed, over the bundles in a folder."`
	Preview   previewCmd   `cmd:"" help:"Serve an essay's bundle on this machine until interrupted."`
	Publish   publishCmd   `cmd:"" help:"Send a bundle to a folder, a zip file, an SFTP server or an S3 store: only what changed."`
	Tallies   talliesCmd   `cmd:"" help:"Ask a vote service what it counted for an essay and its photos, and rank them."`
	Verify    verifyCmd    `cmd:"" help:"Prove a bundle against its manifest."`
	Schema    schemaCmd    `cmd:"" help:"Print the JSON Schema of story.json or bundle.json."`
	Theme     themeCmd     `cmd:"" help:"Begin and check themes."`
	Captions  captionsCmd  `cmd:"" help:"Write captions to a table, or read them from one."`
	Overrule  overruleCmd  `cmd:"" help:"Let a warning of the check pass, for a reason that is kept; or make it count again."`
	Rights    rightsCmd    `cmd:"" help:"Renew photos: when their licence ends, when their embargo does."`
	Published publishedCmd `cmd:"" help:"Say when an essay came out or will: for its page, search engines and feeds."`
	Undo      undoCmd      `cmd:"" help:"Take the last step back."`
	Redo      redoCmd      `cmd:"" help:"Do the last undone step again."`
	Log       logCmd       `cmd:"" help:"List the undo steps."`

	Changes   changesCmd   `cmd:"" help:"List what changed in an essay since its latest export."`
	Copy      copyCmd      `cmd:"" help:"Save a copy of a project with its originals, without its undo history."`
	CopyEssay copyEssayCmd `cmd:"" help:"Copy an essay with its photos to another project."`
	Pack      packCmd      `cmd:"" help:"Make one file of a project and its originals, for sending."`
	Unpack    unpackCmd    `cmd:"" help:"Make a project of a packed file."`
	Originals originalsCmd `cmd:"" help:"Prove every original by its hash; find lost ones again."`
	Key       keyCmd       `cmd:"" help:"Print the public key that a vote service knows the project by."`
	Compact   compactCmd   `cmd:"" help:"Free what nothing in a project can reach."`
}

func main() {
	program.Main(func(ctx context.Context, args []string) int { return run(ctx, args, os.Stdin, os.Stdout, os.Stderr) })
}

func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) (code int) {
	var c cli
	return program.Program{
		Name: "photodeskctl", Description: "Photo essays without a window.", Version: export.Version, Commands: &c,
		Bind: func() []any { return []any{&output{json: c.JSON, stdin: stdin, stdout: stdout, stderr: stderr}} },
	}.Run(ctx, args, stdout, stderr)
}
