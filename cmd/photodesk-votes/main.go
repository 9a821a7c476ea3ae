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
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"photodesk/export/votes/store"
)

const (
	exitDone     = 0
	exitProblems = 1
	exitNothing  = 2
)

// version is set at link time.
var version = "0.1.0"

// errProblems says that a command did its work and found problems.
var errProblems = errors.New("done with problems")

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
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// exited carries kong's wish to exit out of it.
type exited int

func run(ctx context.Context, args []string, stdout, stderr io.Writer) (code int) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case exited:
			code = max(code, int(r))
		default:
			fmt.Fprintf(stderr, "photodesk-votes: a fault of the program: %v\n", r)
			code = exitNothing
		}
	}()
	var c cli
	parser, err := kong.New(&c,
		kong.Name("photodesk-votes"),
		kong.Description("Counts the votes of an essay's readers."),
		kong.Writers(stdout, stderr),
		kong.Exit(func(n int) { panic(exited(n)) }),
		kong.Vars{"version": "photodesk-votes " + version},
	)
	if err != nil {
		panic(err) // the command line above is wrong
	}
	if len(args) == 0 {
		args = []string{"--help"}
		code = exitNothing
	}
	kctx, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(stderr, "photodesk-votes: %v\nTry photodesk-votes --help.\n", err)
		return exitNothing
	}
	kctx.BindTo(ctx, (*context.Context)(nil))
	switch err := kctx.Run(&c, &output{stdout, stderr}); {
	case err == nil:
		return exitDone
	case errors.Is(err, errProblems):
		return exitProblems
	default:
		fmt.Fprintf(stderr, "photodesk-votes: %v\n", err)
		return exitNothing
	}
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
