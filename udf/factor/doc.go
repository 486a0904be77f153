// Package factor estimates systems of linear regressions whose residuals have one or two
// latent factors in common, by maximum likelihood:
//
//	y_t = Z_t b + Λ f_t + e_t,  e_t ~ N(0, Ψ),  Ψ diagonal,
//	f_rt = φ_r f_r,t−1 + √(1 − φ_r²) u_rt,  f_r1 ~ N(0, 1),  u_rt ~ N(0, 1),
//
// M equations over T periods, parameters b that may be shared between equations, and
// Var f = 1. With φ = 0 the factors are white noise. Many more equations than periods
// are no obstacle, as there are when the covariance of the residuals is left free.
//
//	fit, err := factor.Estimate(ctx, &factor.Problem{Left: …, Equations: …, Parameters: 5}, factor.Options{Factors: 1, AR: true})
//	fit.B, fit.Loading, fit.Variance, fit.Phi, fit.Path
//
// How a question finds its file:
//
//	what is asked and answered                problem.go, fit.go
//	what cannot be answered                   identify.go
//	units, constants, least squares           scale.go
//	the likelihood and the factors            filter.go (Kalman filter, smoother)
//	its derivatives                           filter.go, hessian.go
//	the way to the maximum                    em.go, newton.go, start.go
//	which of many equivalent solutions        canonical.go
//	standard errors                           information.go
//
// The gradient is that of the expected likelihood of the complete data (Fisher's
// identity), so that one pass of filter and smoother gives all of it. Steps of the EM
// algorithm lead near the maximum, Newton's method to it: where a variance tends to its
// bound, as is usual, EM alone would stall.
//
// # References
//
//	Shumway, R. and Stoffer, D. (1982). An approach to time series smoothing and
//	    forecasting using the EM algorithm. Journal of Time Series Analysis 3, 253–264.
//	Hamilton, J. (1986). A standard error for the estimated state vector of a state-space
//	    model. Journal of Econometrics 33, 387–397.
//	Watson, M. and Engle, R. (1983). Alternative algorithms for the estimation of dynamic
//	    factor, MIMIC and varying coefficient regression models. Journal of Econometrics
//	    23, 385–400.
//	Durbin, J. and Koopman, S. (2012). Time Series Analysis by State Space Methods.
package factor
