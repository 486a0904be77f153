package locale

// Numbers are written as a person reads them. Results themselves are written by package
// render, with every digit.

import (
	"iter"
	"math"
	"strconv"
	"strings"

	"utvandring/udf/later"
)

// NoBreak is the space that parts thousands where a line may be broken.
const NoBreak = "\u00a0"

// Decimal writes a number without exponent, unless it would be very long. One that is
// rounded to nothing has no sign.
func Decimal(v float64, decimals int) string {
	if a := math.Abs(v); a >= 1e15 || a > 0 && a < 1e-9 {
		return strconv.FormatFloat(v, 'g', 4, 64)
	}
	s := strconv.FormatFloat(v, 'f', decimals, 64)
	if strings.Trim(s, "-0.") == "" {
		s = strings.TrimPrefix(s, "-")
	}
	return s
}

// Decimals are as many as the largest of some numbers needs for so many digits, at most most;
// none where all are whole.
func Decimals(numbers iter.Seq[float64], digits, most int) int {
	largest, whole := 0.0, true
	for x := range numbers {
		if !math.IsNaN(x) {
			largest = math.Max(largest, math.Abs(x))
			whole = whole && x == math.Trunc(x)
		}
	}
	if whole || largest == 0 {
		return 0
	}
	return min(most, max(0, digits-1-int(math.Floor(math.Log10(largest)))))
}

// Thousands parts the thousands of a number by a space, from four digits on, so that
// those of a column or an axis look alike: 1 234.5, the way of official statistics,
// which reads the same in Norwegian and English. A number with an exponent stays.
func Thousands(s, space string) string {
	end := strings.IndexByte(s, '.')
	if end < 0 {
		end = len(s)
	}
	if strings.ContainsAny(s, "eEnf") { // 1e+20, nan, inf
		return s
	}
	for i := end - 3; i > 0 && s[i-1] >= '0' && s[i-1] <= '9'; i -= 3 {
		s = s[:i] + space + s[i:]
	}
	return s
}

// Minus gives a negative number the sign of print.
func Minus(s string) string {
	if after, negative := strings.CutPrefix(s, "-"); negative {
		return "−" + after
	}
	return s
}

// Number gives a number, as it is written in English and in programs, its sign before
// the decimals: a comma in Norwegian. Thousands are parted alike in both, by a space.
func (l Locale) Number(s string) string {
	if l == Norwegian && len(s) > 0 && !strings.ContainsAny(s, ",") && isNumber.MatchString(s) {
		return strings.Replace(s, ".", ",", 1)
	}
	return s
}

var isNumber = later.Compile(`^[\s*(]*[-−+]?[\d\x{a0} ]*\.?\d+(e[-+]?\d+)?[)*\s]*$`)
