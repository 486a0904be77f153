package demo

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// What the equations leave unexplained has the covariances of annex C. Its largest
// part moves all kinds of a model alike (report, section 4.1); in which years it did
// so is history, read from figure 3.18, and stands in the levels (factors.Common).
// The rest is drawn from the register's seed.

// adultsFirst is the order in which a year's frequencies follow from one another:
// those of children read their parents'.
var adultsFirst = [kinds]int{2, 3, 8, 9, 4, 5, 10, 11, 0, 1, 6, 7}

// draw gives every kind and year the factor by which the chances of those whom a
// shock moves differ from what calibration found.
func (f *factors) draw(e *economy, r random) (shock [3][kinds][years]float64) {
	var residual [3][kinds][years]float64
	for y := range years {
		for g := range residual {
			for block := range e.spread[g] {
				u := e.residual(g, block, r)
				for i, x := range u {
					residual[g][i/2*6+2*block+i%2][y] = x
				}
			}
		}
	}
	for g := range residual {
		for k := range residual[g] {
			// Every equation has a constant: over its sample the residuals sum to none.
			mean := 0.0
			for _, u := range residual[g][k][2:] {
				mean += u / (years - 2)
			}
			for y := range residual[g][k] {
				residual[g][k][y] -= mean
			}
		}
	}
	// The equations are linear in frequencies, so that what else they read falls out: any
	// number of people does of which a logarithm can be taken.
	base := &panel{emi: f.Frequency}
	for g := range base.beh {
		for y := range base.beh[g] {
			base.beh[g][y] = 1
		}
	}
	moved := *base
	for g := range e.law {
		for y := range years {
			for _, k := range adultsFirst {
				response := e.fitted(&moved, g, k, registerYear+y) - e.fitted(base, g, k, registerYear+y)
				shock[g][k][y] = residual[g][k][y] + response
				moved.emi[g][k][y] += shock[g][k][y]
			}
		}
	}
	for g := range shock {
		for k := range kinds {
			for y := range years {
				x := 1 + shock[g][k][y]/(f.Frequency[g][k][y]*f.Recent[g][k])
				shock[g][k][y] = min(max(x, .1), 4)
			}
		}
	}
	return shock
}

// residual draws what is left of the four residuals of a model in a year.
func (e *economy) residual(group, block int, r random) (u [4]float64) {
	var z [4]float64
	for i := range z {
		z[i] = r.normal()
	}
	z[0] *= math.Sqrt(1 - reach[block]*reach[block])
	own := [3]float64{.5, .85, .9}[block] // families and couples bring the rest
	for i := range u {
		for j := range i + 1 {
			u[i] += own * e.factor[group][block].At(i, j) * z[j]
		}
	}
	return u
}

// factorise finds the Cholesky factor of every model's covariance. Where a sign is
// lost in print the matrix may have none; such covariances count as zero.
func (e *economy) factorise() {
	for g := range e.spread {
		for block := range e.spread[g] {
			c := mat.NewSymDense(4, nil)
			for i := range 4 {
				for j := range i + 1 {
					c.SetSym(i, j, e.spread[g][block][i][j])
				}
			}
			var chol mat.Cholesky
			if !chol.Factorize(c) {
				for i := range 4 {
					for j := range i {
						c.SetSym(i, j, 0)
					}
				}
				chol.Factorize(c)
			}
			e.factor[g][block] = mat.NewTriDense(4, mat.Lower, nil)
			chol.LTo(e.factor[g][block])
		}
	}
}
