package demo

import "time"

// Days are counted from 1 January 1970, as DuckDB counts a DATE.

// firstYear begins the simulated history, so that the long durations of 1990
// have grown by themselves; registerYear is the first year a user sees.
const (
	firstYear    = 1950
	registerYear = 1990
	lastYear     = 2013
)

// january1 of a year, as a day.
func january1(year int) int32 { return newYear[year-newYearFrom] }

const newYearFrom = 1850

var newYear = func() (days [lastYear + 3 - newYearFrom]int32) {
	for i := range days {
		days[i] = int32(time.Date(newYearFrom+i, 1, 1, 0, 0, 0, 0, time.UTC).Unix() / 86400)
	}
	return days
}()

// Months weigh differently: people move when a job, a lease or a school year
// begins or ends. The third quarter sees most emigrations (report, section 3.1).
var (
	leavingMonths = cumulate([]float64{10, 7, 7.5, 7, 8, 9.5, 11, 12.5, 9.5, 7, 6, 5})
	comingMonths  = cumulate([]float64{11, 7.5, 7.5, 7, 7, 8.5, 9, 13, 11, 8.5, 6, 4})
	movingMonths  = cumulate([]float64{8, 7, 7, 7, 7, 10, 10, 13, 10, 8, 7, 6})
)

var monthStart = [13]int32{0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365}

// dayIn is a day of the year, drawn with the months' weights.
func (r random) dayIn(year int, months []float64) int32 {
	m := r.pick(months)
	return january1(year) + r.between(monthStart[m], monthStart[m+1]-1)
}
