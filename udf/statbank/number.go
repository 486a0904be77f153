package statbank

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"utvandring/udf/doubt"
	"utvandring/udf/later"
)

// clean trims a cell, and puts plain characters in the place of those that only look
// different: no-break and thin spaces, the minus sign.
func clean(s string) string {
	if isASCII(s) {
		return strings.TrimSpace(s)
	}
	s = strings.Map(func(r rune) rune {
		switch r {
		case '\u00a0', '\u2009', '\u202f', '\u2007':
			return ' '
		case '\u2212':
			return '-'
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

// reader reads numbers as one file writes them.
type reader struct {
	comma   bool            // a comma may be decimal: it is not between the cells
	decimal bool            // some number has a decimal comma, so that points stand between thousands
	plain   map[string]bool // but in these
	doubt   doubt.Numbers
}

var (
	decimalComma = later.Compile(`^[+-]?\d+(?:[ .]\d{3})*,\d+$`)
	spaced       = later.Compile(`^[+-]?\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?$`)
	pointed      = later.Compile(`^[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?$`)
	commaed      = later.Compile(`^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$`)
	plainNumber  = later.Compile(`^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$`)
	flagged      = later.Compile(`^(.*\d)(?: ([a-z]{1,4}|[A-Z]{1,4}|\*+)|(\*+|[a-z]))$`)
	missing      = later.Compile(`^(?:\.{1,6}|:|…|NA|N/A|n/a|NaN|NULL|null|x|X)(?: ?[a-z]{1,4})?$`)
)

// value reads the number of a cell, which is no text.
func (n *reader) value(r Row, column int) (x float64, status string, err error) {
	s := r.Cells[column]
	x, status, k := n.read(s)
	if k == text {
		return x, "", notNumber(r, column)
	}
	if n.comma && !n.plain[s] {
		n.doubt.See(s)
	}
	return x, status, nil
}

// see looks whether a cell is a number with a decimal comma.
func (n *reader) see(s string) {
	if !n.decimal && strings.IndexByte(s, ',') >= 0 && decimalComma.MatchString(s) {
		n.decimal = n.comma || !commaed.MatchString(s) // "12,5" between commas, in quotes
	}
}

// kind is what a cell is.
type kind byte

const (
	blank kind = iota
	text
	number
	mark
)

// read reads a cell: a number and its flags, or no number and its mark. A - is 0.
func (n *reader) read(s string) (x float64, status string, k kind) {
	switch {
	case s == "":
		return math.NaN(), "", blank
	case s == "-":
		return 0, s, number
	case strings.Trim(s, "0123456789") == "": // most are
		x, err := strconv.ParseFloat(s, 64)
		if err == nil {
			return x, "", number
		}
	case (strings.IndexByte(".:NnxX", s[0]) >= 0 || s[0] >= 0x80) && missing.MatchString(s):
		return math.NaN(), s, mark
	}
	if x, ok := n.number(s); ok {
		return x, "", number
	}
	if m := flagged.FindStringSubmatch(s); m != nil {
		if x, ok := n.number(m[1]); ok {
			return x, m[2] + m[3], number
		}
	}
	return math.NaN(), "", text
}

func (n *reader) number(s string) (float64, bool) {
	if spaced.MatchString(s) {
		s = strings.Map(func(r rune) rune {
			if r == ' ' || r == '\'' || r == '’' {
				return -1
			}
			return r
		}, s)
	}
	switch {
	case n.decimal && !n.plain[s] && pointed.MatchString(s):
		s = strings.ReplaceAll(s, ".", "")
	case !n.decimal && (!n.comma || strings.Count(s, ",") > 1) && commaed.MatchString(s):
		s = strings.ReplaceAll(s, ",", "")
	}
	if n.comma || n.decimal {
		s = strings.Replace(s, ",", ".", 1)
	}
	if !plainNumber.MatchString(s) {
		return 0, false
	}
	x, err := strconv.ParseFloat(s, 64)
	return x, err == nil
}

var (
	period     = later.Compile(`^(?:1[5-9]|20|21)\d\d(?:[KQMHTUVWSkqmhtuvws]\d{1,2}|-?[QMHW]\d{1,2}|[-/](?:\d{4}|\d{2})| ?\[YR\d{4}\])?\*?$`)
	withPeriod = later.Compile(`^(.*\S)[ ,]+(\S+)$`)
)

func isPeriod(s string) bool { return period.MatchString(s) }

// splitPeriod takes "Emigrations 2012" apart.
func splitPeriod(s string) (rest, when string, ok bool) {
	m := withPeriod.FindStringSubmatch(s)
	if m == nil || !isPeriod(m[2]) {
		return s, "", false
	}
	return strings.TrimRight(m[1], ","), m[2], true
}

var coded = later.Compile(`^((?:[A-Z]{1,3}[-_]?)?\d+(?:\.\d+)*[A-Z]?) +(\S.*)$`)

// codesIn gives the codes that all values of a column begin with: "0301 Oslo". The label
// begins with a capital, so that "18 years" is none, and each code has its own.
func codesIn(rows [][]string, column int) []string {
	codes := make([]string, len(rows))
	labels, found := map[string]string{}, false
	for i, row := range rows {
		m := coded.FindStringSubmatch(row[column])
		if m == nil || !unicode.IsUpper([]rune(m[2])[0]) {
			return nil
		}
		if label, ok := labels[m[1]]; ok && label != m[2] {
			return nil
		}
		labels[m[1]] = m[2]
		codes[i], found = m[1], true
	}
	if !found {
		return nil
	}
	return codes
}
