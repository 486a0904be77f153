package duck

import (
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

// open reads where a column is.
func (v *Vector) open(t *Type, from mapping.Vector) {
	*v = Vector{typ: t, data: mapping.VectorGetData(from), validity: mapping.VectorGetValidity(from), children: make([]Vector, len(t.children))}
	for i, child := range t.children {
		v.children[i].open(child, childOf(from, t.kind, i))
	}
	if t.kind == mapping.TypeUnion {
		v.tags = mapping.VectorGetData(mapping.StructVectorGetChild(from, 0))
	}
}

// childOf finds a child of a nested vector.
func childOf(v mapping.Vector, kind mapping.Type, i int) mapping.Vector {
	switch kind {
	case mapping.TypeList:
		return mapping.ListVectorGetChild(v)
	case mapping.TypeArray:
		return mapping.ArrayVectorGetChild(v)
	case mapping.TypeMap: // a list of structs of a key and a value
		v = mapping.ListVectorGetChild(v)
	case mapping.TypeUnion: // a struct of the tag and the members
		i++
	}
	return mapping.StructVectorGetChild(v, mapping.IdxT(i))
}

// Type is the type of its values.
func (v *Vector) Type() *Type { return v.typ }

// Child is the vector of the elements of a LIST or ARRAY, of a field of a STRUCT,
// of the keys (0) or values (1) of a MAP, or of a member of a UNION.
func (v *Vector) Child(i int) *Vector { return &v.children[i] }

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

// Span gives where the elements of a LIST, ARRAY or MAP are in the children.
func (v *Vector) Span(row int) (first, after int) {
	if v.typ.kind == mapping.TypeArray {
		return row * v.typ.size, (row + 1) * v.typ.size
	}
	entry := at[[2]uint64](v.data, row)
	return int(entry[0]), int(entry[0] + entry[1])
}

// Text reads a VARCHAR or ENUM; ok is false for another type.
func (v *Vector) Text(row int) (text string, ok bool) {
	switch v.typ.kind {
	case mapping.TypeVarchar:
		return string(v.bytes(row)), true
	case mapping.TypeEnum:
		return v.word(row), true
	}
	return "", false
}

// Bytes are those of a VARCHAR, in DuckDB's own memory: not to be written to, nor kept.
func (v *Vector) Bytes(row int) (text []byte, ok bool) {
	if v.typ.kind != mapping.TypeVarchar {
		return nil, false
	}
	return v.bytes(row), true
}

// Nulls tells which of n rows from the first are NULL; it is nil where none is.
func (v *Vector) Nulls(first, n int) (null []bool) {
	if v.validity == nil && v.typ.kind != mapping.TypeSQLNull && v.typ.kind != mapping.TypeUnion {
		return nil
	}
	for i := range n {
		if v.Null(first + i) {
			if null == nil {
				null = make([]bool, n)
			}
			null[i] = true
		}
	}
	return null
}

// Cells are n values from the first of a type that DuckDB stores as T. They are
// DuckDB's own memory: not to be written to, nor kept, and without meaning where
// there is a NULL.
func Cells[T int16 | int32 | int64 | float64](v *Vector, first, n int) (cells []T, ok bool) {
	var zero T
	switch any(zero).(type) {
	case int16:
		ok = v.typ.kind == mapping.TypeSmallInt
	case int32:
		ok = v.typ.kind == mapping.TypeInteger || v.typ.kind == mapping.TypeDate
	case int64:
		ok = v.typ.kind == mapping.TypeBigInt
	case float64:
		ok = v.typ.kind == mapping.TypeDouble
	}
	if !ok || n == 0 {
		return nil, ok
	}
	return unsafe.Slice((*T)(unsafe.Add(v.data, uintptr(first)*unsafe.Sizeof(zero))), n), true
}

// Floats are n numbers from the first: DuckDB's own memory where they are
// DOUBLE, as with Cells, or else a copy by Float.
func (v *Vector) Floats(first, n int) []float64 {
	if cells, ok := Cells[float64](v, first, n); ok {
		return cells
	}
	data := make([]float64, n)
	for i := range data {
		data[i] = v.Float(first + i)
	}
	return data
}
