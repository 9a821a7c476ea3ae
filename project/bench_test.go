package project

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkEdit shows what the gate, undo and events add to a commit: the same
// update is written bare, with the same durability, beside it.
func BenchmarkEdit(b *testing.B) {
	p, err := Create(b.Context(), filepath.Join(b.TempDir(), "a"+Extension))
	if err != nil {
		b.Fatal(err)
	}
	defer p.Close()
	var id int64
	err = p.Edit(b.Context(), "New essay", func(tx *Tx) (err error) { id, err = tx.AddEssay(Essay{Slug: "a"}); return err })
	if err != nil {
		b.Fatal(err)
	}
	b.Run("gate", func(b *testing.B) {
		for i := range b.N {
			err := p.Edit(b.Context(), "Edit headline", func(tx *Tx) error {
				e, err := tx.Essay(id)
				if err != nil {
					return err
				}
				e.Headline = fmt.Sprint("Storm ", i, b.N)
				return tx.UpdateEssay(e)
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("bare commit", func(b *testing.B) {
		db, err := sql.Open("sqlite", dsn(filepath.Join(b.TempDir(), "bare.db"), "rwc"))
		if err != nil {
			b.Fatal(err)
		}
		defer db.Close()
		if _, err := db.Exec(`CREATE TABLE essay (id INTEGER PRIMARY KEY, headline TEXT); INSERT INTO essay VALUES (1, '')`); err != nil {
			b.Fatal(err)
		}
		for i := range b.N {
			if _, err := db.Exec(`UPDATE essay SET headline = ? WHERE id = 1`, fmt.Sprint("Storm ", i, b.N)); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkImport brings in a folder; reading and hashing the same files alone
// is beside it.
func BenchmarkImport(b *testing.B) {
	dir := b.TempDir()
	const n = 40
	for i := range n {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%02d.jpg", i)), testPhoto(i), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("import", func(b *testing.B) {
		for i := range b.N {
			p, err := Create(b.Context(), filepath.Join(b.TempDir(), fmt.Sprint(i)+Extension))
			if err != nil {
				b.Fatal(err)
			}
			if rep, err := p.Import(b.Context(), []string{dir}, nil); err != nil || len(rep.Imported) != n {
				b.Fatal(err, len(rep.Imported))
			}
			if err := p.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("read and hash", func(b *testing.B) {
		for range b.N {
			for i := range n {
				data, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("%02d.jpg", i)))
				if err != nil || hashOf(data) == "" {
					b.Fatal(err)
				}
			}
		}
	})
}
