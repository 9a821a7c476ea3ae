-- Votes in sixteen tables, by voter, for essays with very many of them. Run it
-- before photodesk-votes first opens the database; see OPERATIONS.md.
CREATE TABLE vote (
	subject TEXT COLLATE "C" NOT NULL,
	voter   BYTEA NOT NULL,
	vote    SMALLINT NOT NULL CHECK (vote IN (-1, 0, 1)),
	was     SMALLINT NOT NULL,
	day     INTEGER NOT NULL,
	PRIMARY KEY (subject, voter)
) PARTITION BY HASH (voter);

DO $$
BEGIN
	FOR i IN 0..15 LOOP
		EXECUTE format('CREATE TABLE vote_%s PARTITION OF vote FOR VALUES WITH (MODULUS 16, REMAINDER %s)', i, i);
	END LOOP;
END $$;
