package project

// This file owns searching the library: an index of trigrams over folded
// words, so that any part of a word is found in any script.

import (
	"context"
	"database/sql/driver"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
	"modernc.org/sqlite"
)

// searchable is what a search looks at, as SQL over a row named %[1]s.
const searchable = `fold_text(%[1]s.name || ' ' || %[1]s.caption || ' ' || %[1]s.headline || ' ' || %[1]s.byline || ' ' ||
	%[1]s.credit_line || ' ' || %[1]s.credit || ' ' || %[1]s.city || ' ' || %[1]s.state || ' ' || %[1]s.country || ' ' || %[1]s.keywords)`

// indexSearch keeps photo_search by TEMP triggers: they may call fold_text,
// which a schema that is not trusted may not, and they follow undo too.
func (p *Project) indexSearch(ctx context.Context) error {
	words := fmt.Sprintf(searchable, "NEW")
	_, err := p.writer.ExecContext(ctx, `
		CREATE TEMP TRIGGER photo_search_came AFTER INSERT ON main.photo BEGIN
			INSERT INTO photo_search (rowid, words) VALUES (NEW.id, `+words+`);
		END;
		CREATE TEMP TRIGGER photo_search_changed AFTER UPDATE ON main.photo BEGIN
			UPDATE photo_search SET words = `+words+` WHERE rowid = NEW.id;
		END;
		CREATE TEMP TRIGGER photo_search_went AFTER DELETE ON main.photo BEGIN
			DELETE FROM photo_search WHERE rowid = OLD.id;
		END;
	`)
	if err != nil {
		return fmt.Errorf("set up search: %w", err)
	}
	return nil
}

// searchFill indexes the photos of a file that is older than the index.
func searchFill() string {
	return `INSERT INTO photo_search (rowid, words) SELECT p.id, ` + fmt.Sprintf(searchable, "p") + ` FROM photo p`
}

// searchConditions are a search as SQL over photo p: all of its words occur.
func searchConditions(search string) (conds []string, args []any) {
	var match []string
	for _, word := range strings.Fields(foldText(search)) {
		if utf8.RuneCountInString(word) >= 3 {
			match = append(match, `"`+strings.ReplaceAll(word, `"`, `""`)+`"`)
			continue
		}
		// Shorter than a trigram, as many a Chinese word: look at each photo.
		conds = append(conds, `instr(`+fmt.Sprintf(searchable, "p")+`, ?) > 0`)
		args = append(args, word)
	}
	if len(match) > 0 {
		conds = append(conds, `p.id IN (SELECT rowid FROM photo_search WHERE photo_search MATCH ?)`)
		args = append(args, strings.Join(match, " AND "))
	}
	return conds, args
}

// fold_text lets SQL compare as a reader does: "Renee" finds "Renée".
func init() {
	sqlite.MustRegisterDeterministicScalarFunction("fold_text", 1,
		func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
			s, _ := args[0].(string)
			return foldText(s), nil
		})
}

// foldText lowercases and takes the diacritics off.
func foldText(s string) string {
	if ascii(s) {
		return strings.ToLower(s)
	}
	t := transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn)))
	out, _, err := transform.String(t, strings.ToLower(s))
	if err != nil {
		return strings.ToLower(s)
	}
	return out
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
