package udf

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Notes are what is to be said of the answers of one session's statements: right as
// computed, and probably not what is meant. Functions raise them by Note. They may
// come from several threads.
type Notes struct {
	mu     sync.Mutex
	texts  []string
	refuse bool
	off    bool
}

// Begin says what becomes of the notes from now on: with refuse the first fails the
// statement that raises it, with off none is kept.
func (n *Notes) Begin(refuse, off bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.refuse, n.off = refuse, off
}

// Add adds notes, each once. The error is what the statement is to fail with.
func (n *Notes) Add(texts ...string) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, text := range texts {
		switch {
		case n.off:
		case n.refuse:
			return errors.New(text + NoteFails)
		case !slices.Contains(n.texts, text):
			n.texts = append(n.texts, text)
		}
	}
	return nil
}

// NoteFails is what the error of a statement ends with that a note has failed.
const NoteFails = " (a note, which fails its statement after .notes error)"

// fewNotes is how many notes of one function a statement says of many.
const fewNotes = 3

// Take gives the notes there are, and forgets them. Of many of one function, which begin
// with its name, it gives the first in alphabetical order and how many more there were: rows
// are computed side by side, and the same are to be said every time.
func (n *Notes) Take() (taken []string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	of := func(text string) string {
		function, _, _ := strings.Cut(text, ": ")
		return function
	}
	all, said := map[string][]string{}, map[string]int{}
	for _, text := range n.texts {
		all[of(text)] = append(all[of(text)], text)
	}
	for _, text := range n.texts {
		function := of(text)
		texts := all[function]
		more := len(texts) - fewNotes
		if more >= 2 {
			slices.Sort(texts)
			text = texts[said[function]]
		}
		switch said[function]++; {
		case more < 2 || said[function] <= fewNotes:
			taken = append(taken, text)
		case said[function] == fewNotes+1:
			taken = append(taken, fmt.Sprintf("%s: %d more notes such as these", function, more))
		}
	}
	n.texts = nil
	return taken
}

// WithNotes makes notes the place for what functions note in statements run with the
// context.
func WithNotes(ctx context.Context, notes *Notes) context.Context {
	return context.WithValue(ctx, notesKey{}, notes)
}

type notesKey struct{}

// Note raises a note about the answer that a Function is computing, for its statement
// to say once it is done: a sentence in lower case without a full stop, that names what
// it is about. The same one is said once. ctx is that of Run. A note is no error: the
// answer stands. (Where the user wants notes to be errors, the statement fails when Run
// has returned.)
func Note(ctx context.Context, format string, args ...any) {
	if call, ok := ctx.Value(callKey{}).(*callNotes); ok {
		call.mu.Lock()
		defer call.mu.Unlock()
		if text := fmt.Sprintf(format, args...); !slices.Contains(call.texts, text) {
			call.texts = append(call.texts, text)
		}
	}
}

// callNotes are the notes of one call of a Function. They go to the Notes of the
// statement in the order of the rows, though the rows are computed side by side.
type callNotes struct {
	mu    sync.Mutex
	texts []string
}

type callKey struct{}

// collectNotes is called at the end of a chunk, with the notes of its rows.
func collectNotes(ctx context.Context, calls []callNotes) error {
	notes, ok := ctx.Value(notesKey{}).(*Notes)
	if !ok {
		return nil
	}
	for i := range calls {
		if err := notes.Add(calls[i].texts...); err != nil {
			return err
		}
	}
	return nil
}
