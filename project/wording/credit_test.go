package wording

import "testing"

// creditCases: raw, then line, byline, provider, distributor. An empty want.Line means that the line must stay, unsure.
var creditCases = []struct{ raw, line, byline, provider, distributor string }{
	// The newsroom's table, row by row.
	{"Jane Doe/AP)", "Jane Doe/AP", "Jane Doe", "AP", ""},
	{"Jane Doe/AFP/Getty Images", "Jane Doe/AFP via Getty Images", "Jane Doe", "AFP", "Getty Images"},
	{"(AP Photo/Jane Doe)", "Jane Doe/AP", "Jane Doe", "AP", ""},
	{"(Photo by Jane Doe/Getty Images)", "Jane Doe/Getty Images", "Jane Doe", "Getty Images", ""},
	{"REUTERS/Jane Doe", "Jane Doe/Reuters", "Jane Doe", "Reuters", ""},
	{"(City Fire Dept. via AP)", "City Fire Dept. via AP", "City Fire Dept.", "", "AP"},
	{"Photograph: Jane Doe/The Guardian", "Jane Doe/The Guardian", "Jane Doe", "The Guardian", ""},
	{"Jane Doe for The New York Times", "Jane Doe for The New York Times", "Jane Doe", "The New York Times", ""},

	// Spellings.
	{"Jane Doe/Reuters", "Jane Doe/Reuters", "Jane Doe", "Reuters", ""},
	{"Jane Doe/REUTERS", "Jane Doe/Reuters", "Jane Doe", "Reuters", ""},
	{"Jane Doe/Rueters", "Jane Doe/Reuters", "Jane Doe", "Reuters", ""},
	{"Jane Doe/Reutres)", "Jane Doe/Reuters", "Jane Doe", "Reuters", ""},
	{"reuteurs/Jane Doe", "Jane Doe/Reuters", "Jane Doe", "Reuters", ""},
	{"Jane Doe/Associated Press", "Jane Doe/AP", "Jane Doe", "AP", ""},
	{"Jane Doe / The Associated Press", "Jane Doe/AP", "Jane Doe", "AP", ""},
	{"JANE DOE/ASSOCIATED PRESS", "JANE DOE/AP", "JANE DOE", "AP", ""},
	{"Jane Doe/AP Photo", "Jane Doe/AP", "Jane Doe", "AP", ""},
	{"AP Photo", "AP", "", "AP", ""},
	{"Jane Doe/Agence France-Presse via Getty Images", "Jane Doe/AFP via Getty Images", "Jane Doe", "AFP", "Getty Images"},
	{"Jane Doe/Agence France-Presse — Getty Images", "Jane Doe/AFP via Getty Images", "Jane Doe", "AFP", "Getty Images"},
	{"Jane Doe / AFP - Getty Images", "Jane Doe/AFP via Getty Images", "Jane Doe", "AFP", "Getty Images"},
	{"Agence France-Presse, via Getty Images", "AFP via Getty Images", "", "AFP", "Getty Images"},
	{"Jane Doe/EPA, via Shutterstock", "Jane Doe/EPA via Shutterstock", "Jane Doe", "EPA", "Shutterstock"},
	{"jane doe/ap", "jane doe/AP", "jane doe", "AP", ""},
	{"Jane Doe/AFP VIA GETTY IMAGES", "Jane Doe/AFP via Getty Images", "Jane Doe", "AFP", "Getty Images"},
	{"Jane Doe\u00a0/\u202fAFP\u2009via\u00a0Getty Images\u200b", "Jane Doe/AFP via Getty Images", "Jane Doe", "AFP", "Getty Images"},

	// Order.
	{"EPA-EFE/JANE DOE", "JANE DOE/EPA-EFE", "JANE DOE", "EPA-EFE", ""},
	{"AFP/Jane Doe", "Jane Doe/AFP", "Jane Doe", "AFP", ""},
	{"AFP PHOTO / Jane Doe", "Jane Doe/AFP", "Jane Doe", "AFP", ""},
	{"Xinhua/Jane Doe", "Jane Doe/Xinhua", "Jane Doe", "Xinhua", ""},
	{"Getty Images/Jane Doe", "Jane Doe/Getty Images", "Jane Doe", "Getty Images", ""},
	{"AFP/Getty Images/Jane Doe", "Jane Doe/AFP via Getty Images", "Jane Doe", "AFP", "Getty Images"},
	{"AFP via Getty Images/Jane Doe", "Jane Doe/AFP via Getty Images", "Jane Doe", "AFP", "Getty Images"},
	{"AP Photo by Jane Doe", "Jane Doe/AP", "Jane Doe", "AP", ""},
	{"Reuters photo by Jane Doe", "Jane Doe/Reuters", "Jane Doe", "Reuters", ""},
	{"Jane Doe (AP)", "Jane Doe/AP", "Jane Doe", "AP", ""},
	{"Jane Doe, Getty Images", "Jane Doe/Getty Images", "Jane Doe", "Getty Images", ""},
	{"Jane Doe—AP", "Jane Doe/AP", "Jane Doe", "AP", ""},
	{"Jane Doe | AP", "Jane Doe/AP", "Jane Doe", "AP", ""},

	// Who is nobody.
	{"Handout/Reuters", "Reuters", "", "Reuters", ""},
	{"Handout via REUTERS", "Reuters", "", "Reuters", ""},
	{"US Navy/Handout via REUTERS", "US Navy via Reuters", "US Navy", "", "Reuters"},
	{"Jane Doe/Pool via Reuters", "Jane Doe via Reuters", "Jane Doe", "", "Reuters"},
	{"Jane Doe/Pool Photo via AP", "Jane Doe via AP", "Jane Doe", "", "AP"},
	{"(AP Photo/Jane Doe, Pool)", "Jane Doe/AP", "Jane Doe", "AP", ""},
	{"REUTERS/Jane Doe/Pool", "Jane Doe/Reuters", "Jane Doe", "Reuters", ""},
	{"Stringer/AFP via Getty Images", "AFP via Getty Images", "", "AFP", "Getty Images"},
	{"STR/AFP via Getty Images", "AFP via Getty Images", "", "AFP", "Getty Images"},
	{"-/AFP via Getty Images", "AFP via Getty Images", "", "AFP", "Getty Images"},
	{"Uncredited/AP", "AP", "", "AP", ""},
	{"uncredited / ap photo", "AP", "", "AP", ""},
	{"HO", "", "", "", ""},
	{"Handout", "", "", "", ""},
	{"Pool/STR", "", "", "", ""},
	{"Poole Stringer/AP", "Poole Stringer/AP", "Poole Stringer", "AP", ""},
	{"Ho Chi/AP", "Ho Chi/AP", "Ho Chi", "AP", ""},

	// From the files, and what services hang on.
	{"(AP Photo/Jane Doe, File)", "Jane Doe/AP, File", "Jane Doe", "AP", ""},
	{"REUTERS/Jane Doe/File Photo", "Jane Doe/Reuters, File Photo", "Jane Doe", "Reuters", ""},
	{"[File: Jane Doe/Reuters]", "Jane Doe/Reuters, File", "Jane Doe", "Reuters", ""},
	{"Jane Doe/AP file", "Jane Doe/AP, file", "Jane Doe", "AP", ""},
	{"REUTERS/Jane Doe TPX IMAGES OF THE DAY", "Jane Doe/Reuters", "Jane Doe", "Reuters", ""},
	{"(Photo by Jane Doe / AFP) (Photo by JANE DOE/AFP via Getty Images)", "JANE DOE/AFP via Getty Images", "JANE DOE", "AFP", "Getty Images"},
	{"Credit...Jane Doe/Associated Press", "Jane Doe/AP", "Jane Doe", "AP", ""},
	{"Mandatory Credit: Jane Doe/Reuters", "Jane Doe/Reuters", "Jane Doe", "Reuters", ""},
	{"PHOTO: JANE DOE/ZUMA PRESS", "JANE DOE/ZUMA PRESS", "JANE DOE", "ZUMA PRESS", ""},
	{"Image source, Getty Images", "Getty Images", "", "Getty Images", ""},
	{"Foto: Jane Doe / dpa", "Jane Doe/dpa", "Jane Doe", "dpa", ""},
	{"© Jane Doe/Bloomberg", "Jane Doe/Bloomberg", "Jane Doe", "Bloomberg", ""},

	// Known pairs, and slashes that stay.
	{"Jane Doe/Anadolu/Getty Images", "Jane Doe/Anadolu via Getty Images", "Jane Doe", "Anadolu", "Getty Images"},
	{"Jane Doe/NurPhoto/Getty Images", "Jane Doe/NurPhoto via Getty Images", "Jane Doe", "NurPhoto", "Getty Images"},
	{"Jane Doe/AFP/Getty", "Jane Doe/AFP via Getty", "Jane Doe", "AFP", "Getty"},
	{"Jane Doe/SOPA Images/LightRocket via Getty Images", "Jane Doe/SOPA Images/LightRocket via Getty Images", "Jane Doe", "SOPA Images/LightRocket", "Getty Images"},
	{"Jane Doe/SOPA Images/LightRocket/Getty Images", "Jane Doe/SOPA Images/LightRocket via Getty Images", "Jane Doe", "SOPA Images/LightRocket", "Getty Images"},
	{"Jane Doe/dpa/picture alliance via Getty Images", "Jane Doe/dpa/picture alliance via Getty Images", "Jane Doe", "dpa/picture alliance", "Getty Images"},
	{"Bettmann Archive/Getty Images", "Bettmann Archive/Getty Images", "", "Bettmann Archive/Getty Images", ""},
	{"Jane Doe/Getty Images/AFP", "Jane Doe/Getty Images/AFP", "Jane Doe", "Getty Images/AFP", ""},
	{"Jane Doe/Invision/AP", "Jane Doe/Invision/AP", "Jane Doe", "Invision/AP", ""},
	{"Jane Doe/Le Monde/AFP", "Jane Doe/Le Monde/AFP", "Jane Doe", "Le Monde/AFP", ""},
	{"Jane Doe/Kyodo News via AP", "Jane Doe/Kyodo News via AP", "Jane Doe", "Kyodo News", "AP"},
	{"NASA via AP", "NASA via AP", "", "NASA", "AP"},
	{"Jane Doe via AP", "Jane Doe via AP", "Jane Doe", "", "AP"},
	{"Santa Cruz County Sheriff’s Office via AP", "Santa Cruz County Sheriff’s Office via AP", "Santa Cruz County Sheriff’s Office", "", "AP"},
	{"Ministry of Defence of Ukraine via AP", "Ministry of Defence of Ukraine via AP", "Ministry of Defence of Ukraine", "", "AP"},
	{"Jane Doe for The Washington Post via Getty Images", "Jane Doe for The Washington Post via Getty Images", "Jane Doe", "The Washington Post", "Getty Images"},
	{"Jane Doe/Getty Images for Example Festival", "Jane Doe/Getty Images for Example Festival", "Jane Doe", "Getty Images for Example Festival", ""},

	// Names.
	{"Jean-Paul al-Doe/AFP via Getty Images", "Jean-Paul al-Doe/AFP via Getty Images", "Jean-Paul al-Doe", "AFP", "Getty Images"},
	{"Renée Doe/AFP via Getty Images)", "Renée Doe/AFP via Getty Images", "Renée Doe", "AFP", "Getty Images"},
	{"J. R. Doe/AP", "J. R. Doe/AP", "J. R. Doe", "AP", ""},
	{"J.R. Doe/AP", "J.R. Doe/AP", "J.R. Doe", "AP", ""},
	{"John Doe Jr./AP", "John Doe Jr./AP", "John Doe Jr.", "AP", ""},
	{"Siân O’Doe/PA Wire", "Siân O’Doe/PA Wire", "Siân O’Doe", "PA Wire", ""},
	{"Jan van der Doe/ANP", "Jan van der Doe/ANP", "Jan van der Doe", "ANP", ""},
	{"Jane Doe and John Roe/AP", "Jane Doe and John Roe/AP", "Jane Doe and John Roe", "AP", ""},
	{"Jane Doe, John Roe/AP", "Jane Doe, John Roe/AP", "Jane Doe, John Roe", "AP", ""},
	{"Иван Иванов/ТАСС", "Иван Иванов/ТАСС", "Иван Иванов", "ТАСС", ""},
	{"王小明/AFP/Getty Images", "王小明/AFP via Getty Images", "王小明", "AFP", "Getty Images"},
	{"حسن علي/AFP", "حسن علي/AFP", "حسن علي", "AFP", ""},
	{"Κώστας Δόου/ΑΠΕ-ΜΠΕ", "Κώστας Δόου/ΑΠΕ-ΜΠΕ", "Κώστας Δόου", "ΑΠΕ-ΜΠΕ", ""},
	{"Staff Sgt. Jane Doe/U.S. Army via AP", "Staff Sgt. Jane Doe/U.S. Army via AP", "Staff Sgt. Jane Doe", "U.S. Army", "AP"},

	// Nobody's heard of the paper; the shape is clear.
	{"Jane Doe / Le Monde", "Jane Doe/Le Monde", "Jane Doe", "Le Monde", ""},
	{"Jane Doe/Nordlandspost", "Jane Doe/Nordlandspost", "Jane Doe", "Nordlandspost", ""},
	{"Jane Doe/The Oldtown Gazette", "Jane Doe/The Oldtown Gazette", "Jane Doe", "The Oldtown Gazette", ""},
	{"Jane Doe/Special to The Chronicle", "Jane Doe/Special to The Chronicle", "Jane Doe", "Special to The Chronicle", ""},
	{"Courtesy of Jane Doe", "Courtesy of Jane Doe", "", "Jane Doe", ""},
	{"Jane Doe", "Jane Doe", "Jane Doe", "", ""},
	{"Xinhua", "Xinhua", "", "Xinhua", ""},

	// Not credits, or not only.
	{"The bridge at dawn. Jane Doe/AP", "", "", "", ""},
	{"https://example.com/Jane", "", "", "", ""},
	{"and/or", "", "", "", ""},
	{"24/7", "", "", "", ""},
	{"Jane Doe/Agence France-Presse vi", "", "", "", ""},
	{"Jane Doe)/AP", "", "", "", ""},
	{"see caption", "", "", "", ""},
	{"Copyright 2025 AP, all rights reserved?", "", "", "", ""},
}

func TestParseCredit(t *testing.T) {
	right := 0
	for _, c := range creditCases {
		got := ParseCredit(c.raw)
		want := Credit{Raw: c.raw, Line: c.line, Byline: c.byline, Provider: c.provider, Distributor: c.distributor, Sure: true}
		if c.line == "" {
			want = Credit{Raw: c.raw, Line: c.raw}
		}
		want.Changed = want.Line != c.raw
		if got != want {
			t.Errorf("ParseCredit(%q)\n got %+v\nwant %+v", c.raw, got, want)
			continue
		}
		right++
	}
	t.Logf("%d of %d credit lines", right, len(creditCases))
}

func TestParseCreditEmpty(t *testing.T) {
	for _, raw := range []string{"", "  ", "\n"} {
		if got := ParseCredit(raw); got.Line != "" || got.Sure || got.Changed {
			t.Errorf("ParseCredit(%q) = %+v", raw, got)
		}
	}
}

func TestCreditLine(t *testing.T) {
	for _, c := range []struct {
		byline, credit, line string
		sure                 bool
	}{
		{"Jane Doe", "AP", "Jane Doe/AP", true},
		{"Jane Doe", "AP Photo", "Jane Doe/AP", true},
		{"JANE DOE", "AFP/Getty Images", "JANE DOE/AFP via Getty Images", true},
		{"Jane Doe", "Jane Doe/Agence France-Presse via Getty Images", "Jane Doe/AFP via Getty Images", true},
		{"", "HO", "HO", false},
		{"Jane Doe", "HO", "Jane Doe", true},
		{"STR", "AFP", "AFP", true},
		{"Jane Doe", "", "Jane Doe", true},
		{"", "", "", false},
		{"Jane Doe", "Jane Doe", "Jane Doe", true},
		{"J. Doe", "Jane Doe/AP", "Jane Doe/AP", true},
		{"Renee Doe", "Renée Doe/AFP", "Renée Doe/AFP", true},
		{"Jane Doe", "John Roe/AP)", "John Roe/AP)", false},
		{"Jane Doe", "Jane Doe/Agence France-Presse vi", "Jane Doe/Agence France-Presse vi", false},
		{"Jane Doe", "Nordlandspost", "Jane Doe/Nordlandspost", true},
		{"Jane Doe", "??", "Jane Doe/??", false},
	} {
		got := CreditLine(c.byline, c.credit)
		if got.Line != c.line || got.Sure != c.sure {
			t.Errorf("CreditLine(%q, %q) = %+v, want %q, %v", c.byline, c.credit, got, c.line, c.sure)
		}
	}
}
