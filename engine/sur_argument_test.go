package engine

import (
	"testing"
)

// An error names the argument that the user wrote, and says what to write.
func TestSurArgumentFaults(t *testing.T) {
	t.Parallel()
	db, _, _ := surDB(t, "kmenta")
	f, two := "['consump = $a + $b*price']", "['consump = $a + $b*price', 'consump = $c + $d*income']"
	for call, want := range map[string]string{
		"sur_bootstrap_of(" + f + ", data, estimator := 'wild')":          `sur_bootstrap: estimator "wild" is unknown: choose among 'isur', 'sur' and 'ols'`,
		"sur_bootstrap_draws_of(" + f + ", data, estimator := NULL)":      "sur_bootstrap_draws: estimator is NULL",
		"sur_bootstrap_of(" + f + ", data, estimator := '')":              "estimator is empty",
		"sur_bootstrap_of(" + f + ", data, method := 'sur')":              `method "sur" is unknown`,
		"sur_bootstrap_of(" + two + ", data)":                             "estimator := 'sur'",
		"sur_of(" + two + ", data)":                                       "method := 'sur'",
		"sur_of('4.1', data)":                                             `'4.1' is no formula (write ['y = $a + $b*x']); a model of the table model is estimated by sur('4.1', panel), without _of`,
		"sur_of(['y = '], data)":                                          "equation 1: expected",
		"sur_of(" + f + ", data, bandwidth := 3)":                         "bandwidth goes with std_errors := 'hac', not 'classical'",
		"sur_of(" + f + ", data, std_errors := 'hac', bandwidth := 1000)": "bandwidth must be at most 19, as the sample has 20 years (1922–1941), and is 1000",
		"sur_interval_of(" + f + ", data, bandwidth := 0)":                "bandwidth goes with std_errors := 'hac', not 'small_sample'",
		"sur('4.1', data)":                                                "model 4.1: first_year 1992 is outside the panel, which has 1922–1941; first_year 1992 is that of the table model (first_year := … overrides it)",
		"sur('4.1', data, first_year := 1990)":                            "model 4.1: first_year 1990 is outside the panel, which has 1922–1941",
		"sur('4.1', data, first_year := 2014)":                            "model 4.1: first_year 2014 comes after last_year 2013; last_year 2013 is that of the table model (last_year := … overrides it)",
	} {
		refuses(t, db, "FROM "+call, want)
	}
}
