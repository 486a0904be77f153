package reference

import (
	"bytes"
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"

	"utvandring/udf/equation"
)

// ReadFile reads what is there, or the test has failed.
func ReadFile(t testing.TB, file string) []byte {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// ReadCSV reads a CSV file, names of columns first.
func ReadCSV(t testing.TB, file string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(ReadFile(t, file))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// ReadPanel reads a CSV file of numbers whose first column is the year. An empty cell is
// missing.
func ReadPanel(t testing.TB, file string) *equation.Panel {
	t.Helper()
	rows := ReadCSV(t, file)
	var years []int64
	data := make([][]float64, len(rows[0])-1)
	for _, row := range rows[1:] {
		year, err := strconv.ParseInt(row[0], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		years = append(years, year)
		for i, cell := range row[1:] {
			x, err := strconv.ParseFloat(cell, 64)
			if cell == "" {
				x, err = math.NaN(), nil
			}
			if err != nil {
				t.Fatal(err)
			}
			data[i] = append(data[i], x)
		}
	}
	p, err := equation.NewPanel(years, rows[0][1:], data, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
