package demo

import "strconv"

// settlement is how a country group's immigrants are spread over the regions in
// each year: shares that add up to one.
type settlement struct {
	share [lastYear + 3 - firstYear][3][]float64
}

// early is how much more of a group lived in a county in 1990 than in 2006,
// relative to the other counties: before the dispersal of refugees and the
// labour migration after 2004, immigrants lived in and around Oslo.
var early = map[string][3]float64{
	"Oslo": {1.2, 1.30, 2.0}, "Akershus": {1.10, 1.10, 1.00}, "Rogaland": {1.20, 0.90, 0.85}, "Sogn og Fjordane": {0.9, 0.8, 0.60},
	"Møre og Romsdal": {0.9, 0.8, 0.65}, "Østfold": {1, 1, 0.85}, "Nord-Trøndelag": {0.9, 0.9, 0.6},
}

// readSettlement reads county × group 2006-2013 and spreads each county by
// centrality as in 2013, with a slow drift towards the centre before that.
func readSettlement(g *geography) (*settlement, error) {
	county := map[string]int{}
	for i, name := range g.counties {
		county[name] = i
	}
	var published [8][3][]float64
	for y := range published {
		for group := range 3 {
			published[y][group] = make([]float64, len(g.counties))
		}
	}
	err := readCSV(data, "data/stock_county.csv", func(get func(string) string) error {
		year, err := strconv.Atoi(get("year"))
		if err != nil {
			return err
		}
		group, err := strconv.Atoi(get("country_group"))
		if err != nil {
			return err
		}
		published[year-2006][group-1][county[get("county")]], err = strconv.ParseFloat(get("immigrants"), 64)
		return err
	})
	if err != nil {
		return nil, err
	}
	s := &settlement{}
	for y := firstYear; y <= lastYear+2; y++ {
		for group := range 3 {
			s.share[y-firstYear][group] = g.shares(group, y, published[min(max(y, 2006), 2013)-2006][group])
		}
	}
	return s, nil
}

// Phases of life in which people choose where to live: young and alone, and later.
func phase(age int, alone bool) int {
	if alone && age < 32 {
		return 0
	}
	return 1
}

// tasteOf is how much likelier each region is chosen by those who are young and alone
// than by others: they go to the cities with universities (report, section 5.2.1: of the
// counties, Oslo, Sør-Trøndelag and Troms have most of 18-34 years, and Akershus fewest).
func (s *setting) tasteOf(phase int) []float64 {
	taste := make([]float64, len(s.regions))
	for i, r := range s.regions {
		taste[i] = 1
		if phase == 0 {
			taste[i] = s.Young[r.county]
		}
	}
	return taste
}

// Share of immigrants in the less central municipalities of a county relative
// to 2013: they have had a falling part of them.
var periphery = [4]float64{1.25, 1.75, 1.08, 1}

func (g *geography) shares(group, year int, county []float64) []float64 {
	// 0 in 1990 and before, 1 in 2006 and after.
	grown := min(max(float64(year-1990)/16, 0), 1)
	share := make([]float64, len(g.regions))
	inCounty := make([]float64, len(g.counties))
	for i, r := range g.regions {
		old := periphery[r.central]
		share[i] = r.immigrant[group] * (old + (1-old)*min(max(float64(year-1990)/23, 0), 1))
		inCounty[r.county] += share[i]
	}
	total := 0.0
	for i, r := range g.regions {
		factor := 1.0
		if f, ok := early[g.counties[r.county]]; ok {
			factor = f[group]
		}
		share[i] *= county[r.county] / inCounty[r.county] * (factor + (1-factor)*grown)
		total += share[i]
	}
	for i := range share {
		share[i] /= total
	}
	return share
}

// addTarget adds how many immigrants of an origin should live in each region on
// 1 January.
func (s *setting) addTarget(o *origin, year int, to []float64) {
	share := s.share[year-firstYear][o.group]
	sum := 0.0
	for i, r := range s.regions {
		sum += share[i] * o.pull[r.county]
	}
	for i, r := range s.regions {
		to[i] += share[i] * o.pull[r.county] / sum * o.stock[year-firstYear] * s.scale
	}
}
