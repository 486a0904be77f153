package udf

import (
	"context"
	"fmt"
	"math"

	"utvandring/udf/sur"
)

var surTestColumns = []Column{
	{"test", Text}, {"statistic", Double}, {"df", Integer}, {"p_value", Double}, {"loglik", Double}, {"restricted_loglik", Double},
	{"distribution", Text}, {"df2", Double},
}

// _sur_test(…, hypotheses): a row for the Wald test and, where the likelihood is
// maximised, one for the likelihood ratio.
var _ = addSur("sur_test", surTestColumns, writeSurTest, 1)

func writeSurTest(ctx context.Context, p *surProblem, fit *sur.Fit, extra []Value) (*Table, error) {
	texts, err := extra[0].Texts()
	if err != nil {
		return nil, fmt.Errorf("hypotheses %w", err)
	}
	var list []sur.Restriction
	for _, text := range texts {
		one, err := sur.ParseRestrictions(text)
		if err != nil {
			return nil, err
		}
		list = append(list, one...)
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("hypotheses is an empty list (write 'e_k3 = e_k4, m = 0')")
	}
	h, err := fit.Test(ctx, p.panel, list)
	if err != nil {
		return nil, p.ofGroup(p.explain(err))
	}
	return writeHypothesis(h), nil
}

func writeHypothesis(h *sur.Hypothesis) *Table {
	t := Rows(surTestColumns)
	if math.IsInf(h.WaldDF2, 1) {
		t.Append("Wald", h.Wald, h.DF, h.WaldP, h.LogLikelihood, nil, "chi2", nil)
	} else {
		t.Append("Wald", h.Wald/float64(h.DF), h.DF, h.WaldP, h.LogLikelihood, nil, "F", h.WaldDF2)
	}
	if h.LR == h.LR {
		t.Append("likelihood ratio", h.LR, h.DF, h.LRP, h.LogLikelihood, h.RestrictedLogLike, "chi2", nil)
	}
	return t
}
