package udf

import (
	"fmt"
	"unsafe"

	"github.com/duckdb/duckdb-go/v2/mapping"
)

// Shorts reads a SMALLINT column without copying: the slice is DuckDB's own
// memory and must not be written to or kept. null is nil where nothing is NULL;
// otherwise data has no meaning where null is true. It is for functions that
// are handed millions of rows; others use Float, which takes any number.
func (f *Frame) Shorts(column int) (data []int16, null []bool, err error) {
	v := &f.columns[column]
	if f.length == 0 {
		return nil, nil, nil
	}
	if v.kind != mapping.TypeSmallInt {
		return nil, nil, fmt.Errorf("column %q is %s, not a SMALLINT", f.Names[column], v.typeName())
	}
	if v.validity != nil {
		null = make([]bool, f.length)
		for i := range null {
			null[i] = v.null(f.offset + i)
		}
	}
	return unsafe.Slice((*int16)(unsafe.Add(v.data, 2*f.offset)), f.length), null, nil
}
