package duck

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/duckdb/duckdb-go/v2/mapping"
)

// AppendText appends a value as a cast to VARCHAR writes it; NULL appends
// nothing.
func (v *Vector) AppendText(b []byte, row int) []byte {
	if v.Null(row) {
		return b
	}
	if x, ok := v.Int(row); ok {
		return strconv.AppendInt(b, x, 10)
	}
	switch v.typ.kind {
	case mapping.TypeVarchar:
		return append(b, v.bytes(row)...)
	case mapping.TypeEnum:
		return append(b, v.word(row)...)
	case mapping.TypeDouble:
		return appendFloat(b, at[float64](v.data, row), 64)
	case mapping.TypeFloat:
		return appendFloat(b, float64(at[float32](v.data, row)), 32)
	case mapping.TypeBoolean:
		return strconv.AppendBool(b, at[uint8](v.data, row) != 0)
	case mapping.TypeDecimal:
		hi, lo := v.decimal(row)
		return appendDecimal(b, hi, lo, int(v.typ.scale))
	case mapping.TypeUBigInt:
		return strconv.AppendUint(b, at[uint64](v.data, row), 10)
	case mapping.TypeHugeInt:
		parts := at[[2]uint64](v.data, row)
		return appendWide(b, int64(parts[1]), parts[0])
	case mapping.TypeUHugeInt:
		parts := at[[2]uint64](v.data, row)
		return unsigned(parts[1], parts[0]).Append(b, 10)
	case mapping.TypeBigNum:
		return bigNum(v.bytes(row)).Append(b, 10)
	case mapping.TypeBlob, mapping.TypeGeometry:
		return appendBlob(b, v.bytes(row))
	case mapping.TypeBit:
		return appendBits(b, v.bytes(row))
	case mapping.TypeUUID:
		return appendUUID(b, at[[2]uint64](v.data, row))
	case mapping.TypeUnion:
		return v.children[at[uint8](v.tags, row)].AppendText(b, row)
	case mapping.TypeList, mapping.TypeArray, mapping.TypeStruct, mapping.TypeMap:
		return v.appendNested(b, row)
	}
	if text, ok := v.appendTime(b, row); ok {
		return text
	}
	return fmt.Appendf(b, "(%s: cast it to VARCHAR)", v.typ)
}

// appendFloat writes the fewest digits that read back as the same number, with
// an exponent below 1e-4 and from 1e16, and a point in whole numbers. Minus nothing,
// which is what round(-0.004, 2) gives, is nothing: a sign would tell of a change.
func appendFloat(b []byte, x float64, bits int) []byte {
	switch {
	case math.IsNaN(x):
		return append(b, "nan"...)
	case math.IsInf(x, 1):
		return append(b, "inf"...)
	case math.IsInf(x, -1):
		return append(b, "-inf"...)
	case x == 0:
		return append(b, "0.0"...)
	}
	// The border is a matter of the digits written: a FLOAT of 0.0001 is a little
	// less than 1e-4.
	if size := math.Abs(x); size < 1.01e-4 || size >= 0.99e16 {
		start := len(b)
		b = strconv.AppendFloat(b, x, 'e', -1, bits)
		_, exponent, _ := strings.Cut(string(b[start:]), "e")
		if n, _ := strconv.Atoi(exponent); n < -4 || n >= 16 {
			return b
		}
		b = b[:start]
	}
	if x == math.Trunc(x) {
		return append(strconv.AppendFloat(b, x, 'f', -1, bits), ".0"...)
	}
	return strconv.AppendFloat(b, x, 'f', -1, bits)
}

func appendWide(b []byte, hi int64, lo uint64) []byte {
	if hi == int64(lo)>>63 {
		return strconv.AppendInt(b, int64(lo), 10)
	}
	return signed(hi, lo).Append(b, 10)
}

func signed(hi int64, lo uint64) *big.Int {
	x := new(big.Int).Lsh(big.NewInt(hi), 64)
	return x.Add(x, new(big.Int).SetUint64(lo))
}

func unsigned(hi, lo uint64) *big.Int {
	x := new(big.Int).Lsh(new(big.Int).SetUint64(hi), 64)
	return x.Add(x, new(big.Int).SetUint64(lo))
}

// bigNum reads DuckDB's BIGNUM: three bytes of header with the sign in the first
// bit, then the magnitude; all bits turned where it is negative.
func bigNum(data []byte) *big.Int {
	if len(data) < 4 {
		return new(big.Int)
	}
	magnitude := append([]byte(nil), data[3:]...)
	if data[0]&0x80 != 0 {
		return new(big.Int).SetBytes(magnitude)
	}
	for i := range magnitude {
		magnitude[i] = ^magnitude[i]
	}
	x := new(big.Int).SetBytes(magnitude)
	return x.Neg(x)
}

func appendDecimal(b []byte, hi int64, lo uint64, scale int) []byte {
	var space [48]byte
	digits := appendWide(space[:0], hi, lo)
	if digits[0] == '-' {
		b = append(b, '-')
		digits = digits[1:]
	}
	whole := len(digits) - scale
	if whole <= 0 {
		b = append(b, '0')
	} else {
		b = append(b, digits[:whole]...)
		digits = digits[whole:]
	}
	if scale == 0 {
		return b
	}
	b = append(b, '.')
	for range scale - len(digits) {
		b = append(b, '0')
	}
	return append(b, digits...)
}

func appendBlob(b, data []byte) []byte {
	const digits = "0123456789ABCDEF"
	for _, c := range data {
		if c < ' ' || c > '~' || c == '\\' || c == '\'' || c == '"' {
			b = append(b, '\\', 'x', digits[c>>4], digits[c&15])
		} else {
			b = append(b, c)
		}
	}
	return b
}

// appendBits writes a BIT: a byte that counts the unused bits of the next one,
// then the bits.
func appendBits(b, data []byte) []byte {
	if len(data) == 0 {
		return b
	}
	for i := int(data[0]); i < 8*(len(data)-1); i++ {
		b = append(b, '0'+data[1+i/8]>>(7-i%8)&1)
	}
	return b
}

func appendUUID(b []byte, parts [2]uint64) []byte {
	hi, lo := parts[1]^1<<63, parts[0] // stored so that it sorts as a signed number
	return fmt.Appendf(b, "%08x-%04x-%04x-%04x-%012x", hi>>32, hi>>16&0xffff, hi&0xffff, lo>>48, lo&(1<<48-1))
}

// appendNested writes [1, 2], {'a': 1}, (1, 2) and {k=v}.
func (v *Vector) appendNested(b []byte, row int) []byte {
	switch v.typ.kind {
	case mapping.TypeStruct:
		unnamed := len(v.typ.names) > 0 && v.typ.names[0] == ""
		open, shut := byte('{'), byte('}')
		if unnamed {
			open, shut = '(', ')'
		}
		b = append(b, open)
		for i := range v.children {
			b = comma(b, i)
			if !unnamed {
				b = append(appendQuoted(b, v.typ.names[i]), ": "...)
			}
			b = v.children[i].appendElement(b, row)
		}
		return append(b, shut)
	case mapping.TypeMap:
		first, after := v.Span(row)
		b = append(b, '{')
		for i := first; i < after; i++ {
			b = comma(b, i-first)
			b = append(v.children[0].appendElement(b, i), '=')
			b = v.children[1].appendElement(b, i)
		}
		return append(b, '}')
	}
	first, after := v.Span(row)
	b = append(b, '[')
	for i := first; i < after; i++ {
		b = comma(b, i-first)
		b = v.children[0].appendElement(b, i)
	}
	return append(b, ']')
}

func comma(b []byte, i int) []byte {
	if i > 0 {
		return append(b, ", "...)
	}
	return b
}

// appendElement writes a value within a nested one: text that could be mistaken
// for something else stands in quotes.
func (v *Vector) appendElement(b []byte, row int) []byte {
	if v.Null(row) {
		return append(b, "NULL"...)
	}
	switch v.typ.kind {
	case mapping.TypeList, mapping.TypeArray, mapping.TypeStruct, mapping.TypeMap:
		return v.appendNested(b, row)
	case mapping.TypeUnion:
		return v.AppendText(b, row)
	}
	if v.typ.Numeric() {
		return v.AppendText(b, row)
	}
	start := len(b)
	b = v.AppendText(b, row)
	if text := string(b[start:]); needsQuotes(text) {
		return appendQuoted(b[:start], text)
	}
	return b
}

func needsQuotes(s string) bool {
	const space = " \t\n\v\f\r"
	return s == "" || strings.Trim(s, space) != s || strings.EqualFold(s, "null") || strings.ContainsAny(s, `'"(){}[],:=`)
}

func appendQuoted(b []byte, s string) []byte {
	b = append(b, '\'')
	for i := range len(s) {
		if s[i] == '\'' || s[i] == '\\' {
			b = append(b, '\\')
		}
		b = append(b, s[i])
	}
	return append(b, '\'')
}
