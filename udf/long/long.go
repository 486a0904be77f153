// Package long says what of the tests go test leaves out, or repeats less often, unless
// it is asked for with -short=false: simulations, many random systems, registers of
// national size, sweeps over everything that is shipped. What is left takes a minute.
package long

import (
	"flag"
	"testing"
)

// asked is whether the long tests were asked for: -short=false, of which testing alone
// does not tell whether it was given.
func asked() bool {
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "test.short" })
	return given && !testing.Short()
}

// Test leaves the test out unless long ones are asked for.
func Test(t testing.TB) {
	t.Helper()
	if !asked() {
		t.Skip("only with -short=false")
	}
}

// Runs is how often what is random is repeated: full times if long tests are asked for,
// some otherwise.
func Runs(full, some int) int {
	if !asked() {
		return some
	}
	return full
}
