package main

import (
	"strings"
	"testing"
	"time"
)

func TestProgressLine(t *testing.T) {
	var w strings.Builder
	asked := make(chan struct{})
	stop := progressLine(&w, func() (float64, bool) {
		select {
		case <-asked:
		default:
			close(asked)
		}
		return 40, true
	}, time.Now().Add(-time.Minute), time.Millisecond)
	<-asked
	stop()
	if got := w.String(); !strings.HasPrefix(got, "\r\x1b[Krunning for 60 s, 40 % done; Ctrl-C stops ") || !strings.HasSuffix(got, "\r\x1b[K") {
		t.Errorf("%q", got)
	}
}

// A panic beside the statement is told when it ends, and is not the end of the
// session.
func TestProgressPanics(t *testing.T) {
	var w strings.Builder
	asked := make(chan struct{})
	stop := progressLine(&w, func() (float64, bool) {
		close(asked)
		panic("no progress")
	}, time.Now().Add(-time.Minute), time.Millisecond)
	<-asked
	stop()
	if got := w.String(); !strings.HasPrefix(got, "internal error: no progress (please report this; cmd/utvandring/progress_test.go:") {
		t.Errorf("%q", got)
	}
}
