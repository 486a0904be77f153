package sur

import (
	"context"
	"fmt"
	"strings"
)

// What of a fit is tested where the answer is known: see size_test.go.

// standardErrors tests each parameter's true value with each kind of standard errors.
func (d sizeDesign) standardErrors(to *sizes, f *Fit, suffix string) {
	o := f.system.options
	for _, kind := range []Options{
		{StdErrors: "classical"}, {StdErrors: "classical", Distribution: "t"}, {StdErrors: "small_sample"}, {StdErrors: "hc0"},
		{StdErrors: "hc1"}, {StdErrors: "hc2"}, {StdErrors: "hc3"}, {StdErrors: "robust"}, {StdErrors: "hac"},
	} {
		kind.Method, kind.Divisor = o.Method, o.Divisor
		name := kind.StdErrors
		if kind.Distribution != "" {
			name += " t"
		}
		if err := kind.fill(); err != nil {
			panic(err)
		}
		f.system.options = kind
		f.finish()
		var slopes, lags, outside []bool
		for _, p := range f.Parameters {
			if p.Name[0] == 'a' {
				continue
			}
			reject := PValue((p.Estimate-drawnWith(p.Name))/p.StdError, p.DF) < 0.05
			if p.Name[0] == 'b' {
				lags = append(lags, reject)
			} else {
				slopes = append(slopes, reject)
			}
			low, high := p.Interval(0.95)
			outside = append(outside, drawnWith(p.Name) < low || drawnWith(p.Name) > high)
		}
		to.add("sur.p_value "+name+suffix, slopes...)
		if len(lags) > 0 {
			to.add("sur.p_value "+name+" of lagged left sides"+suffix, lags...)
		}
		if name == "small_sample" {
			to.add("sur_interval.low sur_interval.high"+suffix, outside...)
		}
	}
	f.system.options = o
	f.finish()
}

// wald tests restrictions together that are true.
func (d sizeDesign) wald(to *sizes, f *Fit) {
	text := "g1 = g2, g2 = g3, g3 = g4"
	if d.shared {
		text = "g = -0.1, c = 0.15, e1 = -0.4"
	}
	list, err := ParseRestrictions(text)
	if err != nil {
		panic(err)
	}
	o := f.system.options
	for _, kind := range []string{"classical", "small_sample", "robust"} {
		options := Options{Method: o.Method, Divisor: o.Divisor, StdErrors: kind}
		if err := options.fill(); err != nil {
			panic(err)
		}
		f.system.options = options
		f.finish()
		h, err := f.Test(context.Background(), list)
		if err != nil {
			continue
		}
		to.below("sur_test.p_value Wald "+kind, h.WaldP)
		if kind == "classical" {
			to.below("sur_test.p_value likelihood ratio", h.LRP)
		}
	}
	f.system.options = o
	f.finish()
}

// ratios are functions of the parameters and their true values, one for each equation:
// long runs where there are any.
func (d sizeDesign) ratios() (texts []string, values []float64) {
	for i, b := range sizeLag {
		text, value := "g#/(1 - b#)", -0.1/(1-b)
		if !d.lags {
			text, value = "g#/e#", -0.1/-0.4
		}
		if d.shared {
			text = strings.Replace(text, "g#", "g", 1)
		}
		texts, values = append(texts, strings.ReplaceAll(text, "#", fmt.Sprint(i+1))), append(values, value)
	}
	return texts, values
}

// effects counts the intervals of ratios that do not cover, and tests one true value.
func (d sizeDesign) effects(to *sizes, f *Fit) {
	texts, values := d.ratios()
	o := f.system.options
	for _, kind := range []string{"classical", "small_sample"} {
		options := Options{Method: o.Method, Divisor: o.Divisor, StdErrors: kind}
		if err := options.fill(); err != nil {
			panic(err)
		}
		f.system.options = options
		f.finish()
		all, err := f.Effects(context.Background(), texts, BootstrapOptions{Level: 0.95})
		if err != nil {
			panic(err)
		}
		var delta, fieller []bool
		for i, e := range all {
			value := values[i]
			inside := value >= e.FiellerLower && value <= e.FiellerUpper
			if e.Ratio != Interval {
				inside = e.Ratio == Line || value <= e.FiellerLower || value >= e.FiellerUpper
			}
			delta, fieller = append(delta, value < e.Lower || value > e.Upper), append(fieller, !inside)
		}
		to.add("sur_effect.lower sur_effect.upper "+kind, delta...)
		to.add("sur_effect.fieller_lower sur_effect.fieller_upper "+kind, fieller...)
	}
	f.system.options = o
	f.finish()
	list, err := ParseHypotheses(fmt.Sprintf("%s = %.17g", texts[0], values[0])) // its Wald test is lower to upper
	if err != nil {
		panic(err)
	}
	if h, err := f.Test(context.Background(), list); err == nil {
		to.below("sur_test.p_value likelihood ratio of a ratio", h.LRP)
	}
}

// drawnEffects counts the quantiles of draws of ratios that do not cover.
func (d sizeDesign) drawnEffects(to *sizes, f *Fit, o BootstrapOptions) {
	texts, values := d.ratios()
	for _, o.Method = range []string{"residual", "normal"} {
		all, err := f.Effects(context.Background(), texts, o)
		if err != nil {
			panic(err)
		}
		var outside []bool
		for i, e := range all {
			outside = append(outside, values[i] < e.DrawLower || values[i] > e.DrawUpper)
		}
		to.add("sur_effect.draw_lower sur_effect.draw_upper "+o.Method, outside...)
	}
}

func (d sizeDesign) equations(to *sizes, f *Fit) {
	columns := map[string][]float64{}
	for _, e := range f.Diagnose(1) {
		for name, p := range map[string]float64{
			"lm_het_p": e.LMHetP, "lm_het_fitted_p": e.LMHetFittedP, "jarque_bera_p": e.JarqueBeraP,
			"durbin_watson_p": e.DurbinWatsonP, "durbin_h_p": e.DurbinHP, "durbin_alternative_p": e.AlternativeP,
			"breusch_godfrey_p": e.BreuschGodfreyP, "breusch_godfrey_chi2_p": e.BreuschGodfreyChi2P,
		} {
			columns[name] = append(columns[name], p)
		}
	}
	for name, p := range columns {
		to.below("sur_equations."+name, p...)
	}
	_, _, p := f.Portmanteau(4)
	to.below("sur_system.portmanteau_p", p)
}
