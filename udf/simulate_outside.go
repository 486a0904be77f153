package udf

import (
	"context"
	"fmt"
	"math"
	"strings"

	"utvandring/udf/equation"
	"utvandring/udf/simulate"
)

// outside counts the simulated values that cannot be: a share, such as a frequency of
// emigration, outside 0 to 1, or a stock below 0. The equations are linear and know no
// bounds; where a path leaves them, it is no forecast of anything. A nil one counts
// nothing.
type outside struct {
	shares, stocks map[string]bool // by variable in lower case
	of             [2]tallied      // of shares, of stocks
	panel          *equation.Panel // that says what its years are
}

// tallied is how many there are, the one of the first year, and the furthest out.
type tallied struct {
	seen, count  int
	first, worst place
}

type place struct {
	scenario, equation any // nil: none
	variable           string
	year               int64
	value, distance    float64
}

// slack is how far out rounding may bring a value that is 0 or 1.
const slack = 1e-9

// readShares makes the limits: the report's variables, and those that the study declares
// as shares. NULL stands for no limits, as where nobody would read the note.
func readShares(v Value) (*outside, error) {
	if v.Null() {
		return nil, nil
	}
	text, err := v.Text()
	if err != nil {
		return nil, fmt.Errorf("setting shares of table study %w", err)
	}
	o := &outside{shares: map[string]bool{}, stocks: map[string]bool{}}
	for _, kind := range kindNames {
		for _, prefix := range []string{"emi_", "anko_", "anme_"} {
			o.shares[prefix+kind] = true
		}
		o.stocks["pop_"+kind] = true
	}
	for _, name := range strings.Split(text, ",") {
		o.shares[strings.ToLower(strings.TrimSpace(name))] = true
	}
	return o, nil
}

// limited is which tallied the values of a variable go to, -1 for none.
func (o *outside) limited(variable string) int {
	if o == nil {
		return -1
	}
	name := strings.ToLower(variable)
	report := name // as in panel_1; panel_country has emi_k1_2
	if n := len(name) - 2; n > 0 && name[n] == '_' && name[n+1] >= '1' && name[n+1] <= '9' {
		report = name[:n]
	}
	switch {
	case o.shares[name], o.shares[report]:
		return 0
	case o.stocks[report]:
		return 1
	}
	return -1
}

// see looks at values of one variable in one year.
func (o *outside) see(which int, at place, values ...float64) {
	t := &o.of[which]
	t.seen += len(values)
	for _, v := range values {
		distance := -v
		if which == 0 {
			distance = max(-v, v-1)
		}
		if !(distance > slack) {
			continue
		}
		at.value, at.distance = v, distance
		if t.count == 0 || at.year < t.first.year {
			t.first = at
		}
		if distance > t.worst.distance {
			t.worst = at
		}
		t.count++
	}
}

// path looks at a simulated path, and at the stocks that answered to it.
func (o *outside) path(scenario any, problem *simulate.Problem, path *simulate.Path) {
	if o == nil {
		return
	}
	o.panel = problem.Panel()
	for i, variable := range problem.Variables() {
		which := o.limited(variable)
		if which < 0 {
			continue
		}
		equation := equationName(problem, i)
		for k, year := range path.Years {
			if v := path.Simulated[i][k]; v != path.Actual[i][k] || equation == nil { // what is observed is nobody's forecast
				o.see(which, place{scenario: scenario, equation: equation, variable: variable, year: year}, v)
			}
		}
	}
}

// note says in one sentence what there was. residuals is the option of the call.
func (o *outside) note(ctx context.Context, macro, residuals string) {
	if o == nil {
		return
	}
	var parts []string
	for which, what := range []string{"frequencies and shares outside 0 to 1", "stocks below 0"} {
		t := o.of[which]
		if t.count == 0 {
			continue
		}
		text := fmt.Sprintf("%d of %d simulated %s, first %s", t.count, t.seen, what, o.words(t.first))
		if t.count > 1 && t.worst != t.first {
			text += ", worst " + o.words(t.worst)
		}
		parts = append(parts, text)
	}
	if parts == nil {
		return
	}
	hint := ""
	if residuals == "none" {
		hint = " (residuals := 'mean', 'last' or 'decay' adds what the equations miss on the data)"
	}
	Note(ctx, "%s: %s%s", macro, strings.Join(parts, "; "), hint)
}

func (o *outside) words(p place) string {
	text := p.variable
	if p.equation != nil {
		text += fmt.Sprintf(" (equation %v)", p.equation)
	} else {
		text += " (cohorts)"
	}
	if p.scenario != nil {
		text += fmt.Sprintf(" of scenario %v", p.scenario)
	}
	return fmt.Sprintf("%s in %s: %s", text, o.panel.Say(p.year), short(p.value))
}

// short is a number in three digits.
func short(v float64) string {
	if math.Abs(v) >= 1000 {
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.3g", v)
}
