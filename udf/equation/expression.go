package equation

import "slices"

// Expression is a compiled expression of columns, computed for many rows at once.
// It does not change: any number of goroutines may evaluate it.
type Expression struct {
	// Columns are what it reads, every column and lag once.
	Columns []*Column

	code      *Code
	program   *Program
	registers []int // of Columns
}

// Compile makes an expression of n, which has no parameters.
func Compile(n Node) *Expression {
	e := &Expression{code: NewCode()}
	e.program = e.code.Compile(n, func(n Node) int {
		c := n.(*Column)
		at := slices.IndexFunc(e.Columns, func(d *Column) bool { return c.Lag == d.Lag && Key(c.Name) == Key(d.Name) })
		if at < 0 {
			at = len(e.Columns)
			e.Columns, e.registers = append(e.Columns, c), append(e.registers, e.code.Register())
		}
		return e.registers[at]
	})
	return e
}

// laneRows is how many rows are computed at a time: few enough for the cache.
const laneRows = 512

// Eval fills dst with the values: dst[t] from columns[i][t], which are in the order
// of Columns and as long as dst. Arithmetic that has no answer (ln of a negative
// number, 0/0) gives NaN or an infinity; Fault explains it.
func (e *Expression) Eval(dst []float64, columns [][]float64) {
	m := e.code.NewMachine(min(len(dst), laneRows))
	for from := 0; from < len(dst); from += laneRows {
		to := min(from+laneRows, len(dst))
		for i, reg := range e.registers {
			m.Regs[reg] = columns[i][from:to]
		}
		r := m.Run(e.program)
		for t := from; t < to; t++ {
			dst[t] = Lane(r, t-from)
		}
	}
}
