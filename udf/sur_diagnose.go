package udf

import (
	"context"
	"fmt"
	"math"
	"slices"

	"utvandring/udf/sur"
)

var surEquationColumns = []Column{
	{"equation", Text}, {"left_side", Text}, {"n", Integer}, {"k", Integer},
	{"r2", Double}, {"adjusted_r2", Double}, {"rmse", Double}, {"ssr", Double}, {"mean_left_side", Double},
	{"durbin_watson", Double}, {"durbin_watson_p", Double}, {"lagged_left_side", Boolean}, {"durbin_h", Double}, {"durbin_h_p", Double},
	{"durbin_alternative", Double}, {"durbin_alternative_p", Double},
	{"lm_het", Double}, {"lm_het_p", Double}, {"lm_het_fitted", Double}, {"lm_het_fitted_p", Double},
	{"breusch_godfrey", Double}, {"breusch_godfrey_p", Double}, {"breusch_godfrey_chi2", Double}, {"breusch_godfrey_chi2_p", Double},
	{"jarque_bera", Double}, {"jarque_bera_p", Double},
}

// _sur_equations(…, lags): a row per equation.
var _ = addReported("sur_equations", surEquationColumns, append(slices.Clone(surOptions), lagsOption), func(_ context.Context, p *surProblem, fit *sur.Fit) (*Table, error) {
	lags, err := p.readLags(fit.CheckLags)
	if err != nil {
		return nil, err
	}
	t := Rows(surEquationColumns)
	for _, d := range fit.Diagnose(lags) {
		t.Append(d.Equation, d.Left, d.N, d.K, d.R2, d.AdjustedR2, d.RMSE, d.SSR, d.MeanLeft,
			d.DurbinWatson, d.DurbinWatsonP, d.HasLag, d.DurbinH, d.DurbinHP, d.Alternative, d.AlternativeP,
			d.LMHet, d.LMHetP, d.LMHetFitted, d.LMHetFittedP,
			d.BreuschGodfrey, d.BreuschGodfreyP, d.BreuschGodfreyChi2, d.BreuschGodfreyChi2P, d.JarqueBera, d.JarqueBeraP)
	}
	return t, nil
}, func(m *sur.Model) (rows [][]any) {
	lefts := m.Lefts()
	for i, e := range m.Equations {
		rows = append(rows, []any{e.Name, lefts[i]})
	}
	return rows
})

func (p *surProblem) readLags(check func(lags int) error) (lags int, err error) {
	if p.lags < 0 || p.lags > 1000 {
		return 0, fmt.Errorf("lags must lie between 0 and 1000, not %d", p.lags)
	}
	if err := check(int(p.lags)); err != nil {
		return 0, p.ofGroup(p.explain(err))
	}
	return int(p.lags), nil
}

var surSystemColumns = []Column{
	{"equations", Integer}, {"years", Integer}, {"parameters", Integer}, {"first_year", Integer}, {"last_year", Integer},
	{"method", Text}, {"divisor", Text}, {"std_errors", Text}, {"bandwidth", Integer}, {"distribution", Text}, {"loglik", Double}, {"aic", Double}, {"bic", Double},
	{"iterations", Integer}, {"converged", Boolean}, {"bounded", Text}, {"higher_loglik", Double}, {"condition", Double}, {"residual_condition", Double},
	{"diagonal_test", Double}, {"diagonal_df", Integer}, {"diagonal_p", Double}, {"diagonal_lr", Double}, {"diagonal_lr_p", Double},
	{"diagonal_corrected", Double}, {"diagonal_corrected_p", Double}, {"portmanteau", Double}, {"portmanteau_df", Integer}, {"portmanteau_p", Double},
	{"mcelroy_r2", Double}, {"residual_determinant", Double},
}

// _sur_system: one row. Unlike the others it does not fail where the iterations
// do not converge, but says so.
var _ = addReported("sur_system", surSystemColumns, append(slices.Clone(surOptions), portmanteauOption), func(ctx context.Context, p *surProblem, fit *sur.Fit) (*Table, error) {
	lags, err := p.readLags(fit.CheckPortmanteau)
	if err != nil {
		return nil, err
	}
	s, d := fit.Summary(), fit.Diagonality(ctx)
	portmanteau, portmanteauDF, portmanteauP := fit.Portmanteau(lags)
	t := Rows(surSystemColumns)
	var bandwidth any
	if !math.IsNaN(s.Bandwidth) {
		bandwidth = int(s.Bandwidth)
	}
	var first, last any = s.First, s.Last
	if p.index != nil && !p.index.whole {
		first, last = nil, nil // 2003Q2 is no number; sur_residuals has the periods
	}
	t.Append(s.Equations, s.Years, s.K, first, last, s.Method, s.Divisor, s.StdErrors, bandwidth, s.Distribution, s.LogLikelihood, s.AIC, s.BIC,
		s.Iterations, s.Converged, textOrNull(s.Bounded), s.HigherLogLikelihood, s.Condition, s.ResidualCondition,
		d.LM, d.DF, d.LMP, d.LR, d.LRP, d.Corrected, d.CorrectedP, portmanteau, portmanteauDF, portmanteauP,
		s.R2, s.Determinant)
	return t, nil
}, func(m *sur.Model) [][]any { return [][]any{{len(m.Equations)}} })
