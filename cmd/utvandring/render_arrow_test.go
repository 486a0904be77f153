package main

import (
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow/ipc"
)

// Arrow's own reader gives the types and the values back.
func TestArrowReadsBack(t *testing.T) {
	file := rendered(t, `FROM (VALUES
		(true, -5::TINYINT, 65535::USMALLINT, 9007199254740993, 18446744073709551615::UBIGINT, 0.1::DOUBLE, 12.30::DECIMAL(10,2), -0.0001::DECIMAL(38,4), DATE '1850-01-02', TIMESTAMP '9999-12-31 23:59:59.123457', 'Bærum', [1, NULL], 170141183460469231731687303715884105727::HUGEINT),
		(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL))
		t(b, i1, u2, i8, u8, d, c, c38, day, moment, s, l, h)`, "arrow", nil, 0)
	r, err := ipc.NewFileReader(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var types []string
	for _, f := range r.Schema().Fields() {
		types = append(types, f.Type.String())
	}
	if got, want := strings.Join(types, " "), "bool int8 uint16 int64 uint64 float64 decimal(10, 2) decimal(38, 4) date32 timestamp[us] utf8 utf8 utf8"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	record, err := r.RecordBatchAt(0)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split("true -5 65535 9007199254740993 18446744073709551615 0.1 12.3 -0.0001 1850-01-02 9999-12-31T23:59:59.123457 Bærum [1,_NULL] 170141183460469231731687303715884105727", " ")
	for i, c := range record.Columns() {
		if got := c.ValueStr(0); strings.TrimSuffix(got, "Z") != strings.ReplaceAll(strings.ReplaceAll(want[i], "_", " "), ",", ",") {
			t.Errorf("%s is %q, want %q", r.Schema().Field(i).Name, got, want[i])
		}
		if !c.IsNull(1) {
			t.Errorf("%s has a value for NULL", r.Schema().Field(i).Name)
		}
	}
	// More rows than a batch, and none.
	for _, n := range []string{"0", "65536", "70000"} {
		r, err := ipc.NewFileReader(strings.NewReader(rendered(t, "FROM range("+n+")", "arrow", nil, 0)))
		if err != nil {
			t.Fatal(n, err)
		}
		if batches := r.NumRecords(); batches != map[string]int{"0": 0, "65536": 1, "70000": 2}[n] {
			t.Errorf("%s rows in %d batches", n, batches)
		}
	}
}
