//go:build !unix

package prompt

// suspendSelf does nothing where there is no job control.
func suspendSelf() {}
