package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"utvandring/engine"
	"utvandring/sql"
	"utvandring/udf/long"
	"utvandring/udf/sheet"
)

// Every example in the comments of sql runs, over the demo register and what testdata/examples
// has for a user's own files, tables and models.
func TestEveryExampleRuns(t *testing.T) {
	folder := t.TempDir()
	files, err := filepath.Abs("../../testdata/examples")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(folder, os.DirFS(files)); err != nil {
		t.Fatal(err)
	}
	if err := copyDatabase(preparedDemo, folder); err != nil {
		t.Fatal(err)
	}
	t.Chdir(folder)
	writeBook(t, "book.xlsx")
	var errs strings.Builder
	o, err := parseFlags([]string{"-no-init", "demo.duckdb"})
	if err != nil {
		t.Fatal(err)
	}
	s := newSession(&Main{Stdin: strings.NewReader(""), Stdout: &strings.Builder{}, Stderr: &errs}, o)
	t.Cleanup(s.close)
	if err := s.start(o); err != nil {
		t.Fatal(err)
	}
	run := func(text string) error {
		return s.runScript(scriptSource{name: "example"}, strings.NewReader(text+"\n"))
	}
	// What counts people at once, as only long tests do, does so for one in twenty; what is kept is
	// of all.
	few := ""
	for _, table := range []string{"person", "residence", "migration", "citizenship"}[:long.Runs(4, 0)] {
		few += "DELETE FROM " + table + " WHERE person_id % 20 > 0;\n"
	}
	if err := run(few + ".read setup.sql"); err != nil {
		t.Fatal(err, errs.String())
	}
	seen := map[string]bool{}
	for _, e := range engine.Entries() {
		for _, example := range e.Examples() {
			if seen[example] {
				continue
			}
			skip := len(seen)%long.Runs(1, 11) != long.Runs(0, 7) // others of those parts count people at once
			seen[example] = true
			if skip {
				continue
			}
			errs.Reset()
			begin := "BEGIN;\n" // what an example changes is nothing to the next
			if strings.HasPrefix(e.File, "sql/protect/") {
				begin += "CREATE TEMP TABLE cell AS FROM demo.cell WHERE year = 2013 AND county = 'Finnmark' AND country_group = 3;\n" // the audit of all takes half a minute
			}
			if err := run(begin + example); err != nil {
				t.Errorf("%s (%s): %s\n%s%v", e.Name, e.File, example, errs.String(), err)
			}
			if err := run("ROLLBACK;"); err != nil {
				t.Fatal(err)
			}
		}
	}
	if len(seen) < 110 {
		t.Errorf("only %d examples", len(seen))
	}
}

// writeBook writes a workbook with a sheet called Emigration.
func writeBook(t *testing.T, name string) {
	t.Helper()
	book, err := sheet.NewWriter()
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if err := book.Sheet("Emigration", []string{"year", "emigrations"}); err != nil {
		t.Fatal(err)
	}
	if err := book.Row([]any{2013.0, 11.0}, make([]bool, 2)); err != nil {
		t.Fatal(err)
	}
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := book.WriteTo(file); err != nil {
		t.Fatal(err)
	}
}

// The handbook has every object once, with its signature and examples, under a chapter,
// every command and topic; its links lead somewhere, and it needs nothing else.
func TestHandbook(t *testing.T) {
	out, errs, status := runProgram("", "-handbook")
	if status != exitOK || errs != "" {
		t.Fatal(status, errs)
	}
	ids := map[string]int{}
	for _, m := range regexp.MustCompile(`\bid="([^"]*)"`).FindAllStringSubmatch(out, -1) {
		ids[m[1]]++
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("%d times %s", n, id)
		}
	}
	wanted := topicNames()
	for i := range wanted {
		wanted[i] = "topic-" + wanted[i]
	}
	for _, c := range commandTable() {
		wanted = append(wanted, "command-"+c.name)
	}
	for _, e := range engine.Entries() {
		wanted = append(wanted, e.Name)
	}
	for _, id := range wanted {
		if ids[id] == 0 {
			t.Errorf("no %s", id)
		}
	}
	body, _, _ := strings.Cut(out, "<script>")
	for _, m := range regexp.MustCompile(`(?:href|src)="([^"]*)"`).FindAllStringSubmatch(body, -1) {
		if id, ok := strings.CutPrefix(m[1], "#"); !ok || ids[id] == 0 {
			t.Errorf("a link to %s", m[1])
		}
	}
	for _, text := range []string{
		`<pre class="signature">frequency_of(cells, dims, count := &#39;all&#39;)</pre>`,
		`<pre class="example"><code>FROM sur(&#39;4.1&#39;, panel_1);`,
		`<dt>max_iterations</dt><dd>no convergence within it`,
		`method <small>VARCHAR</small></dt>`, // of sur_equations, whose comment says "as sur"
		`person_id BIGINT`,
	} {
		if !strings.Contains(strings.ReplaceAll(out, "  ", " "), text) {
			t.Errorf("no %s", text)
		}
	}
	// Every room of sql is a chapter.
	for _, name := range sql.Order {
		folder, _, _ := strings.Cut(name, "/")
		if !slices.ContainsFunc(rooms, func(r struct{ folder, title string }) bool { return r.folder == folder }) {
			t.Errorf("sql/%s is no chapter", folder)
		}
	}
}
