package demo

import (
	"embed"
	"math"
	"strconv"

	"utvandring/sql"
)

// Stocks of immigrants as Statistics Norway publishes them, by birth country
// 2006-2013, by county and group 2006-2013, by municipality and group 2013.
//
//go:embed data/*.csv
var data embed.FS

// origin is a country that immigrants come from.
type origin struct {
	country uint16 // index in world.countries
	group   int    // country group - 1
	kind    kind
	stock   [lastYear + 3 - firstYear]float64 // immigrants on 1 January, national size
	pull    []float64                         // how much likelier than its group to live in a county
	reason  [reasons]float64                  // its mix, none of the Nordic countries
}

// world is where people come from and go to.
type world struct {
	countries []string // ISO alpha-3, Norway first
	origins   []origin
	groupOf   []int            // country group - 1; -1 for Norway
	onward    []uint16         // where those go who do not go home,
	abroad    [years][]float64 // with cumulative weights by year
	why       *whyYear
}

// elsewhere shares out the published remainder "other" of group 3.
var elsewhere = []string{"MDA", "GEO", "JOR", "YEM", "ZMB", "ZWE", "ECU", "BOL", "CIV", "AGO", "TWN", "SAU", "MNE", "ARM", "UZB", "SGP", "LAO"}

func readWorld(g *geography) (*world, error) {
	w := &world{countries: []string{"NOR"}, groupOf: []int{-1}}
	index := map[string]uint16{"NOR": 0}
	err := readCSV(sql.Files, "data/country.csv", func(get func(string) string) error {
		group, err := strconv.Atoi(get("country_group"))
		index[get("country_code")] = uint16(len(w.countries))
		w.countries = append(w.countries, get("country_code"))
		w.groupOf = append(w.groupOf, group-1)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, d := range destinations {
		w.onward = append(w.onward, index[d.country])
	}
	for y := range w.abroad {
		shares := make([]float64, len(destinations))
		for i, d := range destinations {
			shares[i] = interpolate(destinationYears[:], d.percent[:], registerYear+y)
		}
		w.abroad[y] = cumulate(shares)
	}
	var remainder [8]float64
	err = readCSV(data, "data/stock_country.csv", func(get func(string) string) error {
		code := get("birth_country")
		var n [8]float64
		for i := range n {
			if n[i], err = strconv.ParseFloat(get("immigrants_"+strconv.Itoa(2006+i)), 64); err != nil {
				return err
			}
		}
		if code == "other" {
			remainder = n
			return nil
		}
		w.add(code, index[code], repair(code, n))
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i, code := range elsewhere {
		var n [8]float64
		for j := range n {
			n[j] = remainder[j] * 2 * float64(len(elsewhere)-i) / float64(len(elsewhere)*(len(elsewhere)+1))
		}
		w.add(code, index[code], n)
	}
	w.fitGroups()
	if w.why, err = w.readReasons(); err != nil {
		return nil, err
	}
	return w, w.fitCounties(g)
}

// destinations are where people go who leave for a country that is not their own, per cent
// in the middle of four periods: with those who do go home such that of all who left as many
// went to the first nine as published (Statistics Norway, "Utvandring, etter land"), to Sweden
// 14 per cent in 1991-1995 and 23 in 2001-2005.
var (
	destinationYears = [...]int{1993, 1998, 2003, 2007}
	destinations     = []struct {
		country string
		percent [len(destinationYears)]float64
	}{
		{"SWE", [...]float64{13, 24, 34, 31}}, {"DNK", [...]float64{12, 15, 19, 21}},
		{"FIN", [...]float64{.3, 2, 3.5, 3}}, {"ISL", [...]float64{.5, 1.4, .8, 1.3}},
		{"FRA", [...]float64{3, 2.5, 2, 1.3}}, {"NLD", [...]float64{1.3, 1.8, 1.6, 1.7}},
		{"POL", [...]float64{.2, .2, .2, 0}},
		{"BEL", [...]float64{1.3, 1.1, .8, .6}}, {"ITA", [...]float64{.8, .8, .8, .8}},
		{"GBR", [...]float64{24, 18.5, 13.5, 14}}, {"USA", [...]float64{19, 14.4, 10.5, 11}},
		{"ESP", [...]float64{15, 11.3, 8.2, 8.6}}, {"DEU", [...]float64{9.5, 7.2, 5.2, 5.5}},
	}
)

// repair mends what the published series cannot have meant: Kosovo is within
// Serbia until 2008, and Serbia is missing in 2006.
func repair(code string, n [8]float64) [8]float64 {
	switch code {
	case "XKX":
		n[0], n[1] = 7350, 7600
	case "SRB":
		n[0], n[1] = 1800, 1870
	}
	return n
}

func (w *world) add(code string, country uint16, published [8]float64) {
	o := origin{country: country, group: w.groupOf[country], kind: kindOf(code, w.groupOf[country])}
	past, ok := history[code]
	if !ok {
		past = defaultHistory[o.group]
	}
	years := []int{1950, 1955, 1970, 1980, 1990, 1995, 2000, 2006}
	shares := []float64{0, past[0], past[1], past[2], past[3], past[4], past[5], 1}
	for y := firstYear; y <= 2006; y++ {
		o.stock[y-firstYear] = published[0] * interpolate(years, shares, y)
	}
	for i, n := range published {
		o.stock[2006+i-firstYear] = n
	}
	// 2014 goes on as 2013 did, a little slower (633 110 in all were published).
	o.stock[2014-firstYear] = math.Max(published[7]+0.85*(published[7]-published[6]), 0)
	o.stock[2015-firstYear] = o.stock[2014-firstYear]
	w.origins = append(w.origins, o)
}

// Stock in 1955, 1970, 1980, 1990, 1995 and 2000 as a share of that in 2006: a
// rough history, from what is known of labour migration until 1975 and of the
// refugees since; group totals are made to agree with groupStock afterwards.
var (
	history = map[string][6]float64{
		"DNK": {.35, .65, .90, .95, .97, 1.0}, "SWE": {.25, .40, .45, .50, .54, .98}, "FIN": {.20, .30, .50, .60, .65, 1.0},
		"ISL": {.10, .20, .40, .70, .80, 1.05}, "GBR": {.30, .50, .75, 1.1, 1.05, 1.0}, "DEU": {.40, .45, .45, .50, .55, .65},
		"USA": {.50, .90, 1.4, 1.35, 1.2, 1.05}, "NLD": {.25, .35, .50, .60, .65, .75},
		"POL": {.15, .20, .28, .45, .52, .62}, "LTU": {0, 0, 0, .02, .05, .20}, "HUN": {.30, .50, .60, .75, .80, .90},
		"CZE": {.20, .40, .50, .60, .70, .85}, "HRV": {0, .10, .15, .20, .60, .90},
		"PAK": {0, .05, .35, .72, .78, .85}, "VNM": {0, 0, .12, .55, .82, .92}, "TUR": {0, .06, .28, .55, .70, .82},
		"IRN": {0, .01, .02, .42, .58, .78}, "LKA": {0, 0, .03, .48, .70, .86}, "CHL": {0, .02, .10, .85, .88, .95},
		"IRQ": {0, 0, .01, .04, .10, .45}, "SOM": {0, 0, .005, .08, .20, .42}, "BIH": {0, 0, .005, .01, .70, .92},
		"XKX": {0, .05, .10, .25, .60, .95}, "SRB": {0, .20, .35, .45, .70, .95}, "RUS": {.02, .02, .03, .05, .15, .36},
		"AFG": {0, 0, 0, .04, .08, .20}, "ERI": {0, 0, .02, .45, .55, .65}, "ETH": {0, .01, .03, .45, .55, .70},
		"PHL": {0, .02, .15, .42, .55, .72}, "THA": {0, .01, .05, .20, .30, .52}, "IND": {.02, .08, .38, .78, .82, .86},
		"MAR": {0, .09, .35, .62, .72, .86}, "KOR": {.05, .10, .30, .60, .70, .80}, "MMR": {0, 0, 0, .01, .02, .08},
	}
	defaultHistory = [3][6]float64{{.22, .35, .50, .70, .74, .88}, {.05, .10, .14, .25, .35, .50}, {.01, .04, .15, .40, .52, .72}}

	groupYears = []int{1950, 1955, 1970, 1980, 1986, 1987, 1988, 1989, 1990, 1991, 1992, 1993, 1994, 1995, 1996, 1997, 1998, 1999, 2000, 2001, 2002, 2003, 2004, 2005, 2006}
	// Immigrants by country group, thousands. Totals: 57 in 1970, 88 in 1980, 151 in 1990,
	// 238 in 2000, 289.1 in 2004, 301.0 in 2005 and 318.5 in 2006 (Statistics Norway,
	// immigrants without their children born in Norway; the table of countries is ten
	// thousand short in 2006), and between them as those with their children, by region of
	// the world (table of 1970-2014): many came in 1987-1989, 1993-1994 and 1998-2000.
	groupStock = [3][]float64{
		{0, 28, 48, 66, 74, 76, 78, 80.3, 80, 79, 79.3, 80, 80.8, 82, 82.3, 83.3, 87.4, 90, 89, 87.8, 87, 87, 87.5, 89.4, 91.4},
		{0, 1.5, 3, 4.5, 6.3, 6.7, 7.1, 7.6, 8, 8.5, 9, 9.5, 10, 10.5, 11, 11.4, 11.9, 12.5, 13, 13.7, 14.4, 15.4, 16.4, 17.5, 21},
		{0, 0.5, 6, 17.5, 31.7, 36, 45.1, 56.3, 63, 68.2, 73.9, 81, 89.2, 95.4, 100.3, 104.8, 109.8, 118.6, 136, 148.3, 158.3, 174.5, 185.1, 194.1, 206.1},
	}
)

// fitGroups scales the countries of a group to the group's totals up to 2006.
func (w *world) fitGroups() {
	for y := firstYear; y <= 2006; y++ {
		var have [3]float64
		for i := range w.origins {
			have[w.origins[i].group] += w.origins[i].stock[y-firstYear]
		}
		for i := range w.origins {
			o := &w.origins[i]
			if have[o.group] > 0 {
				o.stock[y-firstYear] *= 1000 * interpolate(groupYears, groupStock[o.group], y) / have[o.group]
			}
		}
	}
}

// affinity says where a country's people live more often than others of its
// group: neighbours across the border, old industry, family already there.
var affinity = map[string]map[string]float64{
	"RUS": {"Finnmark": 3.5, "Troms": 2.2, "Nordland": 1.6, "Oslo": 0.4},
	"FIN": {"Finnmark": 4, "Troms": 2.5, "Nordland": 1.3},
	"PAK": {"Oslo": 2.2, "Akershus": 1.2, "Finnmark": 0.1, "Nordland": 0.1, "Sogn og Fjordane": 0.1},
	"MAR": {"Oslo": 2, "Rogaland": 0.8}, "IND": {"Oslo": 1.3, "Akershus": 1.4}, "LKA": {"Oslo": 1.5, "Finnmark": 1.5},
	"TUR": {"Oslo": 1.4, "Buskerud": 2.5}, "SWE": {"Oslo": 1.6, "Østfold": 1.3, "Hedmark": 1.2, "Rogaland": 0.6},
	"DNK": {"Vest-Agder": 1.5, "Vestfold": 1.3, "Oslo": 0.8}, "GBR": {"Rogaland": 2, "Hordaland": 1.4},
	"USA": {"Vest-Agder": 1.6, "Rogaland": 1.6}, "NLD": {"Telemark": 1.5, "Aust-Agder": 1.5, "Oslo": 0.5},
	"THA": {"Nordland": 1.5, "Finnmark": 1.8, "Telemark": 1.4, "Oslo": 0.4}, "PHL": {"Akershus": 1.3, "Finnmark": 1.2},
	"LTU": {"Møre og Romsdal": 1.4, "Oslo": 0.6}, "BIH": {"Østfold": 1.5, "Vest-Agder": 1.4, "Oslo": 0.4},
}

// fitCounties finds each country's pull to each county such that, in 2013, the
// countries of a group add up to the published county × group table.
func (w *world) fitCounties(g *geography) error {
	county := map[string]int{}
	for i, name := range g.counties {
		county[name] = i
	}
	want := make([][3]float64, len(g.counties))
	for _, r := range g.regions {
		for group, n := range r.immigrant {
			want[r.county][group] += n
		}
	}
	for i := range w.origins {
		o := &w.origins[i]
		o.pull = make([]float64, len(g.counties))
		for k, name := range g.counties {
			o.pull[k] = 1
			if f, ok := affinity[w.countries[o.country]][name]; ok {
				o.pull[k] = f
			}
		}
	}
	last := lastYear - firstYear
	for range 50 {
		have := make([][3]float64, len(g.counties))
		for i := range w.origins {
			o := &w.origins[i]
			sum := 0.0
			for k := range o.pull {
				sum += o.pull[k] * want[k][o.group]
			}
			for k := range o.pull {
				have[k][o.group] += o.stock[last] * o.pull[k] * want[k][o.group] / sum
			}
		}
		for i := range w.origins {
			o := &w.origins[i]
			for k := range o.pull {
				if have[k][o.group] > 0 {
					o.pull[k] *= want[k][o.group] / have[k][o.group]
				}
			}
		}
	}
	return nil
}

// interpolate is the value of a broken line in a year.
func interpolate(years []int, values []float64, year int) float64 {
	for i := range years[1:] {
		if year <= years[i+1] {
			t := float64(year-years[i]) / float64(years[i+1]-years[i])
			return values[i] + max(t, 0)*(values[i+1]-values[i])
		}
	}
	return values[len(values)-1]
}
