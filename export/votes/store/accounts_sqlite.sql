-- Readers' accounts.
CREATE TABLE account (
	id         BLOB PRIMARY KEY,
	email      TEXT NOT NULL UNIQUE,
	password   TEXT NOT NULL,        -- Argon2id, as a PHC string
	voter      BLOB NOT NULL UNIQUE, -- who the account votes as
	generation INTEGER NOT NULL,     -- grows when the password is set anew
	day        INTEGER NOT NULL      -- of its making, in days since 1970
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
	token      TEXT PRIMARY KEY, -- a hash of what the browser holds
	account    BLOB NOT NULL,
	generation INTEGER NOT NULL,
	data       BLOB NOT NULL,
	expires    INTEGER NOT NULL -- seconds since 1970
) STRICT, WITHOUT ROWID;
CREATE INDEX session_account ON session (account);
CREATE INDEX session_expires ON session (expires);

CREATE TABLE link (
	kind     TEXT NOT NULL,
	email    TEXT NOT NULL,
	hash     BLOB NOT NULL UNIQUE, -- of what the reader holds
	password TEXT NOT NULL,
	expires  INTEGER NOT NULL,
	PRIMARY KEY (kind, email)
) STRICT, WITHOUT ROWID;
