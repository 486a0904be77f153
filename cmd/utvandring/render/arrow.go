package render

import (
	"bufio"
	"strconv"
	"strings"

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
	for _, c := range r.Columns {
		fields = append(fields, arrow.Field{Name: c.Name, Type: arrowType(c.Type), Nullable: true})
	}
	schema := arrow.NewSchema(fields, nil)
	builder := array.NewRecordBuilder(arrowmemory.DefaultAllocator, schema)
	defer builder.Release()
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
	var text []byte
	for row := range r.Rows() {
		for i := range fields {
			if row.Null(i) {
				builder.Field(i).AppendNull()
				continue
			}
			text = appendArrow(builder.Field(i), row, i, text[:0])
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

func arrowType(t *engine.Type) arrow.DataType {
	switch t.Name() {
	case "BOOLEAN":
		return arrow.FixedWidthTypes.Boolean
	case "TINYINT":
		return arrow.PrimitiveTypes.Int8
	case "SMALLINT":
		return arrow.PrimitiveTypes.Int16
	case "INTEGER":
		return arrow.PrimitiveTypes.Int32
	case "BIGINT":
		return arrow.PrimitiveTypes.Int64
	case "UTINYINT":
		return arrow.PrimitiveTypes.Uint8
	case "USMALLINT":
		return arrow.PrimitiveTypes.Uint16
	case "UINTEGER":
		return arrow.PrimitiveTypes.Uint32
	case "UBIGINT":
		return arrow.PrimitiveTypes.Uint64
	case "FLOAT":
		return arrow.PrimitiveTypes.Float32
	case "DOUBLE":
		return arrow.PrimitiveTypes.Float64
	case "DATE":
		return arrow.FixedWidthTypes.Date32
	case "DECIMAL":
		precision, scale, _ := strings.Cut(strings.Trim(strings.TrimPrefix(t.String(), "DECIMAL"), "()"), ",")
		p, _ := strconv.Atoi(precision)
		s, _ := strconv.Atoi(scale)
		return &arrow.Decimal128Type{Precision: int32(p), Scale: int32(s)}
	}
	switch {
	case t.Zoned() && t.Temporal():
		return arrow.FixedWidthTypes.Timestamp_us
	case t.Temporal():
		return &arrow.TimestampType{Unit: arrow.Microsecond}
	}
	return arrow.BinaryTypes.String
}

// appendArrow appends a value that is not NULL. text is space to write in.
func appendArrow(b array.Builder, row engine.Row, i int, text []byte) []byte {
	whole, _ := row.Int(i)
	switch b := b.(type) {
	case *array.BooleanBuilder:
		b.Append(row.Float(i) != 0)
	case *array.Int8Builder:
		b.Append(int8(whole))
	case *array.Int16Builder:
		b.Append(int16(whole))
	case *array.Int32Builder:
		b.Append(int32(whole))
	case *array.Int64Builder:
		b.Append(whole)
	case *array.Uint8Builder:
		b.Append(uint8(whole))
	case *array.Uint16Builder:
		b.Append(uint16(whole))
	case *array.Uint32Builder:
		b.Append(uint32(whole))
	case *array.Uint64Builder:
		x, _ := strconv.ParseUint(row.Text(i), 10, 64)
		b.Append(x)
	case *array.Float32Builder:
		b.Append(float32(row.Float(i)))
	case *array.Float64Builder:
		b.Append(row.Float(i))
	case *array.Date32Builder:
		b.Append(arrow.Date32(row.Float(i) / (24 * 60 * 60)))
	case *array.TimestampBuilder:
		b.Append(arrow.Timestamp(row.Micros(i)))
	case *array.Decimal128Builder:
		t := b.Type().(*arrow.Decimal128Type)
		x, err := decimal128.FromString(row.Text(i), t.Precision, t.Scale)
		if err != nil {
			b.AppendNull()
			break
		}
		b.Append(x)
	case *array.StringBuilder:
		text = row.AppendText(text, i)
		b.BinaryBuilder.Append(text)
	}
	return text
}
