// Package parallel runs things side by side, in one way for the whole program:
// cancelling is honoured, a panic becomes an error in place of the end of the
// process, nothing still runs when the call has returned, and neither results nor
// errors depend on the number of threads or on who was first.
//
// Nothing else in the program makes threads of its own for work.
package parallel

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// For calls do(0) … do(n−1) on all processors, each once, in no order; results
// that do keeps by index are in order. worker is called once a thread, on that
// thread, and makes its do: work space that it allocates belongs to the thread.
//
// After an error no further index is begun. The error returned is that of ctx if
// it was cancelled, else that of the lowest index that failed: all indices below
// have been called. Without an error every index has.
func For(ctx context.Context, n int, worker func() (do func(i int) error)) error {
	var (
		next   atomic.Int64
		failed atomic.Bool
		mu     sync.Mutex
		lowest = n
		first  error
	)
	thread := func() error {
		var do func(int) error
		for ctx.Err() == nil && !failed.Load() {
			i := int(next.Add(1)) - 1
			if i >= n {
				break
			}
			if err := guard(func() error {
				if do == nil {
					do = worker()
				}
				return do(i)
			}); err != nil {
				failed.Store(true)
				mu.Lock()
				if i < lowest {
					lowest, first = i, err
				}
				mu.Unlock()
			}
		}
		return nil
	}
	var others []func() error
	for range min(runtime.GOMAXPROCS(0), n) - 1 {
		others = append(others, Start(thread))
	}
	thread() // the calling thread works, too: one thing alone costs nothing extra
	for _, wait := range others {
		wait()
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return first
}

// InOrder makes n things side by side, ahead of their use, and hands them to use
// one after the other, in order, on the calling goroutine. worker is called once
// a thread and gives the function that makes thing i.
//
// Thing i is begun only when use has returned for thing i − ahead. So no more
// than ahead ≥ 1 of them exist at a time, and thing i may be made in the space of
// thing i − ahead: one with the same i % ahead.
//
// The first error in order, of making or of use, ends it and is returned; if ctx
// is cancelled, that of ctx.
func InOrder[T any](ctx context.Context, n, ahead int, worker func() (produce func(i int) (T, error)), use func(i int, thing T) error) (err error) {
	defer Recover(&err) // of a panic in use
	type made struct {
		thing T
		err   error
	}
	slots := make([]chan made, ahead)
	free := make(chan struct{}, ahead)
	for i := range slots {
		slots[i] = make(chan made, 1)
		free <- struct{}{}
	}
	inner, cancel := context.WithCancel(ctx)
	var next atomic.Int64
	thread := func() error {
		var produce func(int) (T, error)
		for {
			select {
			case <-free:
			case <-inner.Done():
				return nil
			}
			i := int(next.Add(1)) - 1
			if i >= n {
				return nil
			}
			var m made
			m.err = guard(func() (err error) {
				if produce == nil {
					produce = worker()
				}
				m.thing, err = produce(i)
				return err
			})
			slots[i%ahead] <- m
		}
	}
	for range min(runtime.GOMAXPROCS(0), n, ahead) {
		wait := Start(thread)
		defer wait()
	}
	defer cancel()
	for i := range n {
		var m made
		select {
		case m = <-slots[i%ahead]:
		case <-ctx.Done():
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if m.err == nil {
			m.err = use(i, m.thing)
		}
		if m.err != nil {
			return m.err
		}
		free <- struct{}{}
	}
	return nil
}

// Start runs f beside the caller, who has to call wait: it returns when f has
// returned, with its error. f itself has to know when to end.
func Start(f func() error) (wait func() error) {
	done := make(chan struct{})
	var err error
	go func() {
		defer close(done)
		err = guard(f)
	}()
	return func() error {
		<-done
		return err
	}
}
