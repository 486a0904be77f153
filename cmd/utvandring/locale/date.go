package locale

import (
	"fmt"
	"time"
)

// months are shortened as Norwegian does.
var months = [...]string{"jan.", "feb.", "mars", "april", "mai", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "des."}

// Month says a month of a year, for an axis.
func (l Locale) Month(t time.Time) string {
	if l == Norwegian {
		return fmt.Sprintf("%s %d", months[t.Month()-1], t.Year())
	}
	return t.Format("2006-01")
}

// Day says a day of a known year, for an axis.
func (l Locale) Day(t time.Time) string {
	if l == Norwegian {
		return fmt.Sprintf("%d. %s", t.Day(), months[t.Month()-1])
	}
	return t.Format("01-02")
}
