package main

import (
	"fmt"
	"sync"
	"time"
)

// showProgress tells a person at the prompt that something long is going on, and
// how far it is where that is known. stop takes it off the screen again.
func (s *session) showProgress() (stop func()) {
	if !s.interactive || !isTerminal(s.errs) {
		return func() {}
	}
	db, start, end := s.db, time.Now(), make(chan struct{})
	var wait sync.WaitGroup
	wait.Go(func() {
		ticks := time.NewTicker(500 * time.Millisecond)
		defer ticks.Stop()
		shown := false
		for {
			select {
			case <-end:
				if shown {
					fmt.Fprint(s.errs, "\r\x1b[K")
				}
				return
			case <-ticks.C:
			}
			d := time.Since(start)
			if d < 2*time.Second {
				continue
			}
			shown = true
			done := ""
			if percent, known := db.Progress(); known && percent > 0 {
				done = fmt.Sprintf(", %.0f %% done", percent)
			}
			fmt.Fprintf(s.errs, "\r\x1b[Krunning for %.0f s%s; Ctrl-C stops ", d.Seconds(), done)
		}
	})
	return func() {
		close(end)
		wait.Wait()
	}
}
