package udf

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"utvandring/udf/reference"
)

// sizeOf is the test that simulates, or computes, how often what is true is rejected by
// the p-values and intervals of a function that are not in udf/sur/testdata/size.csv.
var sizeOf = map[string][2]string{ // file, test
	"_limits":                        {"interval/interval_test.go", "TestIntervalsMissAtMostAsSaid"},
	"_sur_search_t":                  {"sur/search_test.go", "TestSearchedTValues"},
	"_weighted_limits":               {"interval/interval_test.go", "TestWeightedMissesAtMostAsSaid"},
	"_sur_factor_path":               {"factor/size_test.go", "TestBandsOfFactorsCover"},
	"_simulate_stochastic":           {"simulate/size_test.go", "TestBandsCover"},
	"_simulate_stochastic_scenarios": {"simulate/size_test.go", "TestBandsCover"},
}

var pValueOrLimit = regexp.MustCompile(`^(p_value|.*_p|(.*_)?(low|high|lower|upper))$`)

// Whatever function gives a p-value or the limits of an interval, somewhere it is
// simulated how often they reject what is true.
func TestEveryPValueHasItsSize(t *testing.T) {
	simulated := map[string]bool{}
	for _, row := range reference.ReadCSV(t, "sur/testdata/size.csv")[1:] {
		for _, name := range strings.Fields(row[4]) {
			simulated[strings.TrimSuffix(name, ",")] = true
		}
	}
	found := 0
	for _, f := range functions {
		for _, c := range f.Result {
			if !pValueOrLimit.MatchString(c.Name) {
				continue
			}
			found++
			if simulated[strings.TrimSuffix(strings.TrimPrefix(f.Name, "_"), "_report")+"."+c.Name] {
				continue
			}
			place, ok := sizeOf[f.Name]
			if !ok {
				t.Errorf("%s.%s: no test says how often it rejects what is true", f.Name, c.Name)
				continue
			}
			text, err := os.ReadFile(place[0])
			if err != nil || !strings.Contains(string(text), "func "+place[1]+"(") {
				t.Errorf("%s.%s: %s has no %s (%v)", f.Name, c.Name, place[0], place[1], err)
			}
		}
	}
	if found < 20 {
		t.Errorf("only %d p-values and limits are found", found)
	}
}
