package udf

import (
	"context"
	"fmt"
	"math"
	"slices"

	"utvandring/udf/sur"
)

var surTestColumns = []Column{
	{"test", Text}, {"statistic", Double}, {"df", Integer}, {"p_value", Double}, {"loglik", Double}, {"restricted_loglik", Double},
	{"distribution", Text}, {"df2", Double}, {"hypothesis", Text},
}

// _sur_test: a row for the Wald test and, where the likelihood is
// maximised, one for the likelihood ratio.
var _ = addSur("sur_test", surTestColumns, surTestOptions, writeSurTest)

var surTestOptions = append(slices.Clone(surOptions), hypothesesOption)

func writeSurTest(ctx context.Context, p *surProblem, fit *sur.Fit) (*Table, error) {
	if len(p.hypotheses) == 0 {
		return nil, fmt.Errorf("hypotheses is an empty list (write 'e_k3 = e_k4, m = 0')")
	}
	h, err := fit.Test(ctx, p.panel, p.hypotheses)
	if err != nil {
		return nil, p.ofGroup(p.explain(err))
	}
	if h.WithoutLR != "" {
		Note(ctx, "sur_test: no likelihood ratio: %s", h.WithoutLR)
	}
	return writeHypothesis(h), nil
}

func writeHypothesis(h *sur.Hypothesis) *Table {
	t := Rows(surTestColumns)
	if math.IsInf(h.WaldDF2, 1) {
		t.Append("Wald", h.Wald, h.DF, h.WaldP, h.LogLikelihood, nil, "chi2", nil, h.Text)
	} else {
		t.Append("Wald", h.Wald/float64(h.DF), h.DF, h.WaldP, h.LogLikelihood, nil, "F", h.WaldDF2, h.Text)
	}
	if h.LR == h.LR {
		t.Append("likelihood ratio", h.LR, h.DF, h.LRP, h.LogLikelihood, h.RestrictedLogLike, "chi2", nil, h.Text)
	}
	return t
}
