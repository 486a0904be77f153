package udf

import "sync/atomic"

// done is how many thousandths of the long function that runs are done, plus
// one; 0 where none runs that tells. There is one session in a process, so one
// number will do.
var done atomic.Int64

// Progress is how much of a running function is done, in per cent; known is
// false where none runs or none tells. DuckDB knows the progress of scans, not
// of functions.
func Progress() (percent float64, known bool) {
	d := done.Load()
	return float64(d-1) / 10, d > 0
}

// tellProgress makes a function tell its progress until end is called.
func tellProgress(total int) (step func(n int), end func()) {
	return func(n int) { done.Store(1 + int64(n)*1000/int64(total)) }, func() { done.Store(0) }
}
