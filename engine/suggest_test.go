package engine

import (
	"context"
	"testing"
)

func TestSuggestKnowsOurNames(t *testing.T) {
	db := empty(t)
	for statement, want := range map[string]string{
		"FROM nowhere":            `there is no table or view "nowhere"`,
		"FROM peson":              `there is no table or view "peson" (did you mean "person"?)`,
		"FROM freqency_of(a, [])": `there is no function "freqency_of" (did you mean "frequency_of"?)`,
		"FROM frequency_of":       `there is no table or view "frequency_of" (did you mean "frequency_of(…)"?)`,
		"SELECT medain(1)":        `there is no function "medain" (did you mean "median"?)`,
		"FROM SUR_FIT(['y'], [])": `sur_fit gives a value, not a table: SELECT sur_fit(…)`,
		"FROM greatest(1)":        `greatest gives a value, not a table: SELECT greatest(…)`,
		"FROM median(1)":          `median gives a value, not a table: SELECT median(…)`,
		"SELECT sur('4.1', p)":    `sur gives a table, not a value: FROM sur(…)`,
	} {
		_, err := db.Run(context.Background(), statement, 0)
		if f, ok := err.(*Fault); !ok || f.Sentence != want {
			t.Errorf("%s: %v, want %s", statement, err, want)
		}
	}
}

// What another database has is not taken for a misspelling.
func TestSuggestKnowsOtherDatabases(t *testing.T) {
	db := fresh(t)
	run(t, db, "ATTACH ':memory:' AS other; USE other; CREATE TABLE mine (a INTEGER)")
	for statement, want := range map[string]string{
		"FROM sur('4.1', memory.main.panel_1)": `function sur is in the database memory, not in other (USE memory)`,
		"SELECT sur_fit([], [])":               `function sur_fit is in the database memory, not in other (USE memory)`,
		"FROM panel_1":                         `panel_1 is in the database memory, not in other (USE memory)`,
		"FROM min":                             `there is no table or view "min" (did you mean "mine"?)`,
	} {
		_, err := db.Run(context.Background(), statement, 0)
		if f, ok := err.(*Fault); !ok || f.Sentence != want {
			t.Errorf("%s: %v, want %s", statement, err, want)
		}
	}
}
