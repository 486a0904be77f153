package main

import (
	"context"
	"strings"
	"testing"
)

// Every formula of .help formula is what the page says: estimated, or refused.
func TestFormulaHelp(t *testing.T) {
	ctx := context.Background()
	s := emptySession(t)
	s.temporary(t, map[string]string{"p": `SELECT 1990 + i AS year, 10 + sin(i*7.1) AS y, 5 + cos(i*3.3) AS x, 3 + sin(i*i) AS z,
		2 + cos(i*i*1.7) AS "odd name", 4 + sin(i*1.9) AS price, x + 3 AS relinnt1, z AS emi_k3 FROM range(24) t(i)`})
	tried, refused := 0, false
	for line := range strings.Lines(topics()["formula"]) {
		if strings.TrimSpace(line) == "Refused" {
			refused = true
		}
		if len([]rune(line)) > 91 {
			t.Errorf("too wide: %s", line)
		}
		formula, ok := strings.CutPrefix(line, "    ")
		formula, _, _ = strings.Cut(strings.TrimSpace(formula), "  ")
		if !ok || strings.HasPrefix(line, "     ") || strings.HasPrefix(formula, "FROM ") || strings.HasPrefix(formula, "SELECT ") {
			continue
		}
		tried++
		if !strings.Contains(formula, " = ") || refused {
			formula = "y = $a + " + formula
		}
		r, err := s.db.Run(ctx, "FROM sur_of(['"+formula+"', 'x = $x'], p, method := 'ols')", 0)
		if err == nil {
			r.Close()
		}
		if refused != (err != nil) {
			t.Errorf("%s: %v", formula, err)
		}
	}
	if tried < 25 {
		t.Errorf("only %d formulas", tried)
	}
}
