//go:build !unix

package engine

import "os"

// isOwner takes whoever may write a file for its owner.
func isOwner(info os.FileInfo) bool { return info.Mode().Perm()&0o200 != 0 }

// lockDirectory locks nothing.
func lockDirectory(string) (unlock func(), ok bool) { return func() {}, false }
