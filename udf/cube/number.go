package cube

import "strconv"

// Powers of ten that a float64 holds exactly: with up to 15 digits over one of them, the
// quotient is the nearest float64 to what is written.
var powers = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// Number reads digits with a point, a sign or an exponent, to the nearest float64.
func Number(token []byte) (float64, bool) {
	i, negative := 0, false
	if len(token) > 0 && (token[0] == '-' || token[0] == '+') {
		i, negative = 1, token[0] == '-'
	}
	var mantissa uint64
	digits, point := 0, -1
	for ; i < len(token); i++ {
		c := token[i] - '0'
		if c > 9 {
			if token[i] != '.' || point >= 0 {
				break
			}
			point = digits
			continue
		}
		mantissa = mantissa*10 + uint64(c)
		digits++
	}
	if i == len(token) && digits > 0 && digits <= 15 {
		x := float64(mantissa)
		if point >= 0 {
			x /= powers[digits-point]
		}
		if negative && x != 0 {
			x = -x
		}
		return x, true
	}
	if digits == 0 {
		return 0, false
	}
	for _, c := range token[i:] {
		if c != 'e' && c != 'E' && c != '+' && c != '-' && (c < '0' || c > '9') {
			return 0, false
		}
	}
	x, err := strconv.ParseFloat(string(token), 64)
	return x, err == nil
}
