package px

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"utvandring/udf/cube"
)

// Write writes a PX file with all digits, in Latin-1 where that has all characters, as most
// offices do and readers expect, or else in UTF-8: all dimensions but the last as the stub,
// the last as the heading. A number that is not there gets its mark, or .. where it
// has none. What PX cannot hold is an error: a quotation mark or a line end in a name, and
// flags beside a number.
func Write(to io.Writer, t *cube.Filled) error {
	for _, d := range t.Dimensions {
		for _, text := range slices.Concat([]string{d.Name}, d.Codes, d.Labels) {
			if strings.ContainsAny(text, "\"\r\n") {
				return fmt.Errorf("PX cannot hold the quotation mark or line end in %s %q: replace it in the query", d.Name, text)
			}
		}
	}
	cells := make([]string, len(t.Value))
	decimals := 0
	for i, v := range t.Value {
		status := ""
		if t.Status != nil {
			status = t.Status[i]
		}
		var err error
		if cells[i], err = written(v, status); err != nil {
			return err
		}
		if _, fraction, ok := strings.Cut(cells[i], "."); ok && v != "" {
			decimals = max(decimals, len(fraction))
		}
	}
	w := bufio.NewWriterSize(to, 1<<16)
	w.Write(header(t, decimals))
	line := max(len(t.Dimensions[len(t.Dimensions)-1].Codes), 1)
	for i, c := range cells {
		w.WriteString(c)
		switch {
		case i == len(cells)-1:
		case i%line == line-1:
			w.WriteByte('\n')
		default:
			w.WriteByte(' ')
		}
	}
	w.WriteString(";\n")
	return w.Flush()
}

// header is everything before the cells.
func header(t *cube.Filled, decimals int) []byte {
	var w bytes.Buffer
	p := &printer{&w}
	p.words("LANGUAGE", "en")
	p.words("MATRIX", "utvandring")
	p.words("SUBJECT-CODE", "UTV")
	p.words("SUBJECT-AREA", "utvandring")
	p.words("CONTENTS", plain(t.Contents))
	p.words("UNITS", "number")
	fmt.Fprintf(&w, "DECIMALS=%d;\nSHOWDECIMALS=%d;\n", min(decimals, 15), min(decimals, 6))
	p.words("TITLE", plain(t.Title))
	var names []string
	for _, d := range t.Dimensions {
		names = append(names, d.Name)
	}
	last := len(names) - 1
	if last > 0 {
		p.words("STUB", names[:last]...)
	}
	p.words("HEADING", names[last:]...)
	if t.Measures >= 0 {
		p.words("CONTVARIABLE", names[t.Measures])
	}
	for _, d := range t.Dimensions {
		p.words(`VALUES("`+d.Name+`")`, d.Labels...)
	}
	for _, d := range t.Dimensions {
		unit, periods := d.Periods()
		if unit != "" {
			fmt.Fprintf(&w, "TIMEVAL(\"%s\")=TLIST(%s),", d.Name, unit)
			p.list(len(d.Name)+24, periods)
		}
		if !slices.Equal(d.Codes, d.Labels) || unit != "" && !slices.Equal(d.Codes, periods) {
			p.words(`CODES("`+d.Name+`")`, d.Codes...)
		}
	}
	if t.Measures >= 0 {
		for _, label := range t.Dimensions[t.Measures].Labels {
			p.words(`UNITS("`+label+`")`, "number")
		}
	}
	if t.Source != "" {
		p.words("NOTEX", plain(t.Source))
	}
	w.WriteString("DATA=\n")
	text, page := w.Bytes(), "utf-8"
	if latin, ok := latin1(text); ok {
		text, page = latin, "iso-8859-1"
	}
	return append([]byte("CHARSET=\"ANSI\";\nAXIS-VERSION=\"2013\";\nCODEPAGE=\""+page+"\";\n"), text...)
}

// latin1 is a text in Latin-1; ok is false where that lacks a character, or where the text
// would be read as UTF-8 all the same.
func latin1(text []byte) (latin []byte, ok bool) {
	if bytes.ContainsFunc(text, func(r rune) bool { return r >= 0x80 && r < 0xa0 }) {
		return nil, false // control characters, which readers take for those of Windows
	}
	latin, err := charmap.ISO8859_1.NewEncoder().Bytes(text)
	return latin, err == nil && (len(latin) == len(text) || !utf8.Valid(latin))
}

// written is a cell as PX has it.
func written(value, status string) (string, error) {
	switch {
	case value == "" && (status == "" || strings.Trim(status, ".") == "" && len(status) <= 6):
		if status == "" {
			status = ".."
		}
		return `"` + status + `"`, nil
	case status == "-" && strings.Trim(value, "-0.") == "" && value != "":
		return `"-"`, nil
	case status != "":
		return "", fmt.Errorf("PX cannot hold the status %q: its marks are one to six dots where there is no number, and - for 0; change it in the query, or write JSON-stat", status)
	}
	if strings.ContainsAny(value, "eE") {
		x, err := strconv.ParseFloat(value, 64)
		if err != nil {
			return "", errors.New("no number can be written of " + value)
		}
		value = strconv.FormatFloat(x, 'f', -1, 64)
	}
	return value, nil
}

// plain is a text without what PX cannot hold: a title, which is ours.
func plain(s string) string {
	return strings.NewReplacer(`"`, "'", "\r", "", "\n", " ").Replace(s)
}

type printer struct{ *bytes.Buffer }

// words writes KEYWORD="a","b";
func (p *printer) words(keyword string, values ...string) {
	p.WriteString(keyword + "=")
	p.list(len(keyword)+1, values)
}

// mostLine is how long a line of a PX file may be.
const mostLine = 250

// list writes values with lines no longer than PX allows, a long text in pieces.
func (p *printer) list(column int, values []string) {
	for i, v := range values {
		if i > 0 {
			p.WriteByte(',')
			column++
		}
		if column+len(v)+4 > mostLine && i > 0 {
			p.WriteByte('\n')
			column = 0
		}
		for column+len(v)+4 > mostLine {
			cut := max(mostLine-4-column, 1)
			for cut > 1 && !utf8.RuneStart(v[min(cut, len(v)-1)]) {
				cut--
			}
			p.WriteString(`"` + v[:cut] + "\"\n")
			v, column = v[cut:], 0
		}
		p.WriteString(`"` + v + `"`)
		column += len(v) + 2
	}
	p.WriteString(";\n")
}
