package project

// This file owns captions as a table: out as CSV, and in again with every change
// shown before it is made. CSV is RFC 4180 in UTF-8 with a header row; a photo is
// known by its file name and the beginning of its original's SHA-256.

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"photodesk/project/photo"
)

// EmptyCell is what a cell says to make a field empty; a cell that holds nothing
// leaves its field as it is.
const EmptyCell = "{empty}"

const (
	columnFile      = "file"
	columnSHA       = "sha256"
	columnPlacement = "placement"

	shaPrefix    = 12       // digits of a SHA-256 that are written
	leastSHA     = 8        // digits that a table has to have
	maxTable     = 64 << 20 // bytes; beyond any desk's captions
	byteOrder    = "\ufeff"
	maxTableRows = 200_000
)

// risky cells would be run as a formula by a spreadsheet that opens the table;
// they get an apostrophe in front, which comes off again on the way in.
var risky = regexp.MustCompile(`^'*[=+\-@\t\r]`)

// WriteCaptions writes words as a table. mark puts a byte-order mark in front,
// without which some spreadsheets misread UTF-8.
func WriteCaptions(w io.Writer, list []Words, mark bool) error {
	if mark {
		if _, err := io.WriteString(w, byteOrder); err != nil {
			return fmt.Errorf("write captions: %w", err)
		}
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	head := []string{columnFile, columnSHA, columnPlacement}
	for _, f := range Fields {
		head = append(head, string(f))
	}
	if err := out.Write(head); err != nil {
		return fmt.Errorf("write captions: %w", err)
	}
	for _, one := range list {
		place := ""
		if one.Placement != nil {
			place = strconv.FormatInt(one.Placement.ID, 10)
		}
		row := []string{guard(one.Photo.Name), one.Photo.SHA256[:min(shaPrefix, len(one.Photo.SHA256))], place}
		for _, f := range Fields {
			row = append(row, guard(one.Get(f)))
		}
		if err := out.Write(row); err != nil {
			return fmt.Errorf("write captions: %w", err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write captions: %w", err)
	}
	return nil
}

func guard(cell string) string {
	if risky.MatchString(cell) {
		return "'" + cell
	}
	return cell
}

func unguard(cell string) string {
	if strings.HasPrefix(cell, "'") && risky.MatchString(cell) {
		return cell[1:]
	}
	return cell
}

// RowTrouble is a row of a table that could not be used, and why.
type RowTrouble struct {
	Line   int // in the file, from 1
	Name   string
	Reason string // in English
	Says   photo.Sentence
}

// CaptionTable is what a table of captions would do.
type CaptionTable struct {
	Rows    int // with words for a photo
	Changes []WordChange
	Trouble []RowTrouble
	Unknown []string // columns that mean nothing here
}

// ErrTable is wrapped when a file is no table of captions.
var ErrTable = errors.New("is no table of captions")

// PlanCaptions reads a table and says what it would change. Apply the changes to
// make them. An error wraps ErrTable when nothing of it can be used.
func (p *Project) PlanCaptions(ctx context.Context, r io.Reader) (CaptionTable, error) {
	head, rows, err := readTable(r)
	if err != nil {
		return CaptionTable{}, err
	}
	photos, err := p.Photos(ctx, Filter{})
	if err != nil {
		return CaptionTable{}, err
	}
	placed, err := p.placements(ctx)
	if err != nil {
		return CaptionTable{}, err
	}
	return planTable(head, rows, photos, placed)
}

// placements reads every placement of the project by id.
func (p *Project) placements(ctx context.Context) (map[int64]Placement, error) {
	rows, err := p.readDB.QueryContext(ctx, `SELECT id, block_id, photo_id, caption, alt, width, vote, pasted FROM placement ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("read placements: %w", explain(err))
	}
	defer rows.Close()
	out := map[int64]Placement{}
	for rows.Next() {
		var pl Placement
		if err := scanPlacement(rows, &pl); err != nil {
			return nil, fmt.Errorf("read placements: %w", err)
		}
		out[pl.ID] = pl
	}
	return out, rows.Err()
}

type tableRow struct {
	line  int
	cells []string
}

func readTable(r io.Reader) (head []string, rows []tableRow, err error) {
	data, err := io.ReadAll(io.LimitReader(r, maxTable+1))
	if err != nil {
		return nil, nil, fmt.Errorf("read captions: %w", err)
	}
	switch {
	case len(data) > maxTable:
		return nil, nil, fmt.Errorf("the file %w: it is longer than %d MB", ErrTable, maxTable>>20)
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), bytes.HasPrefix(data, []byte{0xfe, 0xff}), !utf8.Valid(data):
		return nil, nil, fmt.Errorf("the file %w in UTF-8; save it as CSV UTF-8", ErrTable)
	}
	text := strings.TrimPrefix(string(data), byteOrder)
	first, _, _ := strings.Cut(text, "\n")
	in := csv.NewReader(strings.NewReader(text))
	in.FieldsPerRecord = -1
	// Spreadsheets write what their country uses between cells.
	for _, mark := range []rune{';', '\t'} {
		if !strings.ContainsRune(first, ',') && strings.ContainsRune(first, mark) {
			in.Comma = mark
		}
	}
	for {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var pe *csv.ParseError
		if errors.As(err, &pe) {
			return nil, nil, fmt.Errorf("the file %w: line %d: %w", ErrTable, pe.Line, pe.Err)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("read captions: %w", err)
		}
		line, _ := in.FieldPos(0)
		if head == nil {
			for _, c := range cells {
				head = append(head, strings.ToLower(strings.TrimSpace(c)))
			}
			continue
		}
		if rows = append(rows, tableRow{line, cells}); len(rows) > maxTableRows {
			return nil, nil, fmt.Errorf("the file %w: it has more than %d rows", ErrTable, maxTableRows)
		}
	}
	if !slices.Contains(head, columnFile) && !slices.Contains(head, columnSHA) {
		return nil, nil, fmt.Errorf("the file %w: its first row names no column “%s” or “%s”", ErrTable, columnFile, columnSHA)
	}
	return head, rows, nil
}

func planTable(head []string, rows []tableRow, photos []Photo, placed map[int64]Placement) (CaptionTable, error) {
	var t CaptionTable
	columns := map[string]int{}
	for i, name := range head {
		known := name == columnFile || name == columnSHA || name == columnPlacement || slices.Contains(Fields, Field(name))
		_, twice := columns[name]
		switch {
		case twice:
			return t, fmt.Errorf("the file %w: its column “%s” comes twice", ErrTable, name)
		case known:
			columns[name] = i
		case name != "":
			t.Unknown = append(t.Unknown, name)
		}
	}
	known := newShelf(photos)
	var changes changeList
	first := map[[2]int64]int{}
	for _, row := range rows {
		cell := func(name string) string {
			if i, ok := columns[name]; ok && i < len(row.cells) {
				return unguard(strings.TrimSpace(row.cells[i]))
			}
			return ""
		}
		if !slices.ContainsFunc(row.cells, func(c string) bool { return strings.TrimSpace(c) != "" }) {
			continue
		}
		name := cell(columnFile)
		trouble := func(pattern string, values ...any) {
			says := photo.Sentence{Pattern: pattern, Values: values}
			t.Trouble = append(t.Trouble, RowTrouble{row.line, name, says.String(), says})
		}
		ph, why := known.find(name, strings.ToLower(cell(columnSHA)))
		if why.Pattern != "" {
			trouble(why.Pattern, why.Values...)
			continue
		}
		w := Words{Photo: ph}
		if text := cell(columnPlacement); text != "" {
			id, err := strconv.ParseInt(text, 10, 64)
			pl, ok := placed[id]
			if err != nil || !ok || pl.PhotoID != ph.ID {
				trouble("no story shows the photo at the placement %s any more", text)
				continue
			}
			w.Placement = &pl
		}
		key := [2]int64{ph.ID, 0}
		if w.Placement != nil {
			key[1] = w.Placement.ID
		}
		if before, twice := first[key]; twice {
			trouble("line %d is about the same photo", before)
			continue
		}
		first[key] = row.line
		t.Rows++
		for _, f := range Fields {
			text := cell(string(f))
			if text == "" || text == strings.TrimSpace(w.Get(f)) {
				continue
			}
			if strings.EqualFold(text, EmptyCell) {
				text = ""
			}
			if f == FieldKeywords {
				text = strings.Join(SplitKeywords(text), ", ")
			}
			if !changes.add(w, f, text, nil) {
				trouble("another line sets another %s for the same photo", f)
			}
		}
	}
	t.Changes = changes.list
	return t, nil
}

// shelf finds photos by name and by the beginning of their SHA-256.
type shelf struct{ byName, bySHA map[string][]Photo }

func newShelf(photos []Photo) shelf {
	s := shelf{map[string][]Photo{}, map[string][]Photo{}}
	for _, ph := range photos {
		name, sha := strings.ToLower(ph.Name), ph.SHA256[:min(leastSHA, len(ph.SHA256))]
		s.byName[name], s.bySHA[sha] = append(s.byName[name], ph), append(s.bySHA[sha], ph)
	}
	return s
}

// find finds the photo of a row; why says what is wrong where there is none.
func (s shelf) find(name, sha string) (ph Photo, why photo.Sentence) {
	no := func(pattern string, values ...any) (Photo, photo.Sentence) {
		return Photo{}, photo.Sentence{Pattern: pattern, Values: values}
	}
	named := s.byName[strings.ToLower(name)]
	if sha != "" {
		if len(sha) < leastSHA || strings.Trim(sha, "0123456789abcdef") != "" {
			return no("“%s” is not the beginning of a SHA-256; it has at least %d digits", sha, leastSHA)
		}
		var found []Photo
		for _, one := range s.bySHA[sha[:leastSHA]] {
			if strings.HasPrefix(one.SHA256, sha) {
				found = append(found, one)
			}
		}
		switch {
		case len(found) == 0 && len(named) > 0:
			return no("the library’s photo of this name is another one")
		case len(found) == 0:
			return no("no photo in the library is this one")
		case len(found) > 1:
			return no("more than one photo has this SHA-256; write more of its digits")
		case name != "" && !strings.EqualFold(found[0].Name, name):
			return no("its SHA-256 is that of %s", found[0].Name)
		}
		return found[0], why
	}
	switch {
	case name == "":
		return no("it names no photo")
	case len(named) == 0:
		return no("no photo in the library has this name")
	case len(named) > 1:
		return no("more than one photo has this name; add the column sha256")
	}
	return named[0], why
}
