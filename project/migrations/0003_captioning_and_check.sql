-- Short codes that stand for longer words while captions are typed, such as a
-- squad's numbers. texts is a JSON list: alternatives, the usual one first.
CREATE TABLE code (
	id    INTEGER PRIMARY KEY AUTOINCREMENT,
	code  TEXT NOT NULL UNIQUE,
	texts TEXT NOT NULL
);

-- Captions that are written again and again, with variables in them.
CREATE TABLE template (
	id   INTEGER PRIMARY KEY AUTOINCREMENT,
	name TEXT NOT NULL UNIQUE,
	text TEXT NOT NULL
);

-- Warnings of Check that an editor overruled, and why. message is what the
-- editor read: a warning that says something else is a new one.
CREATE TABLE overruled (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	essay_id INTEGER NOT NULL REFERENCES essay ON DELETE CASCADE,
	code     TEXT NOT NULL,
	photo_id INTEGER NOT NULL DEFAULT 0,
	block_id INTEGER NOT NULL DEFAULT 0,
	message  TEXT NOT NULL,
	reason   TEXT NOT NULL,
	at       TEXT NOT NULL
);
CREATE INDEX overruled_by_essay ON overruled (essay_id);
