// Command photodesk-votes counts the votes that readers give to essays and their
// photos, by the protocol of package votes. It is one pure Go program over
// SQLite or PostgreSQL; OPERATIONS.md says how to run it.
//
// It exits with 0 when all is done, 1 when a check found problems, and 2 for
// wrong usage or when nothing was done. Results go to standard output, messages
// and logs to standard error.
package main

import (
	"context"
	"errors"
	"io"
	"os"

	"github.com/alecthomas/kong"

	"photodesk/cmd/program"
	"photodesk/export/votes/store"
)

// version is set at link time.
var version = "0.1.0"

type cli struct {
	DB      string           `name:"db" env:"PHOTODESK_VOTES_DB" default:"votes.db" help:"Where votes are: an SQLite file, or postgres://…" placeholder:"FILE|URL"`
	Version kong.VersionFlag `help:"Print the version."`

	Serve   serveCmd   `cmd:"" help:"Count votes until interrupted."`
	Keys    keysCmd    `cmd:"" help:"List, add and remove the projects that are counted for."`
	Protect protectCmd `cmd:"" help:"Have browsers work before they vote on an essay for the first time, or no longer."`
	Report  reportCmd  `cmd:"" help:"Say how many votes there are, and prove the tallies."`
	Export  exportCmd  `cmd:"" help:"Write all tallies as CSV or JSON."`
	Forget  forgetCmd  `cmd:"" help:"Remove what is left of votes that were taken back, and sessions and links that hold no longer."`
}

// output is where a command writes.
type output struct{ stdout, stderr io.Writer }

func main() {
	program.Main(func(ctx context.Context, args []string) int { return run(ctx, args, os.Stdout, os.Stderr) })
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) (code int) {
	var c cli
	return program.Program{
		Name: "photodesk-votes", Description: "Counts the votes of an essay's readers.", Version: version, Commands: &c,
		Bind: func() []any { return []any{&c, &output{stdout, stderr}} },
	}.Run(ctx, args, stdout, stderr)
}

// withStore opens the store, runs fn and closes it.
func (c *cli) withStore(ctx context.Context, fn func(store.Store) error) (err error) {
	s, err := store.Open(ctx, c.DB)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return fn(s)
}
