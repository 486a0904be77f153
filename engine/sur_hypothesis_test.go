package engine

import "testing"

// A demanding user's case: what sur says of one parameter and what sur_test says of
// it agree, whatever the standard errors and the distribution. By the t of 5 − 2
// degrees of freedom: F = t² with 1 and 3.
func TestSurTestAgreesWithSur(t *testing.T) {
	t.Parallel()
	db, _, _ := surDB(t, "kmenta")
	run(t, db, "CREATE TABLE p AS FROM (VALUES (2000, 1, 2), (2001, 2, 5), (2002, 4, 4), (2003, 3, 6), (2004, 6, 8)) t(year, y, x)")
	for _, options := range []string{"", ", std_errors := 'small_sample'", ", distribution := 't'", ", std_errors := 'hac', distribution := 't'", ", std_errors := 'small_sample', distribution := 'normal'", ", divisor := 'T-k', distribution := 't'"} {
		got := rows(t, db, "SELECT p_value FROM sur_test_of(['y = $a + $b*x'], p, 'b = 0'"+options+") WHERE test = 'Wald'")
		want := rows(t, db, "SELECT p_value FROM sur_of(['y = $a + $b*x'], p"+options+") WHERE parameter = 'b'")
		closeTo(t, "p_value"+options, got[0][0], want[0][0], 1e-10)
	}
	small := rows(t, db, "SELECT test, df, distribution, df2, round(statistic, 4), round(p_value, 3) FROM sur_test_of(['y = $a + $b*x'], p, 'b = 0', std_errors := 'small_sample')")
	same(t, "small_sample", small, [][]string{{"Wald", "1", "F", "3", "5.88", "0.094"}, {"likelihood ratio", "1", "chi2", "NULL", "5.4259", "0.02"}})
	normal := rows(t, db, "SELECT test, df, distribution, df2 FROM sur_test_of(['y = $a + $b*x'], p, 'b = 0')")
	same(t, "normal", normal, [][]string{{"Wald", "1", "chi2", "NULL"}, {"likelihood ratio", "1", "chi2", "NULL"}})
}
