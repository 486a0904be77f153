package udf

import "context"

var (
	decomposeColumns = []Column{{"component", Text}, {"factor", Text}, {"effect", Double}, {"share", Double}, {"frequency_from", Double}, {"frequency_to", Double}}
	ratesColumns     = []Column{{"factor", Text}, {"level", Text}, {"effect", Double}, {"share", Double}}
)

// _decompose(by, over, from, to, cells) are the components of the difference of
// two frequencies, per 100 residents. cells has the columns by and over as
// VARCHAR, residents and emigrations.
var _ = add(Function{
	Name:   "_decompose",
	Args:   5,
	Result: decomposeColumns,
	Run: prefixed("decompose", func(_ context.Context, args []Value) (*Table, error) {
		d, err := readDifference(args)
		if err != nil {
			return nil, err
		}
		r := d.result
		difference := r.Frequency(1) - r.Frequency(0)
		// In the order of frequency_of, so that the last digit is the same.
		var frequency [2]float64
		for g := range frequency {
			frequency[g] = 100 * r.Emigrations[g] / r.Residents[g]
		}
		t := Rows(decomposeColumns)
		row := func(component string, factor any, effect float64) {
			t.Append(component, factor, 100*effect, shareOf(effect, difference), frequency[0], frequency[1])
		}
		for f, name := range d.over {
			row("composition", name, r.Composition[f])
		}
		row("rates", nil, r.Rates)
		if r.HasOutside {
			row("no residents", nil, r.Outside)
		}
		return t, nil
	}),
})

// _decompose_rates(by, over, from, to, cells) divides the component rates by the
// levels of each factor.
var _ = add(Function{
	Name:   "_decompose_rates",
	Args:   5,
	Result: ratesColumns,
	Run: prefixed("decompose_rates", func(_ context.Context, args []Value) (*Table, error) {
		d, err := readDifference(args)
		if err != nil {
			return nil, err
		}
		t := Rows(ratesColumns)
		for f, name := range d.over {
			var levels []string
			effect := map[string]float64{}
			for i, c := range d.cells {
				level := c.Levels[f]
				if _, known := effect[level]; !known {
					levels = append(levels, level)
				}
				effect[level] += d.result.RatesOf[i]
			}
			for _, level := range levels {
				var shown any = level
				if level == nullLevel {
					shown = nil
				}
				t.Append(name, shown, 100*effect[level], shareOf(effect[level], d.result.Frequency(1)-d.result.Frequency(0)))
			}
		}
		return t, nil
	}),
})

// shareOf is part/whole, NaN (NULL) where there is no difference to share.
func shareOf(part, whole float64) float64 {
	if whole == 0 {
		return nan
	}
	return part / whole
}
