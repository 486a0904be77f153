// Package simulate solves systems of equations year by year: estimated equations,
// identities and simultaneous blocks, of one model or of several together.
//
//	system, err := simulate.New(equations)              // what determines what, in which order
//	problem, err := system.Bind(panel, coefficients, o)  // what is missing is said here
//	path, err := problem.Run(ctx)                        // static or dynamic
//
// How a system is solved. Each equation determines the first unlagged column of
// its left side, solved for symbolically where it can be (udf/equation: invert.go). The
// equations are put into strongly connected components (udf/structure): an equation by
// itself is evaluated; a block is solved by Newton's method with derivatives from
// package equation, and where that fails by bisection or damped Gauss-Seidel
// (newton.go, fallback.go). A block that is linear in its variables takes one
// step with the inverse of its Jacobian.
//
// How a question is asked of it. Everything that needs many solutions, the shocks
// of Multipliers, the perturbations of Seek, the replications of RunStochastic,
// runs in lanes of one machine (udf/equation: machine.go): a vector where lanes differ, a single
// number where they do not.
//
// Add-factors, residuals and draws stand on the right side, in the units of the
// left: ln(y) = right + a. NULL (NaN) where a value is needed is an error that names
// equation and year, and so is a value that cannot be computed; no path is ever
// returned in part.
//
// The package knows no database; its data type is equation.Panel.
package simulate
