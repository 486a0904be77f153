package udf

import (
	"context"
	"strings"

	"utvandring/udf/sur"
)

var surColumns = []Column{{"parameter", Text}, {"estimate", Double}, {"std_error", Double}, {"t_value", Double}, {"p_value", Double}, {"equations", Text}}

// _sur: the estimates, a row per parameter in order of first appearance.
var _ = addReported("sur", surColumns, surOptions, func(_ context.Context, _ *surProblem, fit *sur.Fit) (*Table, error) {
	t := Rows(surColumns)
	for _, p := range fit.Parameters {
		t.Append(p.Name, p.Estimate, p.StdError, p.T, p.P, strings.Join(p.Equations, " "))
	}
	return t, nil
}, func(m *sur.Model) (rows [][]any) {
	for i, p := range m.Parameters() {
		rows = append(rows, []any{p, nil, nil, nil, nil, strings.Join(m.EquationsOf(i), " ")})
	}
	return rows
})

var surCovarianceColumns = []Column{{"parameter_i", Text}, {"parameter_j", Text}, {"covariance", Double}, {"correlation", Double}}

// _sur_covariance: of the parameters, every pair in both orders.
var _ = addReported("sur_covariance", surCovarianceColumns, surOptions, func(_ context.Context, _ *surProblem, fit *sur.Fit) (*Table, error) {
	t := Rows(surCovarianceColumns)
	n := len(fit.Parameters)
	for i, p := range fit.Parameters {
		for j, q := range fit.Parameters {
			c := fit.Covariance[i*n+j]
			t.Append(p.Name, q.Name, c, c/(p.StdError*q.StdError))
		}
	}
	return t, nil
}, func(m *sur.Model) [][]any { return pairs(m.Parameters()) })

// pairs are all of a list with all of it.
func pairs(names []string) (rows [][]any) {
	for _, a := range names {
		for _, b := range names {
			rows = append(rows, []any{a, b})
		}
	}
	return rows
}

var surResidualColumns = []Column{{"year", Integer}, {"equation", Text}, {"variable", Text}, {"actual", Double}, {"fitted", Double}, {"residual", Double}}

// _sur_residuals: a row per year and equation.
var _ = addSur("sur_residuals", withPeriod(surResidualColumns), surOptions, func(_ context.Context, p *surProblem, fit *sur.Fit) (*Table, error) {
	t := Rows(surResidualColumns)
	lefts := p.model.Lefts()
	fitted := make([][]float64, len(lefts))
	for i := range fitted {
		fitted[i] = fit.Fitted(i)
	}
	for r, year := range fit.Years {
		for i, e := range fit.Model.Equations {
			t.Append(year, e.Name, lefts[i], fit.Actual[i][r], fitted[i][r], fit.Residuals[i][r])
		}
	}
	return p.index.addPeriods(t, surResidualColumns), nil
})

var surResidualCovarianceColumns = []Column{{"equation_i", Text}, {"equation_j", Text}, {"covariance", Double}, {"correlation", Double}}

// _sur_residual_covariance: every pair of equations in both orders.
var _ = addReported("sur_residual_covariance", surResidualCovarianceColumns, surOptions, func(_ context.Context, _ *surProblem, fit *sur.Fit) (*Table, error) {
	t := Rows(surResidualCovarianceColumns)
	for i, e := range fit.Model.Equations {
		for j, f := range fit.Model.Equations {
			t.Append(e.Name, f.Name, fit.ResidualCovariance[i][j], fit.ResidualCorrelation(i, j))
		}
	}
	return t, nil
}, func(m *sur.Model) [][]any {
	var names []string
	for _, e := range m.Equations {
		names = append(names, e.Name)
	}
	return pairs(names)
})
