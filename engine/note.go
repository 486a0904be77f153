package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"utvandring/udf/sqltext"
)

// A note is what the user should know of a statement that can be answered, but
// probably does not mean what it says. It is said beside the answer, never in it.

// NoteMode is what becomes of notes.
type NoteMode string

// NoteModes are all there are: notes are kept for TakeNotes, forgotten, or fail the
// statement that raises them before anything of it is kept.
var NoteModes = []string{string(NotesOn), string(NotesOff), string(NotesError)}

// The modes of NoteModes.
const (
	NotesOn    NoteMode = "on"
	NotesOff   NoteMode = "off"
	NotesError NoteMode = "error"
)

// ParseNoteMode finds a mode by its word.
func ParseNoteMode(word string) (NoteMode, error) {
	if mode := strings.ToLower(word); slices.Contains(NoteModes, mode) {
		return NoteMode(mode), nil
	}
	return "", fmt.Errorf("on, off or error, not %q", word)
}

// TakeNotes gives the notes raised since it was last asked, each once, in the order
// they came.
func (db *DB) TakeNotes() []string { return db.notes.Take() }

// examiners look at a statement before it is run, for what it probably does not
// mean. Each gives its notes.
var examiners = []func(db *DB, ctx context.Context, statement string) []string{hides, staleCounts, unknownDeaths, unknownValues, copiesText}

// examine raises the notes on a statement that can be known before it runs. The error
// is that of a note which fails it.
func (db *DB) examine(ctx context.Context, statement string) error {
	db.notes.Begin(db.Notes == NotesError, db.Notes == NotesOff)
	if db.Notes == NotesOff {
		return nil
	}
	for _, notes := range examiners {
		if err := db.note(notes(db, ctx, statement)...); err != nil {
			return err
		}
	}
	return nil
}

// note raises notes on the statement that runs. The error is what it is to fail with.
func (db *DB) note(texts ...string) error {
	if err := db.notes.Add(texts...); err != nil {
		return &Fault{Sentence: err.Error()}
	}
	return nil
}

// unknownDeaths notes that a statement reads the deaths of a register that knows of none:
// they are 0, and so is every rate of them.
func unknownDeaths(db *DB, ctx context.Context, statement string) []string {
	isDeaths := func(t sqltext.Token) bool {
		text, _ := t.Literal()
		return equalFold(t.Ident(), "deaths") || equalFold(t.Ident(), "death") || equalFold(text, "deaths")
	}
	isPerson := func(table string) bool { return table == "person" } // which view death reads
	if meant := db.meant(statement); !slices.ContainsFunc(sqltext.Code(meant), isDeaths) || !db.readsCounts(ctx, statement) && !db.readsTable(db.bound(ctx, meant), isPerson) {
		return nil
	}
	unknown, err := db.conn.Texts(ctx, "SELECT 'deaths: nobody in person has a death_date, so that there are none: bring it with person, and .refresh' FROM "+
		db.at("person")+" HAVING count(*) > 0 AND NOT EXISTS (FROM "+db.at("_lifetime")+" WHERE death_date IS NOT NULL)")
	if err != nil {
		return nil
	}
	return unknown
}
