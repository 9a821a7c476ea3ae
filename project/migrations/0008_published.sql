-- When readers first could read an essay, as its editor says: RFC 3339 with the zone in which it was written, '' for not said.
ALTER TABLE essay ADD COLUMN published TEXT NOT NULL DEFAULT '';
