//go:build unix

package prompt

import (
	"os"
	"os/signal"
	"syscall"
)

// suspendSelf stops the process group, as Ctrl-Z does outside raw mode: with
// "go run" or a pipeline, all of it. It returns when the shell goes on.
func suspendSelf() {
	// The signal may reach another thread while this one runs on; only the one
	// that ends the stop tells that there was one.
	resumed := make(chan os.Signal, 1)
	signal.Notify(resumed, syscall.SIGCONT)
	defer signal.Stop(resumed)
	if syscall.Kill(0, syscall.SIGTSTP) == nil {
		<-resumed
	}
}
