package engine

import (
	"os"
	"path/filepath"
	"sync"
	"time"

	"utvandring/udf/later"
)

// A temporary directory may have copies of people's data in it. It is locked while it is in
// use, so that what a program that was killed has left there can be told, and taken away by
// the next that makes one.

// temporary are those that there are.
var temporary sync.Map

var temporaryName = later.Compile(`^utvandring-(?:extract|protected)-\d+$`)

// newTemporary makes a directory of a kind: extract, protected. remove takes it away.
func newTemporary(kind string) (dir string, remove func(), err error) {
	sweepTemporary(10 * time.Minute)
	if dir, err = os.MkdirTemp("", "utvandring-"+kind+"-"); err != nil {
		return "", nil, err
	}
	unlock, _ := lockDirectory(dir)
	temporary.Store(dir, true)
	return dir, func() {
		os.RemoveAll(dir)
		temporary.Delete(dir)
		unlock()
	}, nil
}

// sweepTemporary takes away what nobody uses any more, if it is of some age: a version that
// locks nothing may be at work.
func sweepTemporary(age time.Duration) {
	entries, err := os.ReadDir(os.TempDir())
	if err != nil {
		return
	}
	for _, e := range entries {
		if !temporaryName.MatchString(e.Name()) {
			continue
		}
		info, err := e.Info()
		if err != nil || !info.IsDir() || !isOwner(info) || time.Since(info.ModTime()) < age {
			continue
		}
		dir := filepath.Join(os.TempDir(), e.Name())
		if unlock, ok := lockDirectory(dir); ok {
			os.RemoveAll(dir)
			unlock()
		}
	}
}

// RemoveTemporary takes all of them away, for a program that ends while it loads.
func RemoveTemporary() {
	temporary.Range(func(path, _ any) bool {
		os.RemoveAll(path.(string))
		return true
	})
}
