package main

import "golang.org/x/sys/unix"

// At Ctrl-C a terminal throws away what was written and has not been shown, and what was
// typed ahead. What is lost so of a table that is drawn would be counted below it as shown.

// keepShown makes the terminal at the other end throw away neither; undo gives it back.
func keepShown(stream any) (undo func()) {
	file, ok := fileOf(stream)
	if !ok {
		return func() {}
	}
	before, err := unix.IoctlGetTermios(int(file.Fd()), unix.TCGETS)
	if err != nil {
		return func() {}
	}
	now := *before
	now.Lflag |= unix.NOFLSH
	if unix.IoctlSetTermios(int(file.Fd()), unix.TCSETS, &now) != nil {
		return func() {}
	}
	return func() { unix.IoctlSetTermios(int(file.Fd()), unix.TCSETS, before) }
}

// dropTyped throws away what was typed ahead.
func dropTyped(stream any) {
	if file, ok := fileOf(stream); ok {
		unix.IoctlSetInt(int(file.Fd()), unix.TCFLSH, unix.TCIFLUSH)
	}
}
