package factor

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"utvandring/udf/dense"
)

// canonical chooses among points that say the same: white factors are turned until
// Λ'Ψ⁻¹Λ is diagonal; the factor that explains more of the equations, Σ_i λ_ir²/s_i² with
// s_i² = Σ_r λ_ir² + ψ_i, comes first; and Σ_i λ_ir/s_i is positive.
func (s *system) canonical(x point) {
	if !s.ar && s.r == 2 {
		var a, b, c float64
		for i, v := range s.logVariance(x) {
			l, psi := s.loads(x, i), math.Exp(-v)
			a, b, c = a+psi*l[0]*l[0], b+psi*l[0]*l[1], c+psi*l[1]*l[1]
		}
		angle := math.Atan2(2*b, a-c) / 2
		cos, sin := math.Cos(angle), math.Sin(angle)
		for i := range s.m {
			l := s.loads(x, i)
			s.loading(x, 0)[i], s.loading(x, 1)[i] = cos*l[0]+sin*l[1], cos*l[1]-sin*l[0]
		}
	}
	var explained, sign pair
	for i, v := range s.logVariance(x) {
		loads := s.loads(x, i)
		total := math.Exp(v) + loads[0]*loads[0] + loads[1]*loads[1]
		for r, l := range loads {
			explained[r] += l * l / total
			sign[r] += l / math.Sqrt(total)
		}
	}
	for r := range s.r {
		if sign[r] < 0 {
			floats.Scale(-1, s.loading(x, r))
		}
	}
	if s.r == 2 && explained[1] > explained[0] {
		first := slices.Clone(s.loading(x, 0))
		copy(s.loading(x, 0), s.loading(x, 1))
		copy(s.loading(x, 1), first)
		if s.ar {
			phi := s.artanh(x)
			phi[0], phi[1] = phi[1], phi[0]
		}
	}
}

// constrain turns v, the inverse of the information with the direction of the rotation
// filled in (see reduced), into the covariance of the point that canonical chooses, which
// keeps Σ_i λ_i1 λ_i2/ψ_i = 0. With J the derivative of that and r the direction, the
// covariance is P V P', P = I − r J/(J r), whatever was filled in.
func (s *system) constrain(x point, free []int, v, work []float64) {
	direction := s.rotation(x)
	if direction == nil {
		return
	}
	n := len(free)
	j := make([]float64, len(x))
	for i, l := range s.logVariance(x) {
		psi := math.Exp(-l)
		own := s.loads(x, i)
		s.loading(j, 0)[i], s.loading(j, 1)[i], s.logVariance(j)[i] = psi*own[1], psi*own[0], -psi*own[0]*own[1]
	}
	r, c := make([]float64, n), make([]float64, n)
	for p, at := range free {
		r[p], c[p] = direction[at], j[at]
	}
	along := dense.Dot(c, r)
	if along == 0 {
		return
	}
	for range 2 { // P V, then P (P V)'
		copy(work, v[:n*n])
		row := make([]float64, n) // J V
		for p := range n {
			for q := range n {
				row[q] += c[p] * work[p*n+q]
			}
		}
		for p := range n {
			for q := range n {
				v[q*n+p] = work[p*n+q] - r[p]*row[q]/along
			}
		}
	}
}
