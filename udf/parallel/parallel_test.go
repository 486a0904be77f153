package parallel

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

// threads runs a test with one processor and with several, whatever the machine
// has.
func threads(t *testing.T, test func(t *testing.T)) {
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	for _, n := range []int{1, 2, 7} {
		runtime.GOMAXPROCS(n)
		t.Run(fmt.Sprint(n, " threads"), test)
	}
}

func each(do func(int) error) func() func(int) error {
	return func() func(int) error { return do }
}

func TestForCallsEachOnce(t *testing.T) {
	threads(t, func(t *testing.T) {
		for _, n := range []int{0, 1, 2, 1000} {
			calls := make([]int, n)
			var spaces atomic.Int64
			err := For(t.Context(), n, func() func(int) error {
				spaces.Add(1)
				return func(i int) error { calls[i]++; return nil }
			})
			if err != nil || slices.ContainsFunc(calls, func(c int) bool { return c != 1 }) {
				t.Errorf("%d: calls %v, error %v", n, calls, err)
			}
			if s := int(spaces.Load()); s > min(n, runtime.GOMAXPROCS(0)) {
				t.Errorf("%d: %d work spaces", n, s)
			}
		}
	})
}

// Of 300 and 700, which both fail, 300 is told, every time.
func TestForTellsLowestError(t *testing.T) {
	threads(t, func(t *testing.T) {
		for range 200 {
			err := For(t.Context(), 1000, each(func(i int) error {
				if i == 300 {
					runtime.Gosched()
				}
				if i == 300 || i == 301 || i == 700 {
					return fmt.Errorf("number %d", i)
				}
				return nil
			}))
			if err == nil || err.Error() != "number 300" {
				t.Fatal(err)
			}
		}
	})
}

func TestForStopsWhenCancelled(t *testing.T) {
	threads(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		var calls atomic.Int64
		err := For(ctx, 1_000_000_000, each(func(i int) error {
			if calls.Add(1) == 100 {
				cancel()
			}
			return nil
		}))
		if err != context.Canceled || calls.Load() > 1000 {
			t.Errorf("%v after %d calls", err, calls.Load())
		}
	})
}

func TestInOrderKeepsOrder(t *testing.T) {
	threads(t, func(t *testing.T) {
		for _, ahead := range []int{1, 2, 9} {
			for _, n := range []int{0, 1, 500} {
				spaces := make([]int, ahead) // each belongs to one thing at a time
				var got []int
				err := InOrder(t.Context(), n, ahead, func() func(int) (*int, error) {
					return func(i int) (*int, error) {
						s := &spaces[i%ahead]
						*s = i
						runtime.Gosched()
						return s, nil
					}
				}, func(i int, s *int) error {
					if *s != i {
						return fmt.Errorf("thing %d is %d", i, *s)
					}
					got = append(got, *s)
					return nil
				})
				if err != nil || len(got) != n || !slices.IsSorted(got) {
					t.Errorf("ahead %d: %v, %v", ahead, got, err)
				}
			}
		}
	})
}

func TestInOrderEndsAtFirstError(t *testing.T) {
	threads(t, func(t *testing.T) {
		asked := errors.New("as asked")
		for _, c := range []struct{ produce, use, want int }{{20, 90, 20}, {90, 20, 21}, {0, 0, 0}, {99, 98, 99}} {
			used := 0
			err := InOrder(t.Context(), 100, 8, func() func(int) (int, error) {
				return func(i int) (int, error) {
					if i == c.produce {
						return 0, asked
					}
					return i, nil
				}
			}, func(i, _ int) error {
				used++
				if i == c.use {
					return asked
				}
				return nil
			})
			if err != asked || used != c.want {
				t.Errorf("%+v: %v after %d", c, err, used)
			}
		}
	})
}

func TestInOrderStopsWhenCancelled(t *testing.T) {
	threads(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		// Nothing can be made: only cancelling ends it.
		err := InOrder(ctx, 10, 3, func() func(int) (int, error) {
			return func(int) (int, error) {
				cancel()
				<-ctx.Done()
				return 0, errors.New("made nothing")
			}
		}, func(int, int) error { return nil })
		if err != context.Canceled {
			t.Error(err)
		}
	})
}

// A panic is an error that names its place, whether in a worker, in the making of
// its work space, in the use, or in what was started.
func TestPanicsAreErrors(t *testing.T) {
	bug := func() { var p *int; *p = 1 }
	nothing := func(int, int) error { return nil }
	threads(t, func(t *testing.T) {
		for name, run := range map[string]func() error{
			"for":       func() error { return For(t.Context(), 9, each(func(int) error { bug(); return nil })) },
			"for space": func() error { return For(t.Context(), 9, func() func(int) error { bug(); return nil }) },
			"make": func() error {
				return InOrder(t.Context(), 9, 2, func() func(int) (int, error) { return func(int) (int, error) { bug(); return 0, nil } }, nothing)
			},
			"make space": func() error {
				return InOrder(t.Context(), 9, 2, func() func(int) (int, error) { bug(); return nil }, nothing)
			},
			"use": func() error {
				return InOrder(t.Context(), 9, 2, func() func(int) (int, error) { return func(int) (int, error) { return 0, nil } },
					func(int, int) error { bug(); return nil })
			},
			"start": Start(func() error { bug(); return nil }),
		} {
			err := run()
			if err == nil || !strings.HasPrefix(err.Error(), "internal error: runtime error: invalid memory address") ||
				!strings.Contains(err.Error(), "(please report this; udf/parallel/parallel_test.go:") {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// BenchmarkFor is the cost of handing out one thing.
func BenchmarkFor(b *testing.B) {
	if err := For(context.Background(), b.N, each(func(int) error { return nil })); err != nil {
		b.Fatal(err)
	}
}
