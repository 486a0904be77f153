package plot

import (
	"fmt"
	"math"
)

// Results whose columns say what picture they are for.

func unemployment() Table {
	t := Table{Columns: columns("year", "country_group", "frequency", "unemployment_rate")}
	for y := 1990; y <= 2013; y++ {
		for g := 1; g <= 2; g++ {
			u := 4.2 + 1.8*math.Sin(float64(y-1990)/3.1)
			t.Rows = append(t.Rows, []any{float64(y), float64(g), wave(y, g, 9-3*float64(g)) + 0.6*u, u})
		}
	}
	return t
}

func survival() Table {
	t := Table{Columns: columns("duration", "sex", "survival", "low", "high")}
	for d := 0; d <= 20; d++ {
		for k, s := range []string{"female", "male"} {
			x := math.Exp(-0.09 * float64(d) * (1 + 0.3*float64(k)))
			half := 0.012 * math.Sqrt(float64(d))
			t.Rows = append(t.Rows, []any{float64(d), s, x, x - half, x + half})
		}
	}
	return t
}

func coefficients() Table {
	t := Table{Columns: append([]Column{{"parameter", Category}}, columns("equation", "published", "published_t", "estimate", "std_error")...)}
	for i, p := range []string{"a_11", "b_11", "r_11", "c_11", "a_12", "b_12", "r_12", "c_12"} {
		e := math.Sin(float64(3*i)) * 0.4
		row := []any{p, fmt.Sprintf("4.1.%d", i/4+1), e + 0.05, (e + 0.05) / 0.1, e, 0.06 + 0.02*float64(i%3)}
		if i == 6 {
			row[2], row[3] = nil, nil
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func fanTable() Table {
	t := Table{Columns: columns("year", "actual", "q5", "q25", "median", "q75", "q95")}
	for y := 2000; y <= 2025; y++ {
		m := wave(y, 1, 4)
		row := []any{float64(y), m * (1 + 0.02*math.Sin(float64(5*y))), nil, nil, nil, nil, nil}
		if y >= 2010 {
			h := 0.25 * math.Sqrt(float64(y-2010))
			row[2], row[3], row[4], row[5], row[6] = m-1.64*h, m-0.67*h, m, m+0.67*h, m+1.64*h
		}
		if y > 2013 {
			row[1] = nil
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func correlations(n int) Table {
	t := Table{Columns: []Column{{"equation_i", Category}, {"equation_j", Category}, {"covariance", Number}, {"correlation", Number}}}
	for i := range n {
		for j := range n {
			r := math.Cos(float64(i*j+i+j)) * 0.8
			if i == j {
				r = 1
			}
			t.Rows = append(t.Rows, []any{fmt.Sprintf("4.1.%d", i+1), fmt.Sprintf("4.1.%d", j+1), r / 100, r})
		}
	}
	return t
}

func specialSamples() []sample {
	return []sample{
		{"scatter", unemployment(), Spec{Title: "Emigration frequency and unemployment, 1990–2013", Note: synthetic}},
		{"box_year", byCountyYear(1), Spec{Kind: KindBox, Title: "Emigration frequencies of the counties, by year", Note: synthetic}},
		{"box_county", byCountyYear(1), Spec{Kind: KindBox, X: "county", Title: "Emigration frequencies 2000–2013, by county"}},
		{"step", survival(), Spec{Title: "Still resident, by years since immigration and sex"}},
		{"coefficient", coefficients(), Spec{Title: "Model 4.1: published and estimated"}},
		{"fan", fanTable(), Spec{Title: "Emigration frequency, actual and simulated", Unit: "Per cent"}},
		{"correlation", correlations(6), Spec{Title: "Correlation of the residuals, model 4.1"}},
		{"correlation_18", correlations(18), Spec{Title: "Correlation of the residuals, all models"}},
	}
}
