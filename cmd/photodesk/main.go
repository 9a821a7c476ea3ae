// Command photodesk is the desktop editor.
//
//	photodesk [--version] [PROJECT.photodesk]
//
// Without a file it opens the last project, or the sample. It exits 2 when
// there is nothing to show a window on.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"photodesk/assets"
	"photodesk/export"
	"photodesk/project"
	"photodesk/ui"
	_ "photodesk/ui/locale" // before the toolkit looks
)

// version is said once for both programs; the build stamps it.
var version = export.Version

const id = "org.photodesk.Photodesk"

func main() { os.Exit(run()) }

func run() (code int) {
	flags := flag.NewFlagSet("photodesk", flag.ContinueOnError)
	flags.Usage = func() {
		fmt.Fprintln(os.Stderr, "usage: photodesk [--version] [PROJECT"+project.Extension+"]")
		flags.PrintDefaults()
	}
	show := flags.Bool("version", false, "print the version and end")
	if err := flags.Parse(os.Args[1:]); err != nil {
		return 2
	}
	if *show {
		fmt.Println("photodesk", version)
		return 0
	}
	if flags.NArg() > 1 {
		flags.Usage()
		return 2
	}
	if err := display(); err != nil {
		fmt.Fprintln(os.Stderr, "photodesk:", err)
		return 2
	}
	defer func() {
		if r := recover(); r != nil {
			note := ui.NoteCrash(ui.DataDir(), version, "window", r)
			fmt.Fprintf(os.Stderr, "photodesk: it ended by a mistake of its own; everything saved is safe. A note is in %s\n", note)
			code = 1
		}
	}()
	// Pixels come and go quickly while an editor scrolls: collected at half of
	// what is in use, ten thousand photos pass through less than 400 MB.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
	a := app.NewWithID(id)
	a.SetIcon(fyne.NewStaticResource("photodesk.png", assets.Icon))
	u := ui.New(a, ui.Options{Version: version, Sample: sample})
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-stop
		fyne.Do(u.Quit)
	}()
	a.Lifecycle().SetOnStarted(func() { u.Start(flags.Arg(0)) })
	u.Window().Show()
	a.Run()
	return 0
}

// sample makes the sample project at path.
func sample(ctx context.Context, path string) (*project.Project, error) {
	folder, err := fs.Sub(assets.Sample, "sample")
	if err != nil {
		return nil, err
	}
	p, err := project.Create(ctx, path)
	if err != nil {
		return nil, err
	}
	if _, err := p.AddFromFolder(ctx, folder, "sample.json"); err != nil {
		return nil, errors.Join(err, p.Close(), os.Remove(path))
	}
	return p, nil
}
