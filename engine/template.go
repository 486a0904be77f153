package engine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"utvandring/udf/sqltext"
)

// To make a database of ours from nothing DuckDB binds every view there is, ten times what it
// takes to copy them. So the first one that a version of the program makes, in which nobody
// is, is kept as a template in the user's cache folder, and later ones are copies, as is the
// first demo register that a program makes, which takes three times what it takes to copy
// it. It is a matter of time only: where there is no template, or none to be had, all is made.

// templateName is what the template is called while it is attached.
const templateName = "_utvandring_template"

// templatesKept are two each for versions used side by side.
const templatesKept = 2 * 3

// templateOf is the file of a template: that of a version has its fingerprint as name.
func templateOf(name string) (string, error) {
	dir, err := os.UserCacheDir()
	return filepath.Join(dir, "utvandring", name+".duckdb"), err
}

// demoTemplate is the name of the template with the demo register. What makes the people is
// not in a version's fingerprint, so the program's own file, as far as it can be told from
// another, is in the name. It is empty where that is not to be had: there is no template then.
func demoTemplate() string {
	version, err := fingerprint()
	if err != nil {
		return ""
	}
	program, err := os.Executable()
	if err != nil {
		return ""
	}
	info, err := os.Stat(program)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%s-demo-%x-%x", version, info.Size(), info.ModTime().UnixNano())
}

// copyTemplate fills a database that has nothing in it from a template of the version with a
// fingerprint, and reports whether it did.
func (db *DB) copyTemplate(ctx context.Context, name, fingerprint string) bool {
	file, err := templateOf(name)
	if err != nil {
		return false
	}
	if _, err := os.Stat(file); err != nil {
		return false
	}
	if db.conn.Exec(ctx, "ATTACH "+sqltext.QuoteText(file)+" AS "+templateName+" (READ_ONLY)") != nil {
		return false
	}
	defer db.conn.Exec(context.WithoutCancel(ctx), "DETACH "+templateName)
	return db.InTransaction(ctx, func() error {
		if err := db.Exec(ctx, "COPY FROM DATABASE "+templateName+" TO "+sqltext.QuoteName(db.catalog)); err != nil {
			return err
		}
		var have string
		if err := db.conn.Row(ctx, "SELECT fingerprint FROM _prepared").Scan(&have); err != nil {
			return err
		}
		if have != fingerprint {
			return errors.New("another version's")
		}
		return nil
	}) == nil
}

// keepTemplate makes the template of a database that was just made, if it can.
func (db *DB) keepTemplate(ctx context.Context, name string) {
	file, err := templateOf(name)
	if err != nil || os.MkdirAll(filepath.Dir(file), 0o700) != nil {
		return
	}
	dir, err := os.MkdirTemp(filepath.Dir(file), "making")
	if err != nil {
		return
	}
	defer os.RemoveAll(dir)
	making := filepath.Join(dir, "template.duckdb")
	// Most tables have a row or two, and each takes a block.
	if db.conn.Exec(ctx, "ATTACH "+sqltext.QuoteText(making)+" AS "+templateName+" (BLOCK_SIZE 16384)") != nil {
		return
	}
	err = db.conn.Exec(ctx, fmt.Sprintf("COPY FROM DATABASE %s TO %s", sqltext.QuoteName(db.catalog), templateName))
	// Detaching writes what is there into the file.
	if detached := db.conn.Exec(context.WithoutCancel(ctx), "DETACH "+templateName); err != nil || detached != nil {
		return
	}
	if os.Rename(making, file) == nil {
		os.RemoveAll(dir)
		forgetTemplates(filepath.Dir(file))
	}
}

// forgetTemplates leaves the newest, and nothing that a killed program was making.
func forgetTemplates(dir string) {
	entries, _ := os.ReadDir(dir)
	var there []os.FileInfo
	for _, e := range entries {
		if info, err := e.Info(); err == nil {
			there = append(there, info)
		}
	}
	slices.SortFunc(there, func(a, b os.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
	for _, old := range there[min(templatesKept, len(there)):] {
		os.RemoveAll(filepath.Join(dir, old.Name()))
	}
}
