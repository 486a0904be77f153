package locale

import (
	"encoding/csv"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"utvandring/sql"
)

// otherNames are the countries that Norwegian has other names for than CLDR 32, which the
// library knows: Luxembourg as in annex A of the report, which has the names of CLDR
// otherwise, and what CLDR has under older names or longer ones.
var otherNames = map[string]string{
	"HKG": "Hongkong", "LUX": "Luxembourg", "MAC": "Macao", "MKD": "Nord-Makedonia", "MMR": "Myanmar", "PSE": "Palestina", "SWZ": "Eswatini", "XKX": "Kosovo",
}

// countries gives each country of the table country in English and Norwegian.
func countries(yield func(english, norwegian string)) {
	file, err := sql.Files.Open("data/country.csv")
	if err != nil {
		panic(err) // it is part of the program
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		panic(err)
	}
	// By the name "nb" the library gives Danish names.
	norwegian := display.Regions(language.MustParse("no"))
	for _, row := range rows[1:] {
		name := otherNames[row[0]]
		if region, err := language.ParseRegion(row[0]); name == "" && err == nil {
			name = norwegian.Name(region)
		}
		if name != "" {
			yield(row[1], name)
		}
	}
}
