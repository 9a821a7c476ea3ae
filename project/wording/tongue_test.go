package wording

import (
	"strings"
	"testing"
)

// declaration has the first and third articles of the Universal Declaration of Human Rights, as the United Nations publish them.
var declaration = map[string]string{
	"en":  "All human beings are born free and equal in dignity and rights. They are endowed with reason and conscience and should act towards one another in a spirit of brotherhood. Everyone has the right to life, liberty and security of person.",
	"es":  "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como están de razón y conciencia, deben comportarse fraternalmente los unos con los otros. Todo individuo tiene derecho a la vida, a la libertad y a la seguridad de su persona.",
	"fr":  "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison et de conscience et doivent agir les uns envers les autres dans un esprit de fraternité. Tout individu a droit à la vie, à la liberté et à la sûreté de sa personne.",
	"de":  "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und Gewissen begabt und sollen einander im Geist der Brüderlichkeit begegnen. Jeder hat das Recht auf Leben, Freiheit und Sicherheit der Person.",
	"pt":  "Todos os seres humanos nascem livres e iguais em dignidade e em direitos. Dotados de razão e de consciência, devem agir uns para com os outros em espírito de fraternidade. Todo o indivíduo tem direito à vida, à liberdade e à segurança pessoal.",
	"ar":  "يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق. وقد وهبوا عقلًا وضميرًا وعليهم أن يعامل بعضهم بعضًا بروح الإخاء. لكل فرد الحق في الحياة والحرية وسلامة شخصه.",
	"uk":  "Всі люди народжуються вільними і рівними у своїй гідності та правах. Вони наділені розумом і совістю і повинні діяти у відношенні один до одного в дусі братерства. Кожна людина має право на життя, на свободу і на особисту недоторканність.",
	"zh":  "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。人人有权享有生命、自由和人身安全。",
	"ru":  "Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены разумом и совестью и должны поступать в отношении друг друга в духе братства. Каждый человек имеет право на жизнь, на свободу и на личную неприкосновенность.",
	"be":  "Усе людзі нараджаюцца свабоднымі і роўнымі ў сваёй годнасці і правах. Яны надзелены розумам і сумленнем і павінны ставіцца адзін да аднаго ў духу брацтва. Кожны чалавек мае права на жыццё, свабоду і асабістую недатыкальнасць.",
	"bg":  "Всички хора се раждат свободни и равни по достойнство и права. Те са надарени с разум и съвест и следва да се отнасят помежду си в дух на братство. Всеки човек има право на живот, свобода и лична сигурност.",
	"sr":  "Сва људска бића рађају се слободна и једнака у достојанству и правима. Она су обдарена разумом и свешћу и треба једни према другима да поступају у духу братства. Свако има право на живот, слободу и безбедност личности.",
	"fa":  "تمام افراد بشر آزاد به دنیا می\u200cآیند و از لحاظ حیثیت و حقوق با هم برابرند. همه دارای عقل و وجدان هستند و باید نسبت به یکدیگر با روح برادری رفتار کنند. هر کس حق زندگی، آزادی و امنیت شخصی دارد. گزارش این پرونده چاپ شد.",
	"ur":  "تمام انسان آزاد اور حقوق و عزت کے اعتبار سے برابر پیدا ہوئے ہیں۔ انہیں ضمیر اور عقل ودیعت ہوئی ہے۔ اس لئے انہیں ایک دوسرے کے ساتھ بھائی چارے کا سلوک کرنا چاہیے۔ ہر شخص کو اپنی جان، آزادی اور ذاتی تحفظ کا حق ہے۔",
	"he":  "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם. כולם חוננו בתבונה ובמצפון, לפיכך חובה עליהם לנהוג איש ברעהו ברוח של אחווה. כל אדם יש לו הזכות לחיים, לחירות ולביטחון אישי.",
	"yi":  "יעדער מענטש ווערט געבוירן פריי און גלייך אין כבוד און רעכט. יעדער ווערט באשאנקען מיט פארשטאנד און געוויסן; יעדער זאל זיך פירן מיט א צווייטן אין א געמיט פון ברודערשאפט. די רעכט צו לעבן איז פון אלעמען.",
	"ja":  "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。人間は、理性と良心とを授けられており、互いに同胞の精神をもって行動しなければならない。",
	"ko":  "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다. 인간은 천부적으로 이성과 양심을 부여받았으며 서로 형제애의 정신으로 행동하여야 한다.",
	"hi":  "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है। उन्हें बुद्धि और अन्तरात्मा की देन प्राप्त है और परस्पर उन्हें भाईचारे के भाव से बर्ताव करना चाहिए।",
	"it":  "Tutti gli esseri umani nascono liberi ed eguali in dignità e diritti. Essi sono dotati di ragione e di coscienza e devono agire gli uni verso gli altri in spirito di fratellanza. Ogni individuo ha diritto alla vita, alla libertà ed alla sicurezza della propria persona.",
	"nl":  "Alle mensen worden vrij en gelijk in waardigheid en rechten geboren. Zij zijn begiftigd met verstand en geweten, en behoren zich jegens elkander in een geest van broederschap te gedragen. Een ieder heeft het recht op leven, vrijheid en onschendbaarheid van zijn persoon.",
	"ca":  "Tots els éssers humans neixen lliures i iguals en dignitat i en drets. Són dotats de raó i de consciència, i han de comportar-se fraternalment els uns amb els altres. Tota persona té dret a la vida, a la llibertat i a la seguretat de la seva persona.",
	"gl":  "Tódolos seres humanos nacen libres e iguais en dignidade e dereitos e, dotados como están de razón e conciencia, díbense comportar fraternalmente uns cos outros. Todo individuo ten dereito á vida, á liberdade e á seguridade da súa persoa.",
	"sv":  "Alla människor är födda fria och lika i värde och rättigheter. De är utrustade med förnuft och samvete och bör handla gentemot varandra i en anda av broderskap. Var och en har rätt till liv, frihet och personlig säkerhet.",
	"pl":  "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Są oni obdarzeni rozumem i sumieniem i powinni postępować wobec innych w duchu braterstwa. Każdy człowiek ma prawo do życia, wolności i bezpieczeństwa swej osoby. Nie jest to puste słowo.",
	"tr":  "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. Akıl ve vicdana sahiptirler ve birbirlerine karşı kardeşlik zihniyeti ile hareket etmelidirler. Yaşamak, hürriyet ve kişi emniyeti her ferdin hakkıdır.",
	"ps":  "د بشر ټول افراد آزاد نړۍ ته راځي او د حيثيت او حقوقو له پلوه سره برابر دي. ټول د عقل او وجدان خاوندان دي او يو له بل سره د ورورۍ په روحيې سره بايد چلند کړي.",
	"ckb": "هەموو مرۆڤەکان بە سەربەستی و یەکسان لە کەرامەت و مافەکاندا لە دایک دەبن. ئەوان خاوەنی عەقڵ و ویژدانن و دەبێ لەگەڵ یەکتردا بە گیانی برایەتی ڕەفتار بکەن.",
	"el":  "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.",
}

func TestTongueOfRealTexts(t *testing.T) {
	for lang, text := range declaration {
		if got := Tongue(text); got != lang {
			t.Errorf("%s is taken for %q", lang, got)
		}
	}
}

func TestTongue(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"nothing":                        {"", ""},
		"numbers":                        {"2026 03 08 12:45 — 400 × 300", ""},
		"a headline alone":               {"Storm over Ağrı", ""},
		"names alone":                    {"Lionel Messi, Kylian Mbappé, Robert Lewandowski, Arda Güler, Erling Haaland, Luka Modrić, Pedri, Gavi", ""},
		"a short story":                  {"A storm ends\n\nThe wind fell on Saturday and the boats went out again before sunrise.", "en"},
		"English with an Arabic quote":   {declaration["en"] + " “لكل فرد الحق في الحياة والحرية وسلامة شخصه.”", "en"},
		"Arabic with English credits":    {declaration["ar"] + "\n\nJane Doe/AFP via Getty Images", "ar"},
		"Ukrainian with a Russian quote": {declaration["uk"] + declaration["uk"] + " «Мы это знаем»", "uk"},
		"Chinese with Japanese names":    {declaration["zh"] + declaration["zh"] + "「のぞみ」", "zh"},
		"Danish or Norwegian":            {"Alle mennesker er født frie og med samme menneskeverd og menneskerettigheter. De er utstyrt med fornuft og samvittighet og bør handle mot hverandre i brorskapets ånd.", ""},
		"Arabic letters of no language":  {strings.Repeat("در باد ", 10), "und-Arab"},
		"Cyrillic of another language":   {"Бардык адамдар өз беделинде жана укуктарында эркин жана тең укуктуу болуп жаралат. Алардын аң-сезими менен абийири бар.", "und-Cyrl"},
		"letters with marks apart":       {"Todos los niños están aquí y según el alcalde no hay más que decir sobre la situación de la región.", "es"},
		"broken text":                    {"\xff\xfe the \x00", ""},
	}
	for name, c := range tests {
		if got := Tongue(c.text); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Undecided or not, a text in letters that are read from the right is set from the right.
func TestTongueSaysTheDirection(t *testing.T) {
	for text, want := range map[string]string{
		declaration["ar"]: "rtl", declaration["he"]: "rtl", declaration["fa"]: "rtl", declaration["ur"]: "rtl", declaration["ckb"]: "rtl",
		strings.Repeat("در باد ", 10): "rtl", strings.Repeat("ކޮންމެ މީހަކީވެސް ", 5): "rtl", declaration["zh"]: "ltr", declaration["en"]: "ltr",
	} {
		if got := Direction(Tongue(text)); got != want {
			t.Errorf("%.20s… is read %s", text, got)
		}
	}
}

func FuzzTongue(f *testing.F) {
	for _, text := range declaration {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		lang := Tongue(text)
		if again := Tongue(text); again != lang {
			t.Errorf("%q, then %q", lang, again)
		}
		if n := len(lang); n != 0 && (n < 2 || n > len("und-Arab")) {
			t.Errorf("%q is no language tag", lang)
		}
	})
}
