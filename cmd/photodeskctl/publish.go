package main

// This file owns the command that brings a bundle to where it is read.

import (
	"context"
	"errors"
	"fmt"
	"io"

	"photodesk/export/publish"
)

type publishCmd struct {
	Bundle     string `arg:"" help:"The bundle's folder."`
	Target     string `arg:"" help:"A folder, NAME.zip, sftp://user@host:port/path (or /~/path from the user's home; ?key=FILE for a private key), or s3://bucket/prefix?endpoint=https://…&region=…"`
	DryRun     bool   `help:"Only list what would be sent and removed."`
	AcceptHost string `help:"Take a server that is not known yet for the one whose key has this fingerprint." placeholder:"SHA256:…"`
}

// Help says where secrets come from.
func (publishCmd) Help() string {
	return `Only what changed is sent, index.html last, and of what was there before only files that Photodesk published are removed.

Secrets are never part of a target. For SFTP the keys of ssh-agent and of ~/.ssh are tried, then the password in PHOTODESK_SFTP_PASSWORD or in the system's keyring, where the window keeps it; with ?key=FILE it is that key's passphrase. For S3 they are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or s3://ID@bucket/… with its secret in the keyring.`
}

type publishJSON struct {
	Target  string         `json:"target"`
	Address string         `json:"address,omitempty"` // where the page is opened, if known
	DryRun  bool           `json:"dryRun"`
	Sent    []publish.File `json:"sent"`
	Removed []string       `json:"removed"`
	Kept    int            `json:"kept"`
	Bytes   int64          `json:"bytes"` // of those sent
}

func (c *publishCmd) Run(ctx context.Context, out *output) error {
	t, err := publish.Parse(c.Target)
	if err != nil {
		return err
	}
	rep, err := publish.Publish(ctx, c.Bundle, t, publish.Options{DryRun: c.DryRun, AcceptHost: c.AcceptHost, Secret: publish.Secret(t)})
	if errors.Is(err, context.Canceled) {
		return errors.New("cancelled; what was sent stays, and the same command goes on from there")
	}
	if err != nil {
		return err
	}
	res := publishJSON{rep.Target, rep.Address, c.DryRun, rep.Sent, rep.Removed, rep.Kept, rep.Bytes}
	return out.result(res, func(w io.Writer) {
		sent, removed := "sent", "removed"
		if c.DryRun {
			sent, removed = "would send", "would remove"
		}
		for _, f := range rep.Sent {
			fmt.Fprintf(w, "%s %s, %d bytes\n", sent, f.Path, f.Size)
		}
		for _, name := range rep.Removed {
			fmt.Fprintf(w, "%s %s\n", removed, name)
		}
		fmt.Fprintf(w, "%s: %s %d files, %.1f MB; %d were there already\n", rep.Target, sent, len(rep.Sent), float64(rep.Bytes)/1e6, rep.Kept)
		if rep.Address != "" {
			fmt.Fprintln(w, rep.Address)
		}
	})
}
