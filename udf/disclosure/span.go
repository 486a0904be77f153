package disclosure

// prime is the modulus of the elimination: what is independent modulo it is independent.
const prime = 2147483647

func multiply(a, b uint32) uint32 { return uint32(uint64(a) * uint64(b) % prime) }

func inverse(a uint32) uint32 {
	result := uint32(1)
	for e := uint32(prime - 2); e > 0; e >>= 1 {
		if e&1 == 1 {
			result = multiply(result, a)
		}
		a = multiply(a, a)
	}
	return result
}

// vector is a sum of cells, with the rest of it after those that are known.
type vector []uint32

func vectorOf(n int, cells []int32) vector {
	v := make(vector, n)
	for _, j := range cells {
		v[j] = 1
	}
	return v
}

// lead is the first place that is not 0, the length where all are.
func (v vector) lead() int {
	for i, x := range v {
		if x != 0 {
			return i
		}
	}
	return len(v)
}

// normal makes the first number a 1.
func (v vector) normal() {
	i := v.lead()
	if i == len(v) || v[i] == 1 {
		return
	}
	by := inverse(v[i])
	for ; i < len(v); i++ {
		v[i] = multiply(v[i], by)
	}
}

// take takes from v as much of w, whose first number is a 1 at place at, as leaves a 0 there.
func (v vector) take(w vector, at int) {
	by := v[at]
	if by == 0 {
		return
	}
	by = prime - by
	for i := at; i < len(v); i++ {
		if w[i] != 0 {
			v[i] = uint32((uint64(v[i]) + uint64(w[i])*uint64(by)) % prime)
		}
	}
}

// known is the span of sums that are published.
type known struct {
	rows []vector
	at   []int
}

// rest is what of a vector is not known. It is changed.
func (k *known) rest(v vector) vector {
	for i, row := range k.rows {
		v.take(row, k.at[i])
	}
	return v
}

func (k *known) add(rest vector) {
	rest.normal()
	k.rows, k.at = append(k.rows, rest), append(k.at, rest.lead())
}
