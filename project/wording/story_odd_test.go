package wording

// Stories with traps in them, and of languages other than English.
var oddStories = []storyCase{
	{
		name: "signed off by its agency",
		text: "The thaw\n\nPARIS, March 8 (Reuters) - The river rose overnight, a spokeswoman told Reuters.\n\n" +
			"A Jane Doe/Reuters survey of the banks found nothing.\n\n“It will fall,” she said. (Reuters)\n\n(Reporting by Jane Doe; Editing by John Roe)\n\n" +
			"A boat lies on the bank. REUTERS/Jane Doe\n\nA dog waits. REUTERS/Jane Doe\n",
		headline: "The thaw",
		paragraphs: []string{
			"PARIS, March 8 (Reuters) - The river rose overnight, a spokeswoman told Reuters.", "A Jane Doe/Reuters survey of the banks found nothing.",
			"“It will fall,” she said. (Reuters)", "(Reporting by Jane Doe; Editing by John Roe)",
		},
		captions: []string{"A boat lies on the bank. | Jane Doe/Reuters", "A dog waits. | Jane Doe/Reuters"},
	},
	{
		name: "a byline with an abbreviated name, behind the first paragraph",
		text: "AP PHOTOS: The river rises\n\nDHAKA, Bangladesh (AP) — The river rose on Tuesday.\n\nBy MD. DOE, Associated Press\n\n" +
			"More than 24/7 coverage and/or luck was needed, said Dr. A. B. Roe.\n\nA man wades home. (AP Photo/Md. Doe)\n\nBy Friday it fell. Jane Doe/AP",
		headline: "AP PHOTOS: The river rises",
		paragraphs: []string{
			"DHAKA, Bangladesh (AP) — The river rose on Tuesday.", "By MD. DOE, Associated Press",
			"More than 24/7 coverage and/or luck was needed, said Dr. A. B. Roe.",
		},
		captions: []string{"A man wades home. | Md. Doe/AP", "By Friday it fell. | Jane Doe/AP"},
	},
	{
		name:       "no captions, an agency at the end",
		text:       "The thaw\n\nThe river rose overnight.\n\nBy noon it fell. — AP",
		headline:   "The thaw",
		paragraphs: []string{"The river rose overnight.", "By noon it fell. — AP"},
	},
	{
		name:     "slashes in the text",
		text:     "What now?\n\nChoose tea and/or coffee, open 24/7.\n\nThey came to see AC/DC. Who else? AC/DC\n\nSee https://example.com/Jane/AP\n\nA boat lies on the bank. Jane Doe/AP",
		headline: "What now?", paragraphs: []string{"Choose tea and/or coffee, open 24/7.", "They came to see AC/DC. Who else? AC/DC", "See https://example.com/Jane/AP"},
		captions: []string{"A boat lies on the bank. | Jane Doe/AP"},
	},
	{
		name:     "a photographer's byline",
		text:     "The thaw\n\nPhotographs by Jane Doe\nText by John Roe\n\nThe river rose overnight.\n\nA boat lies on the bank. Jane Doe for The New York Times\n\nA dog waits. Jane Doe for The New York Times",
		headline: "The thaw", byline: "Photographs by Jane Doe; Text by John Roe",
		paragraphs: []string{"The river rose overnight."},
		captions:   []string{"A boat lies on the bank. | Jane Doe for The New York Times", "A dog waits. | Jane Doe for The New York Times"},
	},
	{
		name:     "the same unknown paper throughout",
		text:     "The thaw\n\nThe river rose overnight.\n\nA boat lies on the bank. Jane Doe/Nordlandspost\n\nThe water fell.\n\nA dog waits. John Roe/Nordlandspost\n\nAll is well.",
		headline: "The thaw", paragraphs: []string{"The river rose overnight.", "The water fell.", "All is well."},
		captions: []string{"A boat lies on the bank. | Jane Doe/Nordlandspost", "A dog waits. | John Roe/Nordlandspost"},
	},
	{
		name:     "captions without full stops stay whole",
		text:     "The thaw\n\nThe river rose overnight.\n\nA boat lies on the bank Jane Doe/AP\n\nA dog waits (Jane Doe/AP)\n\nA cat sleeps Jane Doe/AFP",
		headline: "The thaw", paragraphs: []string{"The river rose overnight."},
		captions: []string{"A boat lies on the bank Jane Doe/AP | ", "A dog waits | Jane Doe/AP", "A cat sleeps Jane Doe/AFP | "},
	},
	{
		name:     "label above the headline",
		text:     "IN PICTURES\n\nWinter on the coast comes to its end\n\nThe river rose overnight.\n\nA boat lies on the bank. Jane Doe/PA",
		headline: "IN PICTURES: Winter on the coast comes to its end", paragraphs: []string{"The river rose overnight."},
		captions: []string{"A boat lies on the bank. | Jane Doe/PA"},
	},
	{
		name:     "abbreviations before credits",
		text:     "The thaw\n\nThe river rose at 5 a.m.\n\nWalkers gather in Washington, D.C. Jane Doe/AP\n\nWalkers gather on Jan. 6. J. R. Doe/AP\n\nA guard stands at No. 10. Jane Doe/PA Wire\n\nWalkers greet Dr. Doe at the U.S. Army base. U.S. Army via AP",
		headline: "The thaw", paragraphs: []string{"The river rose at 5 a.m."},
		captions: []string{
			"Walkers gather in Washington, D.C. | Jane Doe/AP", "Walkers gather on Jan. 6. | J. R. Doe/AP", "A guard stands at No. 10. | Jane Doe/PA Wire",
			"Walkers greet Dr. Doe at the U.S. Army base. | U.S. Army via AP",
		},
	},
	{
		name:     "spaces of every kind",
		text:     "The\u00a0thaw\u200b\n\t\nThe\u2009river\trose.\n\u00a0\nA boat\u202flies on the bank.\u00a0Jane Doe\u00a0/\u00a0AP\n\nA dog waits.Jane Doe/AP",
		headline: "The thaw", paragraphs: []string{"The river rose."},
		captions: []string{"A boat lies on the bank. | Jane Doe/AP", "A dog waits. | Jane Doe/AP"},
	},
	{
		name:     "quotes",
		text:     "“We are cold”: the thaw\n\nThe river rose.\n\n“We are cold,” says Jane Roe. Jane Doe/AP\n\nJane Roe says: “We are cold.” (Jane Doe/AP)\n\nWill it hold?” Jane Doe/AP",
		headline: "“We are cold”: the thaw", paragraphs: []string{"The river rose."},
		captions: []string{"“We are cold,” says Jane Roe. | Jane Doe/AP", "Jane Roe says: “We are cold.” | Jane Doe/AP", "Will it hold?” | Jane Doe/AP"},
	},
	{
		name:     "German",
		text:     "Bilder: Der Winter geht\n\nVon Jana Doe\n\nIn der ersten warmen Woche kamen die Wanderer zurück.\n\nSpaziergänger auf der neuen Brücke. Foto: Jana Döe / dpa\n\nEin Kleiber klettert. Foto: Jana Döe / dpa",
		headline: "Bilder: Der Winter geht", byline: "Jana Doe",
		paragraphs: []string{"In der ersten warmen Woche kamen die Wanderer zurück."},
		captions:   []string{"Spaziergänger auf der neuen Brücke. | Jana Döe/dpa", "Ein Kleiber klettert. | Jana Döe/dpa"},
	},
	{
		name:     "French",
		text:     "EN IMAGES : l’hiver s’en va\n\nLes marcheurs sont revenus sur le sentier.\n\nDes pissenlits à contre-jour, mercredi 7 mai 2025. RENÉE DOE / AFP\n\nDes marcheurs sur le pont. JANE DOE POUR « LE MONDE »\n\nLe pont à marée basse. JEAN DOE / AFP",
		headline: "EN IMAGES : l’hiver s’en va",
		paragraphs: []string{
			"Les marcheurs sont revenus sur le sentier.",
		},
		captions: []string{"Des pissenlits à contre-jour, mercredi 7 mai 2025. | RENÉE DOE/AFP", "Des marcheurs sur le pont. | JANE DOE POUR « LE MONDE »", "Le pont à marée basse. | JEAN DOE/AFP"},
	},
	{
		name:     "Chinese",
		text:     "图片：北方海岸的冬天\n\n三月第一个温暖的星期，行人回到海岸。\n\n行人走过新桥。王小明/AP\n\n一只鸟爬下橡树。李雷/AFP via Getty Images)",
		headline: "图片：北方海岸的冬天", paragraphs: []string{"三月第一个温暖的星期，行人回到海岸。"},
		captions: []string{"行人走过新桥。 | 王小明/AP", "一只鸟爬下橡树。 | 李雷/AFP via Getty Images"},
	},
	{
		name:     "Arabic",
		text:     "شتاء الساحل ينتهي\n\nعاد المشاة إلى الطريق في الأسبوع الأول من مارس.\n\nهل سيصمد الجسر؟ حسن علي/AFP\n\nعبر المشاة الجسر الجديد. حسن علي/رويترز",
		headline: "شتاء الساحل ينتهي", paragraphs: []string{"عاد المشاة إلى الطريق في الأسبوع الأول من مارس."},
		captions: []string{"هل سيصمد الجسر؟ | حسن علي/AFP", "عبر المشاة الجسر الجديد. | حسن علي/رويترز"},
	},
	{
		name:     "a list in the text is no list of photographs",
		text:     "The thaw\n\nWhat to bring:\n1. Boots.\n2. A coat.\n\nA boat lies on the bank. Jane Doe/AP\n\nA dog waits. Jane Doe/AP",
		headline: "The thaw", paragraphs: []string{"What to bring:", "1. Boots.", "2. A coat."},
		captions: []string{"A boat lies on the bank. | Jane Doe/AP", "A dog waits. | Jane Doe/AP"},
	},
	{
		name:     "bullets and dashes",
		text:     "The thaw\n\nThe river rose.\n\n• A boat lies on the bank. — Jane Doe/AP\n• A dog waits | Jane Doe/AP Photo\n",
		headline: "The thaw", paragraphs: []string{"The river rose."},
		captions: []string{"A boat lies on the bank. | Jane Doe/AP", "A dog waits | Jane Doe/AP"},
	},
	{
		name:     "from the files",
		text:     "The thaw\n\nThe river rose.\n\nFILE - A boat lies on the bank on March 8, 2024. (AP Photo/Jane Doe, File)\n\nA dog waits. REUTERS/John Roe/File Photo",
		headline: "The thaw", paragraphs: []string{"The river rose."},
		captions: []string{"FILE - A boat lies on the bank on March 8, 2024. | Jane Doe/AP, File", "A dog waits. | John Roe/Reuters, File Photo"},
	},
	{
		name:     "short paragraphs, one to a line",
		text:     "A long headline that goes on for quite a while and has no full stop\nThe river rose over its banks on Saturday and took the path.\nIt fell again on Sunday, and the walkers came back to see it.\nNobody was hurt, the mayor of the town said in the morning.\nA boat lies on the bank. Jane Doe/AP",
		headline: "A long headline that goes on for quite a while and has no full stop",
		paragraphs: []string{
			"The river rose over its banks on Saturday and took the path.", "It fell again on Sunday, and the walkers came back to see it.",
			"Nobody was hurt, the mayor of the town said in the morning.",
		},
		captions: []string{"A boat lies on the bank. | Jane Doe/AP"},
	},
	{
		name: "wrapped narrow, the headline too",
		text: "Photos: Wildfires rage across\nNorthern California\n\nPARADISE, Calif. (AP) — Fires have burned for\ndays. Nobody knows the cause of them, said the\nU.S. Forest Service.\n\n" +
			"Smoke rises over the hills near\nParadise, Calif., on Monday.\nJane Doe/AP\n\nA firefighter rests on Tuesday in\nChico.\nJohn Roe/Getty Images",
		headline:   "Photos: Wildfires rage across Northern California",
		paragraphs: []string{"PARADISE, Calif. (AP) — Fires have burned for days. Nobody knows the cause of them, said the U.S. Forest Service."},
		captions:   []string{"Smoke rises over the hills near Paradise, Calif., on Monday. | Jane Doe/AP", "A firefighter rests on Tuesday in Chico. | John Roe/Getty Images"},
	},
	{
		name: "a gallery page that counts",
		text: "Hide caption\n\n1 of 2 | A woman walks. (AP Photo/Jane Doe)\n\n2 of 2 | FILE - A drone is seen. (Oldtown 24th Brigade via AP)\n\n" +
			"KYIV, Ukraine (AP) — Life goes on.\n\n___\n\nAssociated Press writer Jane Doe in Kyiv contributed to this report.",
		paragraphs: []string{"Hide caption", "KYIV, Ukraine (AP) — Life goes on.", "___", "Associated Press writer Jane Doe in Kyiv contributed to this report."},
		captions:   []string{"A woman walks. | Jane Doe/AP", "FILE - A drone is seen. | Oldtown 24th Brigade via AP"},
	},
	{
		name:     "a page's clutter",
		text:     "In pictures: the thaw\n\nPublished 30 October 2024\nShare\nSave\n\nThe river rose.\n\nImage source, EPA\nImage caption, \nA boat lies on the bank\n\nThe water fell.",
		headline: "In pictures: the thaw", paragraphs: []string{"Published 30 October 2024", "Share", "Save", "The river rose.", "The water fell."},
		captions: []string{"A boat lies on the bank | EPA"},
	},
	{
		name:     "places as headings over captions, credits below",
		text:     "The feast – in pictures\n\nJakarta, Indonesia\nWorshippers pray\nPhotograph: Jane Doe/AFP/Getty Images\n\nCairo, Egypt\nChildren carry lanterns\nPhotograph: John Roe/EPA",
		headline: "The feast – in pictures", paragraphs: []string{"Jakarta, Indonesia", "Cairo, Egypt"},
		captions: []string{"Worshippers pray | Jane Doe/AFP via Getty Images", "Children carry lanterns | John Roe/EPA"},
	},
	{
		name: "a closing paragraph behind credits on their own lines",
		text: "A year\n\nBy Jane Doe and John Roe, CNN\n\nIt was a year.\n\nA man stands in snow.\n\nJane Doe/AP\n\nA woman stands in rain.\n\nJohn Roe/Reuters\n\n" +
			"All in all it was hard, and the next one will be no easier, they said.",
		headline: "A year", byline: "Jane Doe and John Roe, CNN",
		paragraphs: []string{"It was a year.", "All in all it was hard, and the next one will be no easier, they said."},
		captions:   []string{"A man stands in snow. | Jane Doe/AP", "A woman stands in rain. | John Roe/Reuters"},
	},
	{
		name:     "Japanese",
		text:     "写真で見る北海岸の冬\n\n三月の最初の暖かい週に、散歩する人々が戻ってきた。\n\n新しい橋を渡る人々。山田太郎/共同\n\n樫の木を下りるゴジュウカラ。（ロイター/山田花子）\n\n灯台に打ち寄せる波。写真：山田太郎/AFP=時事",
		headline: "写真で見る北海岸の冬", paragraphs: []string{"三月の最初の暖かい週に、散歩する人々が戻ってきた。"},
		captions: []string{"新しい橋を渡る人々。 | 山田太郎/共同", "樫の木を下りるゴジュウカラ。 | 山田花子/ロイター", "灯台に打ち寄せる波。 | 山田太郎/AFP=時事"},
	},
	{
		name: "segments that name nobody, slips of the keys",
		text: "PICTURES: Storm\n\nThe mayor works for AP/Reuters. She said so.\n\nStorm hits. Agence France-Presse/Getty Images\n\nStorm leaves. jane doe/ap\n\n" +
			"Storm again, “wow!”. Jane Doe/rueters)\n\nWaves. Pool/AP\n\nA plane. HO/AFP via Getty Images",
		headline: "PICTURES: Storm", paragraphs: []string{"The mayor works for AP/Reuters. She said so."},
		captions: []string{
			"Storm hits. | AFP via Getty Images", "Storm leaves. | jane doe/AP", "Storm again, “wow!”. | Jane Doe/Reuters", "Waves. | AP", "A plane. | AFP via Getty Images",
		},
	},
}
