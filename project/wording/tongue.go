package wording

// This file owns which language a text is written in, as far as the text itself shows it: first its script, then the letters
// that only one language has, then the small words that no text does without. No statistics of letters: those mistake Catalan
// for Spanish with confidence, and here a wrong language is worse than none.

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// leastLetters of a script are needed to tell anything from.
const leastLetters = 20

// scripts that a story may be in, by ISO 15924, with the language that alone uses them today, "" where several do.
var scripts = []struct {
	code  string
	table *unicode.RangeTable
	lang  string
}{
	{"Latn", unicode.Latin, ""},
	{"Arab", unicode.Arabic, ""},
	{"Cyrl", unicode.Cyrillic, ""},
	{"Hani", unicode.Han, "zh"},
	{"Jpan", nil, "ja"}, // kana with the Han characters between
	{"Hebr", unicode.Hebrew, "he"},
	{"Deva", unicode.Devanagari, ""},
	{"Beng", unicode.Bengali, "bn"},
	{"Hang", unicode.Hangul, "ko"},
	{"Grek", unicode.Greek, "el"},
	{"Thai", unicode.Thai, "th"},
	{"Armn", unicode.Armenian, "hy"},
	{"Geor", unicode.Georgian, "ka"},
	{"Taml", unicode.Tamil, "ta"},
	{"Telu", unicode.Telugu, "te"},
	{"Knda", unicode.Kannada, "kn"},
	{"Mlym", unicode.Malayalam, "ml"},
	{"Gujr", unicode.Gujarati, "gu"},
	{"Guru", unicode.Gurmukhi, "pa"},
	{"Sinh", unicode.Sinhala, "si"},
	{"Khmr", unicode.Khmer, "km"},
	{"Laoo", unicode.Lao, "lo"},
	{"Thaa", unicode.Thaana, "dv"},
	{"Mymr", unicode.Myanmar, ""},
	{"Ethi", unicode.Ethiopic, ""},
	{"Syrc", unicode.Syriac, ""},
	{"Nkoo", unicode.Nko, ""},
}

// Tongue is the language of a text as a BCP 47 tag, where its script, letters and small words leave no doubt. Where only the
// script is clear and it isn't Latin, the tag is "und-" and the script ("und-Arab"), from which [Direction] follows; "" where
// nothing is. Names and quotes in another language don't change it.
func Tongue(text string) string {
	text = strings.ToLower(norm.NFC.String(text))
	code, lang := scriptOf(text)
	switch code {
	case "":
		return ""
	case "Arab":
		lang = arabicTongue(text)
	case "Cyrl":
		lang = cyrillicTongue(text)
	case "Hebr":
		if found := bySmallWords(text, code); found != "" {
			lang = found
		}
	case "Latn", "Deva":
		lang = bySmallWords(text, code)
	}
	if lang == "" && code != "Latn" {
		return "und-" + code
	}
	return lang
}

// scriptOf is the script of more than half of a text's letters.
func scriptOf(text string) (code, lang string) {
	counts := make([]int, len(scripts))
	all, kana := 0, 0
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		all++
		if unicode.In(r, unicode.Hiragana, unicode.Katakana) {
			kana++
			continue
		}
		for i, s := range scripts {
			if s.table != nil && unicode.Is(s.table, r) {
				counts[i]++
				break
			}
		}
	}
	for i, s := range scripts {
		switch n := counts[i]; {
		case s.code == "Hani" && 10*kana > n, s.code == "Jpan" && kana == 0: // Chinese that quotes a Japanese name stays Chinese
			continue
		case s.code == "Jpan":
			counts[i] = kana + counts[i-1]
		}
		if 2*counts[i] > all && counts[i] >= leastLetters {
			return s.code, s.lang
		}
	}
	return "", ""
}

// share is how many letters in a thousand of a script's are among those.
func share(text string, script *unicode.RangeTable, among string) int {
	n, all := 0, 0
	for _, r := range text {
		if !unicode.IsLetter(r) || !unicode.Is(script, r) {
			continue
		}
		all++
		if strings.ContainsRune(among, r) {
			n++
		}
	}
	return 1000 * n / max(1, all)
}

// arabicTongue goes by letters that were added to the Arabic ones, and by those that only Arabic has.
func arabicTongue(text string) string {
	of := func(among string) int { return share(text, unicode.Arabic, among) }
	for _, own := range []struct{ lang, letters string }{
		{"ps", "ټډړږښځڅۍګڼ"}, {"sd", "ڪڳڱٻڀڄٺ"}, {"ckb", "ێڕڵ"}, {"ug", "ۈۋڭې"},
	} {
		if of(own.letters) >= 10 {
			return own.lang
		}
	}
	persian, arabic := of("پچژگ"), of("ةىأإ")
	switch {
	case of("ٹڈڑںے") >= 15:
		return bySmallWords(text, "Arab") // Punjabi has the same letters
	case persian >= 10 && persian > 2*arabic:
		return "fa"
	case arabic >= 10 && arabic > 2*persian:
		return "ar"
	}
	return ""
}

// cyrillicTongue wants a language's own letters, and no letter that it doesn't have.
func cyrillicTongue(text string) string {
	const common = "абвгдежзиклмнопрстуфхцчш"
	for _, l := range []struct{ lang, own, more string }{
		{"uk", "іїє", "ґйщьюя"},
		{"be", "ў", "іыэёйьюя"},
		{"ru", "ыэ", "ёйщъьюя"},
		{"bg", "ъ", "йщьюя"},
		{"mk", "ѓќѕ", "јљњџ"},
		{"sr", "ћђ", "јљњџ"},
	} {
		if share(text, unicode.Cyrillic, l.own) >= 5 && share(text, unicode.Cyrillic, common+l.own+l.more) >= 995 {
			return l.lang
		}
	}
	return ""
}

// smallWords by script and language. Neighbours that no page speaks are here so that they aren't taken for one that it does.
var smallWords = map[string]map[string]map[string]bool{
	"Latn": {
		"en": set(`a i or the of and to in is was that for on with by at from it as are were has have had his her their they be been not this which but an who`),
		"es": set(`a e o u el la los las y de del en con por para una un que se su sus al lo es fue como más pero no son está han ha este esta o`),
		"fr": set(`a à y n s le la les et de du des en dans avec pour par une un que qui se est au aux sur plus mais ne pas il elle ils ce cette son sa ses ont été sont d l`),
		"de": set(`der die das und in den von zu mit sich des auf für ist im dem nicht ein eine einen einer als auch es an werden wurde aus er hat dass sie nach wird bei um am sind war jeder`),
		"pt": set(`o a os as e de do da dos das em no na nos nas com por para uma um que se não ao à aos foi mais são pelo pela seu sua mas como está`),
		"gl": set(`o a os as e de do da dos das en no na nos nas con por para unha un que se non ao á aos foi máis son polo pola seu súa mais como está cos`),
		"ca": set(`a o s n el els la les i de del dels en amb per una un que es al als és va van més però no són ha han aquest aquesta seva seu o uns l d`),
		"it": set(`a o c è il lo la i gli le e ed di del della dei delle in con per una un che si è al alla da dal dalla nel nella più ma non sono ha hanno su come anche l`),
		"ro": set(`e i și în de la cu pe nu din care a o un mai pentru este au fost sunt prin după al ale lui ca să se sau`),
		"nl": set(`u de het een en van in is op te dat met voor zijn niet aan er om ook als door bij naar werd uit over heeft hij zij ze maar die was worden`),
		"af": set(`die het en van in is op te dat met vir sy nie aan om ook as deur by na was uit oor hy hulle maar wat`),
		"sv": set(`och att det som en på är av för med till den har de inte om ett han hon men var sig från vi så när eller hade blev efter i`),
		"da": set(`og at det som en på er af for med til den har de ikke om et han hun men var sig fra vi så da eller havde blev efter i nogen`),
		"nb": set(`og at det som en på er av for med til den har de ikke om et han hun men var seg fra vi så da eller hadde ble etter i noen`),
		"pl": set(`i w na z do się nie to jest że o od po za jak ale przez dla był była były są który która które przed oraz ze we`),
		"cs": set(`a v na se je že z do to s o i si ve pro jako ale byl byla byly jsou který která které před po za od nebo ze není`),
		"tr": set(`ve bir bu için ile de da olarak daha çok olan gibi ama sonra kadar en her ne değil göre olduğu o şey mi ise`),
		"hu": set(`a az és hogy nem is egy volt meg de csak már mint ha van még szerint után el ki amely azt ez`),
		"fi": set(`ja on ei että se oli hän ovat mutta myös kun kuin joka mukaan sekä tai ole olla jo niin`),
		"id": set(`yang dan di dari untuk dengan pada ini itu tidak dalam ke akan oleh adalah juga telah orang sebagai mereka`),
		"vi": set(`và của là có các được trong cho những một không người đã với này ở tại khi`),
		"hr": set(`i u na je se za da su od s o ne to kao koji koja koje bi iz a ali nije bio bila po`),
		"sq": set(`dhe të në e i me për një që nga është si më u por nuk janë së`),
		"sk": set(`a v na sa je že z do to s o i si vo pre ako ale bol bola boli sú ktorý ktorá ktoré pred po za od alebo zo nie`),
		"sl": set(`in je v na se da so za z ki bi pa ne s o kot po tudi od ali bil iz`),
	},
	"Deva": {
		"hi": set(`के में है की से को और का पर ने हैं कि यह एक भी नहीं थे था थी हो तो`),
		"mr": set(`आहे आणि या हे ते होते असे मध्ये नाही व त्या ही तो केली केले आहेत`),
		"ne": set(`छ र हो पनि यो भएको गर्ने गरेको छन् थियो तर एक लागि भने`),
	},
	"Arab": {
		"ur":  set(`کے میں کی ہے سے کو اور کا پر نے ہیں کہ یہ ایک بھی نہیں`),
		"pnb": set(`دے وچ دی اے توں نوں تے دا ایہ نیں`),
	},
	"Hebr": {
		"he": set(`של את על לא הוא היא כי עם זה או גם כל אל אך בין היה הם יש`),
		"yi": set(`און די פון איז אין דער צו מיט נישט ער זיין`),
	},
}

// bySmallWords is the language whose small words are as large a part of the text as they always are, if no other's could be
// meant: of two with words in common, those count that only one has. "" for none.
func bySmallWords(text, script string) string {
	const (
		leastWords   = 8
		leastPercent = 12
		leastOwn     = 2
	)
	tongues := smallWords[script]
	text = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsMark(r) {
			return r
		}
		return ' '
	}, text)
	all := strings.Fields(text)
	count := func(is func(word string) bool) (n int) {
		for _, w := range all {
			if is(w) {
				n++
			}
		}
		return n
	}
	best, most := "", 0
	for lang, words := range tongues {
		if n := count(func(w string) bool { return words[w] }); n > most || n == most && lang < best {
			best, most = lang, n
		}
	}
	if len(all) < leastWords || most == 0 || 100*most < leastPercent*len(all) {
		return ""
	}
	for lang, theirs := range tongues {
		own := count(func(w string) bool { return tongues[best][w] && !theirs[w] })
		other := count(func(w string) bool { return theirs[w] && !tongues[best][w] })
		if lang != best && (own < leastOwn || own < 3*other) {
			return ""
		}
	}
	return best
}
