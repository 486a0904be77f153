package parallel

import (
	"fmt"
	"path"
	"runtime"
	"strings"
)

// Recover, deferred, turns a panic into an error that says where it was. A panic
// that crosses the border to DuckDB, or leaves a goroutine, ends the process.
func Recover(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("internal error: %v (please report this; %s)", p, origin())
	}
}

func guard(f func() error) (err error) {
	defer Recover(&err)
	return f()
}

// origin is the first place in the program's own code below the panic.
func origin() string {
	const module = "utvandring/"
	callers := make([]uintptr, 64)
	frames := runtime.CallersFrames(callers[:runtime.Callers(0, callers)])
	panicked := false
	for {
		f, more := frames.Next()
		if rest, ours := strings.CutPrefix(f.Function, module); ours && panicked {
			// rest is folder/package.function
			folder, function := path.Split(rest)
			name, _, _ := strings.Cut(function, ".")
			return fmt.Sprintf("%s%s/%s:%d", folder, name, path.Base(f.File), f.Line)
		}
		panicked = panicked || f.Function == "runtime.gopanic"
		if !more {
			return "origin unknown"
		}
	}
}
