package engine

import (
	"fmt"
	"slices"
	"strings"

	"utvandring/udf/sqltext"
)

// dayFormats are the ways to write a date that a draft tries, the likelier of two first. With a
// Z it must be midnight: 23:00 there may be of the day after here.
var dayFormats = []string{iso, "%Y%m%d", "%d.%m.%Y", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%Y/%m/%d", "%Y.%m.%d", "%d%m%Y", "%d%b%Y", "%d %b %Y", "%d-%b-%Y",
	"%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%dT00:00:00Z", "%Y-%m-%d %H:%M:%S.%f"}

const iso = "%Y-%m-%d"

// format finds how the dates of a column are written. note is why it cannot tell.
func (d *drafter) format(f *draftFile, column string, values []string, condition string) (format, note string, err error) {
	if len(values) == 0 {
		return iso, "nothing is in it", nil
	}
	tests := mapped(dayFormats, func(format string) string {
		return fmt.Sprintf("count(*) FILTER (year(try_strptime(v, '%s')) BETWEEN 1850 AND 9999)", format)
	})
	// Excel's numbers of days. Those of 1850 to 2100 are days of 1905: where most are such, they
	// are years, and a number that begins with 0 is of day and month.
	tests = append(tests, `CASE WHEN 2 * count(*) FILTER (TRY_CAST(v AS INTEGER) BETWEEN 1850 AND 2100) > count(*) THEN 0
		ELSE count(*) FILTER (TRY_CAST(v AS INTEGER) BETWEEN 1 AND 80000 AND v NOT LIKE '0%') END`)
	where := fmt.Sprintf("v <> '' AND v NOT IN (%s)", strings.Join(sqltext.QuoteAll(absent, sqltext.QuoteText), ", "))
	counts, err := d.db.conn.Texts(d.ctx, fmt.Sprintf(`SELECT unnest([count(*), %s])::VARCHAR FROM (SELECT trim(%s::VARCHAR) AS v FROM (FROM %s%s LIMIT %d)) WHERE %s`,
		strings.Join(tests, ", "), sqltext.QuoteName(column), f.source, whereOf(condition), looked, where))
	if err != nil {
		return "", "", err
	}
	var all, most int
	fmt.Sscan(counts[0], &all)
	var best []string
	for i, format := range append(slices.Clone(dayFormats), "excel") {
		var n int
		fmt.Sscan(counts[i+1], &n)
		switch {
		case n == 0 || n < most:
		case n > most:
			best, most = []string{format}, n
		default:
			best = append(best, format)
		}
	}
	switch {
	case most*2 < all || most == 0:
		return "", fmt.Sprintf("how are its dates written, such as %s?", firstOf(values[:min(3, len(values))])), nil
	case len(best) > 1:
		return best[0], fmt.Sprintf("%s or is it '%s'?", unfinished, strings.Join(best[1:], "' or '")), nil
	case most < all:
		return best[0], fmt.Sprintf("%d of %d are no such dates", all-most, all), nil
	}
	return best[0], "", nil
}

// inclusive finds whether the last day of a spell belongs to it: whether the next spell of
// the person begins on that day or on the one after.
func (d *drafter) inclusive(f *draftFile, column, format, condition string) (answer, note string, err error) {
	var residence draftTable
	for _, t := range draftTables {
		if t.table == "residence" {
			residence = t
		}
	}
	found, _ := residence.match(f.header)
	from := f.header[found[2]]
	values, err := d.values(f, from, condition)
	if err != nil {
		return "", "", err
	}
	fromFormat, _, err := d.format(f, from, values, condition)
	if err != nil || fromFormat == "" {
		return unfinished, "true where the last day belongs to the spell", err
	}
	counts, err := d.db.conn.Texts(d.ctx, fmt.Sprintf(`
		SELECT unnest([count(*) FILTER (next = last), count(*) FILTER (next = last + 1)])::VARCHAR FROM (
		  SELECT last, lead(first) OVER (PARTITION BY id ORDER BY first) AS next FROM (
		    SELECT %s AS id, TRY_CAST(day_in(%s, '%s') AS DATE) AS first, TRY_CAST(day_in(%s, '%s') AS DATE) AS last FROM (FROM %s%s LIMIT %d)))`,
		sqltext.QuoteName(f.header[found[0]]), sqltext.QuoteName(from), fromFormat, sqltext.QuoteName(column), format, f.source, whereOf(condition), looked))
	if err != nil {
		return "", "", err
	}
	var same, after int
	fmt.Sscan(counts[0], &same)
	fmt.Sscan(counts[1], &after)
	switch {
	case same > 3*after:
		return "false", fmt.Sprintf("%d spells begin the day another ends", same), nil
	case after > 3*same:
		return "true", fmt.Sprintf("%d spells begin the day after another ends", after), nil
	}
	return unfinished, "true where the last day belongs to the spell", nil
}

func whereOf(condition string) string {
	if condition == "" {
		return ""
	}
	return " WHERE " + condition
}
