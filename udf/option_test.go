package udf

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// optionProbe is what the options of a function that only this test has are read into.
type optionProbe struct {
	kind, spread string
	draws        int
	year         *int64
	size         float64
	more         bool
}

var probeOptions = options[optionProbe]{
	choice("kind", "plain", []string{"plain", "Fancy"}, "of the probe", func(p *optionProbe) *string { return &p.kind }),
	wordOrNull("spread", []string{"wide"}, "of the probe", func(p *optionProbe) *string { return &p.spread }),
	whole("draws", 7, "of the probe", func(p *optionProbe) *int { return &p.draws }),
	wholeOrNull("year", "of the probe", func(p *optionProbe) **int64 { return &p.year }),
	decimal("size", 1e-10, "of the probe", func(p *optionProbe) *float64 { return &p.size }),
	given(other("more", "BOOLEAN", "of the probe", func(p *optionProbe, v Value) (err error) {
		if p.more, err = v.Bool(); err != nil {
			err = fmt.Errorf("more %w", err)
		}
		return err
	})),
}

// Options are read by their names: in any order, with their defaults where they are
// left out, and with an error that names the one that cannot be read.
func TestOptionsByName(t *testing.T) {
	conn := connect(t, Function{
		Name: "_probe", Args: 1, Options: probeOptions.declared(), Result: []Column{{"", Text}},
		Run: func(_ context.Context, args []Value) (*Table, error) {
			p := &optionProbe{}
			if err := probeOptions.readAll(args[0], p); err != nil {
				return nil, err
			}
			year := "NULL"
			if p.year != nil {
				year = fmt.Sprint(*p.year)
			}
			return NewTable([]string{fmt.Sprint(p.kind, " [", p.spread, "] ", p.draws, " ", year, " ", p.size, " ", p.more)}), nil
		},
	})
	for given, want := range map[string]string{
		"{more: true}": "plain [] 7 NULL 1e-10 true",
		"{size: 2, year: 1990, draws: 3, spread: 'x', kind: 'FANCY', more: false}": "Fancy [x] 3 1990 2 false",
		"{kind: 'plain', more: true, year: NULL, spread: NULL}":                    "plain [] 7 NULL 1e-10 true",
		"{kind: 'plain'}":              "more is not given",
		"NULL":                         "more is not given",
		"{kind: 'fancyy', more: true}": `kind is "fancyy", not 'plain' or 'Fancy' (did you mean "Fancy"?)`,
		"{kind: NULL, more: true}":     "kind is NULL",
		"{spread: '', more: true}":     "spread is empty",
		"{draws: 1.5, more: true}":     "draws is 1.5, not a whole number",
		"{year: 'x', more: true}":      "year is text, not a number",
		"{size: NULL, more: true}":     "size is NULL",
		"{more: 1}":                    "more is a number, not true or false",
		"{more: true, yeear: 1}":       `there is no option yeear (did you mean "year"?)`,
		"'x'":                          "the value that holds the options is text, not a STRUCT",
		"[{more: true}]":               "the value that holds the options is a list, not a STRUCT",
		"CASE WHEN i = 0 THEN {more: true, year: i} END": "plain [] 7 0 1e-10 true",
	} {
		var got string
		err := conn.Row(context.Background(), "SELECT _probe("+given+")[1] FROM range(1) r(i)").Scan(&got)
		if err != nil {
			got = err.Error()
		}
		if got != want && !(err != nil && strings.HasSuffix(got, want)) {
			t.Errorf("%s: %s\nwant %s", given, got, want)
		}
	}
	// Options that differ from row to row.
	var sum int
	if err := conn.Row(context.Background(), "SELECT sum(string_split(_probe({more: true, draws: i})[1], ' ')[3]::INTEGER) FROM range(3000) r(i)").Scan(&sum); err != nil || sum != 3000*2999/2 {
		t.Error(sum, err)
	}
}

// Every option says what it is.
func TestOptionsAreDeclaredInFull(t *testing.T) {
	for _, f := range functions {
		for _, o := range f.Options {
			if o.Name == "" || o.Type == "" || o.Help == "" {
				t.Errorf("%s: %+v", f.Name, o)
			}
			if word := strings.Trim(o.Default, "'"); o.Allowed != nil && o.Default != "NULL" && !slices.Contains(o.Allowed, word) {
				t.Errorf("%s: %s is not among %q", f.Name, o.Default, o.Allowed)
			}
		}
	}
}
