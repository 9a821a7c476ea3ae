package wording_test

import (
	"fmt"

	"photodesk/project/wording"
)

func ExampleParseCredit() {
	for _, raw := range []string{
		"(AP Photo/Jane Doe)",
		"Jane Doe/AFP/Getty Images)",
		"REUTERS/Jane Doe",
		"(City Fire Dept. via AP)",
		"Handout/Reuters",
		"HO",
	} {
		c := wording.ParseCredit(raw)
		fmt.Printf("%-26s → %s (sure: %v)\n", raw, c.Line, c.Sure)
	}
	// Output:
	// (AP Photo/Jane Doe)        → Jane Doe/AP (sure: true)
	// Jane Doe/AFP/Getty Images) → Jane Doe/AFP via Getty Images (sure: true)
	// REUTERS/Jane Doe           → Jane Doe/Reuters (sure: true)
	// (City Fire Dept. via AP)   → City Fire Dept. via AP (sure: true)
	// Handout/Reuters            → Reuters (sure: true)
	// HO                         → HO (sure: false)
}

func ExampleCreditLine() {
	fmt.Println(wording.CreditLine("Jane Doe", "AP").Line)
	fmt.Println(wording.CreditLine("Jane Doe", "Jane Doe/Agence France-Presse via Getty Images").Line)
	// Output:
	// Jane Doe/AP
	// Jane Doe/AFP via Getty Images
}

func ExampleSplitCaption() {
	caption, credit, _ := wording.SplitCaption("Waves break below the U.S. Coast Guard station in St. Nazaire. J. R. Doe/AP)")
	fmt.Println(caption)
	fmt.Println(credit.Line)
	_, _, ok := wording.SplitCaption("Soldiers leave a U.S. Army base.")
	fmt.Println(ok)
	// Output:
	// Waves break below the U.S. Coast Guard station in St. Nazaire.
	// J. R. Doe/AP
	// false
}

func ExampleParseStory() {
	s := wording.ParseStory(`PICTURES: A winter on the coast comes to its end

THE first warm week of March has brought walkers back to the coast path.

A nuthatch climbs down an oak. Jane Doe/AP

Dandelions stand near the river. Renée Doe/AFP via Getty Images)
`)
	fmt.Println(s.Headline)
	fmt.Println(len(s.Paragraphs), "paragraph")
	for i, photo := range wording.Pair(s.Captions, []wording.Hint{{Name: "dandelions.jpg"}, {Name: "nuthatch.jpg"}}) {
		fmt.Println(photo, s.Captions[i].Text, s.Captions[i].Credit.Line)
	}
	// Output:
	// PICTURES: A winter on the coast comes to its end
	// 1 paragraph
	// 1 A nuthatch climbs down an oak. Jane Doe/AP
	// 0 Dandelions stand near the river. Renée Doe/AFP via Getty Images
}

func ExampleSlug() {
	fmt.Println(wording.Slug("L’hiver s’en va à Saint-Étienne"))
	// Output: lhiver-sen-va-a-saint-etienne
}
