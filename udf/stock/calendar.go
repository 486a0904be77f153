package stock

import "time"

// calendar knows the counted years, numbered from 0.
type calendar struct {
	first      int
	start, end int32   // 1 January of the first year and of the one after the last
	january    []int32 // 1 January of each year and of the one after the last
	year       []uint16
}

func newCalendar(first, last int) calendar {
	c := calendar{first: first}
	for y := first; y <= last+1; y++ {
		c.january = append(c.january, daysOf(y, 1, 1))
	}
	c.start, c.end = c.january[0], c.january[len(c.january)-1]
	for y := range c.january[1:] {
		for range c.january[y+1] - c.january[y] {
			c.year = append(c.year, uint16(y))
		}
	}
	c.year = append(c.year, uint16(len(c.january)-1)) // that of end
	return c
}

// has reports whether a day is in a counted year.
func (c *calendar) has(day int32) bool { return c.start <= day && day < c.end }

// yearOf is the number of the year of a day.
func (c *calendar) yearOf(day int32) int { return int(c.year[day-c.start]) }

// nextJanuary is the first counted year that begins on or after a day.
func (c *calendar) nextJanuary(day int32) int {
	if day <= c.start {
		return 0
	}
	if day >= c.end {
		return len(c.january) - 1
	}
	year := c.yearOf(day)
	if c.january[year] < day {
		year++
	}
	return year
}

// anniversary is a date that comes back every year: 29 February on 1 March in common
// years, which is the same day of the year.
type anniversary struct {
	year int
	// days from 1 January, in common and in leap years
	common, leap int32
}

func newAnniversary(day int32) anniversary {
	date := time.Unix(int64(day)*secondsOfDay, 0).UTC()
	days := int32(date.YearDay() - 1)
	a := anniversary{date.Year(), days, days}
	const february29 = 31 + 28
	switch leap := isLeap(a.year); {
	case leap && days > february29:
		a.common--
	case !leap && days >= february29:
		a.leap++
	}
	return a
}

// in is the date in a year of the calendar.
func (a anniversary) in(c *calendar, year int) int32 {
	if isLeap(c.first + year) {
		return c.january[year] + a.leap
	}
	return c.january[year] + a.common
}

// firstJanuary is the year of the first 1 January on or after the date.
func (a anniversary) firstJanuary() int {
	if a.common > 0 {
		return a.year + 1
	}
	return a.year
}

// completed are the years that are complete on a day of the calendar.
func (a anniversary) completed(c *calendar, day int32) int {
	year := c.yearOf(day)
	years := c.first + year - a.year
	if day < a.in(c, year) {
		years--
	}
	return years
}

// group is the group of the years that are complete on a day of the calendar, and the
// date on which the next begins.
func (a anniversary) group(c *calendar, day int32, floors []int, groups *[maxYears]uint8) (group uint8, next int32) {
	if years := a.completed(c, day); years >= 0 {
		group = groups[min(years, maxYears-1)]
	}
	return group, a.next(c, floors, group)
}

// next is the date on which the group after this one begins.
func (a anniversary) next(c *calendar, floors []int, group uint8) int32 {
	if int(group)+1 >= len(floors) {
		return Never
	}
	year := a.year + floors[group+1] - c.first
	if year < 0 || year+1 >= len(c.january) {
		return Never
	}
	return a.in(c, year)
}

func isLeap(y int) bool { return y%4 == 0 && (y%100 != 0 || y%400 == 0) }

const secondsOfDay = 24 * 60 * 60

// daysOf is a date in days since 1 January 1970.
func daysOf(y int, m time.Month, d int) int32 {
	return int32(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / secondsOfDay)
}
