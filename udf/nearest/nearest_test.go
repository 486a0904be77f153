package nearest

import (
	"fmt"
	"testing"
)

func TestName(t *testing.T) {
	commands := []string{"csv", "json", "jsonlines", "frequency", "frequency_of", "person", "cell", "b"}
	columns := []string{"a", "b1", "emi_k3", "Ø", "frequency_by_county_sex"}
	for _, test := range []struct {
		names       []string
		typed, want string
	}{
		{commands, "cvs", "csv"}, // two letters swapped are one mistake
		{commands, "frequncy", "frequency"},
		{commands, "PERSONS", "person"},
		{commands, "freq", "frequency"}, // the first that begins with it
		{commands, "jsonli", "jsonlines"},
		{commands, "js", ""}, // two letters begin too much
		{commands, "cel", "cell"},
		{commands, "zzz", ""},
		{commands, "x", ""},
		{commands, "å", ""},
		{commands, "B", "b"},
		{commands, "", ""},
		{commands, " ", ""},
		{columns, "c", ""}, // one letter is not like another
		{columns, "A", "a"},
		{columns, " a ", "a"},
		{columns, "ø", "Ø"},
		{columns, "å", ""},
		{columns, "b", "b1"}, // but like a name of two that has it
		{columns, "bb1", "b1"},
		{columns, "aa", "a"},
		{columns, "emik3", "emi_k3"},
		{columns, "emi_m4", "emi_k3"},
		{columns, "emi_mm4", ""},
		{columns, "frequency_by_sex_county", "frequency_by_county_sex"},
		{columns, "population", ""},
		{[]string{"lo", "low", "LOW"}, "Low", "low"}, // the same name comes before all
		{[]string{"sox", "sex", "saxo"}, "sax", "saxo"},
		{nil, "a", ""},
	} {
		if got := Name(test.typed, test.names); got != test.want {
			t.Errorf("%q among %q: %q, want %q", test.typed, test.names, got, test.want)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"abc", "abc", 0}, {"abc", "acb", 1}, {"ca", "abc", 3}, // Damerau's own would be 2
		{"kitten", "sitting", 3}, {"å", "a", 1}, {"abcd", "badc", 2},
	} {
		if got := distance([]rune(test.a), []rune(test.b)); got != test.want {
			t.Errorf("%q to %q: %d, want %d", test.a, test.b, got, test.want)
		}
	}
}

// The distance is the same both ways, no more than the longer of the two, no less
// than the difference of their lengths.
func FuzzDistance(f *testing.F) {
	f.Add("kitten", "sitting")
	f.Add("abcd", "badc")
	f.Fuzz(func(t *testing.T, x, y string) {
		a, b := []rune(x), []rune(y)
		d := distance(a, b)
		if back := distance(b, a); back != d || d > max(len(a), len(b)) || d < max(len(a)-len(b), len(b)-len(a)) || (d == 0) != (string(a) == string(b)) {
			t.Errorf("%q to %q: %d, back %d", x, y, d, back)
		}
	})
}

func ExampleHint() {
	fmt.Println("no county Osloo" + Hint("Osloo", []string{"Agder", "Oslo"}))
	// Output: no county Osloo (did you mean "Oslo"?)
}
