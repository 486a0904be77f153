package px

import (
	"cmp"
	"slices"
	"strconv"

	"utvandring/udf/cube"
)

// check warns of what is odd in the header and leaves the figures as they are.
func (t *Table) check() {
	t.checkMandatory()
	for _, d := range t.Dimensions {
		if r := t.get("CODES", d.Name, ""); r != nil {
			if at := slices.Index(d.Codes, ""); at >= 0 && d.Labels[at] != "" {
				t.warn(r, "an empty code")
			}
		}
		if code, twice := d.Twice(); twice {
			t.warn(cmp.Or(t.get("CODES", d.Name, ""), t.get("VALUES", d.Name, "")), "%q stands there twice", code)
		}
	}
	for i := range t.records {
		r := &t.records[i]
		if len(r.values) == 0 {
			continue
		}
		switch r.keyword {
		case "DECIMALS", "SHOWDECIMALS":
			if n, err := strconv.Atoi(r.first()); err != nil || n < 0 || n > 15 {
				t.warn(r, "not a number 0-6: %s", r.first())
			}
		case "AGGREGALLOWED", "COPYRIGHT", "DESCRIPTIONDEFAULT", "AUTOPEN":
			if r.first() != "YES" && r.first() != "NO" {
				t.warn(r, "neither YES nor NO: %s", r.first())
			}
		}
	}
	if decimals, shown := t.get("DECIMALS", "", ""), t.get("SHOWDECIMALS", "", ""); decimals != nil && shown != nil {
		n, err := strconv.Atoi(decimals.first())
		if m, e := strconv.Atoi(shown.first()); err == nil && e == nil && m > n {
			t.warn(shown, "%d greater than DECIMALS %d", m, n)
		}
	}
	var contents []string // the categories of the contents variable; nil: none
	if r := t.get("CONTVARIABLE", "", ""); r != nil && len(r.values) > 0 {
		if i := slices.Index(t.names, r.first()); i >= 0 {
			contents = t.Dimensions[i].Labels
		} else {
			t.warn(r, "%q is not a variable", r.first())
		}
	}
	for i := range t.records {
		if r := &t.records[i]; r.language == "" && len(r.about) > 0 {
			t.checkAbout(r, contents)
		}
	}
}

var mandatory = []string{"MATRIX", "SUBJECT-AREA", "SUBJECT-CODE", "UNITS", "CONTENTS", "DECIMALS", "TITLE"}

func (t *Table) checkMandatory() {
	for _, keyword := range mandatory {
		some := slices.ContainsFunc(t.records, func(r record) bool { return r.keyword == keyword })
		what := ""
		switch {
		case !some && !(keyword == "TITLE" && t.get("DESCRIPTION", "", "") != nil):
			what = "mandatory keyword missing"
		case some && keyword == "UNITS" && t.get("UNITS", "", "") == nil && !slices.ContainsFunc(t.Warnings, func(w *cube.Fault) bool { return len(w.Keyword) >= 5 && w.Keyword[:5] == "UNITS" }):
			what = "mandatory keyword missing (given only for single contents)"
		}
		if what != "" {
			t.Warnings = append(t.Warnings, cube.Faultf(0, keyword, "%s", what))
		}
	}
}

// ofVariables are the keywords that are about a variable, ofContents those about a
// category of the contents variable.
var (
	ofVariables = []string{"VALUES", "CODES", "DOMAIN", "ELIMINATION", "MAP", "DOUBLECOLUMN", "PRESTEXT", "TIMEVAL", "HIERARCHIES", "VARIABLECODE", "VARIABLE-TYPE", "KEYS", "NOTE", "NOTEX"}
	ofContents  = []string{"LAST-UPDATED", "UNITS", "STOCKFA", "CONTACT", "REFPERIOD"}
)

// checkAbout looks for what a keyword is about.
func (t *Table) checkAbout(r *record, contents []string) {
	variable := slices.Index(t.names, r.about[0])
	switch {
	case slices.Contains(ofVariables, r.keyword):
		if variable < 0 {
			t.warn(r, "no such variable")
		}
	case slices.Contains(ofContents, r.keyword):
		if contents != nil && !slices.Contains(contents, r.about[0]) {
			t.warn(r, "no such value of the contents variable")
		}
	case r.keyword == "CELLNOTE" || r.keyword == "CELLNOTEX" || r.keyword == "DATANOTECELL":
		if len(r.about) != len(t.names) {
			t.Warnings = append(t.Warnings, cube.Faultf(r.line, r.keyword, "%d keys for %d variables", len(r.about), len(t.names)))
		}
	case r.keyword == "VALUENOTE" || r.keyword == "VALUENOTEX":
		if variable < 0 || len(r.about) > 1 && !slices.Contains(t.Dimensions[variable].Labels, r.about[1]) {
			t.warn(r, "no such variable or value")
		}
	}
}
