package bounded

import "utvandring/udf/dense"

// solutions is how many complex solutions with finite parameters the equations
// have at most, multiplicities counted: as many as that many distinct regular
// ones are all there are. Without structure it is binomial(n, m−1).
//
// The products c_a σ_k, as far as the data know them, run through a projective
// variety of dimension n; its degree is that number, by Bézout's theorem. With
// L_k the linear forms in c that parameter k is multiplied by, the degree is the
// number of f ≥ 0 with Σ f_k = m−1 and, for every set K of parameters,
// Σ_{k in K} f_k < dim Σ_{k in K} L_k (Li 2018, Images of rational maps of
// projective spaces; hypertrees, where every L_k is spanned by some of the c_a).
// The residuals themselves must depend on all of c, L_0 being all forms, for a
// solution that they do not know would not be seen in the products. It is −1
// where they do not, and where there are too many sets to count.
func (b *bilinear) solutions() int {
	if b.k == 1 {
		return 1 // linear
	}
	if b.span[0].N < b.m {
		return -1
	}
	var narrow []dense.Columns // with a condition of their own; the others have only the sum
	wide := 0
	for _, l := range b.span { // the first is wide
		if l.N < b.m {
			narrow = append(narrow, l)
		} else {
			wide++
		}
	}
	if len(narrow) > 10 {
		return -1
	}
	limit := make([]int, 1<<len(narrow))
	for set := range limit {
		all := dense.NewColumns(b.m, 0)
		for k, l := range narrow {
			if set>>k&1 == 1 {
				all.Data = append(all.Data, l.Data[:l.N*b.m]...)
				all.N += l.N
			}
		}
		limit[set] = all.Orthonormal(1e-10).N - 1
	}
	count := 0
	f := make([]int, len(narrow))
	var choose func(k, rest int)
	choose = func(k, rest int) {
		if k == len(f) {
			for set := 1; set < len(limit); set++ {
				sum := 0
				for k, x := range f {
					if set>>k&1 == 1 {
						sum += x
					}
				}
				if sum > limit[set] {
					return
				}
			}
			count += binomial(rest+wide-1, rest)
			return
		}
		for f[k] = 0; f[k] <= min(rest, limit[1<<k]); f[k]++ {
			choose(k+1, rest-f[k])
		}
	}
	choose(0, b.m-1)
	return count
}

// binomial is at most many.
func binomial(n, k int) int {
	x := 1
	for i := 1; i <= k && x < many; i++ {
		x = x * (n - k + i) / i
	}
	return min(x, many)
}

const many = 1 << 30
