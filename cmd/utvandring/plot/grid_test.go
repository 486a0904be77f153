package plot

import (
	"strings"
	"testing"

	"utvandring/engine/width"
)

// Wide characters take two cells, marks none: what stands behind them stays in its
// column, and what is written over half of one leaves no half.
func TestGridText(t *testing.T) {
	const family = "👨\u200d👩\u200d👧"
	for _, test := range []struct {
		ascii bool
		write func(g *grid)
		want  string
	}{
		{false, func(g *grid) { g.text(0, 0, "日e\u0301"+family+"x", cell{}) }, "日e\u0301" + family + "x"},
		{false, func(g *grid) { g.text(4, 0, "abc日", cell{}) }, "    abc"}, // no half at the edge
		{false, func(g *grid) { g.text(-1, 0, "日ab", cell{}) }, " ab"},
		{false, func(g *grid) { g.textRight(8, 0, "日a", cell{}) }, "     日a"},
		{false, func(g *grid) { g.text(0, 0, "日本", cell{}); g.text(1, 0, "x", cell{}) }, " x本"},
		{false, func(g *grid) { g.text(0, 0, "日本", cell{}); g.text(1, 0, "本", cell{}) }, " 本"},
		{false, func(g *grid) { g.text(0, 0, "a\tb\nc", cell{}) }, "a b c"},
		{true, func(g *grid) { g.text(0, 0, family+"Åe\u0301", cell{}) }, "?Aae"},
	} {
		g := newGrid(Screen{Width: 8, Unicode: !test.ascii})
		test.write(g)
		if got := strings.TrimSuffix(g.String(false), "\n"); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}

func TestWideNames(t *testing.T) {
	names := []string{"日本", "🚀 Oslo", "Ma\u030alsnes", "👨\u200d👩\u200d👧\u200d👦", "Agder"}
	table := Table{Columns: columns("county", "frequency")}
	for i, name := range names {
		table.Rows = append(table.Rows, []any{name, float64(9 - i)})
	}
	c := newChart(t, table, Spec{})
	bars := 0
	for line := range strings.Lines(c.Terminal(Screen{Width: 60, Height: 20, Unicode: true})) {
		if at := strings.Index(line, "█"); at >= 0 {
			bars++
			if n := width.Of(line[:at]); n != len("🚀 Oslo")-1 {
				t.Errorf("a bar begins in column %d: %s", n, line)
			}
			if n := width.Of(strings.TrimSuffix(line, "\n")); n > 60 {
				t.Errorf("%d columns: %s", n, line)
			}
		}
	}
	if bars != len(names) {
		t.Errorf("%d bars", bars)
	}
}
