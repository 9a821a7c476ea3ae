package wording

import (
	"slices"
	"testing"
)

func captionsOf(lines ...string) []Caption {
	var out []Caption
	for _, line := range lines {
		c := Caption{Text: line, Raw: line}
		if text, credit, ok := SplitCaption(line); ok {
			c.Text, c.Credit = text, credit
		}
		out = append(out, c)
	}
	return out
}

func named(names ...string) []Hint {
	var out []Hint
	for _, n := range names {
		out = append(out, Hint{Name: n})
	}
	return out
}

func TestPair(t *testing.T) {
	for _, c := range []struct {
		name     string
		captions []Caption
		photos   []Hint
		want     []int
	}{
		{"order", captionsOf("A boat.", "A dog."), named("a.jpg", "b.jpg", "c.jpg"), []int{0, 1}},
		{"more captions than photos", captionsOf("A boat.", "A dog."), named("a.jpg"), []int{0, -1}},
		{"no photos", captionsOf("A boat."), nil, []int{-1}},
		{"no captions", nil, named("a.jpg"), []int{}},
		{"a stem as a word, the rest in order", captionsOf("The sun sets.", "A nuthatch climbs down an oak."), named("nuthatch.jpg", "hilltop.jpg"), []int{1, 0}},
		{"plural and singular", captionsOf("Two boats lie there.", "A dandelion stands."), named("dandelions.jpg", "boat.jpg"), []int{1, 0}},
		{"part of a word is no word", captionsOf("Cables of the footbridge.", "The old bridge."), named("bridge.jpg", "z.jpg"), []int{1, 0}},
		{"a stem two captions name", captionsOf("The ridge at dusk.", "A dog.", "The ridge at dawn."), named("a.jpg", "ridge.jpg", "c.jpg"), []int{0, 1, 2}},
		{"two photos with one stem", captionsOf("A dog.", "The ridge at dusk."), named("ridge.jpg", "ridge.png"), []int{0, 1}},
		{"a caption that names two stems", captionsOf("A dog.", "The ridge and the shore."), named("shore.jpg", "ridge.jpg"), []int{0, 1}},
		{"a full name in the line", captionsOf("A dog. Jane Doe/AP IMG_0002.JPG", "img_0001.jpg: A cat."), named("IMG_0001.JPG", "IMG_0002.JPG"), []int{1, 0}},
		{"a camera's name says nothing", captionsOf("A dog in a scan.", "An img of 0423."), named("0423.jpg", "IMG_0423.jpg", "scan.jpg"), []int{0, 1}},
		{"diacritics", captionsOf("A dog.", "The château at dawn."), named("Chateau.jpg", "b.jpg"), []int{1, 0}},
		{"several words in a stem", captionsOf("A dog.", "The Old Bridge at dawn."), named("old-bridge_02.jpg", "b.jpg"), []int{1, 0}},
		{"the longer name is not the shorter one's", captionsOf("See old-bridge.jpg today.", "A dog."), named("bridge.jpg", "old-bridge.jpg"), []int{1, 0}},
		{
			"own captions", captionsOf("The sun rises behind the orientation table on the summit.", "Cables of the new footbridge over the estuary at low tide."),
			[]Hint{
				{"a.jpg", "Cables of the new footbridge stand over the estuary at low tide. Jane Doe/AFP/Getty Images)"},
				{"b.jpg", "The sun rises behind an orientation table on the summit."},
			},
			[]int{1, 0},
		},
		{
			"own captions that share their boilerplate", captionsOf("People march against the dam in Oldtown on Saturday.", "A girl holds a lantern as people march against the dam in Oldtown."),
			[]Hint{
				{"a.jpg", "A girl holds a paper lantern as people march against the dam in Oldtown, Saturday, March 8, 2025."},
				{"b.jpg", "People march against the dam in Oldtown, Saturday, March 8, 2025."},
			},
			[]int{1, 0},
		},
		{
			"own captions all the same", captionsOf("A dog.", "People march against the dam in Oldtown."),
			[]Hint{{"a.jpg", "People march against the dam in Oldtown."}, {"b.jpg", "People march against the dam in Oldtown."}},
			[]int{0, 1},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Pair(c.captions, c.photos); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// The newsroom's own material: eight captions, eight photographs of which some have captions, in another order.
func TestPairWholeStory(t *testing.T) {
	captions := captionsOf(
		"A nuthatch climbs down an oak in the municipal park. Jane Doe/AP",
		"Dandelions stand against the light near the river. Renée Doe/AFP via Getty Images)",
		"Cables of the new footbridge over the estuary at low tide. Jane Doe/AFP/Getty Images)",
		"The sun rises behind the orientation table on the summit. John Doe/Reuters",
		"Waves break on the shore below the U.S. Coast Guard station in Saint-Nazaire. Jane Doe/AP)",
		"The ridge path stays closed after a rockfall. Jane Doe/AFP/Getty Images",
		"The peaks seen from the pass. They were last climbed in December. Jean-Paul al-Doe/AFP via Getty Images",
		"A grower pours wine at the harvest fair, the first since 2019. Jane Doe/AP",
	)
	photos := []Hint{
		{"bridge.jpg", "Cables of the new footbridge stand over the estuary at low tide. Jane Doe/AFP/Getty Images)"},
		{"dandelions.jpg", "Des pissenlits à contre-jour près de la rivière, mercredi 7 mai 2025."},
		{"hilltop.jpg", "The sun rises behind an orientation table on the summit."},
		{"nuthatch.jpg", "A nuthatch climbs down an oak in the municipal park, Saturday, March 8, 2025. The species is moving north."},
		{"peaks.jpg", ""},
		{"ridge.jpg", "The ridge path is closed after a rockfall. (AP Photo/Jane Doe)"},
		{"shore.jpg", ""},
		{"wine.jpg", "Name to come pours wine at the harvest fair."},
	}
	want := []int{3, 1, 0, 2, 6, 5, 4, 7}
	if got := Pair(captions, photos); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
