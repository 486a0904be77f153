// Package dense is the linear algebra of small systems: matrices of some tens of
// rows that are factored a million times, in memory that is given.
//
// gonum does what gonum does: LU wraps its factorisation, and whoever needs
// eigenvalues, singular values or a condition number calls package mat. Here is
// what gonum does not have (Gram–Schmidt that leaves dependent columns out, the
// triangle of data read in blocks, sums that do not depend on where in memory the
// numbers lie) or what takes several times as long there for matrices of this
// size; the comments have the numbers.
//
// Shapes are not checked: a slice that is too short panics, as an index does.
// Numerical trouble is a result, never a panic: false, NaN or an infinity.
package dense
