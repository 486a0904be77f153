package plot

import (
	"strings"
	"unicode"
)

// units are the axis labels of the columns the program knows.
var units = map[string]string{
	"frequency":          "Emigrations per 100 residents",
	"standardised":       "Emigrations per 100 residents, standardised",
	"percent":            "Per cent",
	"effect":             "Percentage points",
	"residents":          "Residents on 1 January",
	"emigrations":        "Emigrations",
	"emigrations_macro":  "Emigrations, without same-year movers",
	"immigrations":       "Immigrations",
	"immigrations_macro": "Immigrations, without same-year movers",
	"unemployment_rate":  "Unemployed, per cent of the labour force",
	"age":                "Age, years",
	"duration":           "Duration of residence, years",
	"gdp_ppp":            "GDP at purchasing-power parity",
}

// fromZero are the measures whose axis begins at zero whatever their range.
var fromZero = map[string]bool{"frequency": true, "standardised": true, "share": true, "percent": true,
	"residents": true, "emigrations": true, "immigrations": true, "unemployment_rate": true}

// axisLabel names a measure with its unit.
func axisLabel(column string) string {
	if u, ok := units[strings.ToLower(column)]; ok {
		return u
	}
	w := []rune(words(column))
	if len(w) > 0 && !strings.ContainsAny(column, "0123456789") {
		w[0] = unicode.ToUpper(w[0])
	}
	return string(w)
}

// words turns a column name into words: age_group, age group. Names with
// digits are symbols, such as emi_k3, and stay.
func words(column string) string {
	if strings.ContainsAny(column, "0123456789") {
		return column
	}
	return strings.ReplaceAll(column, "_", " ")
}
