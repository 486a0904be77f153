package udf

import (
	"context"
	"fmt"
	"strings"

	"utvandring/udf/duck"
	"utvandring/udf/file"
	"utvandring/udf/stock"
)

// Collector takes what statements run with its context hand to _collect(person_id, value,
// day, day, day): rows of a table of the register, for package stock. That it travels with
// the statement keeps sessions apart.
type Collector struct {
	Part  *stock.Part
	Table stock.Table
	Codes *stock.Codes // number values that are text
	Tally *stock.Tally
}

type collectorKey struct{}

// Context makes _collect collect into c, and _counted give what Tally has counted.
func (c *Collector) Context(ctx context.Context) context.Context {
	return context.WithValue(ctx, collectorKey{}, c)
}

// collect is _collect, of BIGINT, VARCHAR or INTEGER, and DATE, none NULL. It gives 1 a row.
var collect = duck.Function{Name: "_collect", Args: 5, Result: duck.Integer, Call: func(ctx context.Context, args []duck.Vector, rows int, result duck.Output) error {
	c, ok := ctx.Value(collectorKey{}).(*Collector)
	if !ok {
		return fmt.Errorf("_collect: collects what the program itself is counting and nothing else")
	}
	if err := ctx.Err(); err != nil || rows == 0 {
		return err
	}
	persons, ok := duck.Cells[int64](&args[0], 0, rows)
	if !ok {
		return fmt.Errorf("_collect: argument 1 is %s", args[0].Type())
	}
	var days [3][]int32
	for i := range days {
		if days[i], ok = duck.Cells[int32](&args[2+i], 0, rows); !ok {
			return fmt.Errorf("_collect: argument %d is %s", 3+i, args[2+i].Type())
		}
	}
	list, ones := make([]stock.Row, rows), make([]int32, rows)
	for i, person := range persons {
		list[i] = stock.Row{Person: person, From: days[0][i], Until: days[1][i], Died: days[2][i]}
		ones[i] = 1
	}
	if values, ok := duck.Cells[int32](&args[1], 0, rows); ok {
		for i, value := range values {
			list[i].Value = value
		}
	} else {
		for i := range list {
			code, ok := args[1].Bytes(i)
			if !ok {
				return fmt.Errorf("_collect: argument 2 is %s", args[1].Type())
			}
			list[i].Value = c.Codes.Number(code)
		}
	}
	c.Part.Add(c.Table, list)
	duck.Put(result, 0, ones)
	return nil
}}

// CountedColumns are those of _counted('busy'), of which _counted('quiet') has the first five.
var CountedColumns = strings.Fields(`year place people residents person_days
	emigrations emigrations_macro immigrations immigrations_macro births deaths moves_in moves_out`)

var (
	peopleColumns   = strings.Fields("people kind state age duration")
	cohortColumns   = strings.Fields("year account age duration residents emigrations stayers arrivals")
	emigrantColumns = strings.Fields("year account age duration emigrations emigrations_macro")
)

// counted is _counted(what): of a Collector's tally the 'quiet' cells, then the 'busy' ones
// with events; 'people', as they are numbered in these; and what stock.Account says of
// 'cohort' and 'emigrants'. The tally has no cells then.
var _ = addTable(duck.TableFunction{Name: "_counted", Args: 1, Bind: func(ctx context.Context, _ file.Access, args []any) (*duck.Scan, error) {
	c, ok := ctx.Value(collectorKey{}).(*Collector)
	if !ok {
		return nil, fmt.Errorf("_counted: gives what the program itself is counting and nothing else")
	}
	scan := &duck.Scan{}
	names := CountedColumns
	threads := func(cells int) int { return 1 + cells/122880 } // each of them stores rows together
	switch args[0] {
	case "quiet":
		names = names[:5]
		scan.Threads = threads(c.Tally.Len())
		scan.Open = func(context.Context) (duck.Source, error) {
			return &quietSource{c.Tally, make(chan *stock.Reader, scan.Threads)}, nil
		}
	case "busy":
		scan.Threads = threads(c.Tally.Kept())
		scan.Open = func(context.Context) (duck.Source, error) { return busySource{c.Tally}, nil }
	case "people":
		names = peopleColumns
		scan.Open = func(context.Context) (duck.Source, error) {
			p := c.Tally.People()
			rest := columnSource(p.Kind, p.State, p.Age, p.Duration)
			return &held{n: rest.n, write: func(out []duck.ScanOutput, first, n int) {
				duck.Put(out[0].Output, 0, p.Number[first:first+n])
				rest.write(out[1:], first, n)
			}}, nil
		}
	case "cohort":
		names = cohortColumns
		scan.Open = func(context.Context) (duck.Source, error) { return accountSource(c.Tally.Cohort(), 4), nil }
	case "emigrants":
		names = emigrantColumns
		scan.Open = func(context.Context) (duck.Source, error) { return accountSource(c.Tally.Emigrants(), 2), nil }
	default:
		return nil, fmt.Errorf("_counted: %v is nothing that is counted", args[0])
	}
	for _, name := range names {
		column := duck.ScanColumn{Name: name, Type: duck.Integer}
		if name == "people" || name == "person_days" {
			column.Type = duck.BigInt
		}
		scan.Columns = append(scan.Columns, column)
	}
	return scan, nil
}})

// quietSource lends readers to the threads that ask for rows.
type quietSource struct {
	tally *stock.Tally
	idle  chan *stock.Reader // that may have cells
}

func (s *quietSource) Fill(_ context.Context, out []duck.ScanOutput, most int) (int, error) {
	for {
		var r *stock.Reader
		select {
		case r = <-s.idle:
		default:
			r = s.tally.Reader()
		}
		if n := put(out, r.Quiet(most)); n > 0 {
			s.idle <- r
			return n, nil
		}
		if len(s.idle) == 0 {
			return 0, nil
		}
	}
}

type busySource struct{ tally *stock.Tally }

func (s busySource) Fill(_ context.Context, out []duck.ScanOutput, most int) (int, error) {
	c := s.tally.Busy(most)
	e := &c.Events
	for i := range c.Year {
		e[stock.EmigrationOfMover][i] += e[stock.Emigration][i]
		e[stock.ImmigrationOfMover][i] += e[stock.Immigration][i]
	}
	return put(out, c, e[stock.EmigrationOfMover], e[stock.Emigration], e[stock.ImmigrationOfMover], e[stock.Immigration],
		e[stock.Birth], e[stock.Death], e[stock.MoveIn], e[stock.MoveOut]), nil
}

func accountSource(a *stock.Account, counts int) *held {
	return columnSource(append([][]int32{a.Year, a.Account, a.Age, a.Duration}, a.Counts[:counts]...)...)
}

func columnSource(columns ...[]int32) *held {
	return &held{n: len(columns[0]), write: func(out []duck.ScanOutput, first, n int) {
		for i, column := range columns {
			duck.Put(out[i].Output, 0, column[first:first+n])
		}
	}}
}

// put writes cells, and gives how many.
func put(out []duck.ScanOutput, c *stock.Cells, events ...[]int32) int {
	duck.Put(out[0].Output, 0, c.Year)
	duck.Put(out[1].Output, 0, c.Place)
	duck.Put(out[2].Output, 0, c.People)
	duck.Put(out[3].Output, 0, c.Residents)
	duck.Put(out[4].Output, 0, c.Days)
	for i, values := range events {
		duck.Put(out[5+i].Output, 0, values)
	}
	return len(c.Year)
}
