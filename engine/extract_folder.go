package engine

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"utvandring/udf/charset"
)

// folder is the directory of an extract as DuckDB is to see it: a temporary directory
// with a link to each file, so that nothing in the names of the directories above is
// taken for a pattern or a list, and with copies in UTF-8 of what is written otherwise.
type folder struct {
	dir   string // as the user named it
	links string // the temporary directory
	close func() // which it removes
	names []string
	// closed: DuckDB may read the files where they are, but no copies.
	closed bool
	odd    map[string]string // what else there is: "a directory", "no file but a pipe"
}

// copies is the directory beside the links in which files are in UTF-8.
const copies = "utf8"

// openFolder finds the files of a directory. It is to be closed.
func (db *DB) openFolder(ctx context.Context, dir string) (*folder, error) {
	access, err := db.Access(ctx)
	if err != nil {
		return nil, err
	}
	if access.Check(dir) != nil {
		return nil, errors.New("it is in no folder that may be read")
	}
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, errors.New("there is no such directory")
	case err != nil:
		return nil, fmt.Errorf("not a directory that can be read (%w)", errors.Unwrap(err))
	}
	absolute, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	f := &folder{dir: dir, closed: access.Closed, odd: map[string]string{}}
	if f.links, f.close, err = newTemporary("extract"); err != nil {
		return nil, fmt.Errorf("no room for links to its files: %w", err)
	}
	if err = os.Mkdir(filepath.Join(f.links, copies), 0o700); err != nil {
		f.close()
		return nil, fmt.Errorf("no room for copies of its files: %w", err)
	}
	for _, e := range entries {
		name := e.Name()
		info, err := os.Stat(filepath.Join(dir, name))
		switch {
		case strings.HasPrefix(name, "."), name == copies:
		case err != nil:
			f.odd[name] = "cannot be read"
		case access.Check(filepath.Join(dir, name)) != nil: // a link
			f.odd[name] = "leads out of the folders that may be read"
		case info.IsDir():
			f.odd[name] = "is a directory"
		case !info.Mode().IsRegular():
			f.odd[name] = "is no file but " + sort(info.Mode())
		default:
			if err := os.Symlink(filepath.Join(absolute, name), filepath.Join(f.links, name)); err != nil {
				f.close()
				return nil, fmt.Errorf("no room for links to its files: %w", err)
			}
			f.names = append(f.names, name)
		}
	}
	return f, nil
}

// sort says what a path is that is no file.
func sort(mode fs.FileMode) string {
	switch {
	case mode&fs.ModeNamedPipe != 0:
		return "a pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	}
	return "a device"
}

// plain is an error with the names of files as the user has them.
func (f *folder) plain(err error) error {
	if err == nil || f == nil || !strings.Contains(err.Error(), f.links) {
		return err
	}
	text := strings.ReplaceAll(Plain(err).Error(), f.links+"/"+copies+"/", "")
	return errors.New(strings.ReplaceAll(text, f.links+"/", ""))
}

// stem is the name of a file before its first dot, in small letters: the table that it
// fills; ending is what comes after it.
func stem(name string) (stem, ending string) {
	stem, ending, _ = strings.Cut(strings.ToLower(name), ".")
	return stem, ending
}

// isText and isParquet recognise what an extract is made of.
func isText(ending string) bool {
	return slices.Contains([]string{"csv", "tsv", "txt"}, strings.TrimSuffix(ending, ".gz"))
}

// mayBeText recognises other endings behind which a text may be a table.
func mayBeText(ending string) bool {
	return slices.Contains([]string{"", "dat", "asc", "tab", "skv", "text"}, strings.TrimSuffix(ending, ".gz"))
}

func isParquet(ending string) bool { return ending == "parquet" }

// pattern is a path for DuckDB, in which nothing stands for other names.
var pattern = strings.NewReplacer("[", "[[]", "*", "[*]", "?", "[?]")

// path is where DuckDB finds a file.
func (f *folder) path(name string) string { return filepath.Join(f.links, pattern.Replace(name)) }

// text is where DuckDB finds a text file in UTF-8: the file, or a copy of it.
func (f *folder) text(ctx context.Context, name string) (path string, encoding charset.Encoding, err error) {
	if what := f.odd[name]; what != "" {
		return "", 0, errors.New(what)
	}
	if encoding, err = f.detect(ctx, name); err != nil || encoding == charset.UTF8 {
		return f.path(name), encoding, err
	}
	if f.closed {
		return "", 0, errors.New("is not UTF-8, and -safe keeps it from being copied as such: save it as UTF-8")
	}
	// The copy is no gzip file.
	path = filepath.Join(f.links, copies, strings.TrimSuffix(name, filepath.Ext(name))+".csv")
	return pattern.Replace(path), encoding, f.copyText(ctx, name, encoding, path)
}

// copyText writes a copy of a text file in UTF-8.
func (f *folder) copyText(ctx context.Context, name string, encoding charset.Encoding, path string) error {
	in, err := f.open(ctx, name)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = io.Copy(out, charset.NewReader(in, encoding))
		if e := out.Close(); err == nil {
			err = e
		}
	}
	if err != nil {
		return fmt.Errorf("cannot be copied as UTF-8: %w", err)
	}
	return nil
}

// detect reads a text file to its end.
func (f *folder) detect(ctx context.Context, name string) (charset.Encoding, error) {
	in, err := f.open(ctx, name)
	if err != nil {
		return 0, err
	}
	defer in.Close()
	return charset.Detect(in)
}

// open opens a text file, what is compressed in it expanded.
func (f *folder) open(ctx context.Context, name string) (io.ReadCloser, error) {
	file, err := os.Open(filepath.Join(f.links, name))
	if err != nil {
		return nil, errors.Unwrap(err)
	}
	r := &textReader{ctx: ctx, file: file, in: file}
	if !strings.HasSuffix(strings.ToLower(name), ".gz") {
		return r, nil
	}
	if info, err := file.Stat(); err == nil {
		r.most = max(expandable, 250*info.Size())
	}
	if r.in, err = gzip.NewReader(file); err != nil {
		file.Close()
		return nil, errors.New("not a gzip file that can be read")
	}
	return r, nil
}

// expandable is how many bytes any gzip file may expand to.
var expandable int64 = 1 << 30

// textReader reads until the user has had enough, and no more from a gzip file than a
// table could have in it: one that is all alike expands to a thousand times its size.
type textReader struct {
	ctx        context.Context
	file       *os.File
	in         io.Reader
	read, most int64 // bytes; most 0: any number
}

func (r *textReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := r.in.Read(p)
	if r.read += int64(n); r.most > 0 && r.read > r.most {
		return 0, fmt.Errorf("expands to more than %d MB, so it is no table: expand it and look at it", r.most>>20)
	}
	if errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = errors.New("not a gzip file that can be read to its end: it is damaged or cut short")
	}
	return n, err
}

func (r *textReader) Close() error { return r.file.Close() }
