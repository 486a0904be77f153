package engine

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"utvandring/udf/charset"
)

// header reads the names in the first line of a text file, and by what they are
// separated.
func (f *folder) header(ctx context.Context, name string, encoding charset.Encoding) (names []string, delimiter rune, err error) {
	in, err := f.open(ctx, name)
	if err != nil {
		return nil, 0, err
	}
	defer in.Close()
	line, err := bufio.NewReaderSize(charset.NewReader(in, encoding), 1<<16).ReadString('\n')
	if err != nil && err != io.EOF {
		return nil, 0, err
	}
	if line = strings.Trim(line, " \r\n"); line == "" {
		return nil, 0, errors.New("the first line is empty; it names the columns")
	}
	if i := strings.IndexByte(line, '\r'); i >= 0 { // lines that end in it alone
		line = line[:i]
	}
	delimiter = delimiterOf(line)
	reader := csv.NewReader(strings.NewReader(line))
	reader.Comma, reader.TrimLeadingSpace = delimiter, delimiter != '\t'
	if names, err = reader.Read(); err != nil {
		return nil, 0, fmt.Errorf("line 1: %w", errors.Unwrap(err))
	}
	for i, name := range names {
		name = strings.TrimSpace(name)
		if names[i] = name; name == "" || slices.ContainsFunc(names[:i], func(other string) bool { return strings.EqualFold(other, name) }) {
			return nil, 0, fmt.Errorf("line 1: column %d is named %q, which is empty or taken", i+1, name)
		}
	}
	return names, delimiter, nil
}

// delimiterOf finds what separates the names of a header: of the characters that are
// outside of quotes and no part of a name, the one there is most of; of equals the one
// that is more usual.
func delimiterOf(header string) rune {
	const usual = ",;\t|"
	count := map[rune]int{}
	quoted := false
	for _, c := range header {
		switch {
		case c == '"':
			quoted = !quoted
		case !quoted && !unicode.IsLetter(c) && !unicode.IsDigit(c) && !strings.ContainsRune(" _-.'/()%", c):
			count[c]++
		}
	}
	best := ','
	for _, c := range header {
		n, rank := count[c], strings.IndexRune(usual, c)
		if n > count[best] || n == count[best] && rank >= 0 && rank < strings.IndexRune(usual, best) {
			best = c
		}
	}
	return best
}

// all are the names of the files and of what else is named like one, in order.
func (f *folder) all() []string {
	names := slices.Clone(f.names)
	for name := range f.odd {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// holds tells what the folder holds of which a table could be made.
func (f *folder) holds(ctx context.Context, db *DB) string {
	var found []string
	for _, name := range f.names {
		_, ending := stem(name)
		if !isText(ending) && !isParquet(ending) && !mayBeText(ending) {
			continue
		}
		header, err := db.openFile(ctx, &extractFile{name: name, folder: f, csv: mayBeText(ending), conn: db.conn})
		if err == nil && len(header) > 1 {
			found = append(found, fmt.Sprintf("%s (%s)", name, firstOf(header)))
		}
	}
	if len(found) == 0 {
		return ""
	}
	return fmt.Sprintf("; there is %s: .load -draft %s begins a load.sql that maps them", strings.Join(found, "; "), f.dir)
}
