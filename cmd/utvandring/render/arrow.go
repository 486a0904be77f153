package render

import (
	"bufio"
	"fmt"
	"strconv"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	arrowmemory "github.com/apache/arrow-go/v18/arrow/memory"

	"utvandring/engine"
)

// arrowRows is how many rows a batch has.
const arrowRows = 1 << 16

// writeArrow writes Apache Arrow's file format (Feather version 2), which R, Python, Julia
// and Polars map into memory. Numbers, dates and points in time keep their type, points with a
// time zone as UTC; what else there is, HUGEINT and nested types too, is the text of a cast.
func writeArrow(out *bufio.Writer, r *engine.Result, _ Options) {
	var fields []arrow.Field
	var kinds []arrowKind
	for i, c := range r.Columns {
		kinds = append(kinds, arrowKindOf(c.Type))
		fields = append(fields, arrow.Field{Name: c.Name, Type: kinds[i].to, Nullable: true})
	}
	schema := arrow.NewSchema(fields, nil)
	builder := array.NewRecordBuilder(arrowmemory.DefaultAllocator, schema)
	defer builder.Release()
	var adders []func(engine.Row, int)
	for i, k := range kinds {
		adders = append(adders, k.adder(builder.Field(i)))
	}
	// What fails is out, which keeps its error.
	w, err := ipc.NewFileWriter(out, ipc.WithSchema(schema))
	if err != nil {
		return
	}
	batch := func() {
		record := builder.NewRecordBatch()
		w.Write(record)
		record.Release()
	}
	n := 0
	for row := range r.Rows() {
		for i, add := range adders {
			if row.Null(i) {
				builder.Field(i).AppendNull()
			} else {
				add(row, i)
			}
		}
		if n++; n%arrowRows == 0 {
			batch()
		}
	}
	if n%arrowRows > 0 {
		batch()
	}
	if r.Err() == nil && !r.Stopped() {
		w.Close()
	}
}

// arrowKind is the type that values of a kind get, and what makes the adder of those that
// are not NULL to a builder of it.
type arrowKind struct {
	to    arrow.DataType
	adder func(array.Builder) func(row engine.Row, column int)
}

var arrowKinds = map[string]arrowKind{
	"BOOLEAN":   {arrow.FixedWidthTypes.Boolean, adding(func(row engine.Row, i int) bool { return row.Float(i) != 0 })},
	"TINYINT":   {arrow.PrimitiveTypes.Int8, adding(whole[int8])},
	"SMALLINT":  {arrow.PrimitiveTypes.Int16, adding(whole[int16])},
	"INTEGER":   {arrow.PrimitiveTypes.Int32, adding(whole[int32])},
	"BIGINT":    {arrow.PrimitiveTypes.Int64, adding(whole[int64])},
	"UTINYINT":  {arrow.PrimitiveTypes.Uint8, adding(whole[uint8])},
	"USMALLINT": {arrow.PrimitiveTypes.Uint16, adding(whole[uint16])},
	"UINTEGER":  {arrow.PrimitiveTypes.Uint32, adding(whole[uint32])},
	"UBIGINT": {arrow.PrimitiveTypes.Uint64, adding(func(row engine.Row, i int) uint64 {
		x, _ := strconv.ParseUint(row.Text(i), 10, 64)
		return x
	})},
	"FLOAT":  {arrow.PrimitiveTypes.Float32, adding(func(row engine.Row, i int) float32 { return float32(row.Float(i)) })},
	"DOUBLE": {arrow.PrimitiveTypes.Float64, adding(engine.Row.Float)},
	"DATE":   {arrow.FixedWidthTypes.Date32, adding(func(row engine.Row, i int) arrow.Date32 { return arrow.Date32(row.Float(i) / (24 * 60 * 60)) })},
}

func whole[T int8 | int16 | int32 | int64 | uint8 | uint16 | uint32](row engine.Row, i int) T {
	x, _ := row.Int(i)
	return T(x)
}

// adding adds what a function reads of a row.
func adding[T any](value func(engine.Row, int) T) func(array.Builder) func(engine.Row, int) {
	return func(b array.Builder) func(engine.Row, int) {
		to := b.(interface{ Append(T) })
		return func(row engine.Row, i int) { to.Append(value(row, i)) }
	}
}

func arrowKindOf(t *engine.Type) arrowKind {
	kind, known := arrowKinds[t.Name()]
	switch {
	case known:
		return kind
	case t.Name() == "DECIMAL":
		to := &arrow.Decimal128Type{}
		fmt.Sscanf(t.String(), "DECIMAL(%d,%d)", &to.Precision, &to.Scale)
		return arrowKind{to, func(b array.Builder) func(engine.Row, int) {
			return func(row engine.Row, i int) {
				if x, err := decimal128.FromString(row.Text(i), to.Precision, to.Scale); err == nil {
					b.(*array.Decimal128Builder).Append(x)
				} else {
					b.AppendNull()
				}
			}
		}}
	case t.Temporal():
		to := &arrow.TimestampType{Unit: arrow.Microsecond}
		if t.Zoned() {
			to.TimeZone = "UTC"
		}
		return arrowKind{to, adding(func(row engine.Row, i int) arrow.Timestamp { return arrow.Timestamp(row.Micros(i)) })}
	}
	return arrowKind{arrow.BinaryTypes.String, func(b array.Builder) func(engine.Row, int) {
		var text []byte
		return func(row engine.Row, i int) {
			text = row.AppendText(text[:0], i)
			b.(*array.StringBuilder).BinaryBuilder.Append(text)
		}
	}}
}
