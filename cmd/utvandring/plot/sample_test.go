package plot

import (
	"fmt"
	"math"
	"slices"
)

// The tables here are made up with formulas: the tests ask how numbers are
// drawn, not what they are. Shapes and column names are those of the views.

var counties = []string{"Østfold", "Akershus", "Oslo", "Hedmark", "Oppland", "Buskerud", "Vestfold", "Telemark",
	"Aust-Agder", "Vest-Agder", "Rogaland", "Hordaland", "Sogn og Fjordane", "Møre og Romsdal", "Sør-Trøndelag",
	"Nord-Trøndelag", "Nordland", "Troms Romsa", "Finnmark Finnmárku"}

func columns(names ...string) []Column {
	categories := []string{"sex", "county", "age_group", "duration_group", "period", "equation", "variable", "factor"}
	var out []Column
	for _, n := range names {
		t := Number
		if slices.Contains(categories, n) {
			t = Category
		}
		out = append(out, Column{n, t})
	}
	return out
}

// wave is a frequency that falls and rises again, different for every seed.
func wave(year, seed int, level float64) float64 {
	y := float64(year - 2000)
	return level * (1 + 0.25*math.Cos(y/4+float64(seed)) + 0.08*math.Sin(3*y+float64(7*seed)))
}

// losses are large numbers below zero and above.
func losses() Table {
	t := Table{Columns: columns("county", "change")}
	for i := range 12 {
		t.Rows = append(t.Rows, []any{fmt.Sprintf("kommune nummer %d", i), float64(i-8) * 7e6})
	}
	return t
}

func bySex() Table {
	t := Table{Columns: columns("year", "sex", "residents", "emigrations", "frequency")}
	for y := 2000; y <= 2013; y++ {
		for i, sex := range []string{"female", "male"} {
			f := wave(y, i, 3.6+float64(i))
			t.Rows = append(t.Rows, []any{float64(y), sex, float64(100000), math.Trunc(f * 1000), f})
		}
	}
	return t
}

func byAge() Table {
	t := Table{Columns: columns("year", "age_group", "residents", "emigrations", "frequency")}
	for y := 2000; y <= 2013; y++ {
		for i, g := range []string{"0-6", "7-17", "18-34", "35-62", "63-70", "71+"} {
			f := wave(y, i, []float64{6.5, 3, 6.8, 3.1, 2, 1.1}[i])
			t.Rows = append(t.Rows, []any{float64(y), g, float64(100000), math.Trunc(f * 1000), f})
		}
	}
	return t
}

func migrations() Table {
	t := Table{Columns: columns("year", "immigrations", "emigrations", "net")}
	for y := 1990; y <= 2013; y++ {
		in := 16000 + 50000/(1+math.Exp(-float64(y-2006)/2.5))
		out := 9000 + 300*float64(y-1990)*math.Abs(math.Sin(float64(y)))
		t.Rows = append(t.Rows, []any{float64(y), math.Trunc(in), math.Trunc(out), math.Trunc(in - out)})
	}
	return t
}

func byCountyPeriod() Table {
	t := Table{Columns: columns("county", "period", "residents", "emigrations", "frequency")}
	for i, c := range append([]string{"Hele landet"}, counties...) {
		for k, p := range []string{"2004-2008", "2009-2013"} {
			f := 4 + 2*math.Sin(float64(i)) + 0.4*math.Cos(float64(3*i+k))
			t.Rows = append(t.Rows, []any{c, p, float64(10000), math.Trunc(f * 100), f})
		}
	}
	return t
}

func byCountyYear(perCounty int) Table {
	t := Table{Columns: columns("year", "county", "sex", "frequency")}
	for y := 2000; y <= 2013; y++ {
		for i, c := range counties {
			for k := range perCounty {
				t.Rows = append(t.Rows, []any{float64(y), c, []string{"female", "male"}[k], wave(y, i+k, 4+math.Sin(float64(i)))})
			}
		}
	}
	return t
}

func compositionTable() Table {
	t := Table{Columns: columns("county", "period", "duration_group", "share")}
	for i, c := range counties {
		for k, p := range []string{"2004-2008", "2009-2013"} {
			weights := []float64{24, 18, 20, 13, 25}
			sum := 0.0
			for d := range weights {
				weights[d] *= 1 + 0.3*math.Sin(float64(i+2*d+k))
				sum += weights[d]
			}
			for d, g := range []string{"0-2", "3-5", "6-10", "11-15", "16+"} {
				t.Rows = append(t.Rows, []any{c, p, g, 100 * weights[d] / sum})
			}
		}
	}
	return t
}

func byAgeSex() Table {
	t := Table{Columns: columns("age", "sex", "emigrations")}
	for a := 0; a <= 90; a++ {
		for k, s := range []string{"female", "male"} {
			x := float64(a) - 27 - 2*float64(k)
			n := 2200*math.Exp(-x*x/160) + 300*math.Exp(-float64(a)/6) + 500*math.Exp(-math.Pow(float64(a)-40, 2)/400)
			t.Rows = append(t.Rows, []any{float64(a), s, math.Trunc(n)})
		}
	}
	return t
}

func interval() Table {
	t := Table{Columns: columns("year", "country_group", "frequency", "low", "high")}
	for y := 1990; y <= 2013; y++ {
		for g := 1; g <= 3; g++ {
			f := wave(y, g, 8-2*float64(g))
			row := []any{float64(y), float64(g), f, f * 0.9, f * 1.12}
			if y == 1997 && g == 2 {
				row[2], row[3], row[4] = nil, nil, nil
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

func simulated() Table {
	t := Table{Columns: columns("year", "equation", "variable", "actual", "simulated")}
	for y := 2000; y <= 2013; y++ {
		for i, v := range []string{"emi_k3", "emi_m3", "emi_k4", "emi_m4"} {
			f := wave(y, i, 0.05)
			t.Rows = append(t.Rows, []any{float64(y), fmt.Sprintf("4.1.%d", i+1), v, f, f * (1 + 0.05*math.Sin(float64(y*i)))})
		}
	}
	return t
}

func differences() Table {
	t := Table{Columns: columns("factor", "difference", "low", "high")}
	for i, f := range []string{"country group", "sex", "age group", "duration group", "rates"} {
		d := []float64{0.42, -0.08, 0.31, -0.55, 1.2}[i]
		t.Rows = append(t.Rows, []any{f, d, d - 0.15, d + 0.15})
	}
	return t
}

const synthetic = "Source: synthetic demo register, not real people. Figures include persons who immigrate and emigrate in the same calendar year."

// sample is one picture of the gallery.
type sample struct {
	name  string
	table Table
	spec  Spec
}

func samples() []sample {
	return append([]sample{
		{"line_sex", bySex(), Spec{Title: "Figure 3.12 Emigration frequencies of immigrants by sex, 2000–2013", Note: synthetic}},
		{"line_age", byAge(), Spec{Title: "Figur 3.14 Utvandringsfrekvenser etter aldersgrupper, målt som andel av registrert bosatte innvandrere i samme aldersgruppe per 1.1. 2000-2013. Hele landet", Note: synthetic}},
		{"line_wide", migrations(), Spec{Title: "Figure 3.1 Immigrations and emigrations, 1990–2013", Unit: "Persons", Note: synthetic}},
		{"line_interval", interval(), Spec{Title: "Emigration frequencies with 95 per cent intervals"}},
		{"line_by_age", byAgeSex(), Spec{Title: "Figure 3.7 Immigrants who emigrated 2009–2013, by age and sex"}},
		{"panels_county", byCountyYear(1), Spec{Title: "Emigration frequencies by county", Note: synthetic}},
		{"panels_county_sex", byCountyYear(2), Spec{Title: "Emigration frequencies by county and sex", Note: synthetic}},
		{"panels_simulated", simulated(), Spec{Title: "Actual and simulated", Unit: "Emigrations per resident"}},
		{"bar_county", byCountyPeriod(), Spec{Title: "Figur 5.47 Utvandringsfrekvenser etter fylke. Årlig gjennomsnitt. Andel registrerte utvandringer blant alle innvandrere", Note: synthetic}},
		{"bar_difference", differences(), Spec{Title: "Oslo minus the country, by factor", Unit: "Percentage points"}},
		{"bar_loss", losses(), Spec{Title: "Change of immigrants"}},
		{"bar_year", bySex(), Spec{Kind: "bar", Y: []string{"emigrations"}, Title: "Emigrations by sex"}},
		{"stack_year", byAge(), Spec{Kind: "stack", Y: []string{"emigrations"}, Title: "Emigrations by age group"}},
		{"stack_county", compositionTable(), Spec{Title: "Figur 5.27 Andel av fylkenes innvandrere, etter botid", Unit: "Per cent", Note: synthetic}},
		{"area_age", byAge(), Spec{Kind: "area", Y: []string{"emigrations"}, Title: "Emigrations by age group"}},
		{"point_interval", differences(), Spec{Kind: "point", Title: "Oslo minus the country, by factor"}},
		{"line_categories", byCountyPeriod(), Spec{Kind: "line", Title: "Lines over names"}},
	}, specialSamples()...)
}
