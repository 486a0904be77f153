package udf

import (
	"fmt"
	"reflect"
	"strings"
	"unsafe"

	"github.com/duckdb/duckdb-go/v2"
	"github.com/duckdb/duckdb-go/v2/mapping"
)

// vector is DuckDB's memory for one column of arguments, seen from Go. Lists
// have one child, structs one child a field. Nothing is copied.
type vector struct {
	kind     mapping.Type
	internal mapping.Type // how DECIMAL and ENUM are stored
	scale    uint8        // digits after the point of a DECIMAL
	words    []string     // what the codes of an ENUM mean
	names    []string     // fields of a STRUCT
	data     unsafe.Pointer
	validity unsafe.Pointer // one bit a row, nil where nothing is NULL
	children []vector
}

// openChunk gives the argument vectors of a call.
//
// The driver reads nested values only as []any of map[string]any, which costs
// about a hundred times the memory of the numbers in them; its handle of the
// chunk is private, hence the reflection. It panics with a clear message when a
// new version of the driver names its field differently.
func openChunk(chunk *duckdb.DataChunk) ([]vector, error) {
	handle := mapping.DataChunk{Ptr: handleOf(reflect.ValueOf(chunk).Elem().FieldByName("chunk"))}
	vectors := make([]vector, chunk.ColumnCount())
	for i := range vectors {
		v := mapping.DataChunkGetVector(handle, mapping.IdxT(i))
		t := mapping.VectorGetColumnType(v)
		err := vectors[i].open(v, t)
		mapping.DestroyLogicalType(&t)
		if err != nil {
			return nil, fmt.Errorf("argument %d: %w", i+1, err)
		}
	}
	return vectors, nil
}

// resultVector gives the handle of the vector that a call writes to.
func resultVector(v duckdb.Vector) mapping.Vector {
	return mapping.Vector{Ptr: handleOf(reflect.ValueOf(v).FieldByName("v").Elem().FieldByName("vec"))}
}

func handleOf(field reflect.Value) unsafe.Pointer {
	if !field.IsValid() || field.Kind() != reflect.Struct || !field.FieldByName("Ptr").IsValid() {
		panic("the DuckDB driver keeps its vectors elsewhere than in the version this was written for: see udf/vector.go")
	}
	return field.FieldByName("Ptr").UnsafePointer()
}

func (v *vector) open(from mapping.Vector, t mapping.LogicalType) error {
	v.kind = mapping.GetTypeId(t)
	v.data = mapping.VectorGetData(from)
	v.validity = mapping.VectorGetValidity(from)
	switch v.kind {
	case mapping.TypeDecimal:
		v.internal, v.scale = mapping.DecimalInternalType(t), mapping.DecimalScale(t)
	case mapping.TypeEnum:
		v.internal = mapping.EnumInternalType(t)
		for i := range mapping.EnumDictionarySize(t) {
			v.words = append(v.words, mapping.EnumDictionaryValue(t, mapping.IdxT(i)))
		}
	case mapping.TypeList:
		child := mapping.ListTypeChildType(t)
		defer mapping.DestroyLogicalType(&child)
		v.children = make([]vector, 1)
		return v.children[0].open(mapping.ListVectorGetChild(from), child)
	case mapping.TypeStruct:
		n := int(mapping.StructTypeChildCount(t))
		v.children, v.names = make([]vector, n), make([]string, n)
		for i := range n {
			v.names[i] = mapping.StructTypeChildName(t, mapping.IdxT(i))
			child := mapping.StructTypeChildType(t, mapping.IdxT(i))
			err := v.children[i].open(mapping.StructVectorGetChild(from, mapping.IdxT(i)), child)
			mapping.DestroyLogicalType(&child)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (v *vector) null(row int) bool {
	if v.kind == mapping.TypeSQLNull {
		return true
	}
	if v.validity == nil {
		return false
	}
	word := *(*uint64)(unsafe.Add(v.validity, 8*(row/64)))
	return word&(1<<(row%64)) == 0
}

// at reads the plain value of a row; T must be how DuckDB stores the type.
func at[T any](v *vector, row int) T {
	var zero T
	return *(*T)(unsafe.Add(v.data, uintptr(row)*unsafe.Sizeof(zero)))
}

// list gives the bounds of a row of a LIST in its child vector.
func (v *vector) list(row int) (offset, length int) {
	entry := at[[2]uint64](v, row)
	return int(entry[0]), int(entry[1])
}

// text reads a VARCHAR or ENUM. The result is a copy.
func (v *vector) text(row int) (string, bool) {
	switch v.kind {
	case mapping.TypeVarchar:
		// duckdb_string_t: a length, then up to 12 bytes in place or a pointer.
		s := unsafe.Add(v.data, 16*row)
		length := *(*uint32)(s)
		p := unsafe.Add(s, 4)
		if length > 12 {
			p = *(*unsafe.Pointer)(unsafe.Add(s, 8))
		}
		return strings.Clone(unsafe.String((*byte)(p), length)), true
	case mapping.TypeEnum:
		switch v.internal {
		case mapping.TypeUTinyInt:
			return v.words[at[uint8](v, row)], true
		case mapping.TypeUSmallInt:
			return v.words[at[uint16](v, row)], true
		default:
			return v.words[at[uint32](v, row)], true
		}
	}
	return "", false
}

// numeric reports whether float can read the type.
func (v *vector) numeric() bool {
	switch v.kind {
	case mapping.TypeDouble, mapping.TypeFloat, mapping.TypeBoolean, mapping.TypeDecimal, mapping.TypeHugeInt, mapping.TypeUHugeInt,
		mapping.TypeTinyInt, mapping.TypeSmallInt, mapping.TypeInteger, mapping.TypeBigInt,
		mapping.TypeUTinyInt, mapping.TypeUSmallInt, mapping.TypeUInteger, mapping.TypeUBigInt:
		return true
	}
	return false
}

// float reads any numeric type. DuckDB's 128-bit integers lose what a float64
// cannot hold, as a cast to DOUBLE does.
func (v *vector) float(row int) (float64, bool) {
	kind := v.kind
	divisor := 1.0
	if kind == mapping.TypeDecimal {
		kind = v.internal
		for range v.scale {
			divisor *= 10
		}
	}
	switch kind {
	case mapping.TypeDouble:
		return at[float64](v, row), true
	case mapping.TypeFloat:
		return float64(at[float32](v, row)), true
	case mapping.TypeBoolean:
		return float64(at[uint8](v, row)), true
	case mapping.TypeTinyInt:
		return float64(at[int8](v, row)), true
	case mapping.TypeSmallInt:
		return float64(at[int16](v, row)) / divisor, true
	case mapping.TypeInteger:
		return float64(at[int32](v, row)) / divisor, true
	case mapping.TypeBigInt:
		return float64(at[int64](v, row)) / divisor, true
	case mapping.TypeUTinyInt:
		return float64(at[uint8](v, row)), true
	case mapping.TypeUSmallInt:
		return float64(at[uint16](v, row)), true
	case mapping.TypeUInteger:
		return float64(at[uint32](v, row)), true
	case mapping.TypeUBigInt:
		return float64(at[uint64](v, row)), true
	case mapping.TypeHugeInt:
		low, high, sign := at[uint64](v, 2*row), at[uint64](v, 2*row+1), 1.0
		if int64(high) < 0 { // from two's complement, so that -1 is not 2^64 - 2^64
			borrow := uint64(0)
			if low != 0 {
				borrow = 1
			}
			low, high, sign = -low, -high-borrow, -1
		}
		return sign * (float64(high)*(1<<64) + float64(low)) / divisor, true
	case mapping.TypeUHugeInt:
		parts := at[[2]uint64](v, row)
		return float64(parts[1])*(1<<64) + float64(parts[0]), true
	}
	return 0, false
}

// typeName is the SQL name of the type, for messages.
func (v *vector) typeName() string {
	switch v.kind {
	case mapping.TypeVarchar:
		return "text"
	case mapping.TypeEnum:
		return "an ENUM"
	case mapping.TypeDate:
		return "a DATE"
	case mapping.TypeTimestamp, mapping.TypeTimestampS, mapping.TypeTimestampMS, mapping.TypeTimestampNS, mapping.TypeTimestampTZ:
		return "a TIMESTAMP"
	case mapping.TypeTime, mapping.TypeTimeTZ, mapping.TypeTimeNS:
		return "a TIME"
	case mapping.TypeBlob:
		return "a BLOB"
	case mapping.TypeBit:
		return "a BIT"
	case mapping.TypeUUID:
		return "a UUID"
	case mapping.TypeArray:
		return "an ARRAY"
	case mapping.TypeUnion:
		return "a UNION"
	case mapping.TypeBoolean:
		return "a BOOLEAN"
	case mapping.TypeList:
		return "a list"
	case mapping.TypeStruct:
		return "a STRUCT"
	case mapping.TypeMap:
		return "a MAP"
	case mapping.TypeInterval:
		return "an INTERVAL"
	case mapping.TypeSQLNull:
		return "NULL"
	}
	if v.numeric() {
		return "a number"
	}
	return fmt.Sprintf("of SQL type %d", v.kind)
}
