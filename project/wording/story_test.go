package wording

import "testing"

// A storyCase is a whole pasted text, and what is to be recognised in it: captions as "text | credit" or
// "text | credit | file".
type storyCase struct {
	name, text, headline, byline string
	paragraphs, captions         []string
}

func TestParseStory(t *testing.T) {
	cases := append(append([]storyCase{}, plainStories...), oddStories...)
	right := 0
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := ParseStory(c.text)
			if got.Headline != c.headline {
				t.Errorf("headline\n got %q\nwant %q", got.Headline, c.headline)
			}
			if got.Byline != c.byline {
				t.Errorf("byline\n got %q\nwant %q", got.Byline, c.byline)
			}
			same(t, "paragraph", got.Paragraphs, c.paragraphs)
			var captions []string
			for _, g := range got.Captions {
				line := g.Text + " | " + g.Credit.Line
				if g.File != "" {
					line += " | " + g.File
				}
				captions = append(captions, line)
			}
			same(t, "caption", captions, c.captions)
			if !t.Failed() {
				right++
			}
		})
	}
	t.Logf("%d of %d stories", right, len(cases))
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		var g, w string
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			t.Errorf("%s %d\n got %q\nwant %q", what, i, g, w)
		}
	}
}

// The shapes that most stories come in.
var plainStories = []storyCase{
	{
		name: "wire",
		text: "PICTURES: A winter along the coast comes to its end\n\nTHE first warm week of March has brought walkers back, yesterday’s snow still lying.\n\n" +
			"Engineers opened a footbridge on Saturday.\n\n\nA nuthatch climbs down an oak. Jane Doe/AP\n\n" +
			"Dandelions stand near the river. Renée Doe/AFP via Getty Images)\n\nWaves break below the U.S. Coast Guard station in Saint-Nazaire. Jane Doe/AP)\n\n" +
			"The ridge path stays closed. Jane Doe/AFP/Getty Images",
		headline: "PICTURES: A winter along the coast comes to its end",
		paragraphs: []string{
			"THE first warm week of March has brought walkers back, yesterday’s snow still lying.",
			"Engineers opened a footbridge on Saturday.",
		},
		captions: []string{
			"A nuthatch climbs down an oak. | Jane Doe/AP", "Dandelions stand near the river. | Renée Doe/AFP via Getty Images",
			"Waves break below the U.S. Coast Guard station in Saint-Nazaire. | Jane Doe/AP", "The ridge path stays closed. | Jane Doe/AFP via Getty Images",
		},
	},
	{
		name:       "single line breaks",
		text:       "In pictures: the thaw\nThe river rose overnight and took the lower path with it.\nA boat lies on the bank. Jane Doe/Reuters\nA dog waits. John Roe/Reuters\n",
		headline:   "In pictures: the thaw",
		paragraphs: []string{"The river rose overnight and took the lower path with it."},
		captions:   []string{"A boat lies on the bank. | Jane Doe/Reuters", "A dog waits. | John Roe/Reuters"},
	},
	{
		name:     "returns and feeds, a byte order mark",
		text:     "\ufeffThe thaw\r\n\r\nThe river rose overnight.\r\n\r\nA boat lies on the bank. Jane Doe/AP\r\rA dog waits. John Roe/AP\r\n",
		headline: "The thaw", paragraphs: []string{"The river rose overnight."},
		captions: []string{"A boat lies on the bank. | Jane Doe/AP", "A dog waits. | John Roe/AP"},
	},
	{
		name: "hard-wrapped",
		text: `AP PHOTOS: A winter along the northern coast comes to its end

By JANE DOE
Associated Press

SAINT-NAZAIRE, France (AP) — The first warm week of March has brought
walkers back to the coast path, yesterday’s snow still lying on its
north side. Storms closed the ridge for most of the winter.

Engineers opened a footbridge over the estuary on Saturday. It was the
Coast Guard that asked for it.

A nuthatch climbs down an oak in the municipal park in Saint-Nazaire,
France, Saturday, March 8, 2025. (AP Photo/Jane Doe)

Cables of the new footbridge over the estuary at low tide, seen from the
Quai de la Loire in Saint-Nazaire, France, Saturday, March 8, 2025. Renée
Doe/AFP via Getty Images)
`,
		headline: "AP PHOTOS: A winter along the northern coast comes to its end",
		byline:   "JANE DOE, Associated Press",
		paragraphs: []string{
			"SAINT-NAZAIRE, France (AP) — The first warm week of March has brought walkers back to the coast path, yesterday’s snow still lying on its north side. Storms closed the ridge for most of the winter.",
			"Engineers opened a footbridge over the estuary on Saturday. It was the Coast Guard that asked for it.",
		},
		captions: []string{
			"A nuthatch climbs down an oak in the municipal park in Saint-Nazaire, France, Saturday, March 8, 2025. | Jane Doe/AP",
			"Cables of the new footbridge over the estuary at low tide, seen from the Quai de la Loire in Saint-Nazaire, France, Saturday, March 8, 2025. | Renée Doe/AFP via Getty Images",
		},
	},
	{
		name: "hard-wrapped captions without blank lines between them",
		text: `The thaw

The river rose overnight.

A nuthatch climbs down an oak in the municipal park of the city on
Saturday, March 8, 2025. Jane Doe/AP
Dandelions stand against the light near the river on Sunday. Renée
Doe/AFP via Getty Images)
A dog waits. John Roe/AP`,
		headline: "The thaw", paragraphs: []string{"The river rose overnight."},
		captions: []string{
			"A nuthatch climbs down an oak in the municipal park of the city on Saturday, March 8, 2025. | Jane Doe/AP",
			"Dandelions stand against the light near the river on Sunday. | Renée Doe/AFP via Getty Images",
			"A dog waits. | John Roe/AP",
		},
	},
	{
		name:     "credits on lines of their own",
		text:     "The thaw\n\nThe river rose overnight.\n\nA boat lies on the bank.\nJane Doe/AP\n\nA dog waits.\nRenée Doe/AFP via Getty Images)\n\nA cat sleeps.\nGetty Images",
		headline: "The thaw", paragraphs: []string{"The river rose overnight."},
		captions: []string{"A boat lies on the bank. | Jane Doe/AP", "A dog waits. | Renée Doe/AFP via Getty Images", "A cat sleeps. | Getty Images"},
	},
	{
		name:     "credits on lines of their own, blank lines between",
		text:     "The thaw\n\nThe river rose overnight.\n\nA boat lies on the bank.\n\nPhoto: Jane Doe\n\nA dog waits.\n\nPhoto: John Roe\n",
		headline: "The thaw", paragraphs: []string{"The river rose overnight."},
		captions: []string{"A boat lies on the bank. | Jane Doe", "A dog waits. | John Roe"},
	},
	{
		name:     "credits above their captions",
		text:     "The thaw\n\nThe river rose overnight. Nobody slept.\n\nJane Doe/AP\n\nA boat lies on the bank.\n\nJohn Roe/AP\n\nA dog waits.",
		headline: "The thaw", paragraphs: []string{"The river rose overnight. Nobody slept."},
		captions: []string{"A boat lies on the bank. | Jane Doe/AP", "A dog waits. | John Roe/AP"},
	},
	{
		name:     "broadcaster's page",
		text:     "The thaw\n\nImage source, Getty Images\nImage caption, A boat lies on the bank\n\nThe river rose overnight.\n\nImage source, Reuters\nImage caption, A dog waits",
		headline: "The thaw", paragraphs: []string{"The river rose overnight."},
		captions: []string{"A boat lies on the bank | Getty Images", "A dog waits | Reuters"},
	},
	{
		name: "captions among paragraphs",
		text: "The thaw\n\nThe river rose overnight.\n\nA boat lies on the bank. (Jane Doe/The Oldtown Gazette)\n\nBy noon it fell.\n\n" +
			"A dog waits. (Jane Doe/The Oldtown Gazette)\n\nPeople came back in the evening.\n\nA cat sleeps. (Jane Doe/The Oldtown Gazette)\n\nAll is well.",
		headline:   "The thaw",
		paragraphs: []string{"The river rose overnight.", "By noon it fell.", "People came back in the evening.", "All is well."},
		captions: []string{
			"A boat lies on the bank. | Jane Doe/The Oldtown Gazette", "A dog waits. | Jane Doe/The Oldtown Gazette", "A cat sleeps. | Jane Doe/The Oldtown Gazette",
		},
	},
	{
		name:       "captions before paragraphs",
		text:       "A boat lies on the bank. Jane Doe/AP\n\nA dog waits. Jane Doe/AP\n\nThe thaw\n\nThe river rose overnight.\n\nBy noon it fell.",
		headline:   "The thaw",
		paragraphs: []string{"The river rose overnight.", "By noon it fell."},
		captions:   []string{"A boat lies on the bank. | Jane Doe/AP", "A dog waits. | Jane Doe/AP"},
	},
	{
		name:     "captions only",
		text:     "A boat lies on the bank. Jane Doe/AP\nA dog waits. Jane Doe/AP",
		captions: []string{"A boat lies on the bank. | Jane Doe/AP", "A dog waits. | Jane Doe/AP"},
	},
	{name: "headline only", text: "PHOTOS: The thaw\n", headline: "PHOTOS: The thaw"},
	{name: "one sentence", text: "The river rose overnight and took with it the lower path, the boats and what the walkers had left behind on Saturday.", paragraphs: []string{
		"The river rose overnight and took with it the lower path, the boats and what the walkers had left behind on Saturday.",
	}},
	{name: "empty", text: " \n\u00a0\n\ufeff"},
	{
		name:     "numbered",
		text:     "The thaw\n\nThe river rose.\n\n1. A boat lies on the bank. Jane Doe/AP\n\n2. A dog waits. Jane Doe/AP\n\n3. A cat sleeps.\n",
		headline: "The thaw", paragraphs: []string{"The river rose."},
		captions: []string{"A boat lies on the bank. | Jane Doe/AP", "A dog waits. | Jane Doe/AP", "A cat sleeps. | "},
	},
	{
		name:     "counted",
		text:     "The thaw\n\nThe river rose.\n\n1/8\nA boat lies on the bank. Jane Doe/AP\n\n2 of 8: A dog waits. Jane Doe/AP\n\nPhoto 3: A cat sleeps. Jane Doe/AP\n",
		headline: "The thaw", paragraphs: []string{"The river rose."},
		captions: []string{"A boat lies on the bank. | Jane Doe/AP", "A dog waits. | Jane Doe/AP", "A cat sleeps. | Jane Doe/AP"},
	},
	{
		name:     "file names",
		text:     "The thaw\n\nThe river rose.\n\nboat.jpg: A boat lies on the bank. Jane Doe/AP\nIMG_0423.JPG — A dog waits. Jane Doe/AP\n[cat.png] A cat sleeps.\nA cow stands. Jane Doe/AP (old cow.jpg)\n",
		headline: "The thaw", paragraphs: []string{"The river rose."},
		captions: []string{
			"A boat lies on the bank. | Jane Doe/AP | boat.jpg", "A dog waits. | Jane Doe/AP | IMG_0423.JPG",
			"A cat sleeps. |  | cat.png", "A cow stands. | Jane Doe/AP | old cow.jpg",
		},
	},
	{
		name:     "one caption without a credit",
		text:     "The thaw\n\nThe river rose over its banks on the night to Sunday.\n\nA boat lies on the bank. Jane Doe/AP\n\nA dog waits. Jane Doe/AP\n\nName to come pours wine.\n\nA cow stands. Jane Doe/AP\n",
		headline: "The thaw", paragraphs: []string{"The river rose over its banks on the night to Sunday."},
		captions: []string{"A boat lies on the bank. | Jane Doe/AP", "A dog waits. | Jane Doe/AP", "Name to come pours wine. | ", "A cow stands. | Jane Doe/AP"},
	},
}
