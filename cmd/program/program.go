// Package program owns how a program without a window reads its command line, and how it ends.
package program

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// What a program exits with.
const (
	Done     = 0
	Problems = 1 // done, with problems
	Nothing  = 2 // wrong usage, or nothing was done
)

// ErrProblems says that a command did its work and reported problems.
var ErrProblems = errors.New("done with problems")

// Program is what a command line is read for.
type Program struct {
	Name, Description, Version string
	Commands                   any // a pointer to kong's struct of commands
	// Bind is what commands get beside their context, made once the line is read.
	Bind func() []any
}

// Main runs the program until it ends or is interrupted, and exits. run is given the arguments.
func Main(run func(ctx context.Context, args []string) (code int)) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// exited carries kong's wish to exit out of it.
type exited int

// Run reads the arguments and runs the command that they name; errors go to stderr. It never panics.
func (p Program) Run(ctx context.Context, args []string, stdout, stderr io.Writer) (code int) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case exited:
			code = max(code, int(r))
		default:
			fmt.Fprintf(stderr, "%s: a fault of the program: %v\n", p.Name, r)
			code = Nothing
		}
	}()
	parser, err := kong.New(p.Commands,
		kong.Name(p.Name),
		kong.Description(p.Description),
		kong.Writers(stdout, stderr),
		kong.Exit(func(n int) { panic(exited(n)) }),
		kong.Vars{"version": p.Name + " " + p.Version},
	)
	if err != nil {
		panic(err) // the commands are declared wrong
	}
	if len(args) == 0 {
		args = []string{"--help"}
		code = Nothing
	}
	kctx, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(stderr, "%s: %v\nTry %s --help.\n", p.Name, err, p.Name)
		return Nothing
	}
	kctx.BindTo(ctx, (*context.Context)(nil))
	switch err := kctx.Run(p.Bind()...); {
	case err == nil:
		return Done
	case errors.Is(err, ErrProblems):
		return Problems
	default:
		fmt.Fprintf(stderr, "%s: %v\n", p.Name, err)
		return Nothing
	}
}
