-- Version 2: rules of essays.
CREATE TABLE ruling (
	essay    TEXT PRIMARY KEY,
	revision INTEGER NOT NULL -- the newest of its rules that was seen
) STRICT, WITHOUT ROWID;
