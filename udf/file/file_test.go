package file

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// folder has a file, a folder named like one, a pipe, and a link that leads out of it.
func folder(t *testing.T) (dir string) {
	dir = t.TempDir()
	for _, sub := range []string{"in/x.px", "in/sub", "out", "inner"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"in/a.px", "in/b.px", "in/[1].px", "out/c.px", "inner/d.px"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "in/a.px.gz"), []byte("\x1f\x8b\x08\x00"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "in/pipe"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(dir, "out"), filepath.Join(dir, "in/link")); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestOpen(t *testing.T) {
	dir := folder(t)
	closed := Access{Closed: true, Directories: []string{filepath.Join(dir, "in")}, Paths: []string{filepath.Join(dir, "inner/d.px")}}
	for _, c := range []struct {
		access     Access
		name, want string // "" where it opens
	}{
		{Access{}, "in/a.px", ""},
		{Access{}, "in/x.px", "is a directory"},
		{Access{}, "in/pipe", "no regular file"},
		{Access{}, "in/a.px.gz", "is packed (gzip): unpack it first"},
		{Access{}, "/dev/zero", "no regular file"},
		{Access{}, "in/nothing.px", "there is no file"},
		{Access{}, "in/a.px/b", "not a directory"},
		{Access{}, "in/a\x00.px", "NUL"},
		{closed, "in/a.px", ""},
		{closed, "in/sub/../a.px", ""},
		{closed, "in/link/c.px", "may not be opened"},
		{closed, "in/../out/c.px", "may not be opened"},
		{closed, "out/nothing.px", "may not be opened"}, // nor is it told whether it is there
		{closed, "inner/d.px", ""},
		{closed, "inner/e.px", "may not be opened"},
		{closed, "in/nothing.px", "there is no file"},
		{Access{Closed: true}, "in/a.px", "may not be opened"},
	} {
		name := c.name
		if !filepath.IsAbs(name) {
			name = filepath.Join(dir, "in") + "/../" + name
		}
		f, err := c.access.Open(name)
		if err == nil {
			f.Close()
		}
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s, closed %t: %v, want %q", c.name, c.access.Closed, err, c.want)
		}
	}
}

func TestGlob(t *testing.T) {
	dir := folder(t)
	closed := Access{Closed: true, Directories: []string{filepath.Join(dir, "in")}}
	for _, c := range []struct {
		access        Access
		pattern, want string
	}{
		{Access{}, "in/?.px", "in/a.px in/b.px in/x.px"},
		{Access{}, "*/c.px", "out/c.px"},
		{Access{}, "in/[1].px", "in/[1].px"}, // a file of that name comes first
		{Access{}, "in/no*", "no file is named like"},
		{Access{}, "in/[a", "without its ]"},
		{Access{Search: []string{"/nowhere", dir}}, "x:in/a.px", "in/a.px"}, // x: as it is, not in the folder
		{Access{Search: []string{dir}}, "x:in/[ab].px", "in/a.px in/b.px"},
		{Access{Search: []string{dir}}, "x:in/no.px", "in/no.px"},
		{closed, "in/[ab].px", "in/a.px in/b.px"},
		{closed, "*/c.px", "may not be opened"},
		{closed, "out/*", "may not be opened"},
	} {
		pattern, bare := strings.CutPrefix(c.pattern, "x:")
		if !bare {
			pattern = filepath.Join(dir, pattern)
		}
		names, err := c.access.Glob(pattern)
		got := strings.ReplaceAll(strings.Join(names, " "), dir+"/", "")
		if err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, c.want) {
			t.Errorf("%s: %s, want %s", c.pattern, got, c.want)
		}
	}
}
