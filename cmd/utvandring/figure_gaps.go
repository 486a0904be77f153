package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"utvandring/cmd/utvandring/plot"
)

// expected is what a whole register has: the years it is counted for, and the
// groups of each dimension.
type expected struct {
	years  map[int]bool
	groups map[string][]string
}

// expects asks the database what a figure could show.
func (s *session) expects() (expected, error) {
	e := expected{years: map[int]bool{}, groups: map[string][]string{
		"sex":           {"female", "male"},
		"country_group": {"1", "2", "3"},
		"centrality":    {"1", "2", "3", "4"},
	}}
	years, err := s.texts("SELECT DISTINCT year FROM population_cell")
	if err != nil {
		return e, err
	}
	for _, r := range years {
		y, _ := strconv.Atoi(r[0])
		e.years[y] = true
	}
	for column, query := range map[string]string{
		"county":         "SELECT DISTINCT county FROM municipality ORDER BY county",
		"age_group":      "SELECT unnest(enum_range(NULL::age_group))::VARCHAR",
		"duration_group": "SELECT unnest(enum_range(NULL::duration_group))::VARCHAR",
	} {
		rows, err := s.texts(query)
		if err != nil {
			return e, err
		}
		for _, r := range rows {
			e.groups[column] = append(e.groups[column], r[0])
		}
	}
	return e, nil
}

// lacks says which years and groups of a figure the register does not have; ""
// when it has all.
func (e expected) lacks(f figure, t plot.Table) string {
	var missing []string
	if f.first > 0 {
		var years []int
		for y := f.first; y <= f.last; y++ {
			if !e.years[y] {
				years = append(years, y)
			}
		}
		if len(years) > 0 {
			missing = append(missing, ranges(years))
		}
	}
	if len(t.Rows) == 0 {
		// Which of the groups are missing, the rows would say.
		missing = append(missing, "the people it shows")
	} else {
		for _, column := range []string{f.spec.X, f.spec.Color, f.spec.Facet} {
			have := t.Values(column)
			for _, group := range e.groups[column] {
				if !slices.Contains(have, group) {
					missing = append(missing, strings.ReplaceAll(column, "_", " ")+" "+group)
				}
			}
		}
	}
	if len(missing) == 0 {
		return ""
	}
	return "Not in the register: " + strings.Join(missing, ", ") + "."
}

// ranges writes years as 1990–1999, 2004.
func ranges(years []int) string {
	var parts []string
	for i := 0; i < len(years); {
		j := i
		for j+1 < len(years) && years[j+1] == years[j]+1 {
			j++
		}
		if i == j {
			parts = append(parts, fmt.Sprint(years[i]))
		} else {
			parts = append(parts, fmt.Sprintf("%d–%d", years[i], years[j]))
		}
		i = j + 1
	}
	return strings.Join(parts, ", ")
}
