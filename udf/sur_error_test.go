package udf

import (
	"context"
	"errors"
	"strings"
	"testing"

	"utvandring/udf/equation"
	"utvandring/udf/sur"
)

// What the adapter adds to an error leaves in it what it wraps.
func TestSurErrorsStayWrapped(t *testing.T) {
	panel, err := equation.NewPanel([]int64{1990, 1991, 1992, 1993, 1994, 1995}, []string{"y", "x", "z"},
		[][]float64{{1, 5, 2, 4, 3, 9}, {2, 1, 4, 3, 6, 6}, {5, 3, 8, 1, 2, 2}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	p := &surProblem{name: "own", panel: panel, modelLast: true}
	if p.model, err = modelOf([]string{"1", "2"}, []string{"y = $a + $b*x", "y = $c + $d*z"}); err != nil {
		t.Fatal(err)
	}
	p.options.MethodName = "estimator"
	if _, err = p.estimate(context.Background()); !errors.Is(err, sur.ErrUnbounded) || !strings.HasSuffix(err.Error(), "; estimator := 'sur' takes one step only, estimator := 'ols' none)") {
		t.Error(err)
	}
	last := int64(2000)
	p.options.Last = &last
	var of *sur.YearError
	if _, err = p.estimate(context.Background()); !errors.As(err, &of) || err.Error() != "model own: last_year 2000 is outside the panel, which has 1990–1995; last_year 2000 is that of the table model (last_year := … overrides it)" {
		t.Error(err)
	}
}
