package duck

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/duckdb/duckdb-go/v2/mapping"

	"utvandring/udf/sqltext"
)

// Type is the SQL type of a column or of what it is made of.
type Type struct {
	kind     mapping.Type
	json     bool           // VARCHAR that DuckDB calls JSON
	internal mapping.Type   // how DECIMAL and ENUM are stored
	width    uint8          // digits of a DECIMAL
	scale    uint8          // those after the point
	words    []string       // of an ENUM
	size     int            // of an ARRAY
	names    []string       // of the fields of a STRUCT, the members of a UNION
	zone     *time.Location // to show a TIMESTAMP WITH TIME ZONE in
	children []*Type        // of LIST, ARRAY (1), STRUCT, UNION, MAP (key, value)
}

// typeOf reads DuckDB's description of a type.
func typeOf(t mapping.LogicalType) *Type {
	typ := &Type{kind: mapping.GetTypeId(t), zone: time.UTC}
	add := func(child mapping.LogicalType) {
		typ.children = append(typ.children, typeOf(child))
		mapping.DestroyLogicalType(&child)
	}
	switch typ.kind {
	case mapping.TypeVarchar:
		typ.json = mapping.LogicalTypeGetAlias(t) == "JSON"
	case mapping.TypeDecimal:
		typ.internal, typ.width, typ.scale = mapping.DecimalInternalType(t), mapping.DecimalWidth(t), mapping.DecimalScale(t)
	case mapping.TypeEnum:
		typ.internal = mapping.EnumInternalType(t)
		for i := range mapping.EnumDictionarySize(t) {
			typ.words = append(typ.words, mapping.EnumDictionaryValue(t, mapping.IdxT(i)))
		}
	case mapping.TypeList:
		add(mapping.ListTypeChildType(t))
	case mapping.TypeArray:
		typ.size = int(mapping.ArrayTypeArraySize(t))
		add(mapping.ArrayTypeChildType(t))
	case mapping.TypeMap:
		add(mapping.MapTypeKeyType(t))
		add(mapping.MapTypeValueType(t))
	case mapping.TypeStruct:
		for i := range mapping.StructTypeChildCount(t) {
			typ.names = append(typ.names, mapping.StructTypeChildName(t, i))
			add(mapping.StructTypeChildType(t, i))
		}
	case mapping.TypeUnion:
		for i := range mapping.UnionTypeMemberCount(t) {
			typ.names = append(typ.names, mapping.UnionTypeMemberName(t, i))
			add(mapping.UnionTypeMemberType(t, i))
		}
	}
	return typ
}

// Numeric reports whether the values are numbers.
func (t *Type) Numeric() bool {
	switch t.kind {
	case mapping.TypeTinyInt, mapping.TypeSmallInt, mapping.TypeInteger, mapping.TypeBigInt, mapping.TypeHugeInt,
		mapping.TypeUTinyInt, mapping.TypeUSmallInt, mapping.TypeUInteger, mapping.TypeUBigInt, mapping.TypeUHugeInt,
		mapping.TypeFloat, mapping.TypeDouble, mapping.TypeDecimal, mapping.TypeBigNum:
		return true
	}
	return false
}

// Boolean reports whether the values are true or false.
func (t *Type) Boolean() bool { return t.kind == mapping.TypeBoolean }

// Null reports whether it is the type of a bare NULL, which has no other value.
func (t *Type) Null() bool { return t.kind == mapping.TypeSQLNull }

// Element is the type of the elements of a LIST, nil for another type.
func (t *Type) Element() *Type {
	if t.kind != mapping.TypeList {
		return nil
	}
	return t.children[0]
}

// Labels are the values of an ENUM in their order, nil for another type.
func (t *Type) Labels() []string {
	if t.kind != mapping.TypeEnum {
		return nil
	}
	return t.words
}

// Fields are the names of the fields of a STRUCT, nil for another type.
func (t *Type) Fields() []string {
	if t.kind != mapping.TypeStruct {
		return nil
	}
	return t.names
}

// Zoned reports whether there is a TIMESTAMP WITH TIME ZONE in it.
func (t *Type) Zoned() bool {
	return t.kind == mapping.TypeTimestampTZ || slices.ContainsFunc(t.children, (*Type).Zoned)
}

// In makes values with a time zone show in this one. Without it they show UTC.
func (t *Type) In(zone *time.Location) {
	t.zone = zone
	for _, child := range t.children {
		child.In(zone)
	}
}

// Floating reports whether the values are FLOAT or DOUBLE.
func (t *Type) Floating() bool { return t.kind == mapping.TypeFloat || t.kind == mapping.TypeDouble }

// Temporal reports whether the values are dates or points in time.
func (t *Type) Temporal() bool {
	switch t.kind {
	case mapping.TypeDate, mapping.TypeTimestamp, mapping.TypeTimestampS, mapping.TypeTimestampMS, mapping.TypeTimestampNS, mapping.TypeTimestampTZ:
		return true
	}
	return false
}

// String is the name of the type in SQL.
func (t *Type) String() string {
	if t.json {
		return "JSON"
	}
	fields := func() string {
		parts := make([]string, len(t.names))
		for i, name := range t.names {
			parts[i] = quoteOdd(name) + " " + t.children[i].String()
		}
		return strings.Join(parts, ", ")
	}
	switch t.kind {
	case mapping.TypeDecimal:
		return fmt.Sprintf("DECIMAL(%d,%d)", t.width, t.scale)
	case mapping.TypeList:
		return t.children[0].String() + "[]"
	case mapping.TypeArray:
		return fmt.Sprintf("%s[%d]", t.children[0], t.size)
	case mapping.TypeMap:
		return fmt.Sprintf("MAP(%s, %s)", t.children[0], t.children[1])
	case mapping.TypeStruct, mapping.TypeUnion:
		return t.Name() + "(" + fields() + ")"
	}
	return t.Name()
}

// Name is the name of the type without what it is made of: DECIMAL, LIST, STRUCT.
func (t *Type) Name() string {
	if name, ok := names[t.kind]; ok {
		return name
	}
	return fmt.Sprintf("type %d", t.kind)
}

var names = map[mapping.Type]string{
	mapping.TypeBoolean: "BOOLEAN", mapping.TypeTinyInt: "TINYINT", mapping.TypeSmallInt: "SMALLINT", mapping.TypeInteger: "INTEGER",
	mapping.TypeBigInt: "BIGINT", mapping.TypeUTinyInt: "UTINYINT", mapping.TypeUSmallInt: "USMALLINT", mapping.TypeUInteger: "UINTEGER",
	mapping.TypeUBigInt: "UBIGINT", mapping.TypeHugeInt: "HUGEINT", mapping.TypeUHugeInt: "UHUGEINT", mapping.TypeBigNum: "BIGNUM",
	mapping.TypeFloat: "FLOAT", mapping.TypeDouble: "DOUBLE", mapping.TypeVarchar: "VARCHAR", mapping.TypeBlob: "BLOB", mapping.TypeBit: "BIT",
	mapping.TypeUUID: "UUID", mapping.TypeDate: "DATE", mapping.TypeTime: "TIME", mapping.TypeTimeNS: "TIME_NS", mapping.TypeTimeTZ: "TIME WITH TIME ZONE",
	mapping.TypeTimestamp: "TIMESTAMP", mapping.TypeTimestampS: "TIMESTAMP_S", mapping.TypeTimestampMS: "TIMESTAMP_MS",
	mapping.TypeTimestampNS: "TIMESTAMP_NS", mapping.TypeTimestampTZ: "TIMESTAMP WITH TIME ZONE", mapping.TypeInterval: "INTERVAL",
	mapping.TypeDecimal: "DECIMAL", mapping.TypeEnum: "ENUM", mapping.TypeList: "LIST", mapping.TypeArray: "ARRAY", mapping.TypeMap: "MAP",
	mapping.TypeStruct: "STRUCT", mapping.TypeUnion: "UNION", mapping.TypeSQLNull: "NULL", mapping.TypeGeometry: "GEOMETRY", mapping.TypeVariant: "VARIANT",
}

// quoteOdd quotes a name that could not stand by itself.
func quoteOdd(name string) string {
	for i, c := range name {
		if c != '_' && (c < 'a' || c > 'z') && (i == 0 || c < '0' || c > '9') {
			return sqltext.QuoteName(name)
		}
	}
	return name
}
