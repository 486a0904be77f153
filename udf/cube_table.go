package udf

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"utvandring/udf/cube"
	"utvandring/udf/duck"
	"utvandring/udf/file"
)

// scan binds FROM macro(files).
func (r cubeReader) scan(ctx context.Context, access file.Access, files any) (*duck.Scan, error) {
	from, err := filesOf(r.macro, access, files)
	if err != nil {
		return nil, err
	}
	s := &cubeScan{reader: r, access: access, files: from}
	var first []cube.Dimension
	var columns []duck.ScanColumn
	for i, name := range s.names {
		table, f, err := r.openFile(access, name)
		if err != nil {
			return nil, err
		}
		shape := table.Shape()
		f.Close()
		if err := warn(ctx, name, table.Warned()...); err != nil {
			return nil, err
		}
		if i == 0 {
			first, columns = shape, cubeColumns(shape)
		} else if fault := sameNames(first, shape); fault != "" {
			return nil, fmt.Errorf("%s: %s has other dimensions than %s: %s; read them one by one", r.macro, name, s.names[0], fault)
		}
		offsets := make([]int32, len(shape))
		for j, d := range shape {
			offsets[j] = int32(len(columns[2*j].Words))
			columns[2*j].Words = append(columns[2*j].Words, d.Labels...)
			columns[2*j+1].Words = append(columns[2*j+1].Words, d.Codes...)
		}
		s.offsets = append(s.offsets, offsets)
		size, _ := cube.Size(shape, 1<<40)
		s.rows += int64(size)
	}
	return &duck.Scan{Columns: s.column(columns), Rows: s.rows, Open: s.open}, nil
}

// cubeColumns are the columns of a table, still without words.
func cubeColumns(shape []cube.Dimension) []duck.ScanColumn {
	columns := []duck.ScanColumn{{Name: "value"}, {Name: "status"}} // whose names are ours
	add := func(name string) {
		columns = append(columns, duck.ScanColumn{Name: freeName(columns, name), Type: duck.Varchar, Words: []string{}})
	}
	for _, d := range shape {
		add(d.Name)
		add(d.Name + "_code")
	}
	return append(columns[2:], duck.ScanColumn{Name: "value", Type: duck.Double}, duck.ScanColumn{Name: "status", Type: duck.Varchar})
}

// freeName is a name that no column has yet: name, name_1, …
func freeName(columns []duck.ScanColumn, name string) string {
	free := name
	for n := 1; slices.ContainsFunc(columns, func(c duck.ScanColumn) bool { return strings.EqualFold(c.Name, free) }); n++ {
		free = fmt.Sprintf("%s_%d", name, n)
	}
	return free
}

// sameNames says what one file has and another not.
func sameNames(a, b []cube.Dimension) string {
	list := func(dimensions []cube.Dimension) string {
		var names []string
		for _, d := range dimensions {
			names = append(names, d.Name)
		}
		return strings.Join(names, ", ")
	}
	if x, y := list(a), list(b); x != y {
		return y + " and not " + x
	}
	return ""
}

// cubeScan is a table that is read from one file after another.
type cubeScan struct {
	files
	reader  cubeReader
	access  file.Access
	offsets [][]int32 // of each file, where its words begin in those of each dimension
	rows    int64
}

func (s *cubeScan) open(context.Context) (duck.Source, error) { return &cubeSource{scan: s}, nil }

// cubeSource is where it is read.
type cubeSource struct {
	scan  *cubeScan
	next  int // file
	file  *os.File
	table cubeTable
	shape []cube.Dimension
	cell  int // of the file

	value   []float64
	status  []string
	numbers []int32
}

// Close is part of io.Closer.
func (s *cubeSource) Close() error {
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	s.file = nil
	return err
}

// Fill is part of duck.Source.
func (s *cubeSource) Fill(ctx context.Context, out []duck.ScanOutput, most int) (int, error) {
	if s.value == nil {
		s.value, s.status, s.numbers = make([]float64, most), make([]string, most), make([]int32, most)
	}
	for {
		if s.file == nil {
			if s.next == len(s.scan.names) {
				return 0, nil
			}
			var err error
			if s.table, s.file, err = s.scan.reader.openFile(s.scan.access, s.scan.names[s.next]); err != nil {
				return 0, err
			}
			s.shape, s.cell = s.table.Shape(), 0
			s.next++
		}
		name := s.scan.names[s.next-1]
		n, err := s.table.Read(s.value, s.status)
		if err != nil {
			return 0, s.scan.reader.fault(name, err)
		}
		if n > 0 {
			s.write(out, n)
			return n, nil
		}
		if err := warn(ctx, name, s.table.Warned()...); err != nil {
			return 0, err
		}
		s.Close()
	}
}

// write writes the next n cells.
func (s *cubeSource) write(out []duck.ScanOutput, n int) {
	numbers, inner := s.numbers[:n], 1
	for i := len(s.shape) - 1; i >= 0; i-- {
		size := len(s.shape[i].Codes)
		at, left := s.cell/inner%size, inner-s.cell%inner
		first := s.scan.offsets[s.next-1][i]
		for row := range numbers {
			numbers[row] = first + int32(at)
			if left--; left == 0 {
				left = inner
				if at++; at == size {
					at = 0
				}
			}
		}
		out[2*i].Pick(numbers)
		out[2*i+1].Pick(numbers)
		inner *= size
	}
	putCells(out[2*len(s.shape)], out[2*len(s.shape)+1], s.value[:n], s.status[:n])
	if s.scan.several {
		for row := range numbers {
			numbers[row] = int32(s.next - 1)
		}
		out[len(out)-1].Pick(numbers)
	}
	s.cell += n
}
