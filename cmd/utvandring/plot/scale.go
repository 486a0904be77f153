package plot

import (
	"math"
	"time"

	"utvandring/cmd/utvandring/locale"
)

// Scale maps data to a length and says where its ticks are.
type Scale struct {
	Min, Max float64
	Ticks    []float64
	Names    []string // of the ticks, where they are not numbers
}

// at gives the share of the way from Min to Max.
func (s Scale) at(v float64) float64 {
	if s.Max == s.Min {
		return 0.5
	}
	return (v - s.Min) / (s.Max - s.Min)
}

// niceScale covers lo to hi with about n steps of 1, 2 or 5 times a power of
// ten; the ends are ticks.
func niceScale(lo, hi float64, n int) Scale {
	if lo == hi {
		if lo, hi = min(lo, 0), max(hi, 0); lo == hi {
			hi = 1
		}
	}
	step := niceStep((hi - lo) / float64(max(n, 1)))
	// A hair of tolerance: 0.30000000000000004 / 0.1 must not add a step.
	first, last := math.Floor(lo/step+1e-9), math.Ceil(hi/step-1e-9)
	s := Scale{Min: first * step, Max: last * step, Ticks: multiples(first, last, step)}
	if s.Ticks == nil || s.Min > lo || s.Max < hi {
		return Scale{Min: lo, Max: hi, Ticks: []float64{lo, hi}}
	}
	return s
}

// fewTicks covers lo to hi for a panel where only so many values have room: both ends
// are ticks, zero is one, and those between are evenly apart.
func fewTicks(lo, hi float64, fits int) (Scale, bool) {
	var best Scale
	most := 0.0
	for n := 6; n > 0; n-- {
		s := niceScale(lo, hi, n)
		steps, zero := len(s.Ticks)-1, 0
		for i, v := range s.Ticks {
			if math.Abs(v) < 1e-12*(s.Max-s.Min) {
				zero = i
			}
		}
		for every := 1; every <= steps; every++ {
			if steps%every != 0 || zero%every != 0 || steps/every+1 > max(fits, 2) {
				continue
			}
			// Many values are as good as little paper without data.
			if score := float64(min(steps/every+1, 5)) * (hi - lo) / (s.Max - s.Min); score > most*(1+1e-9) {
				most = score
				best = Scale{Min: s.Min, Max: s.Max}
				for i := 0; i <= steps; i += every {
					best.Ticks = append(best.Ticks, s.Ticks[i])
				}
			}
			break
		}
	}
	return best, most > 0
}

// multiples lists k*step for k from first to last; nil where the numbers are
// so near each other, for their size, that a step would not change them.
func multiples(first, last, step float64) []float64 {
	if !(last-first < 200) || first+1 == first || last-1 == last {
		return nil
	}
	var out []float64
	for i := range int(last-first) + 1 {
		out = append(out, (first+float64(i))*step)
	}
	return out
}

// exactScale covers lo to hi and no more, with ticks at multiples of a nice
// step that is whole when the values are: years.
func exactScale(lo, hi float64, n int, whole bool) Scale {
	if lo == hi {
		return Scale{Min: lo - 0.5, Max: hi + 0.5, Ticks: []float64{lo}}
	}
	step := niceStep((hi - lo) / float64(max(n, 1)))
	if whole {
		step = math.Max(1, math.Round(step))
	}
	s := Scale{Min: lo, Max: hi, Ticks: multiples(math.Ceil(lo/step-1e-9), math.Floor(hi/step+1e-9), step)}
	if s.Ticks == nil {
		s.Ticks = []float64{lo, hi}
	}
	return s
}

// dateScales cover lo to hi, dates as years with a fraction, with ticks at months or,
// over some weeks, at days; the finest first. None where years will do.
func dateScales(lo, hi float64, in locale.Locale) []Scale {
	type step struct {
		months, days int
		say          func(time.Time) string
	}
	var steps []step
	switch span := hi - lo; {
	case span <= 0 || span >= 4:
		return nil
	case span < 0.2:
		steps = []step{{0, 1, in.Day}, {0, 2, in.Day}, {0, 7, in.Day}, {0, 14, in.Day}}
	}
	for _, months := range []int{1, 2, 3, 6, 12} {
		steps = append(steps, step{months, 0, in.Month})
	}
	var out []Scale
	for _, k := range steps {
		s := Scale{Min: lo, Max: hi}
		for at := time.Date(int(math.Floor(lo)), 1, 1, 0, 0, 0, 0, time.UTC); ; at = at.AddDate(0, k.months, k.days) {
			x, _ := position(at)
			if x > hi {
				break
			}
			if x >= lo {
				s.Ticks, s.Names = append(s.Ticks, x), append(s.Names, k.say(at))
			}
		}
		if len(s.Ticks) > 1 {
			out = append(out, s)
		}
	}
	return out
}

// niceStep rounds to the nearest of 1, 2 or 5 times a power of ten.
func niceStep(x float64) float64 {
	if x <= 0 || math.IsNaN(x) || math.IsInf(x, 0) {
		return 1
	}
	unit := math.Pow(10, math.Floor(math.Log10(x)))
	switch m := x / unit; {
	case m < math.Sqrt(2):
		return unit
	case m < math.Sqrt(10):
		return 2 * unit
	case m < math.Sqrt(50):
		return 5 * unit
	}
	return 10 * unit
}

// ticks are the labels of a scale with the signs of the chart's language: as many decimals
// as the step needs, thousands, but of plain numbers, parted by a no-break space, which
// reads the same in Norwegian and English.
func (c *Chart) ticks(s Scale, plain bool) []string {
	if s.Names != nil {
		return s.Names
	}
	decimals := 0
	if len(s.Ticks) > 1 {
		step := s.Ticks[1] - s.Ticks[0]
		for x := step; decimals < 10 && math.Abs(x-math.Round(x)) > 1e-6*math.Abs(x); x = step * math.Pow10(decimals) {
			decimals++
		}
	}
	out := make([]string, len(s.Ticks))
	for i, v := range s.Ticks {
		text := locale.Minus(locale.Decimal(v, decimals))
		if !plain {
			text = typeset(locale.Decimal(v, decimals))
		}
		out[i] = c.Locale.Number(text)
	}
	return out
}

// valueLabels gives the writer of values beside bars: as many decimals for all
// as make three digits of the largest, none where every value is whole.
func (c *Chart) valueLabels() func(float64) string {
	decimals := locale.Decimals(func(yield func(float64) bool) {
		for q := range c.all() {
			if !yield(q.Y) {
				return
			}
		}
	}, 3, 6)
	return func(v float64) string { return c.Locale.Number(typeset(locale.Decimal(v, decimals))) }
}

// typeset writes a number as a figure shows it.
func typeset(s string) string { return locale.Minus(locale.Thousands(s, locale.NoBreak)) }
