package duck

import (
	"math"
	"unicode/utf8"

	"github.com/duckdb/duckdb-go/v2/mapping"
)

// AppendJSON appends a value as JSON: numbers with every digit, structs and maps
// as objects in their order, lists as arrays, a JSON value as it is, anything
// else as a string. What JSON has no number for is "NaN", "Infinity" and
// "-Infinity", as in the JSON of Protocol Buffers.
func (v *Vector) AppendJSON(b []byte, row int) []byte {
	if v.Null(row) {
		return append(b, "null"...)
	}
	switch v.typ.kind {
	case mapping.TypeDouble, mapping.TypeFloat:
		switch x := v.Float(row); {
		case math.IsNaN(x):
			return append(b, `"NaN"`...)
		case math.IsInf(x, 1):
			return append(b, `"Infinity"`...)
		case math.IsInf(x, -1):
			return append(b, `"-Infinity"`...)
		}
	case mapping.TypeUnion:
		return v.children[at[uint8](v.tags, row)].AppendJSON(b, row)
	case mapping.TypeList, mapping.TypeArray:
		first, after := v.Span(row)
		b = append(b, '[')
		for i := first; i < after; i++ {
			if i > first {
				b = append(b, ',')
			}
			b = v.children[0].AppendJSON(b, i)
		}
		return append(b, ']')
	case mapping.TypeStruct:
		b = append(b, '{')
		for i := range v.children {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(AppendJSONString(b, []byte(v.typ.names[i])), ':')
			b = v.children[i].AppendJSON(b, row)
		}
		return append(b, '}')
	case mapping.TypeMap:
		first, after := v.Span(row)
		b = append(b, '{')
		for i := first; i < after; i++ {
			if i > first {
				b = append(b, ',')
			}
			b = append(AppendJSONString(b, v.children[0].AppendText(nil, i)), ':')
			b = v.children[1].AppendJSON(b, i)
		}
		return append(b, '}')
	case mapping.TypeVarchar:
		if v.typ.json {
			return append(b, v.bytes(row)...)
		}
		return AppendJSONString(b, v.bytes(row))
	}
	if v.typ.Numeric() || v.typ.Boolean() {
		return v.AppendText(b, row)
	}
	return AppendJSONString(b, v.AppendText(nil, row))
}

// AppendJSONString appends text as a JSON string. Bytes that are not UTF-8
// become U+FFFD.
func AppendJSONString(b, text []byte) []byte {
	const digits = "0123456789abcdef"
	b = append(b, '"')
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c == '\n':
			b = append(b, '\\', 'n')
		case c == '\r':
			b = append(b, '\\', 'r')
		case c == '\t':
			b = append(b, '\\', 't')
		case c < ' ' || c == 0x7f:
			b = append(b, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
		case c < utf8.RuneSelf:
			b = append(b, c)
		default:
			r, size := utf8.DecodeRune(text[i:])
			b = utf8.AppendRune(b, r)
			i += size
			continue
		}
		i++
	}
	return append(b, '"')
}
