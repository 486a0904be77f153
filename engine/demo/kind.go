package demo

import "slices"

// kind is the sort of migration that most of a country's immigrants are part
// of: who comes, at what age, with whom, and how settled they become.
type kind struct {
	men      float64 // share of men among adults who come alone
	youngest float64 // adult age at immigration: at least this,
	older    float64 // and on average so many years more
	alone    float64 // units that come: one adult,
	couple   float64 // two,
	family   float64 // two with children,
	parent   float64 // one with children
	reunion  float64 // share of the adults who come to somebody already here
	mobility float64 // how readily they leave in their first six years, relative to the country group
	births   float64 // fertility relative to the whole population
	written  float64 // how often the register itself finds out that they left, relative to all
}

var (
	nordic   = kind{men: .54, youngest: 18, older: 9, alone: .78, couple: .13, family: .07, parent: .02, reunion: .05, mobility: 1.05, births: .9}
	western  = kind{men: .66, youngest: 20, older: 12, alone: .66, couple: .17, family: .15, parent: .02, reunion: .10, mobility: 1.0, births: .9}
	labour   = kind{men: .84, youngest: 19, older: 15, alone: .78, couple: .11, family: .10, parent: .01, reunion: .16, mobility: 1.0, births: 1}
	refugee  = kind{men: .64, youngest: 18, older: 10, alone: .66, couple: .07, family: .19, parent: .08, reunion: .22, mobility: .85, births: 1.4}
	marriage = kind{men: .20, youngest: 19, older: 11, alone: .88, couple: .03, family: .04, parent: .05, reunion: .03, mobility: .85, births: 1}
	mixed    = kind{men: .54, youngest: 19, older: 10, alone: .78, couple: .09, family: .10, parent: .03, reunion: .12, mobility: 1.5, births: 1}
)

// kindOf is a country's kind: by name where it stands out, otherwise its
// group's.
func kindOf(code string, group int) kind {
	k := [3]kind{western, labour, mixed}[group]
	if isNordic(code) {
		k = nordic
	}
	switch code {
	case "SOM", "IRQ", "IRN", "AFG", "ERI", "ETH", "VNM", "LKA", "BIH", "XKX", "SRB", "PAK", "TUR", "SDN", "COD", "BDI", "MMR",
		"PSE", "SYR", "CHL", "LBN", "MAR", "LBR", "RWA", "SLE", "UGA", "MKD", "AZE", "DZA", "HRV":
		k = refugee
	case "THA", "PHL", "RUS", "UKR", "BRA", "BLR", "IDN", "KEN", "MDA", "COL", "DOM", "CUB", "PER", "LVA", "EST":
		k = marriage
	}
	k.written = 1.15
	switch code {
	case "SWE", "DNK", "FIN", "ISL":
		k.written = .12 // neighbours tell each other (report, section 1.2.1)
	case "PHL", "SOM", "IRQ", "ERI", "LKA":
		k.written = 1.9
	}
	switch code {
	case "FIN":
		k.men, k.mobility = .40, .95
	case "SWE":
		k.mobility = 1.6
	case "POL":
		k.mobility = .75
	case "GBR", "ITA", "ESP", "GRC", "PRT", "IRL":
		k.men = .68
	case "USA", "FRA", "CAN", "AUS":
		k.mobility = 1.25
	case "LVA", "EST":
		k.men, k.alone, k.couple, k.family, k.mobility, k.reunion = .60, .80, .10, .08, 1, .12
	case "LTU":
		k.men = .72
	case "BGR", "HUN", "SVK", "CZE":
		k.men, k.mobility = .60, 1.2
	case "PHL":
		k.mobility = 1.5 // au pairs
	case "IND", "CHN", "JPN", "KOR":
		k.mobility = 2.2
	case "VNM", "BIH", "MMR", "CHL":
		k.mobility = .5
	case "PAK", "TUR", "MAR", "LKA":
		k.men, k.mobility = .50, .7
	case "IRN", "XKX", "AFG", "ERI":
		k.mobility = .75
	case "THA":
		k.men = .14
	case "UKR", "BLR":
		k.men = .30
	}
	return k
}

// isNordic is true of those who move freely within the Nordic countries.
func isNordic(code string) bool {
	return slices.Contains([]string{"SWE", "DNK", "FIN", "ISL", "FRO", "GRL"}, code)
}
