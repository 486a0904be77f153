package udf

import (
	"context"
	"strings"

	"utvandring/udf/sur"
)

// addSurReport adds _NAME_report, which is _NAME for one of several models that
// are estimated together: one that cannot be estimated must not take the others
// with it, nor go missing. The result has one more column, error. Where there is
// one, the rows are those that keys gives, all else NULL; a model that cannot
// even be read has one row.
func addSurReport(name string, result []Column, all options[surProblem], write writeFit, keys func(m *sur.Model) [][]any) bool {
	result = append(result[:len(result):len(result)], Column{"error", Text})
	return add(Function{
		Name: "_" + name + "_report", Args: surArgs, Options: all.declared(), Result: result,
		Run: func(ctx context.Context, args []Value) (*Table, error) {
			p, err := readSur(args, all)
			var fit *sur.Fit
			if err == nil {
				if name == "sur_system" { // which says so
					p.options.Unconverged, p.options.OtherMaxima = true, true
				}
				fit, err = p.estimate(ctx)
			}
			if err == nil {
				noteFit(ctx, p, fit)
				var t *Table
				if t, err = write(ctx, p, fit); err == nil {
					t.addNullText()
					return t, nil
				}
			}
			if ctx.Err() != nil {
				return nil, err
			}
			rows := [][]any{make([]any, len(result)-1)}
			if p.model != nil {
				rows = keys(p.model)
			}
			t := Rows(result)
			for _, row := range rows {
				t.Append(append(row, err.Error())...)
			}
			return t, nil
		},
	})
}

var _ = addSurReport("sur", surColumns, surOptions, writeSur, func(m *sur.Model) (rows [][]any) {
	for i, p := range m.Parameters() {
		rows = append(rows, []any{p, nil, nil, nil, nil, strings.Join(m.EquationsOf(i), " ")})
	}
	return rows
})

var _ = addSurReport("sur_equations", surEquationColumns, surEquationOptions, writeSurEquations, func(m *sur.Model) (rows [][]any) {
	lefts := m.Lefts()
	for i, e := range m.Equations {
		row := make([]any, len(surEquationColumns))
		row[0], row[1] = e.Name, lefts[i]
		rows = append(rows, row)
	}
	return rows
})

var _ = addSurReport("sur_residual_covariance", surResidualCovarianceColumns, surOptions, writeSurResidualCovariance, func(m *sur.Model) (rows [][]any) {
	for _, e := range m.Equations {
		for _, f := range m.Equations {
			rows = append(rows, []any{e.Name, f.Name, nil, nil})
		}
	}
	return rows
})

var _ = addSurReport("sur_covariance", surCovarianceColumns, surOptions, writeSurCovariance, func(m *sur.Model) (rows [][]any) {
	for _, p := range m.Parameters() {
		for _, q := range m.Parameters() {
			rows = append(rows, []any{p, q, nil, nil})
		}
	}
	return rows
})

var _ = addSurReport("sur_system", surSystemColumns, surSystemOptions, writeSurSystem, func(m *sur.Model) [][]any {
	row := make([]any, len(surSystemColumns))
	row[0] = len(m.Equations)
	return [][]any{row}
})

var _ = addSurReport("sur_test", surTestColumns, surTestOptions, writeSurTest, func(*sur.Model) [][]any {
	row := make([]any, len(surTestColumns))
	row[0] = "Wald"
	return [][]any{row}
})
