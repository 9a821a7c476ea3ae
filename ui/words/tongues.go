package words

// This file owns what the languages of essays are called.

import "fyne.io/fyne/v2/lang"

// Tongues are the languages of essays on offer, by BCP 47 tag and name; a project may hold any other tag, which is then offered too.
var Tongues = []struct{ Tag, Name string }{
	{"en", Key("English")},
	{"es", Key("Spanish")},
	{"fr", Key("French")},
	{"de", Key("German")},
	{"ar", Key("Arabic")},
	{"pt", Key("Portuguese")},
	{"it", Key("Italian")},
	{"nl", Key("Dutch")},
	{"pl", Key("Polish")},
	{"uk", Key("Ukrainian")},
	{"tr", Key("Turkish")},
	{"he", Key("Hebrew")},
	{"fa", Key("Persian")},
	{"ur", Key("Urdu")},
	{"hi", Key("Hindi")},
	{"ru", Key("Russian")},
	{"ja", Key("Japanese")},
	{"ko", Key("Korean")},
	{"zh", Key("Chinese")},
}

// Tongue is what a language is called, or its tag where no name is known.
func Tongue(tag string) string {
	for _, t := range Tongues {
		if t.Tag == tag {
			return lang.L(t.Name)
		}
	}
	return tag
}
