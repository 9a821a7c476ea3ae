package wording

import (
	"strings"
	"testing"
)

// captionCases: line, the caption cut from it, the credit as shown. No credit: nothing is to be cut.
var captionCases = []struct{ line, caption, credit string }{
	{"A nuthatch climbs down an oak in the municipal park. Jane Doe/AP", "A nuthatch climbs down an oak in the municipal park.", "Jane Doe/AP"},
	{"Dandelions stand against the light. Renée Doe/AFP via Getty Images)", "Dandelions stand against the light.", "Renée Doe/AFP via Getty Images"},
	{"Cables of the new footbridge. Jane Doe/AFP/Getty Images)", "Cables of the new footbridge.", "Jane Doe/AFP via Getty Images"},
	{"Waves break below the U.S. Coast Guard station in Saint-Nazaire. Jane Doe/AP)", "Waves break below the U.S. Coast Guard station in Saint-Nazaire.", "Jane Doe/AP"},
	{"The peaks seen from the pass. They were last climbed in December. Jean-Paul al-Doe/AFP via Getty Images", "The peaks seen from the pass. They were last climbed in December.", "Jean-Paul al-Doe/AFP via Getty Images"},
	{"A man walks. (AP Photo/Jane Doe)", "A man walks.", "Jane Doe/AP"},
	{"A man walks (AP Photo/Jane Doe)", "A man walks", "Jane Doe/AP"},
	{"A man walks. (AP Photo/Jane Doe", "A man walks.", "Jane Doe/AP"},
	{"A man walks. AP Photo/Jane Doe)", "A man walks.", "Jane Doe/AP"},
	{"A man walks. (AP Photo/Jane Doe).", "A man walks.", "Jane Doe/AP"},
	{"A man walks. (Photo by Jane Doe/Getty Images)", "A man walks.", "Jane Doe/Getty Images"},
	{"A man walks. (Photo by J. R. Doe/Getty Images)", "A man walks.", "J. R. Doe/Getty Images"},
	{"A man walks. (Photo by Jane Doe / AFP) (Photo by JANE DOE/AFP via Getty Images)", "A man walks.", "JANE DOE/AFP via Getty Images"},
	{"A man walks in Paris, March 3, 2025. REUTERS/Jane Doe", "A man walks in Paris, March 3, 2025.", "Jane Doe/Reuters"},
	{"A man walks in Paris. REUTERS/Jane Doe     TPX IMAGES OF THE DAY", "A man walks in Paris.", "Jane Doe/Reuters"},
	{"A man walks in Paris Photograph: Jane Doe/The Guardian", "A man walks in Paris", "Jane Doe/The Guardian"},
	{"A man walks in Paris. Photograph: Jane Doe/AFP/Getty Images", "A man walks in Paris.", "Jane Doe/AFP via Getty Images"},
	{"A man walks. Jane Doe for The New York Times", "A man walks.", "Jane Doe for The New York Times"},
	{"Smoke rises. (City Fire Dept. via AP)", "Smoke rises.", "City Fire Dept. via AP"},
	{"Smoke rises. City Fire Dept. via AP", "Smoke rises.", "City Fire Dept. via AP"},
	{"Smoke rises. Jane Doe via AP", "Smoke rises.", "Jane Doe via AP"},
	{"Smoke rises. (Satellite image ©2025 Maxar Technologies via AP)", "Smoke rises.", "Satellite image ©2025 Maxar Technologies via AP"},
	{"A man walks. Jane Doe/EPA-EFE", "A man walks.", "Jane Doe/EPA-EFE"},
	{"A man walks. Jane Doe/SOPA Images/LightRocket via Getty Images", "A man walks.", "Jane Doe/SOPA Images/LightRocket via Getty Images"},
	{"A man walks. Handout/Reuters", "A man walks.", "Reuters"},
	{"A man walks. NASA via AP", "A man walks.", "NASA via AP"},
	{"A man walks. Courtesy of Jane Doe", "A man walks.", "Courtesy of Jane Doe"},
	{"A man walks. Jane Doe / Le Monde", "A man walks.", "Jane Doe/Le Monde"},
	{"A man walks. (Jane Doe / Oldtown Gazette)", "A man walks.", "Jane Doe/Oldtown Gazette"},
	{"A man walks. [Jane Doe/Al Jazeera]", "A man walks.", "Jane Doe/Al Jazeera"},
	{"A man walks in the park.Jane Doe/AP", "A man walks in the park.", "Jane Doe/AP"},
	{"A man walks in the park.JANE DOE/AP", "A man walks in the park.", "JANE DOE/AP"},
	{"A man walks in the park.Credit...Jane Doe/Associated Press", "A man walks in the park.", "Jane Doe/AP"},
	{"A man walks in the park. — Jane Doe/AP", "A man walks in the park.", "Jane Doe/AP"},
	{"A man walks in the park | Jane Doe/AP Photo", "A man walks in the park", "Jane Doe/AP"},
	{"A man walks in the park. # Jane Doe / Reuters", "A man walks in the park.", "Jane Doe/Reuters"},
	{"A man walks in the park. PHOTO: JANE DOE/ASSOCIATED PRESS", "A man walks in the park.", "JANE DOE/AP"},
	{"“We are cold,” she said. Jane Doe/AP", "“We are cold,” she said.", "Jane Doe/AP"},
	{"She said: “We are cold.” Jane Doe/AP", "She said: “We are cold.”", "Jane Doe/AP"},
	{"She said: \"We are cold.\" (Jane Doe/AP)", "She said: \"We are cold.\"", "Jane Doe/AP"},
	{"Will it hold? Jane Doe/AP", "Will it hold?", "Jane Doe/AP"},
	{"It holds! Jane Doe/AP", "It holds!", "Jane Doe/AP"},
	{"It holds… Jane Doe/AP", "It holds…", "Jane Doe/AP"},
	{"Walkers cross (at left). Jane Doe/AP", "Walkers cross (at left).", "Jane Doe/AP"},
	{"Walkers gather at 5 a.m. Jane Doe/AP", "Walkers gather at 5 a.m.", "Jane Doe/AP"},
	{"Walkers gather in Washington, D.C. Jane Doe/AP", "Walkers gather in Washington, D.C.", "Jane Doe/AP"},
	{"Walkers gather on Jan. 6. Jane Doe/AP", "Walkers gather on Jan. 6.", "Jane Doe/AP"},
	{"Walkers gather in St. Nazaire. J. R. Doe/AP", "Walkers gather in St. Nazaire.", "J. R. Doe/AP"},
	{"Walkers thank Dr. Doe. Jane Doe/AP", "Walkers thank Dr. Doe.", "Jane Doe/AP"},
	{"A policeman stands outside No. 10. Jane Doe/PA", "A policeman stands outside No. 10.", "Jane Doe/PA"},
	{"A jet lands on Guam. U.S. Air Force/AP", "A jet lands on Guam.", "U.S. Air Force/AP"},
	{"U.S. Rep. Jane Roe, D-Calif. Jane Doe/AP", "U.S. Rep. Jane Roe, D-Calif.", "Jane Doe/AP"},
	{"Walkers rest at Doe & Co. Jane Doe/AP", "Walkers rest at Doe & Co.", "Jane Doe/AP"},
	{"Walkers cross. Jane Doe and John Roe/AP", "Walkers cross.", "Jane Doe and John Roe/AP"},
	{"Walkers cross. Jane Doe (AP)", "Walkers cross.", "Jane Doe/AP"},
	{"Walkers cross. Jane Doe, AP", "Walkers cross.", "Jane Doe/AP"},
	{"Walkers cross. (AP)", "Walkers cross.", "AP"},
	{"Walkers cross. AFP via Getty Images", "Walkers cross.", "AFP via Getty Images"},
	{"行人走过新桥。王小明/AP", "行人走过新桥。", "王小明/AP"},
	{"عبر المشاة الجسر الجديد. حسن علي/AFP", "عبر المشاة الجسر الجديد.", "حسن علي/AFP"},
	{"کیا پل قائم رہے گا؟ حسن علی/AFP", "کیا پل قائم رہے گا؟", "حسن علی/AFP"},
	{"यात्री पुल पार करते हैं। Jane Doe/AP", "यात्री पुल पार करते हैं।", "Jane Doe/AP"},
	{"Пешеходы идут по мосту. Иван Иванов/ТАСС", "Пешеходы идут по мосту.", "Иван Иванов/ТАСС"},
	{"Spaziergänger auf der Brücke. Foto: Jane Doe / dpa", "Spaziergänger auf der Brücke.", "Jane Doe/dpa"},
	{"Des marcheurs sur le pont. JANE DOE / AFP", "Des marcheurs sur le pont.", "JANE DOE/AFP"},
	{"Walkers\u00a0cross.\u00a0Jane\u202fDoe\u2009/\u2009AP\u200b", "Walkers cross.", "Jane Doe/AP"},
	{"Walkers cross. dpa/Jane Doe", "Walkers cross.", "Jane Doe/dpa"},
	{"Walkers cross. dpa/Jane Doe", "Walkers cross.", "Jane Doe/dpa"},
	{"Two leaders meet at 10 Downing St. Jane Doe/Pool/Reuters", "Two leaders meet at 10 Downing St.", "Jane Doe/Reuters"},
	{"Walkers cross. Oldtown County Sheriff's Office/Handout via AP", "Walkers cross.", "Oldtown County Sheriff's Office via AP"},
	{"A mourner weeps. ‘Abd al-Rahman al-Doe/AFP/Getty Images", "A mourner weeps.", "‘Abd al-Rahman al-Doe/AFP via Getty Images"},
	{"Soldiers march. KCNA/KNS/AFP/Getty Images", "Soldiers march.", "KCNA/KNS/AFP via Getty Images"},
	{"Walkers cross. Jane Doe/USA Today Network/Reuters", "Walkers cross.", "Jane Doe/USA Today Network via Reuters"},
	{"Walkers cross. Jane Doe-Imagn Images", "Walkers cross.", "Jane Doe-Imagn Images"},
	{"Walkers cross. Jane Doe/Redux for CNN", "Walkers cross.", "Jane Doe/Redux for CNN"},
	{"Walkers cross. From Jane Doe/Instagram", "Walkers cross.", "Jane Doe/Instagram"},
	{"Walkers cross. @janedoe/Instagram", "Walkers cross.", "@janedoe/Instagram"},
	{"Walkers cross. jane doe/ap", "Walkers cross.", "jane doe/AP"},
	{"Walkers cross © Jane Doe/AFP", "Walkers cross", "Jane Doe/AFP"},
	{"Walkers cross. Jane Doe/picture-alliance/dpa/AP", "Walkers cross.", "Jane Doe/picture-alliance/dpa via AP"},
	{"Walkers cross at M.I.T. Jane Doe/AP", "Walkers cross at M.I.T.", "Jane Doe/AP"},
	{"A man waves at John Roe Jr. Jane Doe/AP", "A man waves at John Roe Jr.", "Jane Doe/AP"},

	// Traps.
	{"Soldiers leave a U.S. Army base.", "", ""},
	{"Soldiers leave on a jet of the U.S. Air Force/AP", "", ""},
	{"Choose tea and/or coffee", "", ""},
	{"The shop is open 24/7", "", ""},
	{"They came to see AC/DC", "", ""},
	{"Whom did they see? AC/DC", "", ""},
	{"The vote of 3/8/2025", "", ""},
	{"It happened on a day. 3/8/2025", "", ""},
	{"See more at example.com/AP", "", ""},
	{"See more. https://example.com/Jane/AP", "", ""},
	{"She came from two places. Portugal/Spain", "", ""},
	{"She came from two places. North Korea/South Korea", "", ""},
	{"He was seen with Dr. Jane Doe/AP", "", ""},
	{"The bridge (seen from the pass. Jane Doe/AP)", "", ""},
	{"He works for Reuters", "", ""},
	{"A Jane Doe/Reuters survey found nothing.", "", ""},
	{"(Reporting by Jane Doe; Editing by John Roe)", "", ""},
	{"The bridge stands. (Reporting by Jane Doe; Editing by John Roe)", "", ""},
	{"The bridge stands. (left/right)", "", ""},
	{"The bridge stands. Jane Doe", "", ""},
	{"The bridge stands. From Russia With Love", "", ""},
	{"Walkers cross. Jane Doe/AP; John Roe/Reuters", "", ""},
	{"The bridge stands. (Jane Doe)", "", ""},
	{"The bridge stands. Walkers came from all over/under it", "", ""},
	{"The bridge stands. Additional reporting by Jane Doe/AP", "", ""},
	{"Jane Doe/AP", "", ""},
	{"", "", ""},
}

func TestSplitCaption(t *testing.T) {
	right := 0
	for _, c := range captionCases {
		caption, credit, ok := SplitCaption(c.line)
		switch {
		case c.credit == "" && (ok || caption != c.line || credit != Credit{}):
			t.Errorf("SplitCaption(%q) = %q, %+v; want it whole", c.line, caption, credit)
		case c.credit != "" && (caption != c.caption || credit.Line != c.credit || !credit.Sure):
			t.Errorf("SplitCaption(%q)\n got %q, %+v\nwant %q, %q", c.line, caption, credit, c.caption, c.credit)
		default:
			right++
		}
	}
	t.Logf("%d of %d captions", right, len(captionCases))
}

func TestSplitCaptionLongLine(t *testing.T) {
	line := strings.Repeat("The bridge stands. ", 50_000) + "Jane Doe/AP"
	caption, credit, ok := SplitCaption(line)
	if !ok || credit.Line != "Jane Doe/AP" || len(caption) != len(line)-len(" Jane Doe/AP") {
		t.Errorf("got %d bytes of caption, %+v, %v", len(caption), credit, ok)
	}
}
