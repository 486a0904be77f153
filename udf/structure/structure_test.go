package structure

import (
	"fmt"
	"strings"
	"testing"

	"utvandring/udf/equation"
)

func TestDetermine(t *testing.T) {
	for _, c := range []struct{ left, want string }{
		{"y | ln(z) | w - lag(w) | x/z", "y z w x"},
		{"lag(y) | 3 | year | abs(-y)", "- - - y"},
		{"Y | y | y - lag(y)", "Y 0 0"},  // names compare without case
		{"y/x | y", "x y"},               // a plain left side has the first choice
		{"y/x | y | diff(x)", "x y 0"},   // then the earlier equation
		{"y + x | x*y | x + y", "y x 1"}, // of a left side that is all taken the first column counts
		{"year*y | y^2", "y 0"},          // nobody determines the year
		{"lag(x) + y | y", "1 y"},
	} {
		var left []equation.Node
		for _, text := range strings.Split(c.left, " | ") {
			n, err := equation.ParseExpr(text)
			if err != nil {
				t.Fatal(err)
			}
			left = append(left, n)
		}
		var got []string
		for _, d := range Determine(left) {
			switch {
			case d.Column != nil && d.Rival < 0:
				got = append(got, d.Column.Name)
			case d.Rival >= 0:
				got = append(got, fmt.Sprint(d.Rival))
			default:
				got = append(got, "-")
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", c.left, got, c.want)
		}
	}
}

func TestBlocks(t *testing.T) {
	for _, c := range []struct {
		needs [][]int
		want  string
	}{
		{[][]int{{1}, {2}, {1}, {0, 4}, {}}, "[[1 2] [0] [4] [3]]"},
		{[][]int{{}, {}, {}}, "[[0] [1] [2]]"},
		{[][]int{{2, 2}, {0}, {}}, "[[2] [0] [1]]"},
		{[][]int{{3}, {0}, {1}, {2}}, "[[0 1 2 3]]"},
		{[][]int{{0}}, "[[0]]"},
		{nil, "[]"},
	} {
		if got := fmt.Sprint(Blocks(c.needs)); got != c.want {
			t.Errorf("%v: %s, want %s", c.needs, got, c.want)
		}
	}
}
