package sur

import (
	"cmp"
	"fmt"
)

// What the texts among the options may be, in any case; the first is the default.
var (
	Methods          = []string{"isur", "sur", "ols"}
	Divisors         = []string{"T", "T-k", "geomean"}
	StdErrors        = []string{"classical", "small_sample", "hc0", "hc1", "hc2", "hc3", "robust", "hac"}
	Distributions    = []string{"normal", "t"}
	BootstrapMethods = []string{"residual", "wild", "parametric"}
)

// Options say how to estimate; the zero value is iterated SUR with divisor T,
// classical standard errors and the normal distribution.
type Options struct {
	First, Last *int64 // sample; nil: as many years as have all that is needed

	// Method is "isur" (default: iterated to the maximum of the likelihood),
	// "sur" (one step from least squares) or "ols" (pooled least squares).
	Method string
	// MethodName is what the caller calls Method, for messages; default "method".
	MethodName string
	// Divisor of the residual covariance: "T" (default), or "T-k" for
	// sqrt((T-k_i)(T-k_j)), also called "geomean", k_i the number of
	// coefficients of equation i.
	Divisor string
	// Tolerance is the distance to the maximum, in standard errors, that counts
	// as converged; default 1e-10.
	Tolerance float64
	// MaxIterations, default 10000.
	MaxIterations int
	// StdErrors is "classical" (default), "small_sample" (see smallSample), or one of
	// those that allow for heteroskedasticity of unknown form: "hc0" to "hc3", "robust",
	// which is "hc3" with a factor for few years, and "hac", for autocorrelation too
	// (see sandwich).
	StdErrors string
	// Bandwidth is the number of lags of "hac"; nil: the whole part of
	// 4(T/100)^(2/9).
	Bandwidth *int64
	// Distribution of t: "normal" (the asymptotic one; default with "classical") or "t"
	// (default with the others); see Parameter.DF.
	Distribution string
	// Restrictions are linear restrictions between parameters; b = 0.7 fixes one.
	Restrictions []Restriction
	// Unconverged asks for the last step, marked as such, where the iterations
	// do not converge, instead of an error.
	Unconverged bool
	// OtherMaxima asks for a look at whether there are higher ones than where the
	// iterations end: Summary.HigherLogLikelihood.
	OtherMaxima bool

	covariance covariance // StdErrors
}

// fill puts the defaults in, and refuses what cannot be.
func (o *Options) fill() error {
	o.MethodName = cmp.Or(o.MethodName, "method")
	asked := o.Distribution != ""
	for _, text := range []struct {
		what    string
		value   *string
		allowed []string
	}{
		{o.MethodName, &o.Method, Methods}, {"divisor", &o.Divisor, Divisors},
		{"std_errors", &o.StdErrors, StdErrors}, {"distribution", &o.Distribution, Distributions},
	} {
		if *text.value == "" {
			*text.value = text.allowed[0]
		}
		at := indexOf(text.allowed, *text.value)
		if at < 0 {
			return fmt.Errorf("%s %q is unknown: choose among %s", text.what, *text.value, quoteAll(text.allowed))
		}
		*text.value = text.allowed[at]
	}
	if o.Divisor == "geomean" {
		o.Divisor = "T-k"
	}
	o.covariance = covarianceOf(o.StdErrors)
	if !asked {
		o.Distribution = o.covariance.distribution()
	}
	if o.Bandwidth != nil && o.StdErrors != "hac" {
		return fmt.Errorf("bandwidth goes with std_errors := 'hac', not '%s'", o.StdErrors)
	}
	if o.Bandwidth != nil && *o.Bandwidth < 0 {
		return fmt.Errorf("bandwidth must not be negative, and is %d", *o.Bandwidth)
	}
	o.Tolerance = cmp.Or(o.Tolerance, 1e-10)
	if !(o.Tolerance > 0 && o.Tolerance < 1) {
		return fmt.Errorf("tolerance must lie between 0 and 1, not %g", o.Tolerance)
	}
	o.MaxIterations = cmp.Or(o.MaxIterations, 10_000)
	if o.MaxIterations < 0 {
		return fmt.Errorf("max_iterations must be at least 1, not %d", o.MaxIterations)
	}
	return nil
}

func quoteAll(list []string) string {
	quoted := make([]string, len(list))
	for i, s := range list {
		quoted[i] = "'" + s + "'"
	}
	return names(quoted)
}
