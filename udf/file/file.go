// Package file opens the files that functions of our own read and write. DuckDB's
// settings that close files to SQL (enable_external_access, allowed_directories,
// allowed_paths) hold here too: whatever opens a file by a name that a statement
// gives goes through an Access.
package file

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// Access says which files may be opened. The zero value allows all.
type Access struct {
	Closed      bool     // only those below:
	Directories []string // with all that is in them
	Paths       []string
	Search      []string // where a name that no file has is looked for as well (file_search_path)
}

// Open opens a file for reading. What is no regular file is refused: a directory,
// a pipe or a device, which may never end, and what is packed by gzip.
func (a Access) Open(name string) (*os.File, error) {
	if err := a.Check(name); err != nil {
		return nil, err
	}
	// Without O_NONBLOCK, opening a pipe waits for somebody to write.
	f, err := os.OpenFile(expand(name), os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, plain(name, err)
	}
	info, err := f.Stat()
	if err == nil {
		switch {
		case info.IsDir():
			err = fmt.Errorf("%s is a directory, not a file", name)
		case !info.Mode().IsRegular():
			err = fmt.Errorf("%s is no regular file but a pipe or a device; copy what it gives to a file first", name)
		case packed(f):
			err = fmt.Errorf("%s is packed (gzip): unpack it first", name)
		}
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// packed reports whether a file begins as gzip does.
func packed(f *os.File) bool {
	var begin [3]byte
	n, _ := f.ReadAt(begin[:], 0)
	return string(begin[:n]) == "\x1f\x8b\x08"
}

// Check is the error of a file that may be neither read nor written.
func (a Access) Check(name string) error {
	if strings.IndexByte(name, 0) >= 0 {
		return errors.New("the name of a file has a NUL character in it")
	}
	if !a.Closed {
		return nil
	}
	path, err := resolve(name)
	if err != nil {
		return plain(name, err)
	}
	inside := func(dir string) bool {
		root, err := resolve(dir)
		if err != nil {
			return false
		}
		rel, err := filepath.Rel(root, path)
		return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
	}
	same := func(allowed string) bool {
		allowed, err := resolve(allowed)
		return err == nil && allowed == path
	}
	if slices.ContainsFunc(a.Directories, inside) || slices.ContainsFunc(a.Paths, same) {
		return nil
	}
	return fmt.Errorf("%s may not be opened: enable_external_access is off, and it is in none of the allowed_directories", name)
}

// Glob gives the files that a name with *, ? or […] stands for, sorted; a name that
// is a file is that file, whatever it has in it.
func (a Access) Glob(pattern string) ([]string, error) {
	names, err := a.glob(pattern)
	if filepath.IsAbs(expand(pattern)) || err == nil && exists(names[0]) {
		return names, err
	}
	for _, dir := range a.Search {
		if found, err := a.glob(filepath.Join(dir, pattern)); err == nil && exists(found[0]) {
			return found, nil
		}
	}
	return names, err
}

func exists(name string) bool {
	_, err := os.Lstat(expand(name))
	return err == nil
}

func (a Access) glob(pattern string) ([]string, error) {
	if !Pattern(pattern) {
		return []string{pattern}, nil
	}
	if err := a.Check(fixed(pattern)); err != nil {
		return nil, err
	}
	if exists(pattern) {
		return []string{pattern}, nil
	}
	names, err := filepath.Glob(expand(pattern))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: a [ without its ]", pattern)
	case len(names) == 0:
		return nil, fmt.Errorf("no file is named like %s", pattern)
	}
	return names, nil
}

// Pattern reports whether a name may stand for several files.
func Pattern(name string) bool { return strings.ContainsAny(name, "*?[") }

// fixed is the folder that all names like a pattern are in.
func fixed(pattern string) string {
	for Pattern(pattern) {
		pattern = filepath.Dir(pattern)
	}
	return pattern
}

// resolve is the path without links, also of a file that is to be made.
func resolve(name string) (string, error) {
	path, err := filepath.Abs(expand(name))
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) {
		if dir := filepath.Dir(path); dir != path {
			if dir, err = resolve(dir); err == nil {
				return filepath.Join(dir, filepath.Base(path)), nil
			}
		}
	}
	return real, err
}

func expand(name string) string {
	if rest, ok := strings.CutPrefix(name, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	return name
}

// plain names the file as the user does, and what is the matter with it.
func plain(name string, err error) error {
	var cause *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no file %s", name)
	case errors.As(err, &cause):
		return fmt.Errorf("%s: %w", name, cause.Err)
	}
	return fmt.Errorf("%s: %w", name, err)
}
