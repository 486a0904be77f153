package reference

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"

	"utvandring/udf/equation"
)

// ReadCSV reads a CSV file, names of columns first.
func ReadCSV(t testing.TB, file string) [][]string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
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
