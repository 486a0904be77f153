package sur

import (
	"context"
	"testing"
)

// NULLs at the ends shorten the sample; the result is that of the shorter one.
func TestSampleShrinksToWhatIsThere(t *testing.T) {
	p := random(t, 3, 12, "y", "x")
	m := model(t, "y = $a + $b*x + $c*lag(y)")
	from, to := int64(1993), int64(2000)
	want, err := Estimate(context.Background(), m, p, Options{First: &from, Last: &to})
	if err != nil {
		t.Fatal(err)
	}
	p.Null = [][]bool{make([]bool, 12), make([]bool, 12), nil}
	p.Null[0][0], p.Null[0][1], p.Null[1][11] = true, true, true
	got, err := Estimate(context.Background(), m, p, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got.Years[0] != 1993 || got.Years[len(got.Years)-1] != 2000 || got.Parameters[2].Estimate != want.Parameters[2].Estimate {
		t.Errorf("sample %v, estimates %v, want %v", got.Years, got.Parameters, want.Parameters)
	}
}
