package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"utvandring/udf/parallel"
)

// interrupter turns Ctrl-C into the end of the running statement, never of the
// session. SIGTERM and SIGHUP end both, as soon as the statement has taken back what it
// has written.
type interrupter struct {
	base    context.Context
	endBase context.CancelFunc
	errs    io.Writer
	signals chan os.Signal
	wait    func() error // until the last signal has been seen to
	// endIdle makes Ctrl-C end the program where no statement runs: a script that
	// waits for its input.
	endIdle bool
	typed   func() // what is done first at Ctrl-C: drops what was typed ahead of it
	leave   func() // what is done before the program ends at once: takes away what is half written

	mu      sync.Mutex
	cancel  context.CancelFunc // of the running statement
	pressed int                // times since it began
}

func newInterrupter(errs io.Writer, endIdle bool, typed, leave func()) *interrupter {
	base, endBase := context.WithCancel(context.Background())
	i := &interrupter{base: base, endBase: endBase, errs: errs, endIdle: endIdle, typed: typed, leave: leave, signals: make(chan os.Signal, 1)}
	signal.Notify(i.signals, os.Interrupt, syscall.SIGTERM)
	if !signal.Ignored(syscall.SIGHUP) { // as under nohup
		signal.Notify(i.signals, syscall.SIGHUP)
	}
	i.wait = parallel.Start(func() error {
		for s := range i.signals {
			if n, ok := s.(syscall.Signal); ok && n != syscall.SIGINT {
				i.terminate(n)
			}
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

func (i *interrupter) press() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.typed()
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

// terminate ends the program as a shell reports the signal.
func (i *interrupter) terminate(n syscall.Signal) {
	i.endBase()     // the running statement, and all that come
	for range 300 { // three seconds
		i.mu.Lock()
		idle := i.cancel == nil
		i.mu.Unlock()
		if idle {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.leave()
	os.Exit(128 + int(n))
}

func (i *interrupter) stop() {
	signal.Stop(i.signals)
	close(i.signals)
	if err := i.wait(); err != nil {
		fmt.Fprintln(i.errs, err)
	}
}
