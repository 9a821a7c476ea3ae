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
}
