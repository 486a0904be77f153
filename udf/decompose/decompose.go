// Package decompose divides the difference between the emigration frequencies of
// two groups into who lives there (composition, by factor) and what they do
// (rates), adding up exactly.
//
// With share w of the residents and frequency r in each cell of the factors
// crossed, a frequency is Σ w·r, and (Kitagawa 1955)
//
//	Σ w₂r₂ − Σ w₁r₁  =  Σ (w₁+w₂)/2·(r₂−r₁)  +  Σ (r₁+r₂)/2·(w₂−w₁)
//	                       rates                  composition
//
// With several factors the composition is divided among them as Das Gupta (1993,
// chapter 5) does for cross-classified data. A share is a product of one term a
// factor, each the geometric mean, over all orders in which the factors can be
// taken, of the share of the factor's level among those with the levels of the
// factors taken before. For two factors i and j
//
//	w_ij = A·B,  A = (w_i. · w_ij/w_.j)^½,  B = (w_.j · w_ij/w_i.)^½
//
// and the effect of a factor is what exchanging its term does, averaged over all
// orders of exchanging the terms (Das Gupta 1993, equation 3.54; it is the Shapley
// value). Nothing depends on the order of the factors, and the rates do not depend
// on how the composition is divided.
//
// Cells that a group lacks need three conventions. A rate that is unknown because
// nobody lives there is taken to be that of the other group: the whole difference
// is composition. A share of nobody (0/0) is likewise taken from the other group.
// Emigrations from a cell where nobody lived on 1 January have no rate and are a
// part of their own, Outside.
//
// Sources: Kitagawa, E. M. (1955): Components of a difference between two rates,
// JASA 50, 1168–1194. Das Gupta, P. (1978): A general method of decomposing a
// difference between two rates into several components, Demography 15, 99–112.
// Das Gupta, P. (1993): Standardization and Decomposition of Rates: A User's
// Manual, U.S. Bureau of the Census, P23-186.
package decompose

import (
	"fmt"
	"math"
	"math/bits"
)

// MaxFactors bounds the work: 2^k exchanges a cell.
const MaxFactors = 10

// Cell is a combination of levels, in two groups: index 0 is the one that the
// difference is counted from, index 1 the one it is counted to.
type Cell struct {
	Levels      []string // one a factor
	Residents   [2]float64
	Emigrations [2]float64
}

// Result is in emigrations per resident, a fraction.
type Result struct {
	Residents   [2]float64 // of the two groups
	Emigrations [2]float64 // their quotient is the frequency
	Composition []float64  // effect of each factor, k of them
	Rates       float64    // effect of what people in the same cell do
	Outside     float64    // effect of emigrations from cells without residents
	RatesOf     []float64  // the parts of Rates by the cell they come from, in the order of the cells
	HasOutside  bool       // some emigrations are from cells without residents
}

// Difference decomposes frequency 1 minus frequency 0 over k factors, 1 to
// MaxFactors. Cells must be distinct, each with k levels; those that are not there
// have nobody. Σ Composition + Rates + Outside is the difference, up to rounding. It
// is an error when a group has no residents (NoResidents) or a count is negative or
// NaN.
func Difference(k int, cells []Cell) (*Result, error) {
	if k < 1 || k > MaxFactors {
		return nil, fmt.Errorf("%d factors; it can be 1 to %d", k, MaxFactors)
	}
	var residents [2]float64
	for _, c := range cells {
		for g := range residents {
			if !(c.Residents[g] >= 0) || !(c.Emigrations[g] >= 0) {
				return nil, fmt.Errorf("cell %v has %g residents and %g emigrations; both must be 0 or more", c.Levels, c.Residents[g], c.Emigrations[g])
			}
			residents[g] += c.Residents[g]
		}
	}
	for g, n := range residents {
		if n == 0 {
			return nil, NoResidents(g)
		}
	}
	r := &Result{Residents: residents, Composition: make([]float64, k), RatesOf: make([]float64, len(cells))}
	margins := newMargins(k, cells)
	terms := [2][]float64{make([]float64, k), make([]float64, k)}
	for i, c := range cells {
		var share, rate [2]float64
		for g := range 2 {
			r.Emigrations[g] += c.Emigrations[g]
			share[g] = c.Residents[g] / residents[g]
			rate[g] = c.Emigrations[g] / c.Residents[g]
			if c.Residents[g] == 0 {
				rate[g] = math.NaN()
				outside := c.Emigrations[g] / residents[g]
				r.HasOutside = r.HasOutside || outside > 0
				r.Outside += float64(2*g-1) * outside
			}
		}
		for g := range 2 {
			if math.IsNaN(rate[g]) {
				rate[g] = rate[1-g]
			}
		}
		if share[0]+share[1] == 0 {
			continue
		}
		r.RatesOf[i] = (share[0] + share[1]) / 2 * (rate[1] - rate[0])
		r.Rates += r.RatesOf[i]
		margins.terms(i, terms)
		for f := range k {
			r.Composition[f] += (rate[0] + rate[1]) / 2 * exchange(f, terms)
		}
	}
	return r, nil
}

// Frequency is that of group 0 or 1.
func (r *Result) Frequency(g int) float64 { return r.Emigrations[g] / r.Residents[g] }

// NoResidents is the error of a group without residents: 0 or 1.
type NoResidents int

func (g NoResidents) Error() string { return fmt.Sprintf("group %d has no residents", int(g)) }

// exchange is what replacing term f of group 0 by that of group 1 does to the
// product of the terms, averaged over all orders of replacing them.
func exchange(f int, terms [2][]float64) float64 {
	k := len(terms[0])
	sum := 0.0
	for replaced := range 1 << k {
		if replaced>>f&1 == 1 {
			continue
		}
		product := 1.0
		for other := range k {
			if other != f {
				product *= terms[replaced>>other&1][other]
			}
		}
		sum += orderWeight(bits.OnesCount(uint(replaced)), k) * product
	}
	return sum * (terms[1][f] - terms[0][f])
}

// orderWeight is the share of the orders of k things in which exactly a given
// set of s precedes a given other one: s!(k−1−s)!/k!.
func orderWeight(s, k int) float64 {
	w := 1 / float64(k)
	for i := 1; i <= s; i++ {
		w *= float64(i) / float64(k-i)
	}
	return w
}
