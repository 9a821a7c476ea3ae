-- What voters are held to. votes_open and votes_close are RFC 3339 with the zone in
-- which they were written, '' for none.
ALTER TABLE essay ADD COLUMN votes_open     TEXT    NOT NULL DEFAULT '';
ALTER TABLE essay ADD COLUMN votes_close    TEXT    NOT NULL DEFAULT '';
ALTER TABLE essay ADD COLUMN upvotes_only   INTEGER NOT NULL DEFAULT 0;
ALTER TABLE essay ADD COLUMN results_hidden INTEGER NOT NULL DEFAULT 0;
ALTER TABLE essay ADD COLUMN vote_sign_in   INTEGER NOT NULL DEFAULT 0;

-- When the rules were last changed, in seconds since 1970; 0: never. A vote service
-- never goes back to older ones, so taking a change back has to make it later too:
-- it is no part of an edit, and only these triggers set it.
ALTER TABLE essay ADD COLUMN rules_at INTEGER NOT NULL DEFAULT 0;

CREATE TRIGGER rules_changed AFTER UPDATE OF votes_open, votes_close, upvotes_only, results_hidden, vote_sign_in ON essay
WHEN (OLD.votes_open, OLD.votes_close, OLD.upvotes_only, OLD.results_hidden, OLD.vote_sign_in)
	IS NOT (NEW.votes_open, NEW.votes_close, NEW.upvotes_only, NEW.results_hidden, NEW.vote_sign_in)
BEGIN
	UPDATE essay SET rules_at = max(unixepoch(), NEW.rules_at + 1) WHERE id = NEW.id;
END;

CREATE TRIGGER rules_came AFTER INSERT ON essay
WHEN (NEW.votes_open, NEW.votes_close, NEW.upvotes_only, NEW.results_hidden, NEW.vote_sign_in, NEW.rules_at) IS NOT ('', '', 0, 0, 0, 0)
BEGIN
	UPDATE essay SET rules_at = max(unixepoch(), NEW.rules_at + 1) WHERE id = NEW.id;
END;
