//go:build unix

package engine

import (
	"os"
	"syscall"
)

// isOwner reports whether a file is that of whoever runs the program.
func isOwner(info os.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Geteuid()
}
