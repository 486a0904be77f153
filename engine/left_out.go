package engine

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"utvandring/udf/later"
)

// What makes no sense, .refresh refuses, and the counts of before stay. Where there are none
// that can be read, as in a file of another version or for protected counts, it is left out:
// nothing of one's own stops a database from opening. All else is counted, and what is left
// out is refused until it makes sense and .refresh counts by it.

// leftOut is a dimension that nothing can be counted by, with the sentence that says why. With
// no name it is who is counted, or where, so that nothing is.
type leftOut struct{ dimension, why string }

func (l leftOut) Error() string { return l.why }

// uncountable is the error of a count that is nobody's in particular.
type uncountable struct{ error }

func (e uncountable) Unwrap() error { return e.error }

// cause is the error that others are wrapped around.
func (e uncountable) cause() (cause error) {
	for err := e.error; err != nil; err = errors.Unwrap(err) {
		cause = err
	}
	return cause
}

func isLeft(list []leftOut, dimension string) bool {
	return slices.ContainsFunc(list, func(l leftOut) bool { return l.dimension == dimension })
}

// ofTheMachine are errors that what is counted by has no part in.
var ofTheMachine = later.Compile(`(?i)^(?:IO|Out of Memory|Internal|Fatal) Error:`)

// leaveNow is leaveOut while the register is counted, where the error has not aborted the
// transaction, so that the count can go on.
func (db *DB) leaveNow(ctx context.Context, failed error) bool {
	if !db.opening || failed == nil {
		return false
	}
	_, aborted := db.WithinTransaction(ctx)
	return aborted == nil && db.leaveOut(ctx, failed)
}

// leaveOut takes down what an error is of, to be done without. What is of no dimension leaves
// all of one's own out, and then the count, by whatever. It reports whether to try again.
func (db *DB) leaveOut(ctx context.Context, failed error) bool {
	var one leftOut
	var all uncountable
	switch {
	case ctx.Err() != nil:
		return false
	case errors.As(failed, &one):
	case !errors.As(failed, &all) || ofTheMachine.MatchString(all.cause().Error()):
		return false
	default:
		own, _ := db.conn.Texts(ctx, "SELECT dimension FROM dimension")
		own = slices.DeleteFunc(own, func(name string) bool { return isOfReport(name) || isLeft(db.leave, name) })
		for _, name := range own {
			db.leave = append(db.leave, leftOut{name, fmt.Sprintf("dimension %s: with it and other dimensions of your own the register cannot be counted (%s)", name, firstLine(failed))})
		}
		if len(own) > 0 {
			return true
		}
		one.why = firstLine(failed)
	}
	if one.dimension == "" {
		db.leave = nil
	}
	db.leave = append(db.leave, one)
	return true
}

// LeftOut says what the register is not counted by, and why.
func (db *DB) LeftOut() (sentences []string) {
	for _, l := range db.left {
		what := "; nothing is counted by it, all else is (.refresh counts by it when it is mended)"
		switch {
		case l.dimension == "":
			what = "; the register is not counted: only its tables and your own can be read (.refresh counts it when that is mended)"
		case isOfReport(l.dimension):
			what = "; it is counted as ever"
		}
		sentences = append(sentences, l.why+what)
	}
	return sentences
}

// uncounted says why nothing is counted, "" where it is.
func (db *DB) uncounted() string {
	for _, l := range db.left {
		if l.dimension == "" {
			return "the register is not counted: " + l.why + ": mend that, and .refresh"
		}
	}
	return ""
}

// refuseUncounted refuses a statement that reads counts where there are none.
func (db *DB) refuseUncounted(ctx context.Context, statement string) error {
	text := db.uncounted()
	if text == "" || !db.readsCounts(ctx, statement) {
		return nil
	}
	return &Fault{Sentence: text}
}

// explainLeft says of an error that names a dimension which nothing is counted by, or not yet,
// why that is.
func (db *DB) explainLeft(ctx context.Context, f *Fault) {
	if !strings.HasPrefix(f.Sentence, "there is no ") && !strings.HasPrefix(f.Sentence, "the table given has no ") {
		return
	}
	without := slices.Clone(db.left)
	waiting, _ := db.conn.Texts(ctx, "SELECT dimension FROM "+db.at("dimension")+" WHERE dimension NOT IN (SELECT unnest(names) FROM "+db.at("_dimension")+") ORDER BY rowid")
	for _, name := range waiting {
		if !isLeft(without, name) {
			without = append(without, leftOut{name, "dimension " + name + ": nothing is counted by it until .refresh"})
		}
	}
	for _, l := range without {
		if !plainLower.MatchString(l.dimension) || isOfReport(l.dimension) {
			continue
		}
		name := regexp.MustCompile(`(?i)"(?:` + frequencyBy + `(?:\w+_)?` + l.dimension + `(?:_\w+)?|` + l.dimension + `)"`)
		if name.MatchString(f.Sentence) {
			f.Sentence += "\n" + l.why
		}
	}
}
