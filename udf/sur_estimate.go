package udf

import (
	"context"
	"strings"

	"utvandring/udf/sur"
)

var surColumns = []Column{{"parameter", Text}, {"estimate", Double}, {"std_error", Double}, {"t_value", Double}, {"p_value", Double}, {"equations", Text}}

// _sur: the estimates, a row per parameter in order of first appearance.
var _ = addSur("sur", surColumns, surOptions, writeSur)

func writeSur(_ context.Context, _ *surProblem, fit *sur.Fit) (*Table, error) {
	t := Rows(surColumns)
	for _, p := range fit.Parameters {
		t.Append(p.Name, p.Estimate, p.StdError, p.T, p.P, strings.Join(p.Equations, " "))
	}
	return t, nil
}

var surCovarianceColumns = []Column{{"parameter_i", Text}, {"parameter_j", Text}, {"covariance", Double}, {"correlation", Double}}

// _sur_covariance: of the parameters, every pair in both orders.
var _ = addSur("sur_covariance", surCovarianceColumns, surOptions, writeSurCovariance)

func writeSurCovariance(_ context.Context, _ *surProblem, fit *sur.Fit) (*Table, error) {
	t := Rows(surCovarianceColumns)
	n := len(fit.Parameters)
	for i, p := range fit.Parameters {
		for j, q := range fit.Parameters {
			c := fit.Covariance[i*n+j]
			t.Append(p.Name, q.Name, c, c/(p.StdError*q.StdError))
		}
	}
	return t, nil
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
var _ = addSur("sur_residual_covariance", surResidualCovarianceColumns, surOptions, writeSurResidualCovariance)

func writeSurResidualCovariance(_ context.Context, _ *surProblem, fit *sur.Fit) (*Table, error) {
	t := Rows(surResidualCovarianceColumns)
	for i, e := range fit.Model.Equations {
		for j, f := range fit.Model.Equations {
			t.Append(e.Name, f.Name, fit.ResidualCovariance[i][j], fit.ResidualCorrelation(i, j))
		}
	}
	return t, nil
}
