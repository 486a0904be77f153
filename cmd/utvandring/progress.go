package main

import (
	"fmt"
	"io"
	"time"

	"utvandring/udf/parallel"
)

// showProgress tells a person at the prompt that something long is going on, and
// how far it is where that is known. stop takes it off the screen again.
func (s *session) showProgress() (stop func()) {
	if !s.interactive || !isTerminal(s.errs) {
		return func() {}
	}
	return progressLine(raw(s.errs), s.db.Progress, time.Now(), 500*time.Millisecond)
}

// sayIfSlow tells a person at a screen what is going on where it takes more than half a
// second.
func (s *session) sayIfSlow(what string) (stop func()) {
	if !isTerminal(s.errs) {
		return func() {}
	}
	said := time.AfterFunc(500*time.Millisecond, func() { fmt.Fprintln(raw(s.errs), what) })
	return func() { said.Stop() }
}

// progressLine keeps a line on w up to date until stop, once 2 s have passed
// since start.
func progressLine(w io.Writer, progress func() (percent float64, known bool), start time.Time, every time.Duration) (stop func()) {
	end := make(chan struct{})
	wait := parallel.Start(func() error {
		ticks := time.NewTicker(every)
		defer ticks.Stop()
		shown := false
		for {
			select {
			case <-end:
				if shown {
					fmt.Fprint(w, "\r\x1b[K")
				}
				return nil
			case <-ticks.C:
			}
			d := time.Since(start)
			if d < 2*time.Second {
				continue
			}
			shown = true
			done := ""
			if percent, known := progress(); known && percent > 0 {
				done = fmt.Sprintf(", %.0f %% done", percent)
			}
			fmt.Fprintf(w, "\r\x1b[Krunning for %.0f s%s; Ctrl-C stops ", d.Seconds(), done)
		}
	})
	return func() {
		close(end)
		if err := wait(); err != nil {
			fmt.Fprintln(w, err)
		}
	}
}
