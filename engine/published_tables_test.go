package engine

import (
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"utvandring/udf/long"
	"utvandring/udf/reference"
	"utvandring/udf/sqltext"
)

// readTSV reads a file of tab-separated values as maps by the names of its first line.
func readTSV(t *testing.T, path string) (rows []map[string]string) {
	t.Helper()
	text := reference.ReadFile(t, path)
	lines := strings.Split(strings.TrimRight(string(text), "\n"), "\n")
	names := strings.Split(lines[0], "\t")
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, field := range strings.Split(line, "\t") {
			row[names[i]] = field
		}
		rows = append(rows, row)
	}
	return rows
}

// The published tables of seven offices read as two other programs read them (see the
// README beside the expected numbers), or fail where those say, in line and keyword.
func TestPublishedTables(t *testing.T) {
	t.Parallel()
	folder := shared(t, "reference/files/A_pxjson")
	data := shared(t, "data")
	db := empty(t)
	cells := map[string][]map[string]string{}
	for _, c := range readTSV(t, filepath.Join(folder, "cells.tsv")) {
		key := c["file"] + " " + c["dataset"]
		cells[key] = append(cells[key], c)
	}
	for _, c := range long.Rows(readTSV(t, filepath.Join(folder, "summary.tsv")), 4) {
		t.Run(c["file"]+" "+c["dataset"], func(t *testing.T) {
			macro, more := "px", ""
			if strings.HasPrefix(c["file"], "jsonstat") {
				macro = "jsonstat"
				if c["dataset"] != "" {
					number, err := strconv.Atoi(c["dataset"])
					more = ", dataset := " + strconv.Itoa(number+1)
					if err != nil {
						more = ", dataset := " + sqltext.QuoteText(c["dataset"])
					}
				}
			}
			file := filepath.Join(data, c["file"])
			db.TakeNotes()
			result, err := db.Run(t.Context(), fmt.Sprintf("FROM read_%s(%s%s)", macro, sqltext.QuoteText(file), more), 0)
			notes := strings.Join(db.TakeNotes(), "\n")
			if c["result"] == "broken" {
				if err == nil {
					result.Close()
				}
				if err == nil || macro == "px" && !strings.Contains(err.Error(), fmt.Sprintf("%s:%s: %s: %s", file, c["line"], c["keyword"], c["reason"])) {
					t.Fatalf("line %s: %s: %s, not %v", c["line"], c["keyword"], c["reason"], err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer result.Close()
			if warned := notes != ""; warned != (c["result"] == "warn") {
				t.Errorf("the notes are %q, and the file is %s: %s", notes, c["result"], c["reason"])
			}
			if macro == "px" && c["keyword"] != "" {
				line := ":" + c["line"]
				if c["line"] == "0" {
					line = ""
				}
				if want := file + line + ": " + c["keyword"] + ": "; !strings.Contains(notes, want) {
					t.Errorf("no note begins with %s: %s", want, notes)
				}
			}
			comparePublished(t, result, c, cells[c["file"]+" "+c["dataset"]])
		})
	}
}

// comparePublished holds a result against what is expected of all and of some cells.
func comparePublished(t *testing.T, result *Result, want map[string]string, cells []map[string]string) {
	var dims []string
	if err := json.Unmarshal([]byte(want["dims"]), &dims); err != nil {
		t.Fatal(err)
	}
	for i, name := range dims {
		if got := result.Columns[2*i].Name; got != name {
			t.Errorf("dimension %d is %q, want %q", i+1, got, name)
		}
	}
	n, missing, sum := 0, 0, 0.0
	at := map[string]map[string]string{}
	for _, c := range cells {
		at[c["position"]] = c
	}
	for row := range result.Rows() {
		value := row.Float(2 * len(dims))
		if math.IsNaN(value) {
			missing++
		} else {
			sum += value
		}
		if c := at[strconv.Itoa(n)]; c != nil {
			delete(at, strconv.Itoa(n))
			codes, labels := make([]string, len(dims)), make([]string, len(dims))
			for i := range dims {
				labels[i], codes[i] = row.Text(2*i), row.Text(2*i+1)
			}
			number := math.NaN()
			if c["value"] != "" {
				number, _ = strconv.ParseFloat(c["value"], 64)
			}
			if value != number && !(math.IsNaN(value) && math.IsNaN(number)) || row.Text(2*len(dims)+1) != c["status"] {
				t.Errorf("cell %d is %g %q, want %q %q", n, value, row.Text(2*len(dims)+1), c["value"], c["status"])
			}
			for i, list := range [][]string{codes, labels} {
				var want []string
				json.Unmarshal([]byte(c[[]string{"codes", "labels"}[i]]), &want)
				if strings.Join(want, "|") != strings.Join(list, "|") {
					t.Errorf("cell %d is of %q, want %q", n, list, want)
				}
			}
		}
		n++
	}
	if len(at) > 0 {
		t.Errorf("%d cells are not there", len(at))
	}
	total, _ := strconv.ParseFloat(want["sum"], 64)
	if strconv.Itoa(n) != want["n_cells"] || strconv.Itoa(missing) != want["n_missing"] || math.Abs(sum-total) > 1e-9*math.Abs(total) {
		t.Errorf("%d cells, %d missing, sum %.10g; want %s, %s, %s", n, missing, sum, want["n_cells"], want["n_missing"], want["sum"])
	}
}
