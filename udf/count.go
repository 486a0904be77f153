package udf

import (
	"context"
	"fmt"

	"utvandring/udf/duck"
	"utvandring/udf/stock"
)

// Collector takes what statements run with its context hand to _collect(person_id, value,
// day, day, day): rows of a table of the register, for package stock. That it travels with
// the statement keeps sessions apart.
type Collector struct {
	Part  *stock.Part
	Table stock.Table
	Codes *stock.Codes // number values that are text
}

type collectorKey struct{}

// Context makes _collect collect into c.
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
