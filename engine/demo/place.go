package demo

import (
	"encoding/csv"
	"fmt"
	"io"
	"io/fs"
	"math"
	"strconv"

	"utvandring/sql"
)

// municipality is one of the 428 of 2013.
type municipality struct {
	code      string
	county    int
	central   int        // centrality - 1
	region    int        // index in geography.regions
	immigrant [3]float64 // 1 January 2013, by country group
	former    []former
}

// former is a code that a part of the municipality had until a merger.
type former struct {
	code uint16 // index in geography.codes
	end  int32  // the day of the merger
}

// region is the part of a county with one centrality: where people are put
// first, and then in one of its municipalities.
type region struct {
	county, central int
	municipalities  []uint16
	byGroup         [3][]float64 // cumulative weights for immigrants of a group
	byPeople        []float64    // and for the others
	immigrant       [3]float64
	people          float64 // non-immigrants on 1 January 2013
}

type geography struct {
	counties       []string
	municipalities []municipality
	regions        []region
	codes          []string // all municipality codes, those of 2013 first
}

// Whole population on 1 January 2013 by county, thousands (StatBank 07459, with
// Sandefjord, Andebu and Stokke added to Vestfold), and shares by centrality in
// per cent (report, table 5.1).
var (
	countyPeople = map[string]float64{
		"Østfold": 282.0, "Akershus": 566.4, "Oslo": 624.0, "Hedmark": 193.7, "Oppland": 187.3, "Buskerud": 269.0, "Vestfold": 238.7,
		"Telemark": 170.9, "Aust-Agder": 112.8, "Vest-Agder": 176.4, "Rogaland": 452.2, "Hordaland": 498.1, "Sogn og Fjordane": 108.7,
		"Møre og Romsdal": 259.4, "Sør-Trøndelag": 302.8, "Nord-Trøndelag": 134.4, "Nordland": 239.6, "Troms": 160.4, "Finnmark": 74.5,
	}
	centralPeople = [4]float64{9.2, 6.1, 17.0, 67.7}
)

func readGeography() (*geography, error) {
	g := &geography{}
	county := map[string]int{}
	index := map[string]int{}
	err := readCSV(sql.Files, "data/municipality.csv", func(get func(string) string) error {
		name := get("county")
		if _, ok := county[name]; !ok {
			county[name] = len(g.counties)
			g.counties = append(g.counties, name)
		}
		central, err := strconv.Atoi(get("centrality"))
		index[get("municipality_code")] = len(g.municipalities)
		g.municipalities = append(g.municipalities, municipality{code: get("municipality_code"), county: county[name], central: central - 1})
		g.codes = append(g.codes, get("municipality_code"))
		return err
	})
	if err != nil {
		return nil, err
	}
	err = readCSV(data, "data/stock_municipality_2013.csv", func(get func(string) string) error {
		m, ok := index[get("municipality_code")]
		if !ok {
			return fmt.Errorf("municipality %q is not among those of 2013", get("municipality_code"))
		}
		group, err := strconv.Atoi(get("country_group"))
		if err != nil {
			return err
		}
		g.municipalities[m].immigrant[group-1], err = strconv.ParseFloat(get("immigrants"), 64)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := g.readFormer(index); err != nil {
		return nil, err
	}
	g.makeRegions()
	return g, nil
}

// readFormer adds the codes of mergers. A part's share is not known here, so
// every part counts the same.
func (g *geography) readFormer(index map[string]int) error {
	next := map[string]string{}
	type change struct {
		old  string
		year int
	}
	var changes []change
	divided := map[string]bool{}
	err := readCSV(sql.Files, "data/municipality_change.csv", func(get func(string) string) error {
		year, err := strconv.Atoi(get("year"))
		old := get("old_code")
		if _, ok := index[old]; ok || year > 2013 || old == get("new_code") {
			return err // it is one of 2013, which is where the register lives
		}
		if next[old] != "" {
			divided[old] = true
			return err
		}
		next[old] = get("new_code")
		changes = append(changes, change{old, year})
		return err
	})
	if err != nil {
		return err
	}
	for _, c := range changes {
		if divided[c.old] {
			continue // nobody could say which part somebody lives in
		}
		now := next[c.old]
		for steps := 0; steps < 9; steps++ {
			if n, ok := next[now]; ok {
				now = n
			}
		}
		m, ok := index[now]
		if !ok {
			return fmt.Errorf("municipality %q has no successor in 2013", c.old)
		}
		g.municipalities[m].former = append(g.municipalities[m].former, former{uint16(len(g.codes)), january1(c.year)})
		g.codes = append(g.codes, c.old)
	}
	return nil
}

func (g *geography) makeRegions() {
	at := map[[2]int]int{}
	for i := range g.municipalities {
		m := &g.municipalities[i]
		key := [2]int{m.county, m.central}
		r, ok := at[key]
		if !ok {
			r = len(g.regions)
			at[key] = r
			g.regions = append(g.regions, region{county: m.county, central: m.central})
		}
		m.region = r
		g.regions[r].municipalities = append(g.regions[r].municipalities, uint16(i))
	}
	for i := range g.regions {
		r := &g.regions[i]
		weights := make([]float64, len(r.municipalities))
		for group := range 3 {
			for j, m := range r.municipalities {
				// Small counts are suppressed in the source; nobody is shut out for that.
				weights[j] = g.municipalities[m].immigrant[group] + 1
				r.immigrant[group] += weights[j]
			}
			r.byGroup[group] = cumulate(weights)
		}
		for j, m := range r.municipalities {
			n := g.municipalities[m].immigrant
			// Small places have fewer immigrants for their size than large ones.
			weights[j] = math.Pow(n[0]+n[1]+n[2]+5, 0.8)
		}
		r.byPeople = cumulate(weights)
		r.people = r.byPeople[len(weights)-1]
	}
	g.fitPeople()
}

// fitPeople finds non-immigrants by region such that, with the immigrants, the
// county totals and the shares by centrality are those published.
func (g *geography) fitPeople() {
	total := 0.0
	for _, n := range countyPeople {
		total += n * 1000
	}
	wantCounty := make([]float64, len(g.counties))
	var wantCentral [4]float64
	for i, name := range g.counties {
		wantCounty[i] = countyPeople[name] * 1000
	}
	for i, share := range centralPeople {
		wantCentral[i] = share / 100 * total
	}
	for _, r := range g.regions {
		n := r.immigrant[0] + r.immigrant[1] + r.immigrant[2]
		wantCounty[r.county] -= n
		wantCentral[r.central] -= n
	}
	for range 50 {
		haveCounty := make([]float64, len(g.counties))
		for _, r := range g.regions {
			haveCounty[r.county] += r.people
		}
		var haveCentral [4]float64
		for i := range g.regions {
			r := &g.regions[i]
			r.people *= wantCounty[r.county] / haveCounty[r.county]
			haveCentral[r.central] += r.people
		}
		for i := range g.regions {
			r := &g.regions[i]
			r.people *= wantCentral[r.central] / haveCentral[r.central]
		}
	}
}

// settle draws a municipality of a region; group is 0 … 2 for immigrants, 3 for
// the others.
func (g *geography) settle(r random, region, group int) uint16 {
	reg := &g.regions[region]
	weights := reg.byPeople
	if group < 3 {
		weights = reg.byGroup[group]
	}
	return reg.municipalities[r.pick(weights)]
}

// code is how a spell that began on a day is coded: with a former code where
// the merger was still to come. salt chooses among the parts.
func (g *geography) code(m uint16, day int32, salt int) uint16 {
	list := g.municipalities[m].former
	for i := range list {
		if f := list[(i+salt)%len(list)]; day < f.end {
			return f.code
		}
	}
	return m
}

// readCSV calls row for every record with a function that gives a named field.
func readCSV(files fs.FS, name string, row func(get func(string) string) error) error {
	file, err := files.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	reader := csv.NewReader(file)
	header, err := reader.Read()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	at := map[string]int{}
	for i, h := range header {
		at[h] = i
	}
	for {
		record, err := reader.Read()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = row(func(field string) string { return record[at[field]] })
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
}
