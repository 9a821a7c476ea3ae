package main

// This file owns the service's process: addresses, logs, metrics, a graceful end.

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"photodesk/export/votes/accounts"
	"photodesk/export/votes/service"
	"photodesk/export/votes/store"
)

type serveCmd struct {
	Listen   string   `env:"PHOTODESK_VOTES_LISTEN" default:"127.0.0.1:8060" help:"Where to answer, in plain HTTP: a reverse proxy is meant to stand before it." placeholder:"HOST:PORT"`
	Metrics  string   `env:"PHOTODESK_VOTES_METRICS" default:"127.0.0.1:8061" help:"Where to answer Prometheus; empty for nowhere." placeholder:"HOST:PORT"`
	Origin   []string `env:"PHOTODESK_VOTES_ORIGINS" help:"A site whose pages may vote, such as https://news.example. Repeat for more." placeholder:"ORIGIN"`
	SameSite bool     `env:"PHOTODESK_VOTES_SAME_SITE" help:"The service is on the pages' own site, as https://news.example/votes or https://votes.news.example."`
	Key      []string `env:"PHOTODESK_VOTES_KEYS" help:"A project's public key to add first, as photodeskctl key prints it." placeholder:"KEY"`
	Trust    []string `env:"PHOTODESK_VOTES_TRUST" help:"A proxy's address or network whose X-Forwarded-For is believed." placeholder:"CIDR"`
	LogLevel string   `env:"PHOTODESK_VOTES_LOG" default:"info" enum:"debug,info,warn,error" help:"How much is logged: debug, info, warn or error."`

	NewVoters     int     `env:"PHOTODESK_VOTES_NEW_VOTERS" default:"1000" help:"How many new voters may come at once from one network (IPv4 /24, IPv6 /48)."`
	NewVotersRate float64 `env:"PHOTODESK_VOTES_NEW_VOTERS_RATE" default:"2" help:"How many more each second."`
	Votes         int     `env:"PHOTODESK_VOTES_VOTES" default:"200" help:"How many essays and photos a known voter may vote on at once."`
	VotesRate     float64 `env:"PHOTODESK_VOTES_VOTES_RATE" default:"1" help:"How many more each second."`

	Accounts bool   `env:"PHOTODESK_VOTES_ACCOUNTS" help:"Let readers sign in, so that their votes count once on all their devices."`
	SMTP     string `name:"smtp" env:"PHOTODESK_VOTES_SMTP" help:"The mail server for accounts, as smtp://user:password@host:587 (STARTTLS; in plain on a loopback host) or smtps://host:465." placeholder:"URL"`
	From     string `env:"PHOTODESK_VOTES_FROM" help:"Who letters to readers are from, such as 'News <votes@news.example>'." placeholder:"ADDRESS"`
	Base     string `env:"PHOTODESK_VOTES_BASE" help:"The service's address as essays are exported with it; mailed links begin with it." placeholder:"URL"`
}

// accountsConfig reads the settings of accounts; nil for none.
func (c *serveCmd) accountsConfig() (*accounts.Config, error) {
	if !c.Accounts {
		return nil, nil
	}
	if c.SMTP == "" || c.From == "" || c.Base == "" {
		return nil, errors.New("--accounts needs --smtp, --from and --base")
	}
	server, err := accounts.NewServer(c.SMTP, c.From, nil)
	if err != nil {
		return nil, err
	}
	return &accounts.Config{Base: c.Base, Mail: server}, nil
}

// ending is how long requests have to be answered when the service stops.
const ending = 15 * time.Second

func (c *serveCmd) Run(ctx context.Context, all *cli, out *output) error {
	trusted, err := prefixes(c.Trust)
	if err != nil {
		return err
	}
	if c.NewVoters < 1 || c.NewVotersRate <= 0 || c.Votes < 1 || c.VotesRate <= 0 {
		return errors.New("a limit has to be more than nothing")
	}
	withAccounts, err := c.accountsConfig()
	if err != nil {
		return err
	}
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.LogLevel)); err != nil {
		return err
	}
	log := slog.New(slog.NewJSONHandler(out.stderr, &slog.HandlerOptions{Level: level}))
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return all.withStore(ctx, func(st store.Store) error {
		for _, k := range c.Key {
			if err := addKey(ctx, st, k, ""); err != nil {
				return err
			}
		}
		s, err := service.New(ctx, service.Config{
			Store: st, Origins: c.Origin, SameSite: c.SameSite, Trusted: trusted, Log: log, Metrics: registry, Accounts: withAccounts,
			Limits: service.Limits{NewVoters: c.NewVoters, NewVotersRate: c.NewVotersRate, Votes: c.Votes, VotesRate: c.VotesRate},
		})
		if err != nil {
			return err
		}
		defer s.Close()
		if len(c.Origin) == 0 {
			log.Warn("no --origin: tallies can be read, nobody can vote")
		}
		if c.Accounts && !c.SameSite {
			log.Warn("--accounts without --same-site: browsers that keep other sites' cookies apart don't show essays who has signed in")
		}
		return c.serve(ctx, s, registry, log, out)
	})
}

// serve answers until ctx is done, then lets requests under way end.
func (c *serveCmd) serve(ctx context.Context, s http.Handler, registry *prometheus.Registry, log *slog.Logger, out *output) error {
	var listen net.ListenConfig
	l, err := listen.Listen(ctx, "tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	servers := []*http.Server{newServer(s, log)}
	ended := make(chan error, 2)
	go func() { ended <- servers[0].Serve(l) }()
	if c.Metrics != "" {
		ml, err := listen.Listen(ctx, "tcp", c.Metrics)
		if err != nil {
			return errors.Join(fmt.Errorf("listen for metrics: %w", err), servers[0].Close())
		}
		mux := http.NewServeMux()
		mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
		servers = append(servers, newServer(mux, log))
		go func() { ended <- servers[1].Serve(ml) }()
		log.Info("metrics", "address", ml.Addr().String())
	}
	log.Info("listening", "address", l.Addr().String(), "version", version)
	fmt.Fprintf(out.stdout, "http://%s\n", l.Addr())
	select {
	case err = <-ended:
		err = fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
		log.Info("stopping")
	}
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), ending)
	defer cancel()
	for _, server := range servers {
		err = errors.Join(err, server.Shutdown(end))
	}
	return err
}

// newServer is an HTTP server that no slow client holds up.
func newServer(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
}

// prefixes reads addresses and networks.
func prefixes(list []string) ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, s := range list {
		p, err := netip.ParsePrefix(s)
		if err != nil {
			a, err := netip.ParseAddr(s)
			if err != nil {
				return nil, fmt.Errorf("--trust %q is neither an address nor a network such as 10.0.0.0/8", s)
			}
			p = netip.PrefixFrom(a, a.BitLen())
		}
		out = append(out, p.Masked())
	}
	return out, nil
}
