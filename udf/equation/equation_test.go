package equation

import "testing"

func TestBasics(t *testing.T) {
	e, err := Parse("emi_k3 = $a_k3 + $b_k3*lag(emi_k3) + $C*(anko_k3 + anme_k3) + ($s1 - 0.5)*ln(lag(relinnt1, 2)) - $c*x")
	if err != nil {
		t.Fatal(err)
	}
	l, err := e.Linear()
	if err != nil {
		t.Fatal(err)
	}
	for _, term := range l.Terms {
		t.Log(term.Parameter, String(term.Regressor))
	}
	t.Log(String(l.Offset), e.Parameters(), e.Columns(), e.String())
}
