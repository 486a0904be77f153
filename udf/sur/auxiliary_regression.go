package sur

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"utvandring/udf/dense"
)

func (f *Fit) regressors(i int) [][]float64 {
	var x [][]float64
	for _, c := range f.system.equations[i].column {
		x = append(x, f.system.data[c])
	}
	return x
}

// residualOf is what the columns x leave of y; columns that depend on others
// add nothing.
func residualOf(y []float64, x [][]float64) []float64 {
	r := slices.Clone(y)
	dense.Basis(len(y), x, collinearity).Project(r)
	return r
}

// firstT is the t-value of the first column of x in the regression of y on x, which
// leaves df degrees of freedom.
func firstT(y []float64, x [][]float64, df int) float64 {
	z := residualOf(x[0], x[1:])
	r := residualOf(y, x[1:])
	zz := floats.Dot(z, z)
	b := floats.Dot(z, r) / zz
	floats.AddScaled(r, -b, z)
	return b / math.Sqrt(floats.Dot(r, r)/float64(df)/zz)
}
