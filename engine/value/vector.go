package value

import (
	"math"
	"math/bits"
	"strconv"
	"unsafe"

	"github.com/duckdb/duckdb-go/v2/mapping"
)

// Vector is one column of a chunk of a result, in DuckDB's own memory: valid as
// long as the chunk is.
type Vector struct {
	typ      *Type
	data     unsafe.Pointer
	validity unsafe.Pointer // one bit a row; nil where nothing is NULL
	children []Vector       // of nested types; of a MAP the keys and the values
	tags     unsafe.Pointer // of a UNION: which member a row has
}

// Open reads where a column is.
func Open(t *Type, from mapping.Vector) Vector {
	v := Vector{typ: t, data: mapping.VectorGetData(from), validity: mapping.VectorGetValidity(from)}
	switch t.kind {
	case mapping.TypeList:
		v.children = []Vector{Open(t.children[0], mapping.ListVectorGetChild(from))}
	case mapping.TypeArray:
		v.children = []Vector{Open(t.children[0], mapping.ArrayVectorGetChild(from))}
	case mapping.TypeMap:
		entries := mapping.ListVectorGetChild(from)
		for i, child := range t.children {
			v.children = append(v.children, Open(child, mapping.StructVectorGetChild(entries, mapping.IdxT(i))))
		}
	case mapping.TypeStruct:
		for i, child := range t.children {
			v.children = append(v.children, Open(child, mapping.StructVectorGetChild(from, mapping.IdxT(i))))
		}
	case mapping.TypeUnion:
		v.tags = mapping.VectorGetData(mapping.StructVectorGetChild(from, 0))
		for i, child := range t.children {
			v.children = append(v.children, Open(child, mapping.StructVectorGetChild(from, mapping.IdxT(i+1))))
		}
	}
	return v
}

// Null reports whether a row is NULL.
func (v *Vector) Null(row int) bool {
	if v.typ.kind == mapping.TypeSQLNull {
		return true
	}
	if v.typ.kind == mapping.TypeUnion {
		return bit(v.validity, row) == 0 || v.children[at[uint8](v.tags, row)].Null(row)
	}
	return bit(v.validity, row) == 0
}

// bit reads a validity mask.
func bit(mask unsafe.Pointer, row int) uint64 {
	if mask == nil {
		return 1
	}
	return *(*uint64)(unsafe.Add(mask, 8*(row/64))) >> (row % 64) & 1
}

// at reads element i of an array of T.
func at[T any](data unsafe.Pointer, i int) T {
	var zero T
	return *(*T)(unsafe.Add(data, uintptr(i)*unsafe.Sizeof(zero)))
}

// Float gives a number, a truth value (0 or 1), a date or a point in time (seconds
// since 1970) as a float64: what can be plotted. It is NaN for NULL and anything
// else.
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
		return magnitude(parts[1], parts[0])
	case mapping.TypeHugeInt:
		parts := at[[2]uint64](v.data, row)
		return wide(int64(parts[1]), parts[0])
	case mapping.TypeUBigInt:
		return float64(at[uint64](v.data, row))
	case mapping.TypeDate:
		return 24 * 60 * 60 * float64(at[int32](v.data, row))
	case mapping.TypeTimestamp, mapping.TypeTimestampTZ:
		return float64(at[int64](v.data, row)) / 1e6
	case mapping.TypeTimestampS:
		return float64(at[int64](v.data, row))
	case mapping.TypeTimestampMS:
		return float64(at[int64](v.data, row)) / 1e3
	case mapping.TypeTimestampNS:
		return float64(at[int64](v.data, row)) / 1e9
	}
	if x, ok := v.integer(row); ok {
		return float64(x)
	}
	return math.NaN()
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

// wide gives the float64 nearest to a 128-bit integer with a sign. It does not
// add up the halves: of -1, which is 2^64 - 1 - 2^64, nothing would be left.
func wide(hi int64, lo uint64) float64 {
	if hi >= 0 {
		return magnitude(uint64(hi), lo)
	}
	lo, borrow := bits.Sub64(0, lo, 0)
	return -magnitude(-uint64(hi)-borrow, lo)
}

// magnitude gives the float64 nearest to a 128-bit integer without a sign. The
// leading 64 bits, the last of them set where any is lost, round as all do.
func magnitude(hi, lo uint64) float64 {
	if hi == 0 {
		return float64(lo)
	}
	n := bits.LeadingZeros64(hi)
	leading := hi<<n | lo>>(64-n)
	if lo<<n != 0 {
		leading |= 1
	}
	return math.Ldexp(float64(leading), 64-n)
}

// integer reads the whole numbers that fit in 64 bits with a sign.
func (v *Vector) integer(row int) (int64, bool) {
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

// word reads an ENUM.
func (v *Vector) word(row int) string {
	switch v.typ.internal {
	case mapping.TypeUTinyInt:
		return v.typ.words[at[uint8](v.data, row)]
	case mapping.TypeUSmallInt:
		return v.typ.words[at[uint16](v.data, row)]
	}
	return v.typ.words[at[uint32](v.data, row)]
}

// bytes reads a VARCHAR, BLOB, BIT or BIGNUM in place: duckdb_string_t is a
// length, then up to 12 bytes, or four of them and a pointer to all.
func (v *Vector) bytes(row int) []byte {
	s := unsafe.Add(v.data, 16*row)
	length := *(*uint32)(s)
	p := unsafe.Add(s, 4)
	if length > 12 {
		p = *(*unsafe.Pointer)(unsafe.Add(s, 8))
	}
	return unsafe.Slice((*byte)(p), length)
}

// span gives where the elements of a LIST, ARRAY or MAP are in the children.
func (v *Vector) span(row int) (first, after int) {
	if v.typ.kind == mapping.TypeArray {
		return row * v.typ.size, (row + 1) * v.typ.size
	}
	entry := at[[2]uint64](v.data, row)
	return int(entry[0]), int(entry[0] + entry[1])
}
