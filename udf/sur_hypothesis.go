package udf

import (
	"context"
	"fmt"

	"utvandring/udf/sur"
)

var surTestColumns = []Column{
	{"test", Text}, {"statistic", Double}, {"df", Integer}, {"p_value", Double}, {"loglik", Double}, {"restricted_loglik", Double},
}

// _sur_test(…, hypotheses): a row for the Wald test and, where the likelihood is
// maximised, one for the likelihood ratio.
var _ = add(Function{
	Name: "_sur_test", Args: surArgs + 1, Result: surTestColumns,
	Run: prefixed("sur_test", func(ctx context.Context, args []Value) (*Table, error) {
		p, err := readSur(args)
		if err != nil {
			return nil, err
		}
		texts, err := args[surArgs].Texts()
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
		fit, err := p.estimate(ctx)
		if err != nil {
			return nil, err
		}
		h, err := fit.Test(ctx, p.panel, list)
		if err != nil {
			return nil, p.explain(err)
		}
		t := Rows(surTestColumns)
		t.Append("Wald", h.Wald, h.DF, h.WaldP, h.LogLikelihood, nil)
		if h.LR == h.LR {
			t.Append("likelihood ratio", h.LR, h.DF, h.LRP, h.LogLikelihood, h.RestrictedLogLike)
		}
		return t, nil
	}),
})
