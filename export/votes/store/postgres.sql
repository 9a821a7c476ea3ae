-- The tables of a vote store in PostgreSQL. "vote" may have been made before,
-- partitioned: see OPERATIONS.md.
CREATE TABLE IF NOT EXISTS vote (
	subject TEXT COLLATE "C" NOT NULL,
	voter   BYTEA NOT NULL,
	vote    SMALLINT NOT NULL CHECK (vote IN (-1, 0, 1)), -- 0 is one taken back
	was     SMALLINT NOT NULL,                            -- before its latest change, so that a change can be counted
	day     INTEGER NOT NULL,                             -- of the latest change, in days since 1970
	PRIMARY KEY (subject, voter)
);

CREATE TABLE IF NOT EXISTS tally (
	subject TEXT COLLATE "C" PRIMARY KEY,
	up      BIGINT NOT NULL, -- no CHECK: it would hold for the difference that an upsert begins with
	down    BIGINT NOT NULL,
	version BIGINT NOT NULL, -- grows with every change
	day     INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS signer (
	id     TEXT PRIMARY KEY,
	public BYTEA NOT NULL,
	name   TEXT NOT NULL,
	added  BIGINT NOT NULL -- seconds since 1970
);

CREATE TABLE IF NOT EXISTS guard (
	essay TEXT PRIMARY KEY,
	bits  INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS secret (
	name  TEXT PRIMARY KEY,
	value BYTEA NOT NULL
);

CREATE TABLE IF NOT EXISTS ruling (
	essay    TEXT COLLATE "C" PRIMARY KEY,
	revision BIGINT NOT NULL -- the newest of its rules that was seen
);

-- Readers' accounts.
CREATE TABLE IF NOT EXISTS account (
	id         BYTEA PRIMARY KEY,
	email      TEXT NOT NULL UNIQUE,
	password   TEXT NOT NULL,        -- Argon2id, as a PHC string
	voter      BYTEA NOT NULL UNIQUE, -- who the account votes as
	generation BIGINT NOT NULL,     -- grows when the password is set anew
	day        BIGINT NOT NULL      -- of its making, in days since 1970
);

CREATE TABLE IF NOT EXISTS session (
	token      TEXT PRIMARY KEY, -- a hash of what the browser holds
	account    BYTEA NOT NULL,
	generation BIGINT NOT NULL,
	data       BYTEA NOT NULL,
	expires    BIGINT NOT NULL -- seconds since 1970
);
CREATE INDEX IF NOT EXISTS session_account ON session (account);
CREATE INDEX IF NOT EXISTS session_expires ON session (expires);

CREATE TABLE IF NOT EXISTS link (
	kind     TEXT NOT NULL,
	email    TEXT NOT NULL,
	hash     BYTEA NOT NULL UNIQUE, -- of what the reader holds
	password TEXT NOT NULL,
	expires  BIGINT NOT NULL,
	PRIMARY KEY (kind, email)
);

CREATE TABLE IF NOT EXISTS vote_schema (version INTEGER PRIMARY KEY);
