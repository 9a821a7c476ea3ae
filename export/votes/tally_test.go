package votes_test

import (
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"photodesk/export/votes"
)

func TestTally(t *testing.T) {
	for name, c := range map[string]struct {
		tally                    votes.Tally
		points, total, ups, down int
	}{
		"nobody":          {votes.Tally{}, 0, 0, 0, 0},
		"one for":         {votes.Tally{Up: 1}, 1, 1, 100, 0},
		"one against":     {votes.Tally{Down: 1}, -1, 1, 0, 100},
		"even":            {votes.Tally{Up: 2, Down: 2}, 0, 4, 50, 50},
		"thirds":          {votes.Tally{Up: 1, Down: 2}, -1, 3, 33, 67},
		"two thirds":      {votes.Tally{Up: 2, Down: 1}, 1, 3, 67, 33},
		"a half, up":      {votes.Tally{Up: 1, Down: 7}, -6, 8, 13, 87},
		"nearly all":      {votes.Tally{Up: 999, Down: 1}, 998, 1000, 100, 0},
		"an election":     {votes.Tally{Up: 6_400_000, Down: 3_600_000}, 2_800_000, 10_000_000, 64, 36},
		"more than 32 b.": {votes.Tally{Up: 1 << 40, Down: 1 << 40}, 0, 1 << 41, 50, 50},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.tally.Points(); got != c.points {
				t.Errorf("points %d, want %d", got, c.points)
			}
			if got := c.tally.Total(); got != c.total {
				t.Errorf("total %d, want %d", got, c.total)
			}
			if up, down := c.tally.UpPercent(), c.tally.DownPercent(); up != c.ups || down != c.down {
				t.Errorf("%d %% and %d %%, want %d and %d", up, down, c.ups, c.down)
			}
		})
	}
}

// The rule of the widget: the same button takes back, the other one switches.
func TestPressAndChange(t *testing.T) {
	for _, c := range []struct {
		mine, button, want votes.Vote
		tally              votes.Tally // after, beside one other voter on each side
	}{
		{votes.None, votes.Up, votes.Up, votes.Tally{Up: 2, Down: 1}},
		{votes.None, votes.Down, votes.Down, votes.Tally{Up: 1, Down: 2}},
		{votes.Up, votes.Up, votes.None, votes.Tally{Up: 1, Down: 1}},
		{votes.Up, votes.Down, votes.Down, votes.Tally{Up: 1, Down: 2}},
		{votes.Down, votes.Down, votes.None, votes.Tally{Up: 1, Down: 1}},
		{votes.Down, votes.Up, votes.Up, votes.Tally{Up: 2, Down: 1}},
	} {
		got := c.mine.Press(c.button)
		if got != c.want {
			t.Errorf("%d pressed %d is %d, want %d", c.mine, c.button, got, c.want)
		}
		before := votes.Tally{Up: 1, Down: 1}.Change(votes.None, c.mine)
		if after := before.Change(c.mine, got); after != c.tally {
			t.Errorf("%d pressed %d: %+v, want %+v", c.mine, c.button, after, c.tally)
		}
	}
}

// Whatever voters do, the tally is what their last votes add up to.
func TestTallyIsTheSumOfTheVotes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		voters := make([]votes.Vote, rapid.IntRange(1, 20).Draw(t, "voters"))
		var tally votes.Tally
		for range rapid.IntRange(0, 200).Draw(t, "votes") {
			i := rapid.IntRange(0, len(voters)-1).Draw(t, "voter")
			v := votes.Vote(rapid.IntRange(-1, 1).Draw(t, "vote"))
			tally = tally.Change(voters[i], v)
			tally = tally.Change(v, v)
			voters[i] = v
		}
		var want votes.Tally
		for _, v := range voters {
			switch v {
			case votes.Up:
				want.Up++
			case votes.Down:
				want.Down++
			}
		}
		if tally != want {
			t.Fatalf("%+v, want %+v", tally, want)
		}
		sum := tally.UpPercent() + tally.DownPercent()
		if tally.Total() > 0 && sum != 100 || tally.Total() == 0 && sum != 0 {
			t.Fatalf("%+v has %d %% in all", tally, sum)
		}
	})
}

func TestAnswersAsTheProtocolSaysThem(t *testing.T) {
	up, none := votes.Up, votes.None
	got, err := json.Marshal(votes.Tallies{Tallies: []votes.Counted{
		{Subject: "a", Tally: votes.Tally{Up: 3, Down: 1}, Mine: &up},
		{Subject: "b", Mine: &none},
		{Subject: "c"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"tallies":[{"subject":"a","up":3,"down":1,"mine":1},{"subject":"b","up":0,"down":0,"mine":0},{"subject":"c","up":0,"down":0,"mine":null}]}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestParseBallot(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		want votes.Ballot // zero where it is refused
	}{
		"up":                {`{"subject":"x","vote":1}`, votes.Ballot{Subject: "x", Vote: votes.Up}},
		"down":              {`{"vote":-1,"subject":"x"}`, votes.Ballot{Subject: "x", Vote: votes.Down}},
		"taken back":        {` {"subject":"x", "vote":0} `, votes.Ballot{Subject: "x"}},
		"no vote":           {`{"subject":"x"}`, votes.Ballot{}},
		"null":              {`{"subject":"x","vote":null}`, votes.Ballot{}},
		"two":               {`{"subject":"x","vote":2}`, votes.Ballot{}},
		"one, in words":     {`{"subject":"x","vote":"1"}`, votes.Ballot{}},
		"one, as a float":   {`{"subject":"x","vote":1.0}`, votes.Ballot{}},
		"minus nothing":     {`{"subject":"x","vote":-0}`, votes.Ballot{}},
		"no subject":        {`{"vote":1}`, votes.Ballot{}},
		"another field":     {`{"subject":"x","vote":1,"count":100}`, votes.Ballot{}},
		"two votes":         {`{"subject":"x","vote":1}{"subject":"x","vote":1}`, votes.Ballot{}},
		"a list":            {`[]`, votes.Ballot{}},
		"nothing":           {``, votes.Ballot{}},
		"more than allowed": {`{"subject":"` + strings.Repeat("x", votes.MaxBody) + `","vote":1}`, votes.Ballot{}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := votes.ParseBallot([]byte(c.body))
			if got != c.want || (c.want == votes.Ballot{}) != errors.Is(err, votes.ErrBallot) {
				t.Errorf("%+v, %v; want %+v", got, err, c.want)
			}
		})
	}
}

func TestParseForm(t *testing.T) {
	for name, c := range map[string]struct {
		form string
		want votes.Ballot
		back string
	}{
		"up":             {"subject=x&vote=1&return=https://news.example/a%23b", votes.Ballot{Subject: "x", Vote: votes.Up}, "https://news.example/a#b"},
		"down":           {"subject=x&vote=-1&return=", votes.Ballot{Subject: "x", Vote: votes.Down}, ""},
		"nowhere":        {"subject=x&vote=0", votes.Ballot{Subject: "x"}, ""},
		"no vote":        {"subject=x", votes.Ballot{}, ""},
		"both buttons":   {"subject=x&vote=1&vote=-1", votes.Ballot{}, ""},
		"a plus sign":    {"subject=x&vote=%2B1", votes.Ballot{}, ""},
		"no subject":     {"subject=&vote=1", votes.Ballot{}, ""},
		"two addresses":  {"subject=x&vote=1&return=a&return=b", votes.Ballot{}, ""},
		"two subjects":   {"subject=x&subject=y&vote=1", votes.Ballot{}, ""},
		"a vote of text": {"subject=x&vote=up", votes.Ballot{}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			form, err := url.ParseQuery(c.form)
			if err != nil {
				t.Fatal(err)
			}
			got, back, err := votes.ParseForm(form)
			if got != c.want || back != c.back || (c.want == votes.Ballot{}) != errors.Is(err, votes.ErrBallot) {
				t.Errorf("%+v back to %q, %v; want %+v back to %q", got, back, err, c.want, c.back)
			}
		})
	}
}

func FuzzParseBallot(f *testing.F) {
	f.Add([]byte(`{"subject":"x","vote":1}`))
	f.Add([]byte(`{"subject":"x","vote":-1}{`))
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := votes.ParseBallot(body)
		if err != nil {
			if !errors.Is(err, votes.ErrBallot) || got != (votes.Ballot{}) {
				t.Errorf("%+v, %v", got, err)
			}
			return
		}
		if !got.Vote.Valid() || got.Subject == "" {
			t.Errorf("%+v goes through", got)
		}
		again, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		if len(again) > votes.MaxBody {
			return // escapes make it longer
		}
		if b, err := votes.ParseBallot(again); err != nil || b != got {
			t.Errorf("%+v, %v; want %+v", b, err, got)
		}
	})
}
