package main

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"testing"

	"utvandring/cmd/utvandring/render"
)

// readDTA reads a file of Stata's format 118 by its map alone: names, types and the
// values of each row. What it gives was held once against haven 2.5.1 and readstat 1.1.8.
func readDTA(t *testing.T, file string) (names, types []string, rows [][]string) {
	t.Helper()
	u16 := func(at int) int { return int(binary.LittleEndian.Uint16([]byte(file[at:]))) }
	u64 := func(at int) uint64 { return binary.LittleEndian.Uint64([]byte(file[at:])) }
	k := u16(strings.Index(file, "<K>") + 3)
	n := int(u64(strings.Index(file, "<N>") + 3))
	places := strings.Index(file, "<map>") + 5
	part := func(i int, tag string) int {
		at := int(u64(places + 8*i))
		if !strings.HasPrefix(file[at:], tag) {
			t.Fatalf("the map's place %d has %.20q, not %s", i, file[at:], tag)
		}
		return at + len(tag)
	}
	text := func(at, width int) string { s, _, _ := strings.Cut(file[at:at+width], "\x00"); return s }
	part(0, "<stata_dta>")
	part(1, "<map>")
	typ, name, data, strls := part(2, "<variable_types>"), part(3, "<varnames>"), part(9, "<data>"), part(10, "<strls>")
	for i, tag := range map[int]string{4: "<sortlist>", 5: "<formats>", 6: "<value_label_names>", 7: "<variable_labels>", 8: "<characteristics>", 11: "<value_labels>", 12: "</stata_dta>"} {
		part(i, tag)
	}
	if end := int(u64(places + 8*13)); end != len(file) {
		t.Fatalf("the map ends at %d of %d", end, len(file))
	}
	long := map[string]string{}
	for strings.HasPrefix(file[strls:], "GSO") {
		size := int(binary.LittleEndian.Uint32([]byte(file[strls+16:])))
		long[fmt.Sprint(binary.LittleEndian.Uint32([]byte(file[strls+3:])), " ", u64(strls+7))] = file[strls+20 : strls+20+size-1]
		strls += 20 + size
	}
	for i := range k {
		names = append(names, text(name+129*i, 129))
		types = append(types, fmt.Sprint(u16(typ+2*i)))
	}
	for range n {
		var row []string
		for i := range k {
			switch code := u16(typ + 2*i); code {
			case 65530:
				row, data = append(row, fmt.Sprint(int8(file[data]))), data+1
			case 65529:
				row, data = append(row, fmt.Sprint(int16(u16(data)))), data+2
			case 65528:
				row, data = append(row, fmt.Sprint(int32(binary.LittleEndian.Uint32([]byte(file[data:]))))), data+4
			case 65526:
				x := math.Float64frombits(u64(data))
				s := fmt.Sprint(x)
				if x >= math.Float64frombits(0x7fe0000000000000) {
					s = "."
				}
				row, data = append(row, s), data+8
			case 32768:
				key := fmt.Sprint(u16(data), " ", u64(data+2)&(1<<48-1))
				row, data = append(row, long[key]), data+8
			default:
				row, data = append(row, text(data, code)), data+code
			}
		}
		rows = append(rows, row)
	}
	if !strings.HasPrefix(file[data:], "</data>") {
		t.Fatal("the rows do not end where the data do")
	}
	return names, types, rows
}

func TestDTAKeepsNamesTypesAndDigits(t *testing.T) {
	names, types, rows := readDTA(t, rendered(t, `FROM (VALUES
		(1::TINYINT, 200, 100000, 5::BIGINT, 9007199254740993, 1/3, 12.34, 0.1234567890123456789, DATE '1960-01-02', TIMESTAMP '1960-01-01 00:00:01.5', 'Bærum', repeat('ø', 1500), true),
		(NULL, NULL, NULL, NULL, NULL, 'nan'::DOUBLE, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
		(-127, -32767, -2147483647, 9007199254740992, 5, -1e300, 0.1, 0, DATE '1850-01-01', TIMESTAMP '1900-01-01', '', 'kort', false))
		t("a b", "a_b", "1b", "if", big, third, dec, digits, day, moment, name, long_text_whose_name_is_longer_than_stata, flag)`, "dta", nil, 0))
	for _, c := range []struct{ got, want []string }{
		{names, []string{"a_b", "a_b_1", "_1b", "if_", "big", "third", "dec", "digits", "day", "moment", "name", "long_text_whose_name_is_longer_t", "flag"}},
		{types, []string{"65530", "65529", "65528", "65526", "20", "65526", "65526", "21", "65528", "65526", "6", "32768", "65530"}},
		{rows[0], []string{"1", "200", "100000", "5", "9007199254740993", "0.3333333333333333", "12.34", "0.1234567890123456789", "1", "1500", "Bærum", strings.Repeat("ø", 1500), "1"}},
		{rows[1], []string{"101", "32741", "2147483621", ".", "", ".", ".", "", "2147483621", ".", "", "", "101"}},
		{rows[2], []string{"-127", "-32767", "-2147483647", "9.007199254740992e+15", "5", "-1e+300", "0.1", "0.0000000000000000000", "-40176", "-1.8934560e+12", "", "kort", "0"}},
	} {
		for i := range c.want {
			if c.got[i] != c.want[i] && c.want[i] != "-1.8934560e+12" {
				t.Errorf("%d: %.40q, want %.40q", i, c.got[i], c.want[i])
			}
		}
	}
	if rows[2][9] != fmt.Sprint(-21914.0*86400*1000) { // 60 years with 14 leap days of them before 1960
		t.Error(rows[2][9])
	}
}

// What stands between thousands and before decimals is the user's, in numbers alone.
func TestNumbersInCSVAsTheUserWants(t *testing.T) {
	query := "SELECT 1234567.25 AS a, 1234::BIGINT AS b, '1.5' AS c, 1e22 AS d, NULL AS e"
	if got, want := rendered(t, query, "csv2", nil, 0), "a;b;c;d;e\n1234567,25;1234;1.5;1e+22;\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	r, err := emptyRegister(t).Run(t.Context(), query, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	m, _ := render.Find("csv")
	var b strings.Builder
	if err := m.Write(&b, r, render.Options{NoHeader: true, Decimal: ",", Thousands: "."}); err != nil {
		t.Fatal(err)
	}
	if got, want := b.String(), "\"1.234.567,25\",1.234,1.5,1e+22,\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
