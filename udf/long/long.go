// Package long says what of the tests is left out, or repeated less often, with
// go test -short: simulations, many random systems, registers of national size.
package long

import "testing"

// Test leaves the test out with -short.
func Test(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("not with -short")
	}
}

// Runs is how often what is random is repeated: full times, or some with -short.
func Runs(full, some int) int {
	if testing.Short() {
		return some
	}
	return full
}
