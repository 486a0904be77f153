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

// lockDirectory locks a directory for this process, as long as that lives or until unlock. It
// is not ok where another has locked it.
func lockDirectory(dir string) (unlock func(), ok bool) {
	file, err := os.Open(dir)
	if err != nil {
		return func() {}, false
	}
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	return func() { file.Close() }, err == nil
}
