package demo

import (
	"math"
	"strconv"
	"testing"
)

// TestReasons holds who came why against what Statistics Norway has published. The
// years' numbers are read from the file; the rest is named where it is asked for.
func TestReasons(t *testing.T) {
	_, batches := people()
	var came, men, stayed [years + 1][reasons]float64 // the last: all years
	for _, b := range batches {
		here := map[int64]bool{} // on 1 January 2012
		for i, id := range b.Residence.ID {
			if day := january1(2012); b.Residence.From[i] <= day && (b.Residence.To[i] == NoDay || b.Residence.To[i] > day) {
				here[id] = true
			}
		}
		for i, id := range b.Person.ID {
			reason := b.Person.Reason[i]
			if reason == NoReason || b.Person.First[i] >= january1(2012) {
				continue
			}
			year := registerYear
			for january1(year+1) <= b.Person.First[i] {
				year++
			}
			for _, y := range []int{year - registerYear, years} {
				came[y][reason]++
				if b.Person.Sex[i] == male {
					men[y][reason]++
				}
				if here[id] {
					stayed[y][reason]++
				}
			}
		}
	}
	share := func(y, reason int) float64 {
		all := 0.0
		for _, n := range came[y] {
			all += n
		}
		return came[y][reason] / all
	}
	err := readCSV(data, "data/reason_year.csv", func(get func(string) string) error {
		year, err := strconv.Atoi(get("year"))
		if err != nil {
			return err
		}
		published, total := [reasons]float64{}, 0.0
		for r := range published {
			published[r], _ = strconv.ParseFloat(get(Reasons[r]), 64)
			total += published[r]
		}
		for r := range published {
			// Four standard errors of 600 who come, and what the mix of countries does.
			if got, want := share(year-registerYear, r), published[r]/total; math.Abs(got-want) > .11 {
				t.Errorf("%d: %s %.3f, published %.3f", year, Reasons[r], got, want)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	// All of 1990-2011 (Reports 2013/34), the men among those who came to their family
	// (60 872 of 179 765 in 1990-2010, Samfunnsspeilet 2/2012).
	for r, want := range [reasons]float64{.30, .37, .21, .11} {
		if got := share(years, r); math.Abs(got-want) > .06 {
			t.Errorf("1990-2011: %s %.3f, published %.3f", Reasons[r], got, want)
		}
	}
	if got := men[years][ForFamily] / came[years][ForFamily]; math.Abs(got-.34) > .06 {
		t.Errorf("%.2f of those who came to their family are men, published 0.34", got)
	}
	// "Immigrants who have come on the basis of education … significantly less sedentary";
	// the majority of refugees and family were still here (Reports 2013/34).
	still := func(r int) float64 { return stayed[years][r] / came[years][r] }
	if still(ForEducation) > still(ForWork)-.05 || still(ForEducation) > still(ForFamily)-.05 || still(ForRefuge) < .6 || still(ForFamily) < .6 {
		t.Errorf("still here: work %.2f, family %.2f, refuge %.2f, education %.2f", still(ForWork), still(ForFamily), still(ForRefuge), still(ForEducation))
	}
}

// TestNaturalisations holds the new citizens of each period against those published
// (table 2 of "Overgang til norsk statsborgerskap", 24 May 2012), within a half: before
// 2000 the register has fewer who have lived here that long.
func TestNaturalisations(t *testing.T) {
	g, batches := people()
	periods := []struct {
		from, until int
		published   float64 // a year
	}{{1991, 1996, 7256}, {1996, 2001, 10205}, {2001, 2006, 9711}, {2006, 2012, 12463}}
	for _, p := range periods {
		n := 0
		for _, b := range batches {
			for i, day := range b.Citizenship.From {
				if b.Citizenship.Norwegian[i] && day >= january1(p.from) && day < january1(p.until) {
					n++
				}
			}
		}
		if got := float64(n) / g.setting.scale / float64(p.until-p.from); got < p.published*.6 || got > p.published*1.2 {
			t.Errorf("%d-%d: %.0f a year, published %.0f", p.from, p.until-1, got, p.published)
		}
	}
}
