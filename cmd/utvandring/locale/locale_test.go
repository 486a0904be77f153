package locale

import (
	"fmt"
	"strings"
	"testing"

	"utvandring/sql"
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
		{"nb", "Germany", "Tyskland"}, {"en", "Hellas", "Greece"}, {"nb", "North Macedonia", "Nord-Makedonia"}, {"nb", "country: Iceland, sex: male", "land: Island, kjønn: menn"},
		{"nb", "2013-01-31", "31.01.2013"}, {"nb", "2013-01-31 09:30:00", "31.01.2013 09:30:00"}, {"en", "2013-01-31", "2013-01-31"}, {"nb", "std_error", "standardfeil"},
		{"nb", "anko_k3 0.0787 (0.061), ln(beh2) -9.5e-05 (0.0012)", "anko_k3 0,0787 (0,061), ln(beh2) -9,5e-05 (0,0012)"}, {"nb", "* p < 0.05, ** p < 0.01", "* p < 0,05, ** p < 0,01"},
		{"en", "EMI_K3t-1, EMI_K4t-1 og EMI_M4t-1", "EMI_K3t-1, EMI_K4t-1 and EMI_M4t-1"}, {"en", "(4.2.1) og (4.2.2)", "(4.2.1) and (4.2.2)"}, {"en", "Møre og Romsdal", "Møre og Romsdal"},
		{"en", "Kvinner 18-34 år", "Women aged 18-34"}, {"en", "Ja (-1)", "Yes (-1)"}, {"en", "Menn over 70 år", "Men over 70"}, {"en", "Konstant", "Constant term"},
		{"nb", "isur, divisor T", "isur, divisor T"}, {"nb", "published 4.1", "publisert 4.1"},
		{"nb", "Synthetic demo register (0.05 of national size, seed 1990), not real people. 1 of 72 values are missing.",
			"Syntetisk demoregister (0,05 av nasjonal størrelse, frø 1990), ikke virkelige personer. 1 av 72 verdier mangler."},
		{"nb", "Tables person, residence and country have changed since they were counted: the counts, panels and figures are those of before (.refresh counts anew).",
			"Tabellene person, residence og country er endret etter at de ble talt opp: tall, paneler og figurer er de fra før (.refresh teller på nytt)."},
		{"nb", "Protected figures: counts below 3 are rounded to 0 or 3 in the finest cells, and all figures are sums of these. Loss: residents and emigrations by county and one more dimension, 4512 figures: change 0.64 in the mean and 5 at most; all emigrations change by -3.",
			"Beskyttede tall: antall under 3 er rundet av til 0 eller 3 i de minste cellene, og alle tall er summer av disse. Tap: bosatte og utvandringer etter fylke og én dimensjon til, 4512 tall: endring 0,64 i gjennomsnitt og 5 på det meste; utvandringer i alt endres med -3."},
		{"nb", "What nobody translated. 100 % of it.", "What nobody translated. 100 % of it."},
	} {
		if got := test.in.Text(test.s); got != test.expect {
			t.Errorf("%s in %q: %q, want %q", test.s, test.in, got, test.expect)
		}
	}
}

// TestValue: what a value means, its column tells.
func TestValue(t *testing.T) {
	for _, test := range []struct{ column, value, expect string }{
		{"scenario", "low", "lav"}, {"Scenario", "main", "hoved"}, {"part", "low", "nedre grense"}, {"outcome", "stays", "blir boende"}, {"county", "Oslo", "Oslo"},
	} {
		if got := Norwegian.Value(test.column, test.value); got != test.expect {
			t.Errorf("%s: %s: %q, want %q", test.column, test.value, got, test.expect)
		}
	}
	if got := Locale("").Value("scenario", "low"); got != "low" {
		t.Error(got)
	}
}

// TestCountries: the names of annex A of the report, of its groups 1 and 2, and no country
// is without a name.
func TestCountries(t *testing.T) {
	const annex = `Denmark Danmark, Finland Finland, Iceland Island, Sweden Sverige, Andorra Andorra, Belgium Belgia, France Frankrike, Gibraltar Gibraltar,
		Greece Hellas, Ireland Irland, Italy Italia, Malta Malta, Netherlands Nederland, Cyprus Kypros, Liechtenstein Liechtenstein, Luxembourg Luxembourg,
		Monaco Monaco, Portugal Portugal, San_Marino San_Marino, United_Kingdom Storbritannia, Switzerland Sveits, Austria Østerrike, Vatican_City Vatikanstaten,
		United_States USA, Canada Canada, Australia Australia, New_Zealand New_Zealand,
		Estonia Estland, Latvia Latvia, Lithuania Litauen, Poland Polen, Czechia Tsjekkia, Slovakia Slovakia, Hungary Ungarn, Slovenia Slovenia, Romania Romania,
		Bulgaria Bulgaria, Croatia Kroatia`
	for _, pair := range strings.Split(annex, ",") {
		english, norwegian, _ := strings.Cut(strings.TrimSpace(pair), " ")
		english, norwegian = strings.ReplaceAll(english, "_", " "), strings.ReplaceAll(norwegian, "_", " ")
		if got := Norwegian.Text(english); got != norwegian {
			t.Errorf("%s: %q, want %q", english, got, norwegian)
		}
		if got := English.Text(norwegian); got != english {
			t.Errorf("%s: %q, want %q", norwegian, got, english)
		}
	}
	n := 0
	countries(func(english, norwegian string) {
		if n++; norwegian == "" || Norwegian.Text(english) != norwegian || English.Text(norwegian) != english {
			t.Errorf("%s: %q is said %q, and back %q", english, norwegian, Norwegian.Text(english), English.Text(norwegian))
		}
	})
	if n != 249 {
		t.Errorf("%d countries", n)
	}
}

// TestPlaces: what municipalities are called is no word of ours.
func TestPlaces(t *testing.T) {
	for _, name := range []string{"municipality_name", "county_name"} {
		text, err := sql.Files.ReadFile("data/" + name + ".csv")
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			for i, field := range strings.Split(strings.TrimSpace(line), ",") {
				for _, l := range []Locale{Norwegian, English} {
					if got := l.Text(field); got != field && i > 0 && !strings.Contains(line, "_") && !isDate.MatchString(field) {
						t.Errorf("%s in %s: %q", field, l, got)
					}
				}
			}
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
		if len(pair) != 2 || pair[0] == "" || pair[1] == "" || strings.Join(part.FindAllString(pair[0], -1), "") != strings.Join(part.FindAllString(pair[1], -1), "") || strings.Count(line, "%") != len(part.FindAllString(line, -1)) {
			t.Errorf("line %d: %q", i+1, line)
			continue
		}
		if seen[pair[0]] > 0 {
			t.Errorf("line %d: %q stands on line %d already", i+1, pair[0], seen[pair[0]])
		}
		seen[pair[0]] = i + 1
		parts := make([]any, strings.Count(pair[0], "%"))
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
