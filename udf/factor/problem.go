package factor

// Term is a regressor of an equation and the parameter that it is multiplied by.
type Term struct {
	Parameter int
	X         []float64 // T values
}

// Problem is a system of M equations over T periods in K = Parameters parameters. It is
// not changed.
type Problem struct {
	Left       [][]float64 // M×T
	Equations  [][]Term    // by equation
	Parameters int
	Names      []string // of the equations, for messages
}

// Options say which model.
type Options struct {
	Factors int  // 1 or 2
	AR      bool // autoregressive factors, else white noise
	// Floor is the smallest variance of an equation, as a share of its mean squared
	// residual in pooled least squares; default 0.005.
	Floor float64
	// MaxIterations of Newton's method; default 200.
	MaxIterations int
}

// Fit is the maximum that was reached. R factors.
type Fit struct {
	B             []float64   // K
	Loading       [][]float64 // M×R, in the units of the left sides
	Variance      []float64   // M, ψ
	Bounded       []bool      // ψ is at its bound: the factor has become that equation's residual
	Phi           []float64   // R; 0 without AR
	PhiBounded    []bool      // φ has gone to 1 or −1
	LogLikelihood float64
	Parameters    int         // that count: K + M(R+1), + R with AR, − R(R−1)/2 without
	Path          [][]float64 // T×R, E f given all data
	PathError     [][]float64 // its standard deviation, the parameters taken as known
	// PathTotal is the standard deviation with the parameters estimated; NaN where their
	// covariance is.
	PathTotal  [][]float64
	Last       []float64 // R×R, covariance of the last factors given all data
	Iterations int
	Converged  bool

	// Standard errors by the inverse of the observed information, in which ψ counts as
	// ln ψ and φ as artanh φ, those at a bound too unless that makes it singular. NaN for φ
	// at a bound, for the loadings of an equation with ψ at one, and where it is singular.
	BError       []float64
	LoadingError [][]float64
	PhiError     []float64
	// Covariance of B, Loading (factor after factor) and Phi, in this order.
	Covariance []float64
}
