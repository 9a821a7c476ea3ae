-- The tables of a vote store in SQLite.
CREATE TABLE vote (
	subject TEXT NOT NULL,
	voter   BLOB NOT NULL,
	vote    INTEGER NOT NULL CHECK (vote IN (-1, 0, 1)), -- 0 is one taken back
	day     INTEGER NOT NULL,                            -- of the latest change, in days since 1970
	PRIMARY KEY (subject, voter)
) STRICT, WITHOUT ROWID;

CREATE TABLE tally (
	subject TEXT PRIMARY KEY,
	up      INTEGER NOT NULL, -- no CHECK: it would hold for the difference that an upsert begins with
	down    INTEGER NOT NULL,
	version INTEGER NOT NULL, -- grows with every change
	day     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE signer (
	id     TEXT PRIMARY KEY,
	public BLOB NOT NULL,
	name   TEXT NOT NULL,
	added  INTEGER NOT NULL -- seconds since 1970
) STRICT;

CREATE TABLE guard (
	essay TEXT PRIMARY KEY,
	bits  INTEGER NOT NULL
) STRICT;

CREATE TABLE secret (
	name  TEXT PRIMARY KEY,
	value BLOB NOT NULL
) STRICT;
