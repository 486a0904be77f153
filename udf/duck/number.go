package duck

import (
	"math"
	"strconv"

	"github.com/duckdb/duckdb-go/v2/mapping"
)

// Float gives a number, a truth value (0 or 1), a date or a point in time (seconds
// since 1970, or infinite) as a float64: what can be plotted. It is NaN for NULL
// and anything else.
func (v *Vector) Float(row int) float64 {
	if v.Null(row) {
		return math.NaN()
	}
	switch v.typ.kind {
	case mapping.TypeDouble:
		return at[float64](v.data, row)
	case mapping.TypeFloat:
		return float64(at[float32](v.data, row))
	case mapping.TypeBoolean:
		return float64(at[uint8](v.data, row))
	case mapping.TypeDecimal:
		hi, lo := v.decimal(row)
		return decimal(hi, lo, int(v.typ.scale))
	case mapping.TypeUHugeInt:
		parts := at[[2]uint64](v.data, row)
		x, _ := unsigned(parts[1], parts[0]).Float64()
		return x
	case mapping.TypeHugeInt:
		parts := at[[2]uint64](v.data, row)
		return wide(int64(parts[1]), parts[0])
	case mapping.TypeUBigInt:
		return float64(at[uint64](v.data, row))
	case mapping.TypeBigNum:
		x, _ := bigNum(v.bytes(row)).Float64()
		return x
	case mapping.TypeDate:
		return moment(int64(at[int32](v.data, row)), math.MaxInt32) * 24 * 60 * 60
	case mapping.TypeTimestampS:
		return moment(at[int64](v.data, row), math.MaxInt64)
	case mapping.TypeTimestampMS:
		return moment(at[int64](v.data, row), math.MaxInt64) / 1e3
	case mapping.TypeTimestamp, mapping.TypeTimestampTZ:
		return moment(at[int64](v.data, row), math.MaxInt64) / 1e6
	case mapping.TypeTimestampNS:
		return moment(at[int64](v.data, row), math.MaxInt64) / 1e9
	}
	if x, ok := v.Int(row); ok {
		return float64(x)
	}
	return math.NaN()
}

// Micros gives a point in time in microseconds since 1970, parts of one cut off. Infinity
// is the largest number and its opposite.
func (v *Vector) Micros(row int) int64 {
	x := at[int64](v.data, row)
	if x == math.MaxInt64 || x == -math.MaxInt64 {
		return x
	}
	switch v.typ.kind {
	case mapping.TypeTimestampS:
		return x * 1_000_000
	case mapping.TypeTimestampMS:
		return x * 1000
	case mapping.TypeTimestampNS:
		return floorDiv(x, 1000)
	}
	return x
}

// moment is a date or point in time in its own units, of which the largest number
// and its opposite stand for infinity.
func moment(x, infinity int64) float64 {
	switch x {
	case infinity:
		return math.Inf(1)
	case -infinity:
		return math.Inf(-1)
	}
	return float64(x)
}

// decimal gives the float64 nearest to a DECIMAL.
func decimal(hi int64, lo uint64, scale int) float64 {
	x := wide(hi, lo)
	if math.Abs(x) <= 1<<53 && scale <= 22 {
		return x / math.Pow10(scale) // both are exact
	}
	var space [48]byte
	x, _ = strconv.ParseFloat(string(appendDecimal(space[:0], hi, lo, scale)), 64)
	return x
}

// wide gives the float64 nearest to a 128-bit integer with a sign.
func wide(hi int64, lo uint64) float64 {
	if hi == int64(lo)>>63 {
		return float64(int64(lo))
	}
	x, _ := signed(hi, lo).Float64()
	return x
}

// Int reads the types of whole numbers that 64 bits with a sign hold; ok is false
// for another type.
func (v *Vector) Int(row int) (x int64, ok bool) {
	switch v.typ.kind {
	case mapping.TypeTinyInt:
		return int64(at[int8](v.data, row)), true
	case mapping.TypeSmallInt:
		return int64(at[int16](v.data, row)), true
	case mapping.TypeInteger:
		return int64(at[int32](v.data, row)), true
	case mapping.TypeBigInt:
		return at[int64](v.data, row), true
	case mapping.TypeUTinyInt:
		return int64(at[uint8](v.data, row)), true
	case mapping.TypeUSmallInt:
		return int64(at[uint16](v.data, row)), true
	case mapping.TypeUInteger:
		return int64(at[uint32](v.data, row)), true
	}
	return 0, false
}

// decimal reads the digits of a DECIMAL as a 128-bit integer.
func (v *Vector) decimal(row int) (hi int64, lo uint64) {
	var x int64
	switch v.typ.internal {
	case mapping.TypeSmallInt:
		x = int64(at[int16](v.data, row))
	case mapping.TypeInteger:
		x = int64(at[int32](v.data, row))
	case mapping.TypeBigInt:
		x = at[int64](v.data, row)
	default:
		parts := at[[2]uint64](v.data, row)
		return int64(parts[1]), parts[0]
	}
	return x >> 63, uint64(x)
}
