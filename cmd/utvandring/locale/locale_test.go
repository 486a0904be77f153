package locale

import (
	"fmt"
	"strings"
	"testing"
)

func TestText(t *testing.T) {
	for _, test := range []struct {
		in     Locale
		s      string
		expect string
	}{
		{"", "Emigrations per 100 residents", "Emigrations per 100 residents"},
		{"en", "Emigrations per 100 residents", "Emigrations per 100 residents"},
		{"nb", "Emigrations per 100 residents", "Utvandringer per 100 bosatte"},
		{"en", "Utvandringer per 100 bosatte", "Emigrations per 100 residents"},
		{"nb", "country group 1", "landgruppe 1"}, {"en", "landgruppe 1", "country group 1"},
		{"nb", "sex: female, county: Oslo", "kjønn: kvinner, fylke: Oslo"},
		{"nb", "Norway", "Norge"}, {"nb", "Møre og Romsdal", "Møre og Romsdal"}, {"nb", "", ""},
		{"nb", "Synthetic demo register (0.05 of national size, seed 1990), not real people. 1 of 72 values are missing. Kilde: SSB.",
			"Syntetisk demoregister (0,05 av nasjonal størrelse, frø 1990), ikke virkelige personer. 1 av 72 verdier mangler. Kilde: SSB."},
		{"nb", "Not in the register: 1990–1999, sex male.", "Ikke i registeret: 1990–1999, kjønn menn."},
		{"en", "Figur 5.31.", "Figure 5.31."}, {"en", "Tabell 4.2.", "Table 4.2."}, {"nb", "Figur 5.31.", "Figur 5.31."},
		{"nb", "Section 3.2", "Avsnitt 3.2"}, {"nb", "equation 4.1", "ligning 4.1"},
		{"nb", "What nobody translated. 100 % of it.", "What nobody translated. 100 % of it."},
	} {
		if got := test.in.Text(test.s); got != test.expect {
			t.Errorf("%s in %q: %q, want %q", test.s, test.in, got, test.expect)
		}
	}
}

func TestNumber(t *testing.T) {
	for s, want := range map[string]string{"1.5": "1,5", "−0.25": "−0,25", "1\u00a0234.5": "1\u00a0234,5", "(0.12)": "(0,12)", "1.5e-09": "1,5e-09",
		"12": "12", "": "", "NULL": "NULL", "1.1.2000": "1.1.2000", "4.1.1": "4.1.1", "a.b": "a.b", "0.5***": "0,5***", "1,5": "1,5"} {
		if got := Norwegian.Number(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
		if English.Number(s) != s || Locale("").Number(s) != s {
			t.Errorf("%q is changed without need", s)
		}
	}
}

func TestParse(t *testing.T) {
	if l, err := Parse("NB"); l != Norwegian || err != nil {
		t.Error(l, err)
	}
	if _, err := Parse("da"); err == nil || !strings.Contains(err.Error(), "nb and en") {
		t.Error(err)
	}
}

// TestWords: each line has two texts with as many parts, and what goes there comes back.
func TestWords(t *testing.T) {
	seen := map[string]int{}
	for i, line := range strings.Split(strings.TrimSpace(wordsFile), "\n") {
		pair := strings.Split(line, "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if len(pair) != 2 || pair[0] == "" || pair[1] == "" || strings.Count(pair[0], "%s") != strings.Count(pair[1], "%s") || strings.Count(line, "%") != strings.Count(line, "%s") {
			t.Errorf("line %d: %q", i+1, line)
			continue
		}
		if seen[pair[0]] > 0 {
			t.Errorf("line %d: %q stands on line %d already", i+1, pair[0], seen[pair[0]])
		}
		seen[pair[0]] = i + 1
		parts := make([]any, strings.Count(pair[0], "%s"))
		for k := range parts {
			parts[k] = fmt.Sprint(k + 7)
		}
		english, norwegian := fmt.Sprintf(pair[0], parts...), fmt.Sprintf(pair[1], parts...)
		if got := Norwegian.Text(english); got != norwegian {
			t.Errorf("%q becomes %q, want %q", english, got, norwegian)
		}
		if got := Norwegian.Text(English.Text(norwegian)); got != norwegian {
			t.Errorf("%q comes back as %q", norwegian, got)
		}
	}
}

func FuzzText(f *testing.F) {
	f.Add("a. b, c: d; 1.5 of %s values are missing.")
	f.Add("country group ")
	f.Fuzz(func(t *testing.T, s string) {
		for _, l := range []Locale{"", English, Norwegian} {
			l.Text(s)
			l.Number(s)
		}
		if Locale("").Text(s) != s {
			t.Error("without a locale nothing changes")
		}
	})
}
