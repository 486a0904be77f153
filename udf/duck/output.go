package duck

import (
	"errors"
	"slices"
	"unsafe"

	"github.com/duckdb/duckdb-go/v2/mapping"
)

// The types that can be written.
var (
	Varchar   = &Type{kind: mapping.TypeVarchar}
	Double    = &Type{kind: mapping.TypeDouble}
	BigInt    = &Type{kind: mapping.TypeBigInt}
	Integer   = &Type{kind: mapping.TypeInteger}
	Boolean   = &Type{kind: mapping.TypeBoolean}
	Date      = &Type{kind: mapping.TypeDate}
	Timestamp = &Type{kind: mapping.TypeTimestamp}
)

// ListOf is the type of lists of another.
func ListOf(t *Type) *Type { return &Type{kind: mapping.TypeList, children: []*Type{t}} }

// StructOf is the type of a row of these columns.
func StructOf(columns []Column) *Type {
	t := &Type{kind: mapping.TypeStruct}
	for _, c := range columns {
		t.names, t.children = append(t.names, c.Name), append(t.children, c.Type)
	}
	return t
}

// logical is the type as DuckDB wants it, to be destroyed.
func (t *Type) logical() mapping.LogicalType {
	var children []mapping.LogicalType
	for i, child := range t.children {
		children = append(children, child.logical())
		defer mapping.DestroyLogicalType(&children[i])
	}
	switch t.kind {
	case mapping.TypeList:
		return mapping.CreateListType(children[0])
	case mapping.TypeStruct:
		return mapping.CreateStructType(children, t.names)
	}
	return mapping.CreateLogicalType(t.kind)
}

// Output is a vector to be written to. Who writes keeps to its type and within
// its rows.
type Output struct{ handle mapping.Vector }

// List makes room in a vector of LIST for one list a row, one after another in
// the vector of elements that it gives. A length below 0 is a NULL.
func (o Output) List(lengths []int) (elements Output, err error) {
	entries := unsafe.Slice((*[2]uint64)(mapping.VectorGetData(o.handle)), len(lengths))
	total := 0
	for row, n := range lengths {
		if n < 0 {
			o.SetNull(row)
			n = 0
		}
		entries[row] = [2]uint64{uint64(total), uint64(n)}
		total += n
	}
	if mapping.ListVectorReserve(o.handle, mapping.IdxT(total)) == mapping.StateError ||
		mapping.ListVectorSetSize(o.handle, mapping.IdxT(total)) == mapping.StateError {
		return Output{}, errors.New("no room for the rows of the result")
	}
	return Output{mapping.ListVectorGetChild(o.handle)}, nil
}

// Field is the vector of a field of a STRUCT.
func (o Output) Field(i int) Output { return Output{childOf(o.handle, mapping.TypeStruct, i)} }

// Put writes values from a row on: float64 to DOUBLE, int64 to BIGINT and TIMESTAMP
// (microseconds since 1970), int32 to INTEGER and DATE (days since 1970), bool to BOOLEAN.
func Put[T float64 | int64 | int32 | bool](o Output, first int, values []T) {
	copy(cells[T](o, first+len(values))[first:], values)
}

// PutText writes values to VARCHAR.
func (o Output) PutText(first int, values []string) {
	for i, s := range values {
		mapping.VectorAssignStringElement(o.handle, mapping.IdxT(first+i), s)
	}
}

// SetNull makes rows NULL.
func (o Output) SetNull(rows ...int) {
	if len(rows) == 0 {
		return
	}
	valid := o.validity(slices.Max(rows) + 1)
	for _, row := range rows {
		valid[row/64] &^= 1 << (row % 64)
	}
}

// validity has a bit for each of the first n rows, 0 where it is NULL.
func (o Output) validity(n int) []uint64 {
	mapping.VectorEnsureValidityWritable(o.handle)
	return unsafe.Slice((*uint64)(mapping.VectorGetValidity(o.handle)), (n+63)/64)
}

// cells is the memory of the first n rows of values that DuckDB stores as T.
func cells[T any](o Output, n int) []T {
	return unsafe.Slice((*T)(mapping.VectorGetData(o.handle)), n)
}
