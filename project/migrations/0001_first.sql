-- The first shape of a project file. Ids are never used twice (AUTOINCREMENT),
-- since the undo history names rows by them.

CREATE TABLE project (
	name  TEXT PRIMARY KEY,
	value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE photo (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	sha256      TEXT NOT NULL UNIQUE,
	name        TEXT NOT NULL,
	format      TEXT NOT NULL,
	bytes       INTEGER NOT NULL,
	width       INTEGER NOT NULL,
	height      INTEGER NOT NULL,
	orientation INTEGER NOT NULL DEFAULT 1,
	profile     TEXT NOT NULL DEFAULT '',
	caption     TEXT NOT NULL DEFAULT '',
	byline      TEXT NOT NULL DEFAULT '',
	credit      TEXT NOT NULL DEFAULT '',
	credit_line TEXT NOT NULL DEFAULT '',
	source      TEXT NOT NULL DEFAULT '',
	copyright   TEXT NOT NULL DEFAULT '',
	headline    TEXT NOT NULL DEFAULT '',
	city        TEXT NOT NULL DEFAULT '',
	state       TEXT NOT NULL DEFAULT '',
	country     TEXT NOT NULL DEFAULT '',
	alt         TEXT NOT NULL DEFAULT '',
	description TEXT NOT NULL DEFAULT '',
	instruction TEXT NOT NULL DEFAULT '',
	usage_terms TEXT NOT NULL DEFAULT '',
	source_type TEXT NOT NULL DEFAULT '',
	keywords    TEXT NOT NULL DEFAULT '[]', -- a JSON list
	taken_at    TEXT NOT NULL DEFAULT '',
	embargo     TEXT NOT NULL DEFAULT '',
	expires     TEXT NOT NULL DEFAULT '',
	sensitive   INTEGER NOT NULL DEFAULT 0,
	gps         INTEGER NOT NULL DEFAULT 0,
	recipe      TEXT NOT NULL DEFAULT '{}',
	added_at    TEXT NOT NULL
);

CREATE TABLE essay (
	id         INTEGER PRIMARY KEY AUTOINCREMENT,
	uid        TEXT NOT NULL UNIQUE,
	slug       TEXT NOT NULL UNIQUE,
	headline   TEXT NOT NULL DEFAULT '',
	standfirst TEXT NOT NULL DEFAULT '',
	byline     TEXT NOT NULL DEFAULT '',
	dateline   TEXT NOT NULL DEFAULT '',
	lang       TEXT NOT NULL DEFAULT 'en',
	dir        TEXT NOT NULL DEFAULT 'ltr',
	theme      TEXT NOT NULL DEFAULT '',
	votes      INTEGER NOT NULL DEFAULT 1,
	canonical  TEXT NOT NULL DEFAULT '',
	status     TEXT NOT NULL DEFAULT 'draft',
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL
);

CREATE TABLE block (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	essay_id    INTEGER NOT NULL REFERENCES essay ON DELETE CASCADE,
	rank        INTEGER NOT NULL,
	kind        TEXT NOT NULL,
	text        TEXT NOT NULL DEFAULT '',
	attribution TEXT NOT NULL DEFAULT '',
	layout      TEXT NOT NULL DEFAULT ''
);
CREATE INDEX block_by_essay ON block (essay_id, rank);

CREATE TABLE placement (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	block_id INTEGER NOT NULL REFERENCES block ON DELETE CASCADE,
	photo_id INTEGER NOT NULL REFERENCES photo,
	rank     INTEGER NOT NULL,
	caption  TEXT,
	alt      TEXT,
	width    TEXT NOT NULL DEFAULT 'column',
	vote     INTEGER NOT NULL DEFAULT 0,
	pasted   TEXT NOT NULL DEFAULT ''
);
CREATE INDEX placement_by_block ON placement (block_id, rank);
CREATE INDEX placement_by_photo ON placement (photo_id);

CREATE TABLE correction (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	essay_id INTEGER NOT NULL REFERENCES essay ON DELETE CASCADE,
	at       TEXT NOT NULL,
	text     TEXT NOT NULL
);
CREATE INDEX correction_by_essay ON correction (essay_id, at);

-- Outside undo: what can be made again from an original, or was found in it.
CREATE TABLE thumbnail (
	sha256 TEXT NOT NULL,
	recipe TEXT NOT NULL,
	jpeg   BLOB NOT NULL,
	PRIMARY KEY (sha256, recipe)
) WITHOUT ROWID;

CREATE TABLE found (
	sha256   TEXT PRIMARY KEY,
	readings TEXT NOT NULL -- a JSON list: every field as it stood in the file
) WITHOUT ROWID;

-- The undo history: a step, and what it changed as column deltas. A row that
-- came or went has the column '+' or '-' and all its columns as JSON.
CREATE TABLE undo_step (
	id     INTEGER PRIMARY KEY AUTOINCREMENT,
	label  TEXT NOT NULL,
	at     TEXT NOT NULL,
	fold   TEXT NOT NULL DEFAULT '',
	undone INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE undo_change (
	seq  INTEGER PRIMARY KEY AUTOINCREMENT,
	step INTEGER NOT NULL REFERENCES undo_step ON DELETE CASCADE,
	tbl  TEXT NOT NULL,
	id   INTEGER NOT NULL,
	col  TEXT NOT NULL,
	old,
	new
);
CREATE UNIQUE INDEX undo_change_column ON undo_change (step, tbl, id, col);
