package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync"

	"utvandring/udf/parallel"
)

// interrupter turns Ctrl-C into the end of the running statement, never of the
// session.
type interrupter struct {
	base    context.Context
	errs    io.Writer
	signals chan os.Signal
	wait    func() error // until the last signal has been seen to
	// endIdle makes Ctrl-C end the program where no statement runs: a script that
	// waits for its input.
	endIdle bool
	leave   func() // before that: takes away what is half written

	mu      sync.Mutex
	cancel  context.CancelFunc // of the running statement
	pressed int                // times since it began
}

func newInterrupter(errs io.Writer, endIdle bool) *interrupter {
	i := &interrupter{base: context.Background(), errs: errs, endIdle: endIdle, leave: func() {}, signals: make(chan os.Signal, 1)}
	signal.Notify(i.signals, os.Interrupt)
	i.wait = parallel.Start(func() error {
		for range i.signals {
			i.press()
		}
		return nil
	})
	return i
}

// watch gives the context of a statement; done ends it.
func (i *interrupter) watch() (ctx context.Context, done func()) {
	ctx, cancel := context.WithCancel(i.base)
	i.mu.Lock()
	outer := i.cancel
	i.cancel, i.pressed = cancel, 0
	i.mu.Unlock()
	return ctx, func() {
		i.mu.Lock()
		i.cancel = outer
		i.mu.Unlock()
		cancel()
	}
}

// onLeaving sets what is done before the program ends at once.
func (i *interrupter) onLeaving(do func()) {
	i.mu.Lock()
	i.leave = do
	i.mu.Unlock()
}

func (i *interrupter) press() {
	i.mu.Lock()
	defer i.mu.Unlock()
	switch i.pressed++; {
	case i.cancel == nil && i.endIdle, i.cancel != nil && i.pressed == 3:
		i.leave()
		os.Exit(exitInterrupted)
	case i.cancel != nil && i.pressed == 2:
		fmt.Fprintln(i.errs, "stopping; once more ends the program")
	case i.cancel != nil:
		i.cancel()
	}
}

func (i *interrupter) stop() {
	signal.Stop(i.signals)
	close(i.signals)
	if err := i.wait(); err != nil {
		fmt.Fprintln(i.errs, err)
	}
}
