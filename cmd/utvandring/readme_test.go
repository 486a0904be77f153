package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"utvandring/udf/long"
	"utvandring/udf/reference"
)

const readme = "../../README.md"

// TestREADMETranscripts runs every statement of the README's transcripts, in
// order and in one session over the demo register, and holds what is printed
// below it against what comes. With UPDATE=1 the README is written anew; read
// the difference before committing it.
func TestREADMETranscripts(t *testing.T) {
	text := reference.ReadFile(t, readme)
	if !long.Asked() && os.Getenv("UPDATE") == "" { // what the register has of the report takes as long as all the rest
		text, _, _ = bytes.Cut(text, []byte("demo> SELECT count(*) FILTER (WHERE holds)"))
	}
	const mark = "--- a statement of the README ends here ---"
	var script strings.Builder
	statements := 0
	eachTranscript(string(text), func(input string) string {
		statements++
		fmt.Fprintf(&script, "%s\n.print %s\n", input, mark)
		return ""
	})
	if statements < 10 {
		t.Fatalf("only %d statements found: has the form of the transcripts changed?", statements)
	}
	folder := t.TempDir()
	if err := copyDatabase(preparedDemo, folder); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "readme.sql")
	if err := os.WriteFile(path, []byte(script.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr strings.Builder
	m := Main{Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr}
	if status := m.Run([]string{"-no-init", "-f", path, filepath.Join(folder, "demo.duckdb")}); status != exitOK {
		t.Fatalf("status %d: %s", status, stderr.String())
	}
	outputs := strings.Split(stdout.String(), mark+"\n")
	next := 0
	got := eachTranscript(string(text), func(string) string {
		next++
		return outputs[next-1]
	})
	if got == string(text) {
		return
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(readme, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("README.md differs (UPDATE=1 go test writes it anew); first in\n%s", firstDifference(string(text), got))
}

// TestREADMEPicture draws the README's picture as the README says. With UPDATE=1 it is
// written anew; look at it before committing it.
func TestREADMEPicture(t *testing.T) {
	const picture, command = "../../testdata/readme/frequency.svg", ".plot frequency_by_country_group frequency.svg"
	if !strings.Contains(string(reference.ReadFile(t, readme)), "demo> "+command+"\n") {
		t.Fatalf("the README has no %s", command)
	}
	file := filepath.Join(t.TempDir(), "frequency.svg")
	var stderr strings.Builder
	m := Main{Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: &stderr}
	draw := strings.TrimSuffix(command, "frequency.svg") + file
	if status := m.Run([]string{"-no-init", "-readonly", "-c", draw, demoFile(t)}); status != exitOK {
		t.Fatalf("status %d: %s", status, stderr.String())
	}
	drawn := reference.ReadFile(t, file)
	if got := reference.ReadFile(t, picture); string(got) == string(drawn) {
		return
	}
	if os.Getenv("UPDATE") == "" {
		t.Fatal("testdata/readme/frequency.svg is not what the README's command draws (UPDATE=1 go test writes it anew)")
	}
	if err := os.WriteFile(picture, drawn, 0o666); err != nil {
		t.Fatal(err)
	}
}

// eachTranscript calls f with every statement (or dot-command) of the blocks
// marked console, and gives the README with its outputs replaced by f's.
func eachTranscript(text string, f func(input string) string) string {
	var out, input strings.Builder
	inside := false
	flush := func() {
		if input.Len() > 0 {
			out.WriteString(f(strings.TrimSuffix(input.String(), "\n")))
			input.Reset()
		}
	}
	for line := range strings.Lines(text) {
		statement, begins := strings.CutPrefix(line, "demo> ")
		more, goesOn := strings.CutPrefix(line, " ...> ")
		switch {
		case strings.HasPrefix(line, "```"):
			flush()
			inside = line == "```console\n"
			out.WriteString(line)
		case inside && begins:
			flush()
			input.WriteString(statement)
			out.WriteString(line)
		case inside && goesOn:
			input.WriteString(more)
			out.WriteString(line)
		case !inside:
			out.WriteString(line)
		}
	}
	return out.String()
}

// TestREADMECommands runs the README's lines that begin "$ utvandring" in a
// shell, in a folder with the project's testdata. TestMain has put utvandring on the
// PATH; the demo register of a start without a database is the one made for all tests.
func TestREADMECommands(t *testing.T) {
	text := reference.ReadFile(t, readme)
	folder := t.TempDir()
	scripts, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(scripts, filepath.Join(folder, "testdata")); err != nil {
		t.Fatal(err)
	}
	commands := regexp.MustCompile(`(?m)^\$ (.*\butvandring -.*)$`).FindAllStringSubmatch(string(text), -1)
	if len(commands) < 3 {
		t.Fatalf("only %d commands found", len(commands))
	}
	for _, c := range commands {
		if strings.HasPrefix(c[1], "go ") {
			continue // the main job, which TestMainJob runs
		}
		command := exec.Command("bash", "-c", `set -o pipefail; utvandring() { command utvandring -readonly "$@" "$demo"; }; `+c[1])
		command.Dir, command.Env = folder, append(os.Environ(), "demo="+demoFile(t))
		if out, err := command.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", c[1], err, out)
		}
	}
	for _, file := range []string{"frequency.csv", "regions.md"} {
		if info, err := os.Stat(filepath.Join(folder, file)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// TestREADMENames holds the README's words for files, views and macros against
// what there is.
func TestREADMENames(t *testing.T) {
	text := reference.ReadFile(t, readme)
	for _, link := range regexp.MustCompile(`\]\(([^)#]+)\)`).FindAllStringSubmatch(string(text), -1) {
		if strings.Contains(link[1], "://") {
			continue
		}
		if _, err := os.Stat(filepath.Join("../..", link[1])); err != nil {
			t.Error(err)
		}
	}
}

// TestMainJob runs the script of the README's first command and holds the
// counterfactual against the shape of table 4.11: relative income lowers
// emigration, unemployment in Norway raises it and that of group 1 lowers it, in
// every year from 2001, and each accumulated response is within 15 per cent of
// the printed one times the size of the demo register.
func TestMainJob(t *testing.T) {
	out, errs, status := runProgram(demoFile(t), "-no-init", "-readonly", "-csv", "-f", "../../testdata/scripts/main_job.sql")
	if status != exitOK {
		t.Fatal(errs)
	}
	_, table, found := strings.Cut(out, "year,income,")
	if !found {
		t.Fatal(out)
	}
	rows := strings.Split(strings.TrimSpace(table), "\n")[1:]
	if len(rows) != 15 {
		t.Fatalf("%d rows, not 2000-2013 and their sum", len(rows))
	}
	for _, row := range rows {
		var income, printedIncome, norway, printedNorway, group1, printedGroup1 float64
		year, rest, _ := strings.Cut(row, ",")
		if _, err := fmt.Sscanf(strings.ReplaceAll(rest, ",", " "), "%g %g %g %g %g %g", &income, &printedIncome, &norway, &printedNorway, &group1, &printedGroup1); err != nil {
			t.Fatal(row, err)
		}
		if year > "2000" && (income >= 0 || norway <= 0 || group1 >= 0) {
			t.Errorf("signs: %s", row)
		}
		if year == "2000-2013" {
			for _, pair := range [][2]float64{{income, printedIncome}, {norway, printedNorway}, {group1, printedGroup1}} {
				if ratio := pair[0] / (pair[1] * 0.05); ratio < 0.85 || ratio > 1.15 {
					t.Errorf("%g where the report prints %g, on a register of 0.05", pair[0], pair[1])
				}
			}
		}
	}
}
