package equation

import "testing"

// FuzzParse: no input panics or hangs, errors stay inside the text, and what
// is written back reads as the same formula.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"emi_k3 = $a_k3 + $b_k3*lag(emi_k3) + $c*(anko_k3 + anme_k3) + $e_k3*ln(lag(relinnt1, 2))",
		"y = ($s1 - 0.5)*price", `"a ""b""" = -(x^2) - -1e-3`, "y = case when not x > 1 and z < 2 then diff(x, 2) else (x - y)/-z end",
		"y = x not between 1 and 2 or z in (1, -2)", "æøå = least(1, 2, x)", "y = if(true, 2, 3)^(-x)", "y = 1 - (2 - 3) = (x < (y > 2))",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, err := Parse(text)
		if err != nil {
			if p := err.(*Error); p.Pos < 0 || p.Pos > len(text) || p.Error() == "" {
				t.Fatalf("error outside the text: %+v", p)
			}
			return
		}
		once := e.String()
		again, err := Parse(once)
		if err != nil {
			t.Fatalf("%q is written as %q, which does not parse: %v", text, once, err)
		}
		if twice := again.String(); twice != once {
			t.Fatalf("%q is written as %q and then as %q", text, once, twice)
		}
		if l, err := e.Linear(); err == nil {
			for _, term := range l.Terms {
				Diff(term.Regressor, "x")
			}
		}
		one := func(*Column) float64 { return 1 }
		c := NewCode()
		input := c.Register()
		p := c.Compile(e.Right, func(Node) int { return input })
		m := c.NewMachine(1)
		m.Regs[input] = []float64{1}
		y := m.Run(p)[0]
		// Node by node it is the same, where every part has a value.
		if v := Value(e.Right, one, func(*Parameter) float64 { return 1 }); v-v == 0 && v != y {
			t.Fatalf("%q is %g, but %g node by node", text, y, v)
		}
		Fault(e.Right, one, func(*Parameter) float64 { return 1 })
	})
}
