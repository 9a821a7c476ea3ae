package main

// This file owns the commands beside serve. They may run while it does.

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"

	"photodesk/cmd/program"
	"photodesk/export/votes"
	"photodesk/export/votes/store"
)

type keysCmd struct {
	List   keysListCmd   `cmd:"" help:"List the keys."`
	Add    keysAddCmd    `cmd:"" help:"Add a project's public key, or rename it."`
	Remove keysRemoveCmd `cmd:"" help:"Count for a project no more; its votes stay."`
}

type keysListCmd struct{}

func (c *keysListCmd) Run(ctx context.Context, all *cli, out *output) error {
	return all.withStore(ctx, func(s store.Store) error {
		keys, err := s.Keys(ctx)
		for _, k := range keys {
			fmt.Fprintf(out.stdout, "%s  %s  %s  %s\n", k.ID(), base64.RawURLEncoding.EncodeToString(k.Public), k.Added.Format(time.DateOnly), k.Name)
		}
		return err
	})
}

type keysAddCmd struct {
	Key  string `arg:"" help:"The key, as photodeskctl key prints it."`
	Name string `help:"The project's name, for people."`
}

func (c *keysAddCmd) Run(ctx context.Context, all *cli, out *output) error {
	return all.withStore(ctx, func(s store.Store) error { return addKey(ctx, s, c.Key, c.Name) })
}

// addKey adds a key in base64url.
func addKey(ctx context.Context, s store.Store, key, name string) error {
	public, err := base64.RawURLEncoding.Strict().DecodeString(strings.TrimSpace(key))
	if err != nil || len(public) != ed25519.PublicKeySize {
		return fmt.Errorf("%q is no public key; take what photodeskctl key prints", key)
	}
	if strings.ContainsFunc(name, func(r rune) bool { return r < ' ' }) {
		return errors.New("a name has one line")
	}
	return s.AddKey(ctx, store.Key{Public: public, Name: name, Added: time.Now()})
}

type keysRemoveCmd struct {
	ID string `arg:"" name:"id" help:"The key's ID, the first column of keys list."`
}

func (c *keysRemoveCmd) Run(ctx context.Context, all *cli, out *output) error {
	return all.withStore(ctx, func(s store.Store) error { return s.RemoveKey(ctx, c.ID) })
}

type protectCmd struct {
	Essay string `arg:"" optional:"" help:"The essay: KEY/ESSAY as report and export name it, or a subject of its page. Without it, those that are protected are listed."`
	Bits  int    `default:"16" help:"How much work: 16 takes a browser some seconds, each one more twice as long."`
	Off   bool   `help:"No longer."`
}

var essayPattern = regexp.MustCompile(`^[0-9a-f]{16}/[A-Za-z0-9_-]{1,40}$`)

func (c *protectCmd) Run(ctx context.Context, all *cli, out *output) error {
	return all.withStore(ctx, func(s store.Store) error {
		if c.Essay == "" {
			guards, err := s.Guards(ctx)
			for _, g := range guards {
				fmt.Fprintf(out.stdout, "%s  %d bits\n", g.Essay, g.Bits)
			}
			return err
		}
		if c.Bits < 1 || c.Bits > 24 {
			return fmt.Errorf("%d bits are not between 1 and 24", c.Bits)
		}
		essay, err := essayOf(ctx, s, c.Essay)
		if err != nil {
			return err
		}
		if c.Off {
			c.Bits = 0
		}
		return s.SetGuard(ctx, store.Guard{Essay: essay, Bits: c.Bits})
	})
}

// essayOf reads how an essay is named: by its subject's line, or a token.
func essayOf(ctx context.Context, s store.Store, name string) (string, error) {
	if essayPattern.MatchString(name) {
		return name, nil
	}
	keys, err := s.Keys(ctx)
	if err != nil {
		return "", err
	}
	for _, k := range keys {
		if subject, err := votes.Verify(k.Public, name); err == nil {
			return subject.Key + "/" + subject.Essay, nil
		}
	}
	return "", fmt.Errorf("%q is neither KEY/ESSAY nor a subject of a project that is counted for", name)
}

type reportCmd struct {
	Check bool `help:"Add up every vote and compare."`
}

func (c *reportCmd) Run(ctx context.Context, all *cli, out *output) error {
	return all.withStore(ctx, func(s store.Store) error {
		subjects := 0
		var total votes.Tally
		err := s.Rows(ctx, func(r store.Row) error {
			subjects++
			total.Up += r.Up
			total.Down += r.Down
			fmt.Fprintf(out.stdout, "%8d points %8d up %8d down  %s  %s\n", r.Points(), r.Up, r.Down, r.LastDay.Format(time.DateOnly), r.Subject)
			return nil
		})
		if err != nil {
			return err
		}
		fmt.Fprintf(out.stdout, "%d votes on %d subjects: %d up, %d down\n", total.Total(), subjects, total.Up, total.Down)
		if !c.Check {
			return nil
		}
		wrong, err := s.Recount(ctx)
		if err != nil {
			return err
		}
		for _, m := range wrong {
			fmt.Fprintf(out.stderr, "%s is kept as %d up, %d down; its votes are %d up, %d down\n", m.Subject, m.Kept.Up, m.Kept.Down, m.Sum.Up, m.Sum.Down)
		}
		if len(wrong) > 0 {
			return program.ErrProblems
		}
		fmt.Fprintln(out.stdout, "Every tally is the sum of its votes.")
		return nil
	})
}

type exportCmd struct {
	Format string `default:"csv" enum:"csv,json" help:"csv or json."`
}

// tallyJSON is one tally of an export.
type tallyJSON struct {
	Subject string `json:"subject"`
	Key     string `json:"key"`
	Essay   string `json:"essay"`
	Photo   string `json:"photo"` // "" for the essay's own
	votes.Tally
	Points  int    `json:"points"`
	LastDay string `json:"lastDay"`
}

func (c *exportCmd) Run(ctx context.Context, all *cli, out *output) error {
	return all.withStore(ctx, func(s store.Store) error {
		if c.Format == "json" {
			return exportJSON(ctx, s, out.stdout)
		}
		w := csv.NewWriter(out.stdout)
		if err := w.Write([]string{"key", "essay", "photo", "up", "down", "points", "last_day"}); err != nil {
			return err
		}
		err := s.Rows(ctx, func(r store.Row) error {
			t := tallyOf(r)
			return w.Write([]string{t.Key, t.Essay, t.Photo, strconv.Itoa(t.Up), strconv.Itoa(t.Down), strconv.Itoa(t.Points), t.LastDay})
		})
		w.Flush()
		return errors.Join(err, w.Error())
	})
}

// exportJSON writes one array, a line for each tally, however many there are.
func exportJSON(ctx context.Context, s store.Store, w io.Writer) error {
	before := "["
	err := s.Rows(ctx, func(r store.Row) error {
		line, err := json.Marshal(tallyOf(r))
		if err == nil {
			_, err = fmt.Fprintf(w, "%s\n%s", before, line)
		}
		before = ","
		return err
	})
	if err != nil {
		return err
	}
	if before == "[" {
		_, err = fmt.Fprintln(w, "[]")
	} else {
		_, err = fmt.Fprint(w, "\n]\n")
	}
	return err
}

func tallyOf(r store.Row) tallyJSON {
	key, rest, _ := strings.Cut(r.Subject, "/")
	essay, photo, _ := strings.Cut(rest, "/")
	return tallyJSON{r.Subject, key, essay, photo, r.Tally, r.Points(), r.LastDay.Format(time.DateOnly)}
}

type forgetCmd struct {
	Days int `default:"30" help:"Those that were taken back before that many days."`
}

func (c *forgetCmd) Run(ctx context.Context, all *cli, out *output) error {
	if c.Days < 1 {
		return errors.New("--days has to be 1 at least")
	}
	return all.withStore(ctx, func(s store.Store) error {
		n, err := s.Forget(ctx, time.Now().AddDate(0, 0, -c.Days))
		if err != nil {
			return err
		}
		fmt.Fprintf(out.stdout, "%d votes that were taken back are forgotten\n", n)
		sessions, links, err := s.ForgetAccounts(ctx, time.Now())
		if err != nil {
			return err
		}
		fmt.Fprintf(out.stdout, "%d sessions and %d mailed links that hold no longer are forgotten\n", sessions, links)
		return nil
	})
}
