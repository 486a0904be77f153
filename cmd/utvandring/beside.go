package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
)

// besideFile is a file that is written under another name beside its own, which it gets
// when it is whole: whatever ends the writing before leaves the old file, or none.
// What is no regular file, such as a pipe or /dev/null, is written to directly.
type besideFile struct {
	*os.File
	path  string // where it is to be; "" once it is there
	whole int64  // bytes that were whole at the last commit
}

// createBeside begins a file. commit keeps what was written, and close ends it.
func createBeside(path string) (*besideFile, error) {
	mode := os.FileMode(0o666)
	info, err := os.Stat(path)
	if err == nil {
		if mode = info.Mode().Perm(); !info.Mode().IsRegular() {
			file, err := os.OpenFile(path, os.O_WRONLY, 0)
			return &besideFile{File: file}, err
		}
		// Of a link, what it leads to is replaced; and a file that may not be written is
		// not replaced though its directory may be.
		if path, err = filepath.EvalSymlinks(path); err == nil {
			err = syscall.Access(path, 2)
		}
		if err != nil {
			return nil, &os.PathError{Op: "open", Path: path, Err: err}
		}
	}
	dir, name := filepath.Split(path)
	for {
		temporary := filepath.Join(dir, fmt.Sprintf(".%.200s.%08x", name, rand.Uint32()))
		file, err := os.OpenFile(temporary, os.O_CREATE|os.O_EXCL|os.O_RDWR, mode)
		switch {
		case errors.Is(err, os.ErrExist):
			continue
		case err != nil:
			return nil, &os.PathError{Op: "open", Path: path, Err: errors.Unwrap(err)}
		}
		if info != nil {
			file.Chmod(mode) // which the umask has cut
		}
		return &besideFile{File: file, path: path}, nil
	}
}

// commit says that what was written is whole. The first time, the file gets its name.
func (f *besideFile) commit() error {
	if f.path != "" {
		if err := f.Sync(); err != nil {
			return err
		}
		if err := os.Rename(f.Name(), f.path); err != nil {
			return err
		}
		f.path = ""
	}
	end, err := f.Seek(0, 1)
	if err == nil {
		f.whole = end
	}
	return nil // a pipe has no place to return to
}

// abort takes back what was written since the last commit, or the whole file.
func (f *besideFile) abort() {
	if f.path != "" {
		os.Remove(f.Name())
	} else if f.whole > 0 {
		f.Truncate(f.whole)
		f.Seek(f.whole, 0)
	}
}

// writeBeside writes whole files: none of them gets its name before all are there.
func writeBeside(files ...pageFile) error {
	var begun []*besideFile
	err := func() error {
		for _, file := range files {
			f, err := createBeside(file.name)
			if err != nil {
				return err
			}
			begun = append(begun, f)
			if _, err = f.Write(file.content); err == nil && f.path != "" {
				err = f.Sync()
			}
			if err != nil { // of the file beside, whose name says nothing
				return &os.PathError{Op: "write", Path: file.name, Err: errors.Unwrap(err)}
			}
		}
		for _, f := range begun {
			if err := f.commit(); err != nil {
				return err
			}
		}
		return nil
	}()
	for _, f := range begun {
		if err != nil {
			f.abort()
		}
		if e := f.Close(); err == nil {
			err = e
		}
	}
	return err
}
