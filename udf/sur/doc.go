// Package sur estimates systems of seemingly unrelated regressions (Zellner
// 1962) with restrictions across equations: iterated to the maximum of the
// Gaussian likelihood, in one step, or by least squares.
//
//	model, err := sur.NewModel([]string{"1", "2"}, []string{"y = $a + $b*x", "z = $c + $b*w"})
//	fit, err := sur.Estimate(ctx, model, panel, sur.Options{})
//	fit.Parameters, fit.Diagnose(1), fit.Summary(), fit.Bootstrap(ctx, …)
//
// How a question finds its file:
//
//	what is asked, and what comes of it    options.go, fit.go, parameter.go
//	which parameters, columns and lags     model.go, plan.go, layout.go
//	which years, and what is refused       sample.go, collinear.go, error.go
//	a likelihood without a maximum         unbounded.go, which asks udf/bounded, and
//	                                       unbounded_error.go
//	from T observations to a triangle      udf/dense: reduce.go
//	the iterations                         solver.go, iterate.go, newton.go, hessian.go
//	digits of ill-conditioned systems      residual_factor.go, whiten.go, stack.go
//	standard errors, a type for each kind  covariance*.go
//	p-values and intervals                 parameter.go
//	R² and tests of one equation           diagnose*.go
//	R² and tests of the whole system       summary.go, diagonality.go,
//	                                       diagnose_autocorrelation.go
//	k_i, condition, what nearly cancels    collinear.go, condition.go
//	restrictions, Wald and LR tests        restriction.go, hypothesis.go
//	functions of parameters, the long run  effect.go, function.go, long_run.go
//	hypotheses that are not linear         hypothesis_curved.go
//	every specification, and what t is     search.go, search_bootstrap.go
//	for udf/factor                         design.go
//	bootstrap                              bootstrap.go, dynamics*.go
//	linear algebra                         udf/dense
//
// Notation: T years, M equations, Z_i the regressors of equation i in the
// shared parameter vector b, e_i = y_i − Z_i b its residuals, Σ their
// covariance with divisor T and not centred, W = Σ⁻¹. The maximum solves
// Σ_ij w_ij Z_i'e_j = 0. The data are touched once, to be reduced to a triangle;
// what follows works on matrices of the order of the number of columns.
//
// The package knows nothing of databases. Data are not copied: regressors that
// are plain columns of the panel are used where they are.
package sur
