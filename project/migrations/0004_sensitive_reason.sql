-- Why a photo is covered, in the editor's words; '' says what the page always says.
ALTER TABLE photo ADD COLUMN sensitive_why TEXT NOT NULL DEFAULT '';
