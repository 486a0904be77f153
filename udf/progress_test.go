package udf

import (
	"context"
	"testing"
	"time"
)

// While it runs, a stochastic simulation tells how far it is; then no more.
func TestProgress(t *testing.T) {
	conn := simulation(t)
	if _, known := Progress(); known {
		t.Fatal("progress of nothing")
	}
	ctx, cancel := context.WithCancel(context.Background())
	finished := make(chan error)
	go func() {
		err := conn.Exec(ctx, "FROM simulate_stochastic('klein', klein, klein_2sls, replications := 2000000000)")
		finished <- err
	}()
	for {
		if percent, known := Progress(); known {
			if percent < 0 || percent > 100 {
				t.Errorf("%g per cent", percent)
			}
			break
		}
		select {
		case err := <-finished:
			t.Fatal("ended without a word of progress: ", err)
		case <-time.After(time.Millisecond):
		}
	}
	begin := time.Now()
	cancel()
	if err := <-finished; err == nil {
		t.Error("finished two billion replications")
	}
	if d := time.Since(begin); d > 3*time.Second {
		t.Errorf("stopped after %v", d)
	}
	if _, known := Progress(); known {
		t.Error("progress after the end")
	}
}
