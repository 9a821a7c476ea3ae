-- Search over the library in any script: trigrams of the folded words. The
-- index holds no text of its own; TEMP triggers of the writer keep it.
CREATE VIRTUAL TABLE photo_search USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'trigram');

-- What was exported and when, so that later changes can be told from it.
CREATE TABLE revision (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	essay_id INTEGER NOT NULL,
	at       TEXT NOT NULL,
	folder   TEXT NOT NULL,
	content  TEXT NOT NULL -- JSON, see Snapshot
);
CREATE INDEX revision_by_essay ON revision (essay_id, at);
