-- What an overruled warning said beside its code, as a JSON list: it is known by
-- that in whatever words or language it is shown. NULL: kept as a sentence only.
ALTER TABLE overruled ADD COLUMN said TEXT;
