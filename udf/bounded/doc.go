// Package bounded decides whether the Gaussian likelihood of a system of linear
// regressions with shared parameters is bounded.
//
// # Statement
//
// M equations y_i = Z_i b + e_i over T observations have parameters b, any of
// which may stand in several equations. With the covariance of the residuals
// concentrated out the log-likelihood is a constant less T/2 times
//
//	log det E(b)'E(b),  E(b) = (y_1 − Z_1 b, …, y_M − Z_M b).
//
// It is infinite where E(b) loses rank: where for some b and some c ≠ 0
//
//	Σ_i c_i (y_i − Z_i b) = 0.                                            (1)
//
// Estimates near such a point mean nothing, and iterations may well end on a
// local maximum elsewhere that looks like any other. With long series (1) has no
// solution; with some twenty years and four equations that share slopes it may
// have, and must not be answered by a number.
//
//	triangle := dense.Reduce(data, -1).Columns(years)
//	s := &bounded.System{Triangle: triangle, Left: …, Terms: …, Parameters: 5}
//	answer := s.Linear()
//	if answer.Verdict == bounded.Open {
//		answer, err = s.Nonlinear(ctx, estimates, answer.Sets[0])
//	}
//
// The answer is Unbounded with the combination c, which anybody can check
// (System.LeftOver); Bounded, which is a proof that (1) has no solution; or Open.
// (A determinant that tends to 0 while parameters go to infinity, without any
// point where it is 0, is not looked for: it needs data for which (1) has
// solutions at infinity that are singular.)
//
// # Four questions
//
// They are asked in turn, cheap ones first.
//
//  1. Could the residuals cancel if every parameter were free in every equation?
//     Linear: dependent columns among regressors and left sides. No is a proof
//     (System.Linear, linear.go, suspects.go).
//  2. Which are all the complex solutions of (1), and is one of them real? Yes and
//     no are proofs. It can be asked where there are no more unknowns than rows,
//     and where the paths to follow are not too many (solve.go).
//  3. Are there unknowns enough for the rows at all? Counted by the rank of the
//     derivative of (1) at a random point; no is a proof for all but accidental
//     data (search.possible).
//  4. Does a search find a point? Gauss–Newton downhill from many starts, the
//     parameters projected out (Golub and Pereyra 1973). A point that cancels to
//     rounding is a proof; none leaves the question open (search.go, descent.go).
//
// # All solutions
//
// With σ_0 = 1 and σ_k the distance of shared parameter k from a point of
// reference, parameters of one equation only projected out, (1) is bilinear:
//
//	Σ_a Σ_k form_tak c_a σ_k = 0,  t = 1 … n = (M−1) + (K−1)              (2)
//
// (bilinear.go). A homotopy leads from equations whose solutions are known,
// products of a linear form in c and one in σ, to (2): with random complex
// coefficients every isolated solution is the end of a path (Sommese and Wampler
// 2005; homotopy.go). The end of a path counts when Smale's alpha theory certifies
// it: Newton's method from there converges to one solution, doubling its digits,
// and to the same one as another end or to another (zero.go). A certified zero is
// real when its conjugate leads to itself.
//
// How many solutions with finite parameters there are at most is the degree of
// the image of a product of linear forms, a count of lattice points (Li 2018;
// solve.go): binomial(n, M−1) where every equation has every parameter, fewer
// where not. As many distinct certified zeros as that are all there are, so a
// path that got lost is found out, and the answer no is a proof.
//
// # Files
//
//	what is asked and answered        system.go, decide.go
//	question 1                        linear.go, suspects.go
//	question 2                        bilinear.go, solve.go, homotopy.go, zero.go
//	questions 3 and 4                 search.go, descent.go
//	linear algebra                    udf/dense (rank), complex.go
//
// # References
//
//	Drton, M. and Richardson, T. (2004). Multimodality of the likelihood in the
//	    bivariate seemingly unrelated regressions model. Biometrika 91, 383–392.
//	Golub, G. and Pereyra, V. (1973). The differentiation of pseudo-inverses and
//	    nonlinear least squares problems whose variables separate. SIAM Journal on
//	    Numerical Analysis 10, 413–432.
//	Li, B. (2018). Images of rational maps of projective spaces. International
//	    Mathematics Research Notices 2018, 4190–4228.
//	Smale, S. (1986). Newton's method estimates from data at one point. In: The
//	    Merging of Disciplines. Springer, 185–196.
//	Sommese, A. and Wampler, C. (2005). The Numerical Solution of Systems of
//	    Polynomials Arising in Engineering and Science. World Scientific.
package bounded
