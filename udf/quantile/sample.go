// Package quantile describes samples by their quantiles: exactly where the values
// can be kept, in bounded memory where not. Two definitions are in use, and each
// function says which: R's type 7, SQL's quantile_cont, for what describes values,
// and type 6, whose quantiles are a little wider, for limits that are to cover.
package quantile

import (
	"math"
	"slices"
)

// exactValues is the number of values whose quantiles a sample gives exactly;
// beyond it memory stops growing and quantiles are approximate.
const exactValues = 4096

// compression of the digest: about that many centroids at most. Measured on a
// million normal, exponential and bimodal values (sample_test.go), the rank of
// a quantile is off by at most 0.0005 in the middle and 0.00005 at 0.01 and 0.99.
const compression = 1000

// Sample collects values, none of them NaN: mean, standard deviation and quantiles
// in bounded memory. The zero value is an empty sample.
//
// Up to exactValues values are kept as they are. Then they are merged into a
// t-digest (Dunning & Ertl, Computing extremely accurate quantiles using
// t-digests, 2019, merging variant with scale function k1): sorted centroids
// whose weight shrinks towards both tails. The result depends on the values and
// their order only.
type Sample struct {
	// Moments keeps no values: there are a mean and a standard deviation only.
	Moments bool

	n         int
	shift     float64 // first value; sums are taken about it for precision
	sum, sum2 float64
	low, high float64
	buffer    []float64 // not yet merged
	centroids []centroid
}

type centroid struct{ mean, weight float64 }

// Expect makes room for n values, so that adding them allocates nothing.
func (d *Sample) Expect(n int) { d.buffer = make([]float64, 0, min(n, exactValues)) }

// Add takes further values into the sample.
func (d *Sample) Add(values []float64) {
	if d.n == 0 && len(values) > 0 {
		d.shift, d.low, d.high = values[0], values[0], values[0]
	}
	sum, sum2 := d.sum, d.sum2
	for _, v := range values {
		x := v - d.shift
		sum += x
		sum2 += x * x
	}
	d.sum, d.sum2 = sum, sum2
	d.n += len(values)
	if d.Moments {
		return
	}
	for len(values) > 0 {
		room := exactValues - len(d.buffer)
		if room == 0 {
			d.merge()
			room = exactValues
		}
		take := min(room, len(values))
		d.buffer = append(d.buffer, values[:take]...)
		values = values[take:]
	}
}

// Mean is NaN of an empty sample.
func (d *Sample) Mean() float64 {
	if d.n == 0 {
		return math.NaN()
	}
	return d.shift + d.sum/float64(d.n)
}

// SD is the standard deviation with divisor n−1; NaN for fewer than two values.
func (d *Sample) SD() float64 {
	if d.n < 2 {
		return math.NaN()
	}
	n := float64(d.n)
	return math.Sqrt(max(0, d.sum2-d.sum*d.sum/n) / (n - 1))
}

// merge moves the buffer into the digest.
func (d *Sample) merge() {
	if len(d.buffer) == 0 {
		return
	}
	slices.Sort(d.buffer)
	d.low, d.high = min(d.low, d.buffer[0]), max(d.high, d.buffer[len(d.buffer)-1])
	all := make([]centroid, 0, len(d.buffer)+len(d.centroids))
	i, total := 0, 0.0
	for _, v := range d.buffer {
		for i < len(d.centroids) && d.centroids[i].mean <= v {
			all = append(all, d.centroids[i])
			i++
		}
		all = append(all, centroid{v, 1})
	}
	all = append(all, d.centroids[i:]...)
	for _, c := range all {
		total += c.weight
	}
	d.buffer = d.buffer[:0]

	out := d.centroids[:0]
	current := all[0]
	before := 0.0 // weight left of current
	limit := total * nextRank(0)
	for _, c := range all[1:] {
		if before+current.weight+c.weight <= limit {
			w := current.weight + c.weight
			current.mean += (c.mean - current.mean) * c.weight / w
			current.weight = w
			continue
		}
		out = append(out, current)
		before += current.weight
		limit = total * nextRank(before/total)
		current = c
	}
	d.centroids = append(out, current)
}

// nextRank is the rank one unit of scale above q on the scale
// k1(q) = compression/2π · asin(2q−1).
func nextRank(q float64) float64 {
	k := compression/(2*math.Pi)*math.Asin(2*q-1) + 1
	if k >= compression/4.0 {
		return 1
	}
	return (math.Sin(2*math.Pi*k/compression) + 1) / 2
}

// Quantiles gives the quantiles for probabilities p, NaN of an empty sample: exact
// while there are no more than 4096 values, with linear interpolation between order
// statistics (R's type 7, which is quantile_cont in SQL), else interpolated between
// the centroids. With Moments they are 0.
func (d *Sample) Quantiles(p []float64) []float64 {
	out := make([]float64, len(p))
	if d.n == 0 {
		for i := range out {
			out[i] = math.NaN()
		}
		return out
	}
	if len(p) == 0 {
		return out // nothing was kept to take quantiles of
	}
	if len(d.centroids) == 0 {
		var ranks []int // of the values below and above, for each
		for _, q := range p {
			k := min(int(q*float64(d.n-1)), d.n-1)
			ranks = append(ranks, k, min(k+1, d.n-1))
		}
		values := orderStatistics(d.buffer, ranks)
		for i, q := range p {
			here, next := values[2*i], values[2*i+1]
			out[i] = here
			if next != here {
				out[i] += (q*float64(d.n-1) - float64(ranks[2*i])) * (next - here)
			}
		}
		return out
	}
	d.merge()
	// Interpolate between the middles of neighbouring centroids, and between the
	// extreme ones and the smallest and largest value seen.
	at, value := []float64{0}, []float64{d.low}
	before := 0.0
	for _, c := range d.centroids {
		at, value = append(at, before+c.weight/2), append(value, c.mean)
		before += c.weight
	}
	at, value = append(at, float64(d.n)), append(value, d.high)
	for i, q := range p {
		rank := q * float64(d.n)
		k, _ := slices.BinarySearch(at[1:len(at)-1], rank)
		out[i] = value[k] + (value[k+1]-value[k])*(rank-at[k])/(at[k+1]-at[k])
	}
	return out
}
