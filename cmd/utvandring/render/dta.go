package render

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"utvandring/engine"
)

// writeDTA writes Stata's format 118 (Stata 14 and later; R's haven, pandas). Whole
// numbers get the smallest type that holds them; dates are %td, points in time %tc,
// milliseconds in the time zone of the session; what is true is 1. Text is str or, longer
// than 2045 bytes, strL. Whole numbers and decimals of more digits than a double has are
// text, so that none is lost. NULL, NaN and infinity are missing (.); a NULL text is empty.
// Stata knows names of letters, digits and _ up to 32 characters: the label of a variable
// keeps the name of a column that is another.
//
// Source: Stata's help dta (StataCorp 2023). Rows are read twice and held meanwhile.
func writeDTA(out *bufio.Writer, r *engine.Result, _ Options) {
	r.Hold()
	d := &dta{names: map[string]bool{}}
	for i, c := range r.Columns {
		d.columns = append(d.columns, d.column(i, c))
	}
	for row := range r.Rows() {
		d.rows++
		for _, c := range d.columns {
			c.look(row)
		}
	}
	for _, c := range d.columns {
		c.settle()
		if d.width += c.width; c.code == dtaLong {
			d.long += c.long
		}
	}
	if r.Err() != nil || r.Stopped() {
		return
	}
	d.write(out, r)
}

type dta struct {
	columns []*dtaColumn
	names   map[string]bool
	rows    uint64
	width   int    // of a row in bytes
	long    uint64 // bytes of the long texts
}

// dtaLong is the code of a column whose texts stand behind the rows, strL.
const dtaLong = 32768

// dtaColumn is a column and what its values need.
type dtaColumn struct {
	at          int
	name, label string
	kind        dtaKind
	low, high   int64  // of whole numbers
	longest     int    // bytes of a text
	long        uint64 // bytes that all texts take as long ones
	code        uint16
	width       int
	format      string
	field       []byte
}

type dtaKind int

const (
	dtaText dtaKind = iota
	dtaWhole
	dtaExact // a number that a double may not hold, so that it is looked at
	dtaFloat
	dtaDay
	dtaMoment
)

// What a double holds without loss.
const exactWhole = 1 << 53

func (d *dta) column(i int, c engine.Column) *dtaColumn {
	x := &dtaColumn{at: i, low: math.MaxInt64, high: math.MinInt64}
	switch t := c.Type; {
	case t.Name() == "DATE":
		x.kind = dtaDay
	case t.Temporal():
		x.kind = dtaMoment
	case t.Floating():
		x.kind = dtaFloat
	case t.Boolean(), t.Numeric():
		x.kind = dtaWhole
		if strings.HasPrefix(t.String(), "DECIMAL") || strings.HasSuffix(t.Name(), "HUGEINT") || t.Name() == "UBIGINT" || t.Name() == "BIGNUM" {
			x.kind = dtaExact
		}
	}
	x.name = d.nameOf(c.Name)
	if x.name != c.Name {
		x.label = cutTo(c.Name, 80)
	}
	return x
}

// nameOf makes a name that Stata takes and that no other column has.
func (d *dta) nameOf(name string) string {
	var b strings.Builder
	for _, c := range name {
		if c != '_' && !unicode.IsLetter(c) && (!unicode.IsDigit(c) || c > '9') {
			c = '_'
		}
		if b.Len() == 0 && unicode.IsDigit(c) {
			b.WriteByte('_')
		}
		b.WriteRune(c)
	}
	plain := cutTo(b.String(), 32)
	if plain == "" || slices.Contains(stataWords, plain) {
		plain += "_"
	}
	name = plain
	for n := 1; d.names[name]; n++ {
		suffix := fmt.Sprintf("_%d", n)
		name = cutTo(plain, 32-len(suffix)) + suffix
	}
	d.names[name] = true
	return name
}

// stataWords are no names of variables.
var stataWords = strings.Fields("_all _b byte _coef _cons double float if in int long _n _N _pi _pred _rc _skip strL using with")

// cutTo keeps so many characters.
func cutTo(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

// look finds what the values of a column need.
func (c *dtaColumn) look(row engine.Row) {
	if row.Null(c.at) {
		return
	}
	switch c.kind {
	case dtaWhole:
		x := c.whole(row)
		c.low, c.high = min(c.low, x), max(c.high, x)
	case dtaExact, dtaText:
		c.field = row.AppendText(c.field[:0], c.at)
		c.longest = max(c.longest, len(c.field))
		c.long += uint64(len("GSO") + 4 + 8 + 1 + 4 + len(c.field) + 1)
		if c.kind == dtaExact && !isExact(c.field) {
			c.kind = dtaText
		}
	}
	if c.kind == dtaWhole && (c.low < -exactWhole || c.high > exactWhole) {
		c.kind = dtaText
		c.longest = len("-9223372036854775808")
	}
}

// whole is a whole number, or 1 for what is true.
func (c *dtaColumn) whole(row engine.Row) int64 {
	if x, ok := row.Int(c.at); ok {
		return x
	}
	return int64(row.Float(c.at))
}

// isExact reports whether a double tells a decimal from its neighbours: fifteen digits
// always do.
func isExact(text []byte) bool {
	digits := bytes.TrimLeft(bytes.ReplaceAll(bytes.TrimPrefix(text, []byte("-")), []byte("."), nil), "0")
	return len(digits) <= 15
}

// settle chooses the type of a column.
func (c *dtaColumn) settle() {
	set := func(code uint16, width int, format string) { c.code, c.width, c.format = code, width, format }
	switch c.kind {
	case dtaDay:
		set(65528, 4, "%td")
	case dtaMoment:
		set(65526, 8, "%tc")
	case dtaFloat, dtaExact:
		set(65526, 8, "%10.0g")
	case dtaWhole:
		switch {
		case c.low > c.high, c.low >= -127 && c.high <= 100:
			set(65530, 1, "%8.0g")
		case c.low >= -32767 && c.high <= 32740:
			set(65529, 2, "%8.0g")
		case c.low >= -2147483647 && c.high <= 2147483620:
			set(65528, 4, "%12.0g")
		default:
			set(65526, 8, "%16.0g")
		}
	default:
		if c.longest > 2045 {
			set(dtaLong, 8, "%9s")
		} else {
			set(uint16(max(c.longest, 1)), max(c.longest, 1), fmt.Sprintf("%%%ds", max(c.longest, 9)))
		}
	}
}

// A double of this size or larger is missing in Stata.
var (
	largestStata = math.Float64frombits(0x7fdfffffffffffff)
	missingStata = math.Float64frombits(0x7fe0000000000000)
	// Of whole numbers it is the one above the largest, by their bytes.
	missingWhole = map[int]int64{1: 101, 2: 32741, 4: 2147483621}
)

const stataEpoch = 3653 // days from 1960 to 1970

// append writes a value.
func (c *dtaColumn) append(b []byte, row engine.Row, number uint64) []byte {
	null := row.Null(c.at)
	float := func(x float64) []byte {
		if null || math.IsNaN(x) || math.Abs(x) > largestStata {
			x = missingStata
		}
		return binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
	}
	switch {
	case c.code == dtaLong:
		if null {
			return append(b, make([]byte, 8)...)
		}
		b = binary.LittleEndian.AppendUint16(b, uint16(c.at+1))
		return binary.LittleEndian.AppendUint64(b, number)[:len(b)+6]
	case c.kind == dtaText:
		if c.field = c.field[:0]; !null {
			c.field = row.AppendText(c.field, c.at)
		}
		b = append(b, c.field...)
		return append(b, make([]byte, c.width-len(c.field))...)
	case c.kind == dtaMoment:
		return float(math.Round(row.Float(c.at)*1000) + stataEpoch*24*60*60*1000)
	case c.width == 8:
		x := row.Float(c.at)
		if c.kind == dtaExact && !null { // nearest to what is printed
			c.field = row.AppendText(c.field[:0], c.at)
			x, _ = strconv.ParseFloat(string(c.field), 64)
		}
		return float(x)
	}
	x := missingWhole[c.width]
	if c.kind == dtaWhole && !null {
		x = c.whole(row)
	} else if day := row.Float(c.at)/(24*60*60) + stataEpoch; !null && math.Abs(day) <= 2147483620 {
		x = int64(day)
	}
	return binary.LittleEndian.AppendUint64(b, uint64(x))[:len(b)+c.width]
}

// write writes the file, of which every part has its place in the map.
func (d *dta) write(out *bufio.Writer, r *engine.Result) {
	k := uint16(len(d.columns))
	header := "<stata_dta><header><release>118</release><byteorder>LSF</byteorder><K>" + string(binary.LittleEndian.AppendUint16(nil, k)) +
		"</K><N>" + string(binary.LittleEndian.AppendUint64(nil, d.rows)) + "</N><label>\x00\x00</label><timestamp>\x00</timestamp></header>"
	fixed := func(tag string, width int, text func(c *dtaColumn) string) string {
		var b strings.Builder
		for _, c := range d.columns {
			b.WriteString(text(c) + strings.Repeat("\x00", width-len(text(c)))) // four bytes for each of its characters, and an end
		}
		return "<" + tag + ">" + b.String() + "</" + tag + ">"
	}
	var types []byte
	for _, c := range d.columns {
		types = binary.LittleEndian.AppendUint16(types, c.code)
	}
	parts := []string{
		"<variable_types>" + string(types) + "</variable_types>",
		fixed("varnames", 129, func(c *dtaColumn) string { return c.name }),
		"<sortlist>" + strings.Repeat("\x00\x00", len(d.columns)+1) + "</sortlist>",
		fixed("formats", 57, func(c *dtaColumn) string { return c.format }),
		fixed("value_label_names", 129, func(*dtaColumn) string { return "" }),
		fixed("variable_labels", 321, func(c *dtaColumn) string { return c.label }),
		"<characteristics></characteristics>",
	}
	const last, end = "<value_labels></value_labels>", "</stata_dta>"
	sizes := []uint64{uint64(len(header)), uint64(len("<map>") + 14*8 + len("</map>"))}
	for _, p := range parts {
		sizes = append(sizes, uint64(len(p)))
	}
	sizes = append(sizes, uint64(len("<data></data>"))+d.rows*uint64(d.width), uint64(len("<strls></strls>"))+d.long,
		uint64(len(last)), uint64(len(end)), 0)
	out.WriteString(header + "<map>")
	at := uint64(0)
	for _, size := range sizes {
		out.Write(binary.LittleEndian.AppendUint64(nil, at))
		at += size
	}
	out.WriteString("</map>" + strings.Join(parts, "") + "<data>")
	var line []byte
	number := uint64(0)
	for row := range r.Rows() {
		number++
		line = line[:0]
		for _, c := range d.columns {
			line = c.append(line, row, number)
		}
		out.Write(line)
	}
	out.WriteString("</data><strls>")
	d.strls(out, r)
	out.WriteString("</strls>" + last + end)
}

// strls writes the long texts.
func (d *dta) strls(out *bufio.Writer, r *engine.Result) {
	if d.long == 0 {
		return
	}
	number := uint64(0)
	for row := range r.Rows() {
		number++
		for _, c := range d.columns {
			if c.code != dtaLong || row.Null(c.at) {
				continue
			}
			c.field = row.AppendText(c.field[:0], c.at)
			head := binary.LittleEndian.AppendUint32([]byte("GSO"), uint32(c.at+1))
			head = binary.LittleEndian.AppendUint64(head, number)
			head = binary.LittleEndian.AppendUint32(append(head, 130), uint32(len(c.field)+1))
			out.Write(head)
			out.Write(c.field)
			out.WriteByte(0)
		}
	}
}
