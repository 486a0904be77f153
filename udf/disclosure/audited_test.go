package disclosure

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"utvandring/udf/long"
)

var update = flag.Bool("update", false, "write testdata/audited anew; then run its audit.sh")

// The random tables in testdata/audited are as another program's audit was given them:
// verdicts.txt is what it said (audit.sh beside it says how).
func TestAuditedTables(t *testing.T) {
	verdicts, err := os.ReadFile("testdata/audited/verdicts.txt")
	if err != nil && !*update {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(11, 11))
	for i, sizes := range [][]int{{5, 6}, {7, 4}, {5, 2, 6}, {4, 3, 4}, {4, 2, 3, 2}, {2, 3, 2, 2, 2}}[:long.Runs(6, 3)] {
		table := randomTable(random, 6+3*i, sizes...)
		for _, method := range long.Rows([]Method{{Base: 3}, {Base: 5}, {Suppress: true, Threshold: 3}, {Suppress: true, Threshold: 4}, {Suppress: true, Threshold: 3, Zeros: true}}, 2) {
			kind := fmt.Sprint("round_", method.Base)
			if method.Suppress {
				kind = fmt.Sprint("suppress_", method.Threshold)
			}
			if method.Zeros {
				kind += "z"
			}
			file := fmt.Sprintf("%d_%s.csv", i+1, kind)
			p, err := Protect(table, method)
			if err != nil {
				t.Fatal(err)
			}
			if a := p.Audit(all(table)); len(a.Problems) > 0 {
				t.Errorf("%s: %v", file, a.Problems)
			}
			got := published(p)
			path := filepath.Join("testdata/audited", file)
			if *update {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
				continue
			}
			if want, err := os.ReadFile(path); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s is not what was audited (%v): run with -update, then audit.sh", file, err)
			}
			if !strings.Contains(string(verdicts), file+": protected\n") {
				t.Errorf("%s: the other audit does not say protected", file)
			}
		}
	}
}

// published is a table with all its margins as CSV: the dimensions, true counts and what is shown.
func published(p *Protection) []byte {
	var b bytes.Buffer
	for d := range p.Table.Codes {
		fmt.Fprintf(&b, "d%d,", d)
	}
	b.WriteString("n,shown\n")
	for _, m := range all(p.Table) {
		values, hidden := p.Figures(&m)
		truth := m.Sums(p.Table.Counts)
		written := make([]bool, m.Groups)
		for row, g := range m.Group {
			if written[g] {
				continue
			}
			written[g] = true
			for d := range p.Table.Codes {
				code := "Total"
				for _, by := range m.Dims {
					if by == d {
						code = fmt.Sprint("c", p.Table.Codes[d][row])
					}
				}
				b.WriteString(code + ",")
			}
			shown := fmt.Sprint(values[g])
			if hidden != nil && hidden[g] {
				shown = ""
			}
			fmt.Fprintf(&b, "%d,%s\n", truth[g], shown)
		}
	}
	return b.Bytes()
}
