package udf

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
)

var periodColumns = []Column{{"first_year", Integer}, {"last_year", Integer}}

// _periods(macro, periods, years) are the periods that a macro is given, a list of
// [first_year, last_year], a row each. Anything else is an error: SQL would read
// [2004] as a period without end and find no year in it, and add up a period that
// stands there twice. years are those of the cells; periods of which they lack some are
// noted.
var _ = add(Function{
	Name:   "_periods",
	Args:   3,
	Result: periodColumns,
	Run: func(ctx context.Context, args []Value) (*Table, error) {
		macro, err := args[0].Text()
		if err != nil {
			return nil, err
		}
		t, err := readPeriods(args[1])
		if err != nil {
			return nil, fmt.Errorf("%s: %w; a list of [first_year, last_year] is wanted, such as [[2004, 2008], [2009, 2013]]", macro, err)
		}
		noteLacking(ctx, macro, t, args[2])
		return t, nil
	},
})

// noteLacking notes the periods that have years which the cells have not: what is said of
// them is said of fewer years. It notes rows without a year too.
func noteLacking(ctx context.Context, macro string, periods *Table, of Value) {
	has := map[int64]bool{}
	for _, v := range of.Elements() {
		if year, err := v.Int(); err == nil {
			has[year] = true
		} else if v.Null() {
			Note(ctx, "%s: the cells have rows without a year, which are in no period", macro)
		}
	}
	if len(has) == 0 {
		return
	}
	firsts, lasts := periods.columns[0].([]int64), periods.columns[1].([]int64)
	for i, first := range firsts {
		years := int64(0)
		for year := range has {
			if year >= first && year <= lasts[i] {
				years++
			}
		}
		if all := lasts[i] - first + 1; years < all {
			Note(ctx, "%s: of the %d years of period %d-%d the cells have %d", macro, all, first, lasts[i], years)
		}
	}
}

func readPeriods(a Value) (*Table, error) {
	periods, err := a.List()
	switch {
	case err != nil:
		return nil, fmt.Errorf("periods %w", err)
	case len(periods) == 0:
		return nil, errors.New("periods is an empty list")
	}
	t := Rows(periodColumns)
	var seen [][]int64
	for i := range periods {
		ends, err := periods[i].List()
		if err != nil {
			return nil, fmt.Errorf("period %d %w", i+1, err)
		}
		var years []int64
		for j := range ends {
			year, err := ends[j].Int()
			if err == nil && (year < math.MinInt32 || year > math.MaxInt32) {
				err = fmt.Errorf("is %d, too large", year)
			}
			if err != nil {
				return nil, fmt.Errorf("year %d of period %d %w", j+1, i+1, err)
			}
			years = append(years, year)
		}
		switch {
		case len(years) != 2:
			return nil, fmt.Errorf("period %d, %v, has not two years", i+1, years)
		case years[0] > years[1]:
			return nil, fmt.Errorf("period %d, %v, ends before it begins", i+1, years)
		case slices.ContainsFunc(seen, func(p []int64) bool { return slices.Equal(p, years) }):
			return nil, fmt.Errorf("period %d, %v, is there already", i+1, years)
		}
		seen = append(seen, years)
		t.Append(years[0], years[1])
	}
	return t, nil
}
