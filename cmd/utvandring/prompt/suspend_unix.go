//go:build unix

package prompt

import "syscall"

// suspendSelf stops the process group, as Ctrl-Z does outside raw mode: with
// "go run" or a pipeline, all of it. It returns when the shell goes on.
func suspendSelf() { syscall.Kill(0, syscall.SIGTSTP) }
