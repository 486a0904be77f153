// Package long says what of the tests go test leaves out, or repeats less often, unless
// it is asked for with -short=false: simulations, many random systems, registers of
// national size, sweeps over everything that is shipped. What is left takes a minute.
package long

import (
	"flag"
	"testing"
)

// Asked is whether the long tests were asked for: -short=false, of which testing alone
// does not tell whether it was given.
func Asked() bool {
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "test.short" })
	return given && !testing.Short()
}

// Test leaves the test out unless long ones are asked for.
func Test(t testing.TB) {
	t.Helper()
	if !Asked() {
		t.Skip("only with -short=false")
	}
}

// Runs is how often what is random is repeated: full times if long tests are asked for,
// some otherwise.
func Runs(full, some int) int {
	if !Asked() {
		return some
	}
	return full
}

// Rows are all rows of one kind if long tests are asked for, every so many otherwise.
func Rows[T any](rows []T, every int) (left []T) {
	for i := 0; i < len(rows); i += Runs(1, every) {
		left = append(left, rows[i])
	}
	return left
}
