package wording

// This file owns what is known by name: agencies, papers and archives, which of them distribute which, and the words
// around a credit that say nothing about whose photograph it is.

import (
	"regexp"
	"strings"
)

// An agency is a provider known by name.
type agency struct {
	key   string // its folded name, shared by all its spellings
	shown string // how the newsroom writes it; "" keeps it as written
	leads bool   // may stand before the photographer: "REUTERS/Jane Doe"
}

var (
	// agencies by folded spelling.
	agencies = knownAgencies()
	// distributors name the providers each of them passes on, by keys: the pairs whose "/" is read as "via". They are
	// those that the agencies themselves write with "via".
	distributors = knownDistributors()
)

func knownAgencies() map[string]agency {
	known := map[string]agency{}
	spell := func(shown string, spellings ...string) {
		for _, s := range spellings {
			known[s] = agency{key: fold(shown), shown: shown, leads: true}
		}
	}
	know := func(names string, leads bool) {
		for _, name := range strings.Split(strings.TrimSpace(names), "\n") {
			key := fold(name)
			if _, twice := known[key]; !twice {
				known[key] = agency{key: key, leads: leads}
			}
		}
	}
	// The newsroom's own spellings: Associated Press → AP, Reuters in any case and as it is mistyped, AFP written out.
	spell("AP", "ap", "associated press", "the associated press", "ap photo", "ap photos", "ap foto", "associated press photo", "a.p")
	spell("Reuters", "reuters", "rueters", "reuteurs", "reutres", "retuers", "reuers", "ruters", "reuter", "reuters photo", "reuters photos", "thomson reuters")
	spell("AFP", "afp", "afp photo", "afp photos", "agence france-presse", "agence france presse", "a.f.p")
	spell("Getty Images", "getty images")
	known["getty"] = agency{key: "getty images", leads: true} // as written: the newsroom's rules don't lengthen it
	know(wires, true)
	know(sources, false)
	return known
}

func knownDistributors() map[string]map[string]bool {
	pairs := map[string]map[string]bool{}
	distribute := func(by string, providers ...string) {
		pairs[by] = map[string]bool{}
		for _, p := range providers {
			pairs[by][p] = true
		}
	}
	distribute("getty images", "afp", "anadolu", "anadolu agency", "nurphoto", "lightrocket", "xinhua", "xinhua news agency",
		"vcg", "visual china group", "china news service", "bloomberg", "corbis", "gamma-rapho", "picture alliance", "dpa",
		"pa images", "pa wire", "barcroft media", "barcroft images", "pacific press", "tass", "the washington post",
		"the boston globe", "boston globe", "los angeles times", "toronto star", "hindustan times", "universal images group",
		"future publishing", "icon sportswire", "medianews group", "kyodo", "kyodo news", "the asahi shimbun", "the times",
		"middle east images", "agencia makro", "in pictures", "ullstein bild", "popperfoto", "san francisco chronicle")
	distribute("ap", "sipa", "sipa usa", "xinhua", "kyodo", "kyodo news", "yonhap", "pa", "dpa", "tt", "tt news agency", "ntb",
		"ntb scanpix", "ritzau scanpix", "keystone", "lapresse", "the canadian press", "canadian press", "icon sportswire",
		"ansa", "lehtikuva", "ctk", "mti", "pti", "press trust of india", "nurphoto", "zuma press", "zuma press wire", "imagn images")
	distribute("ap images", "sipa", "sipa usa", "nurphoto", "icon sportswire", "xinhua", "zuma press")
	distribute("reuters", "kyodo", "kyodo news", "yonhap", "xinhua", "imagn images", "usa today sports", "usa today network",
		"action images", "ntb", "tt", "tt news agency", "ritzau scanpix", "lehtikuva", "anp", "belga", "agencja gazeta",
		"agencja wyborcza.pl")
	distribute("shutterstock", "epa", "epa-efe")
	distribute("zuma press", "sopa images")
	distribute("zuma press wire", "sopa images")
	return pairs
}

var deskOfGetty = regexp.MustCompile(`^getty images (?:north america|south america|europe|asiapac|latam|asia|africa|entertainment|sport)$`)

// lookUp finds the agency that s names as a whole, and how it is to be written.
func lookUp(s string) (shown string, a agency, known bool) {
	key := strings.TrimSuffix(fold(s), ".")
	if a, known = agencies[key]; !known {
		// "Getty Images for the Festival", "Getty Images Europe": one agency, its client or desk named.
		name, client, _ := strings.Cut(key, " for ")
		if deskOfGetty.MatchString(key) {
			name, client = "getty images", key
		}
		if a, known = agencies[name]; known && client != "" && len(strings.Fields(client)) <= 6 {
			return s, a, true
		}
		return s, agency{}, false
	}
	if a.shown != "" {
		return a.shown, a, true
	}
	return strings.TrimSuffix(s, "."), a, true
}

// noise are segments that say how a photograph came, not whose it is.
var noise = map[string]bool{
	"handout": true, "ho": true, "pool": true, "stringer": true, "str": true, "uncredited": true,
	"pool photo": true, "handout photo": true, "handout image": true,
}

// fileWords mark a photograph from the files. They tell the reader something, so they stay, behind a comma.
var fileWords = map[string]bool{"file": true, "file photo": true, "file pic": true, "archive": true, "archives": true, "archivo": true}

// Agencies that write their own name before the photographer's.
const wires = `
EPA
EPA-EFE
EPA Images
EFE
EFE-EPA
European Pressphoto Agency
Xinhua
Xinhua News Agency
新华社
新華社
中新社
PA
PA Wire
PA Media
PA Images
Press Association
ANSA
TASS
ТАСС
РИА Новости
Sputnik
Anadolu
Anadolu Agency
Yonhap
연합뉴스
뉴시스
Kyodo
Kyodo News
共同
共同通信
時事
時事通信
AFP=時事
AFP時事
アフロ
ロイター
Рейтер
Reuters TV
Рейтерс
رويترز
أ ف ب
أ.ف.ب
فرانس برس
رویترز
איי אף פי
רויטרס
ANP
Belga
APA
dpa
PTI
ANI
NTB
TT
Lusa
PAP
MTI
CTK
ČTK
AAP
Ritzau Scanpix
Lehtikuva
Keystone
ΑΠΕ-ΜΠΕ
ANA-MPE
Eurokinissi
`

// Other agencies, papers, broadcasters and archives.
const sources = `
ABC News
ABC
Abaca
Abacapress
Abacapress.com
Action Images
Adobe Stock
Agence VU
Agence VU'
Agencia Brasil
Agência Brasil
Agencia Makro
Agencia Uno
Agencja Gazeta
Agencja Wyborcza.pl
Agerpres
Al Jazeera
Alamy
Alamy Live News
Alamy Stock Photo
Andina
AP Images
AP Archive
Associated Press Images
ATPImages
Barcroft Images
Barcroft Media
Bay Area News Group
BBC
BBC News
BelTA
Bettmann
Bettmann Archive
Bettmann/Corbis
Bloomberg
Bloomberg News
Boston Globe
Boston Herald
BTA
Camera Press
Canadian Press
CBC
CBC News
CBS
CBS News
Chicago Sun-Times
Chicago Tribune
China Daily
China News Service
CNN
Colprensa
Contrasto
Corbis
Corriere della Sera
Cuartoscuro
Daily Mail
Daily Mirror
ddp
Der Spiegel
Die Zeit
El Mundo
El País
El Universal
Estadão Conteúdo
Europa Press
European Space Agency
Everett Collection
Evening Standard
Facebook
eyevine
Fars News Agency
FAZ
FilmMagic
Financial Times
Flash90
Folhapress
Fox News
Future Publishing
Gamma-Rapho
Haaretz
Hans Lucas
HINA
Hindustan Times
Houston Chronicle
Hulton Archive
Icon Sportswire
imago
imago images
Imagn
Imagn Images
IMAGO
In Pictures
Independent
Instagram
InTime News
Interfax
Invision
IRNA
ISNA
iStock
iStockphoto
Jiji
Jiji Press
KCNA
Korean Central News Agency
Korea News Service
La Presse
La Repubblica
La Vanguardia
LaPresse
Landov
Laif
Le Figaro
Le Monde
Le Parisien
Libération
Library of Congress
LightRocket
Los Angeles Times
MAGNUM
Magnum Photos
Maxar
Maxar Technologies
McClatchy
MediaNews Group
Mehr News Agency
Miami Herald
Middle East Images
MLive
NASA
National Archives
National Geographic
NBC
NBC News
New York Times
Newscom
Newsis
News1
NOAA
Noor
NPR
NTB Scanpix
NurPhoto
NYT
Ouest-France
PA Archive
Pacific Press
Panos Pictures
Petra
picture alliance
picture-alliance
Pixsell
Planet Labs
Planet Labs PBC
Polaris
Popperfoto
Press Association Images
Press Trust of India
Redferns
Redux
Redux Pictures
REX
Rex Features
RIA Novosti
RNZ
SANA
San Francisco Chronicle
Scanpix
Science Photo Library
Shutterstock
Sipa
Sipa Press
Sipa USA
SOPA Images
SPA
Sports Illustrated
Star Tribune
Stuff
Süddeutsche Zeitung
SWNS
Tanjug
Tasnim News Agency
Telegram
Télam
The Age
The Asahi Shimbun
The Atlantic
The Boston Globe
The Canadian Press
The Chronicle
The Dallas Morning News
The Denver Post
The Globe and Mail
The Guardian
The Hindu
The Independent
The Irish Times
The Mercury News
The New York Times
The Observer
The Oregonian
The Philadelphia Inquirer
The Scotsman
The Seattle Times
The Straits Times
The Sun
The Sunday Times
The Sydney Morning Herald
The Telegraph
The Times
The Times of Israel
The Wall Street Journal
The Washington Post
The Yomiuri Shimbun
TIME
TikTok
TNS
Toronto Star
Tribune News Service
TT News Agency
U.S. Air Force
U.S. Army
U.S. Coast Guard
U.S. Marine Corps
U.S. Navy
UGC
Ukrinform
ullstein bild
UNHCR
UNIAN
UNICEF
Universal Images Group
UPI
USA TODAY
USA TODAY Network
USA TODAY Sports
Vatican Media
VCG
VII
Visual China Group
WAFA
WAM
WANA
Washington Post
WireImage
WSJ
ZUMA
YouTube
ZUMA Press
ZUMA Press Wire
ZUMA Wire
ZUMAPRESS.com
视觉中国
人民网
朝日新聞
読売新聞
毎日新聞
РИА Новости
УНИАН
Укринформ
`
