package udf

import (
	"context"

	"utvandring/udf/sur"
)

var surLongRunColumns = []Column{{"variable", Text}, {"shock", Text}, {"long_run", Double}, {"std_error", Double}, {"verdict", Text}}

func writeSurLongRun(_ context.Context, p *surProblem, fit *sur.Fit) (*Table, error) {
	list, err := fit.LongRun()
	if err != nil {
		return nil, p.ofGroup(p.explain(err))
	}
	t := Rows(surLongRunColumns)
	for _, r := range list {
		t.Append(r.Variable, r.Shock, r.Effect, r.StdError, r.Verdict)
	}
	return t, nil
}

// _sur_long_run: the long-run matrix of a model, a row per left side and other variable.
var _ = addSur("sur_long_run", surLongRunColumns, surOptions, writeSurLongRun)

var _ = addSurReport("sur_long_run", surLongRunColumns, surOptions, writeSurLongRun, func(m *sur.Model) (rows [][]any) {
	for _, left := range m.Lefts() {
		rows = append(rows, []any{left, nil, nil, nil, nil})
	}
	return rows
})
