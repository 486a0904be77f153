// Package px reads and writes PC-Axis files, as Statistics Sweden describes them (PX file
// format 2013): a header of keywords, then the cells. The header is read at once, the
// cells as they are asked for. What is wrong is an error that names line and keyword; what
// is odd and leaves the figures as they are is a warning.
package px

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"utvandring/udf/cube"
)

// Table is an open PX file.
type Table struct {
	cube.Head // the dimensions of the stub, then those of the heading
	records   []record
	names     []string // of the dimensions, in the main language
	encoding  string
	cells     cells
}

// Open reads the header. language is that of names and labels: "" for the main one.
func Open(from io.Reader, language string) (*Table, error) {
	from, marked := asBytes(from)
	s := newScanner(from)
	records, warnings, missing, err := s.header()
	if err != nil {
		return nil, err
	}
	t := &Table{Head: cube.Head{Warnings: warnings}, records: records, encoding: marked}
	if marked == "" {
		e, name, unknown := encodingOf(records)
		if t.encoding = name; unknown != "" {
			t.warn(t.get("CODEPAGE", "", ""), "no such code page: %s; read as %s", unknown, name)
		}
		decode(records, e)
		for _, w := range warnings { // with what stands there in place of a keyword
			w.Keyword = decoded(w.Keyword, e)
		}
		t.cells.encoding = e
	} else {
		decode(records, nil)
	}
	for i := range records {
		if r := &records[i]; r.fault != "" {
			if essential(r.keyword) {
				return nil, cube.Faultf(r.line, r.name(), "%s", r.fault)
			}
			t.warn(r, "%s", r.fault)
		}
	}
	if missing {
		what := "keyword missing"
		if len(records) == 0 {
			what = "keyword missing: this is no PX file"
		}
		return nil, cube.Faultf(s.line, "DATA", "%s", what)
	}
	if err := t.dimensions(s.line); err != nil {
		return nil, err
	}
	t.check()
	if err := t.translate(language); err != nil {
		return nil, err
	}
	return t, t.openCells(s)
}

// essential keywords are those without which the cells cannot be read.
func essential(keyword string) bool {
	return slices.Contains([]string{"STUB", "HEADING", "VALUES", "CODES", "KEYS", "TIMEVAL"}, keyword)
}

func (t *Table) warn(r *record, format string, args ...any) {
	line, keyword := 0, ""
	if r != nil {
		line, keyword = r.line, r.name()
	}
	t.Warnings = append(t.Warnings, cube.Faultf(line, keyword, format, args...))
}

// get finds a keyword in a language, about a variable or about the table ("").
func (t *Table) get(keyword, about, language string) *record {
	for i := range t.records {
		r := &t.records[i]
		if r.keyword != keyword || r.language != language || r.fault != "" {
			continue
		}
		if about == "" && len(r.about) == 0 || about != "" && len(r.about) > 0 && r.about[0] == about {
			return r
		}
	}
	return nil
}

// variables are the names of the dimensions in a language.
func (t *Table) variables(language string) (names []string) {
	for _, keyword := range []string{"STUB", "HEADING"} {
		if r := t.get(keyword, "", language); r != nil {
			names = append(names, slices.DeleteFunc(r.texts(), func(s string) bool { return s == "" })...)
		}
	}
	return names
}

// dimensions reads their names, labels and codes; line is that of DATA.
func (t *Table) dimensions(line int) error {
	t.names = t.variables("")
	if len(t.names) == 0 {
		return cube.Faultf(line, "STUB/HEADING", "both missing: no dimensions")
	}
	for i, name := range t.names {
		if slices.Index(t.names, name) < i {
			return cube.Faultf(t.lineOf(name), "STUB/HEADING", "the variable %q stands there twice", name)
		}
		labels := t.get("VALUES", name, "")
		if labels == nil {
			return cube.Faultf(t.lineOf(name), `VALUES("`+name+`")`, "missing for a variable of STUB/HEADING")
		}
		d := cube.Dimension{Name: name, Labels: labels.texts()}
		d.Codes = d.Labels
		if codes := t.get("CODES", name, ""); codes != nil {
			if len(codes.values) != len(d.Labels) {
				return cube.Faultf(codes.line, codes.name(), "%d codes for %d values", len(codes.values), len(d.Labels))
			}
			d.Codes = codes.texts()
		}
		if r := t.get("TIMEVAL", name, ""); r != nil {
			periods, err := periods(r.values, len(d.Labels))
			switch {
			case err != nil:
				t.warn(r, "%s", err)
			case periods != nil && t.get("CODES", name, "") == nil:
				d.Codes = periods
			}
		}
		t.Dimensions = append(t.Dimensions, d)
	}
	return nil
}

// lineOf is the line of the STUB or HEADING that has a variable.
func (t *Table) lineOf(name string) int {
	for _, keyword := range []string{"STUB", "HEADING"} {
		if r := t.get(keyword, "", ""); r != nil && slices.Contains(r.texts(), name) {
			return r.line
		}
	}
	return 0
}

// translate puts the names and labels of another language in the place of the main ones.
func (t *Table) translate(language string) error {
	if language == "" || strings.EqualFold(language, t.get("LANGUAGE", "", "").first()) {
		return nil
	}
	known := t.Languages()
	at := slices.IndexFunc(known, func(s string) bool { return strings.EqualFold(s, language) })
	if at < 0 {
		there := "names no language"
		if len(known) > 0 {
			there = "is in " + strings.Join(known, ", ")
		}
		return cube.Faultf(0, "LANGUAGES", "there is no %q: the file %s", language, there)
	}
	language = known[at]
	names := t.variables(language)
	for i := range t.Dimensions {
		d := &t.Dimensions[i]
		if len(names) == len(t.Dimensions) {
			d.Name = names[i]
		}
		for _, name := range []string{d.Name, t.names[i]} { // some do not translate the name there
			if r := t.get("VALUES", name, language); r != nil && len(r.values) == len(d.Labels) {
				d.Labels = r.texts()
				break
			}
		}
	}
	return nil
}

// Languages are those that the file is in, the main one first.
func (t *Table) Languages() (all []string) {
	add := func(language string) {
		if language != "" && !slices.Contains(all, language) {
			all = append(all, language)
		}
	}
	add(t.get("LANGUAGE", "", "").first())
	if r := t.get("LANGUAGES", "", ""); r != nil {
		for _, language := range r.texts() {
			add(language)
		}
	}
	for _, r := range t.records {
		add(r.language)
	}
	return all
}

// periods reads TIMEVAL: TLIST(A1),"2010","2011" or TLIST(M1,"201001"-"201112"). It is nil
// where that names none.
func periods(values []value, want int) ([]string, error) {
	if len(values) == 0 || values[0].kind != tlist {
		return nil, nil
	}
	var list []string
	for _, v := range values[1:] {
		if v.kind == quoted {
			list = append(list, v.text)
		}
	}
	if list == nil {
		unit, span, _ := strings.Cut(values[0].text, ",")
		from, to, ok := strings.Cut(span, "-")
		if !ok {
			return nil, nil
		}
		var err error
		if list, err = countPeriods(strings.ToUpper(strings.TrimSpace(unit)), unquote(from), unquote(to), want); err != nil {
			return nil, err
		}
	}
	if len(list) != want {
		return nil, fmt.Errorf("%d periods for %d values", len(list), want)
	}
	return list, nil
}

func unquote(s string) string { return strings.Trim(strings.TrimSpace(s), `"`) }

// countPeriods are those from one to another, of a year, half-year, quarter, month or week:
// 2010, 20101, 201012 or 2010M12. want is how many there are to be.
func countPeriods(unit, from, to string, want int) (list []string, err error) {
	a, b := []rune(from), []rune(to)
	if len(a) < 4 || len(b) < 4 {
		return nil, errors.New("its first or last period is no period")
	}
	number := func(s []rune) int {
		digits := strings.TrimLeft(string(s), "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz- ")
		n, e := strconv.Atoi(digits)
		if e != nil {
			err = errors.New("its first or last period is no period")
		}
		return n
	}
	of, ok := perYear[strings.TrimSuffix(unit, "1")]
	year, last, first, end := number(a[:4]), number(b[:4]), 1, 1
	if of.n > 1 {
		first, end = number(a[4:]), number(b[4:])
	}
	switch {
	case !ok:
		return nil, nil
	case err == nil && (min(first, end) < 1 || max(first, end) > of.n): // month 13
		err = errors.New("its first or last period is no period")
	}
	if err != nil {
		return nil, err
	}
	for n := year*of.n + first - 1; n < last*of.n+end && len(list) <= want; n++ {
		text := strconv.Itoa(n / of.n)
		if of.n > 1 {
			text += fmt.Sprintf("%0*d", of.digits, n%of.n+1)
		}
		list = append(list, text)
	}
	return list, nil
}

// perYear is how many periods of a unit a year has, and the digits of their number.
var perYear = map[string]struct{ n, digits int }{"A": {1, 0}, "H": {2, 1}, "Q": {4, 1}, "M": {12, 2}, "W": {53, 2}}
