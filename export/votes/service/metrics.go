package service

// This file owns what the service tells Prometheus.

import (
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"photodesk/export/votes"
)

type metrics struct {
	votes    *prometheus.CounterVec
	refusals *prometheus.CounterVec
	reads    *prometheus.CounterVec
	requests *prometheus.HistogramVec
	groups   prometheus.Histogram
	commits  *prometheus.HistogramVec
}

// newMetrics makes the metrics; with no registry they are counted and not told.
func newMetrics(to prometheus.Registerer) *metrics {
	f := promauto.With(to)
	quick := []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}
	return &metrics{
		votes: f.NewCounterVec(prometheus.CounterOpts{
			Name: "photodesk_votes_counted_total", Help: "Votes that were kept and acknowledged, by what they say.",
		}, []string{"vote"}),
		refusals: f.NewCounterVec(prometheus.CounterOpts{
			Name: "photodesk_votes_refused_total", Help: "Votes that were not counted, by the status they were answered with.",
		}, []string{"status"}),
		reads: f.NewCounterVec(prometheus.CounterOpts{
			Name: "photodesk_votes_tallies_total", Help: "Tallies that were answered, by where they came from.",
		}, []string{"from"}),
		requests: f.NewHistogramVec(prometheus.HistogramOpts{
			Name: "photodesk_votes_request_seconds", Help: "How long requests took.", Buckets: quick,
		}, []string{"route", "status"}),
		groups: f.NewHistogram(prometheus.HistogramOpts{
			Name: "photodesk_votes_group_votes", Help: "How many votes were kept in one transaction.", Buckets: prometheus.ExponentialBuckets(1, 2, 11),
		}),
		commits: f.NewHistogramVec(prometheus.HistogramOpts{
			Name: "photodesk_votes_commit_seconds", Help: "How long transactions took.", Buckets: quick,
		}, []string{"result"}),
	}
}

// waiting tells how many votes wait for a transaction.
func (m *metrics) waiting(to prometheus.Registerer, n func() int) {
	promauto.With(to).NewGaugeFunc(prometheus.GaugeOpts{
		Name: "photodesk_votes_waiting", Help: "Votes that wait for a transaction.",
	}, func() float64 { return float64(n()) })
}

func (m *metrics) counted(v votes.Vote) { m.votes.WithLabelValues(strconv.Itoa(int(v))).Inc() }

func (m *metrics) refused(status int) { m.refusals.WithLabelValues(strconv.Itoa(status)).Inc() }

func (m *metrics) read(from string, n int) { m.reads.WithLabelValues(from).Add(float64(n)) }

func (m *metrics) request(route string, status int, took time.Duration) {
	m.requests.WithLabelValues(route, strconv.Itoa(status)).Observe(took.Seconds())
}

func (m *metrics) group(n int, took time.Duration, err error) {
	result := "kept"
	if err != nil {
		result = "failed"
	}
	m.groups.Observe(float64(n))
	m.commits.WithLabelValues(result).Observe(took.Seconds())
}
