-- What a vote service counted, as it was last asked. No edit: outside undo, which may bring an essay back.
CREATE TABLE tally (
	essay_id INTEGER NOT NULL,
	photo    TEXT NOT NULL DEFAULT '', -- the original's SHA-256, '' for the essay itself
	up       INTEGER NOT NULL,
	down     INTEGER NOT NULL,
	service  TEXT NOT NULL,
	at       TEXT NOT NULL,
	PRIMARY KEY (essay_id, photo)
) WITHOUT ROWID;
