package main

import (
	"fmt"
	"strings"
)

// didYouMean gives ` (did you mean "-csv"?)` for the name nearest to what was
// typed, or "" where nothing is near.
func didYouMean(typed string, names []string, prefix string) string {
	best, distance := "", 1+len(typed)/2
	for _, name := range names {
		d := editDistance(strings.ToLower(typed), strings.ToLower(name))
		if strings.HasPrefix(name, typed) && typed != "" {
			d = 1
		}
		if d < distance {
			best, distance = name, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(" (did you mean %q?)", prefix+best)
}

// editDistance counts the letters to insert, delete, replace or swap to make b
// of a.
func editDistance(a, b string) int {
	x, y := []rune(a), []rune(b)
	rows := make([][]int, len(x)+1)
	for i := range rows {
		rows[i] = make([]int, len(y)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(x); i++ {
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(x)][len(y)]
}
