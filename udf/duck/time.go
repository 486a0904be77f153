package duck

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/duckdb/duckdb-go/v2/mapping"
)

// appendTime writes dates, times, points in time and intervals; ok is false for
// any other type.
func (v *Vector) appendTime(b []byte, row int) (text []byte, ok bool) {
	switch v.typ.kind {
	case mapping.TypeDate:
		return appendDate(b, int64(at[int32](v.data, row)), math.MaxInt32), true
	case mapping.TypeTime:
		return appendClock(b, at[int64](v.data, row), 6), true
	case mapping.TypeTimeNS:
		return appendClock(b, at[int64](v.data, row), 9), true
	case mapping.TypeTimeTZ:
		// 40 bits of microseconds, 24 of an offset counted down from the largest.
		packed := at[uint64](v.data, row)
		const largest = 16*60*60 - 1
		b = appendClock(b, int64(packed>>24), 6)
		return appendOffset(b, largest-int64(packed&(1<<24-1))), true
	case mapping.TypeTimestamp:
		return appendTimestamp(b, at[int64](v.data, row), 6), true
	case mapping.TypeTimestampS:
		return appendTimestamp(b, at[int64](v.data, row), 0), true
	case mapping.TypeTimestampMS:
		return appendTimestamp(b, at[int64](v.data, row), 3), true
	case mapping.TypeTimestampNS:
		return appendTimestamp(b, at[int64](v.data, row), 9), true
	case mapping.TypeTimestampTZ:
		micros := at[int64](v.data, row)
		if infinite(micros, math.MaxInt64) {
			return appendTimestamp(b, micros, 6), true
		}
		_, offset := time.UnixMicro(micros).In(v.typ.zone).Zone()
		b = appendTimestamp(b, micros+int64(offset)*1e6, 6)
		return appendOffset(b, int64(offset)), true
	case mapping.TypeInterval:
		interval := at[struct {
			months, days int32
			micros       int64
		}](v.data, row)
		return appendInterval(b, int(interval.months), int(interval.days), interval.micros), true
	}
	return b, false
}

func infinite(x, largest int64) bool { return x == largest || x == -largest }

// appendDate writes days since 1970-01-01; infinity is the largest number of the
// type.
func appendDate(b []byte, days, infinity int64) []byte {
	switch days {
	case infinity:
		return append(b, "infinity"...)
	case -infinity:
		return append(b, "-infinity"...)
	}
	year, month, day := time.Unix(days*86400, 0).UTC().Date()
	era := ""
	if year <= 0 {
		year, era = 1-year, " (BC)"
	}
	b = appendPadded(b, int64(year), 4)
	b = appendPadded(append(b, '-'), int64(month), 2)
	b = appendPadded(append(b, '-'), int64(day), 2)
	return append(b, era...)
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// appendTimestamp writes a time since 1970-01-01 in units of 10^-digits seconds.
func appendTimestamp(b []byte, units int64, digits int) []byte {
	if infinite(units, math.MaxInt64) {
		return appendDate(b, units, math.MaxInt64)
	}
	day := int64(86400)
	for range digits {
		day *= 10
	}
	days := floorDiv(units, day)
	b = appendDate(b, days, math.MaxInt64)
	return appendClock(append(b, ' '), units-days*day, digits)
}

// appendClock writes a time of day in units of 10^-digits seconds.
func appendClock(b []byte, units int64, digits int) []byte {
	second := int64(1)
	for range digits {
		second *= 10
	}
	seconds, fraction := units/second, units%second
	b = appendPadded(b, seconds/3600, 2)
	b = appendPadded(append(b, ':'), seconds/60%60, 2)
	b = appendPadded(append(b, ':'), seconds%60, 2)
	if fraction == 0 {
		return b
	}
	b = appendPadded(append(b, '.'), fraction, digits)
	for b[len(b)-1] == '0' {
		b = b[:len(b)-1]
	}
	return b
}

func appendOffset(b []byte, seconds int64) []byte {
	sign := byte('+')
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	b = appendPadded(append(b, sign), seconds/3600, 2)
	if seconds%3600 != 0 {
		b = appendPadded(append(b, ':'), seconds/60%60, 2)
	}
	if seconds%60 != 0 {
		b = appendPadded(append(b, ':'), seconds%60, 2)
	}
	return b
}

func appendPadded(b []byte, x int64, width int) []byte {
	limit := int64(1)
	for range width - 1 {
		limit *= 10
	}
	for ; limit > x && limit > 1; limit /= 10 {
		b = append(b, '0')
	}
	return strconv.AppendInt(b, x, 10)
}

// appendInterval writes 1 year 2 months 3 days 04:05:06.
func appendInterval(b []byte, months, days int, micros int64) []byte {
	start := len(b)
	add := func(n int, unit string) {
		if n == 0 {
			return
		}
		if len(b) > start {
			b = append(b, ' ')
		}
		b = fmt.Appendf(b, "%d %s", n, unit)
		if n != 1 && n != -1 {
			b = append(b, 's')
		}
	}
	add(months/12, "year")
	add(months%12, "month")
	add(days, "day")
	if micros == 0 && len(b) > start {
		return b
	}
	if len(b) > start {
		b = append(b, ' ')
	}
	if micros < 0 {
		b = append(b, '-')
		micros = -micros
	}
	return appendClock(b, micros, 6)
}
