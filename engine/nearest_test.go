package engine

import (
	"context"
	"testing"
)

func TestNearest(t *testing.T) {
	names := []string{"csv", "json", "jsonlines", "frequency", "frequency_of", "person", "cell"}
	for typed, want := range map[string]string{
		"cvs": "csv", "frequncy": "frequency", "PERSONS": "person", "freq": "frequency", "jsonli": "jsonlines", "zzz": "", "x": "", "": "", "cel": "cell",
	} {
		if got := Nearest(typed, names); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

func TestSuggestKnowsOurNames(t *testing.T) {
	db := open(t, "", Options{})
	for statement, want := range map[string]string{
		"FROM nowhere":            `there is no table or view "nowhere"`,
		"FROM peson":              `there is no table or view "peson" (did you mean "person"?)`,
		"FROM freqency_of(a, [])": `there is no function "freqency_of" (did you mean "frequency_of"?)`,
		"FROM frequency_of":       `there is no table or view "frequency_of" (did you mean "frequency_of(…)"?)`,
		"SELECT medain(1)":        `there is no function "medain" (did you mean "median"?)`,
	} {
		_, err := db.Run(context.Background(), statement, 0)
		if f, ok := err.(*Fault); !ok || f.Sentence != want {
			t.Errorf("%s: %v, want %s", statement, err, want)
		}
	}
}
