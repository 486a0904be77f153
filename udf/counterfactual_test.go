package udf

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"utvandring/udf/duck"
	"utvandring/udf/reference"
)

// syntheticPanels makes panel_1 to panel_3 from the shipped macro series and
// constants: frequencies 0.05, duration shares 0.3, residents 1000 times the
// position of the group among the twelve (k1…k6, m1…m6) times the country group.
func syntheticPanels(t testing.TB, conn *duck.Conn) {
	execute(t, conn, "CREATE TABLE macro AS FROM '../sql/data/macro.csv'")
	for j := 1; j <= 3; j++ {
		var columns strings.Builder
		for i, g := range []string{"k1", "k2", "k3", "k4", "k5", "k6", "m1", "m2", "m3", "m4", "m5", "m6"} {
			fmt.Fprintf(&columns, ", 0.05 AS emi_%s, 0.3 AS anko_%s, 0.3 AS anme_%s, %d::BIGINT AS pop_%s", g, g, g, j*(i+1)*1000, g)
		}
		execute(t, conn, fmt.Sprintf("CREATE TABLE panel_%d AS SELECT *, 1e5 AS beh1, 1e5 AS beh2, 1e5 AS beh3, year - 1989 AS trend%s FROM macro",
			j, columns.String()))
	}
}

// The first year of table 4.11 can be had by hand: in 2000 only the variables
// that stand unlagged in an equation have an effect, times the residents of the
// synthetic panels. (i) none. (ii) f_k6 of 4.5.2 on 6000·2, f_k5 of 4.6.1 on
// 5000·3 and f_m6 of 4.6.4 on 12000·3. (iii) g_m5 of 4.4.3 on 11000, less f_k5
// of 4.6.1, where unemployment in Norway is relative to group 1. (iv) g_k6 − f_k6
// of 4.5.2.
func TestCounterfactualFirstYear(t *testing.T) {
	conn := ownSimulation(t)
	syntheticPanels(t, conn)
	execute(t, conn, "CREATE TABLE published_counterfactual_csv AS FROM '../sql/data/published_counterfactual.csv'")
	execute(t, conn, "INSERT INTO published_counterfactual FROM published_counterfactual_csv")
	script := reference.ReadFile(t, "../testdata/scripts/counterfactual.sql")
	execute(t, conn, "CREATE TABLE result AS "+string(script))
	if n := number(t, conn, "SELECT count(*) FROM result"); n != 15 {
		t.Fatalf("%g rows, want 2000-2013 and the sum", n)
	}
	c := func(model, parameter string) float64 {
		return number(t, conn, fmt.Sprintf("SELECT estimate FROM published_coefficient WHERE model = '%s' AND parameter = '%s'", model, parameter))
	}
	for column, want := range map[string]float64{
		"income":              0,
		"unemployment_norway": c("4.5", "f_k6")*12000 + c("4.6", "f_k5")*15000 + c("4.6", "f_m6")*36000,
		"unemployment_group1": c("4.4", "g_m5")*11000 - c("4.6", "f_k5")*15000,
		"unemployment_group2": (c("4.5", "g_k6") - c("4.5", "f_k6")) * 12000,
	} {
		if got := number(t, conn, "SELECT "+column+" FROM result WHERE year = '2000'"); got != math.Round(want) {
			t.Errorf("%s in 2000 = %g, want %g", column, got, math.Round(want))
		}
	}
	// Accumulated is the sum of the years, up to the rounding of each.
	for _, column := range []string{"income", "unemployment_norway", "unemployment_group1"} {
		sum := number(t, conn, "SELECT sum("+column+") FROM result WHERE year < '2014' AND length(year) = 4")
		if total := number(t, conn, "SELECT "+column+" FROM result WHERE year = '2000-2013'"); math.Abs(sum-total) > 7 || total == 0 {
			t.Errorf("%s accumulates to %g, the years to %g", column, total, sum)
		}
	}
}
