// Package locale says things in the language that was chosen: the texts, units and notes
// of figures, pages and tables, and the signs of their numbers. Words are data
// (words.tsv); what is not among them stays as it is.
package locale

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"utvandring/udf/later"
)

// Locale is a language. None has been chosen where it is empty: then all is in the
// language it was written in.
type Locale string

// Languages there are.
const (
	English   Locale = "en"
	Norwegian Locale = "nb"
)

// Parse reads the name of a language; "" is none.
func Parse(name string) (Locale, error) {
	switch l := Locale(strings.ToLower(name)); l {
	case English, Norwegian, "":
		return l, nil
	}
	return "", fmt.Errorf("no locale %q (there are nb and en)", name)
}

//go:embed words.tsv
var wordsFile string

// words are two ways of saying the same, by each other; patterns those with parts.
type words struct {
	exact    map[string]string
	patterns []pattern
}

type pattern struct {
	from *regexp.Regexp
	to   string // with a %s or %v for each part, in the same order
	said []bool // whether a part is said by itself: %s
}

// part is what a pattern has for %s, or for %v, which stays as it is.
var part = later.Compile(`%[sv]`)

// dictionary gives the words of a language, by those of the other.
var dictionary = map[Locale]func() words{
	Norwegian: sync.OnceValue(func() words { return read(0, 1) }),
	English:   sync.OnceValue(func() words { return read(1, 0) }),
}

func read(from, to int) words {
	w := words{exact: map[string]string{}}
	for line := range strings.Lines(wordsFile) {
		pair := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(pair) != 2 || strings.HasPrefix(line, "#") {
			continue
		}
		a, b := pair[from], pair[to]
		kinds := part.FindAllString(a, -1)
		if kinds == nil {
			w.add(a, b)
			continue
		}
		p := pattern{to: b}
		between := part.Split(a, -1)
		for i := range between {
			between[i] = regexp.QuoteMeta(between[i])
		}
		for _, kind := range kinds {
			p.said = append(p.said, kind == "%s")
		}
		// No part reaches over the end of a sentence.
		p.from = regexp.MustCompile("^" + strings.Join(between, `((?:[^.]|\.\S|\.$)+?)`) + "$")
		w.patterns = append(w.patterns, p)
	}
	countries(func(english, norwegian string) {
		pair := [2]string{english, norwegian}
		w.add(pair[from], pair[to])
	})
	return w
}

// add adds a word where it is not known: the first is the best.
func (w words) add(a, b string) {
	if _, ok := w.exact[a]; !ok {
		w.exact[a] = b
	}
}

// Text says a label, a heading, or the sentences of a note. Of what is a list or has a
// colon, each part is said by itself.
func (l Locale) Text(s string) string {
	of, known := dictionary[l]
	if !known || s == "" {
		return s
	}
	w := of()
	if out, ok := w.exact[s]; ok {
		return out
	}
	if out, ok := w.exact[strings.ReplaceAll(s, "_", " ")]; ok { // the name of a column
		return out
	}
	if out, ok := l.figures(s); ok {
		return out
	}
	if out, ok := l.filled(w, s); ok {
		return out
	}
	if small := first(s, unicode.ToLower); small != s {
		if out, ok := w.exact[small]; ok {
			return first(out, unicode.ToUpper)
		}
		if out, ok := l.filled(w, small); ok {
			return first(out, unicode.ToUpper)
		}
	}
	for _, between := range []string{". ", "; ", ", ", ": "} {
		if head, tail, ok := strings.Cut(s, between); ok {
			if between == ". " {
				return strings.TrimSuffix(l.Text(head+"."), ".") + between + l.Text(tail)
			}
			return l.Text(head) + between + l.Text(tail)
		}
	}
	return s
}

// filled says a pattern with its parts.
func (l Locale) filled(w words, s string) (string, bool) {
	for _, p := range w.patterns {
		if parts := p.from.FindStringSubmatch(s); parts != nil {
			said := make([]any, len(parts)-1)
			for i, part := range parts[1:] {
				if said[i] = part; !p.said[i] {
					continue
				}
				said[i] = l.Text(part)
				if strings.HasSuffix(p.to, ".") { // in a sentence; what is behind a word is the number of a model or section
					said[i] = l.Number(l.Text(part))
				}
			}
			return fmt.Sprintf(p.to, said...), true
		}
	}
	return "", false
}

// figures says a date, and texts of numbers or symbols: "ln(beh2) -0.0028 (0.0038)",
// "* p < 0.05", "ANKO_M3t og ANKO_M4t".
func (l Locale) figures(s string) (string, bool) {
	if isSymbols.MatchString(s) {
		if l == Norwegian {
			return strings.ReplaceAll(s, " and ", " og "), true
		}
		return strings.ReplaceAll(s, " og ", " and "), true
	}
	if l != Norwegian {
		return "", false
	}
	if d := isDate.FindStringSubmatch(s); d != nil {
		return d[3] + "." + d[2] + "." + d[1] + d[4], true
	}
	if isFigures.MatchString(s) {
		return point.ReplaceAllString(s, "$1,$2"), true
	}
	return "", false
}

var (
	isDate    = later.Compile(`^(\d{4})-(\d\d)-(\d\d)( \d\d:\d\d.*)?$`)
	isFigures = later.Compile(`^\*+ p < \d*\.\d+$|^\S+ -?\d*\.\d+(?:e-?\d+)? \(\d*\.\d+(?:e-?\d+)?\)$`)
	isSymbols = later.Compile(`^(?:\(?[A-Z\d][A-Z\d_.]*t?(?:-\d)?\)?(?:, | og | and ))+\(?[A-Z\d][A-Z\d_.]*t?(?:-\d)?\)?$`)
	point     = later.Compile(`(\d)\.(\d)`)
)

// Value says a value of a column, whose name may tell what it means: the low of a scenario
// is no end of an interval.
func (l Locale) Value(column, value string) string {
	if of, known := dictionary[l]; known {
		if out, ok := of().exact[strings.ToLower(column)+": "+value]; ok {
			_, out, _ = strings.Cut(out, ": ")
			return out
		}
	}
	return l.Text(value)
}

// first changes the first letter.
func first(s string, change func(rune) rune) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(change(r)) + s[n:]
}

// months are shortened as Norwegian does.
var months = [...]string{"jan.", "feb.", "mars", "april", "mai", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "des."}

// Month says a month of a year, for an axis.
func (l Locale) Month(t time.Time) string {
	if l == Norwegian {
		return fmt.Sprintf("%s %d", months[t.Month()-1], t.Year())
	}
	return t.Format("2006-01")
}

// Day says a day of a known year, for an axis.
func (l Locale) Day(t time.Time) string {
	if l == Norwegian {
		return fmt.Sprintf("%d. %s", t.Day(), months[t.Month()-1])
	}
	return t.Format("01-02")
}
