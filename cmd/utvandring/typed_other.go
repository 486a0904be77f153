//go:build !linux

package main

// keepShown and dropTyped are for Linux only: elsewhere the terminal throws away what it
// has not shown at Ctrl-C.
func keepShown(any) (undo func()) { return func() {} }

func dropTyped(any) {}
