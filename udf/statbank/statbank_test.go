package statbank

import (
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"utvandring/udf/reference"
)

// The layouts as they were made, and what a reader in Python made of them (reference case
// B_csv). Columns that the file has and the expected rows leave out are constant.
func TestLayouts(t *testing.T) {
	for _, c := range []struct{ file, expected, without string }{
		{"1_statbank.csv", "1", ""}, {"2_regneark.csv", "2", ""}, {"3_eurostat.tsv", "3", ""}, {"4_sdmx.csv", "4", "freq citizen unit"},
		{"5_to_hoder.csv", "5", ""}, {"6_internasjonal.csv", "6", "Indicator Name"},
	} {
		t.Run(c.file, func(t *testing.T) {
			text := reference.ReadFile(t, "testdata/"+c.file)
			table, err := Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			want := reference.ReadCSV(t, "testdata/"+c.expected+"_expected.csv")
			if len(table.Rows) != len(want)-1 {
				t.Fatalf("%d rows, want %d", len(table.Rows), len(want)-1)
			}
			for i, row := range table.Rows {
				var got []string
				for j, name := range table.Names {
					if c.without == "" || !strings.Contains(c.without, name) {
						got = append(got, row[j])
					}
				}
				w := want[i+1]
				dims := len(w) - 2
				x := math.NaN()
				if w[dims] != "" {
					x, _ = strconv.ParseFloat(w[dims], 64)
				}
				if !slices.Equal(got, w[:dims]) || table.Value[i] != x && !(math.IsNaN(x) && math.IsNaN(table.Value[i])) || table.Status[i] != w[dims+1] {
					t.Errorf("row %d: %q %g %q, want %q", i, got, table.Value[i], table.Status[i], w)
				}
			}
		})
	}
}

// read writes a table on lines.
func read(text string) string {
	table, err := Parse([]byte(text))
	if err != nil {
		return err.Error()
	}
	var b strings.Builder
	b.WriteString(strings.Join(table.Names, "|"))
	for i, row := range table.Rows {
		fmt.Fprintf(&b, " %s=%g%s", strings.Join(row, "|"), table.Value[i], table.Status[i])
	}
	if table.Doubt != "" {
		b.WriteString(" doubtful")
	}
	if table.Twice != "" {
		b.WriteString(" (" + table.Twice + " twice)")
	}
	return strings.ReplaceAll(b.String(), "NaN", "NULL")
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"long", "region;år;Antall\n0301 Oslo;2012;5\n4601 Bergen;2012;-\n", "region_code|region|år|contents 0301|Oslo|2012|Antall=5 4601|Bergen|2012|Antall=0-"},
		{"thousands by UNIT_MULT", "GEO,TIME_PERIOD,OBS_VALUE,UNIT_MULT,DECIMALS\nNO,2012,5018.6,3,1\nSE,2012,9519374,0,0\n", "GEO|TIME_PERIOD|UNIT_MULT NO|2012|3=5018.6 SE|2012|0=9.519374e+06"},
		{"units by UNIT_MULT", "GEO,TIME_PERIOD,OBS_VALUE,UNIT_MULT\nNO,2012,5018,0\n", "GEO|TIME_PERIOD NO|2012=5018"},
		{"tidy", "region,year,value,status\nOslo,2012,5,\nBergen,2012,,..\n", "region|year Oslo|2012=5 Bergen|2012=NULL.."},
		{"ages are no codes", "age;2012;2013\n18 years;1;2\n19 years;3;4\n", "age|year 18 years|2012=1 18 years|2013=2 19 years|2012=3 19 years|2013=4"},
		{"ages are categories", "kommune;alder;antall;døde\n0301 Oslo;0;5;1\n0301 Oslo;1;6;2\n", "kommune_code|kommune|alder|contents 0301|Oslo|0|antall=5 0301|Oslo|0|døde=1 0301|Oslo|1|antall=6 0301|Oslo|1|døde=2"},
		{"numbers alone", "klasse;antall\n0;5\n1;6\n", "klasse|contents 0|antall=5 1|antall=6"},
		{"one line of numbers", "bosatte;utvandringer\n100;5\n", "contents bosatte=100 utvandringer=5"},
		{"a category called value", "region;measure;2012;2013\nOslo;Value;5;6\nOslo;Index;7;8\n", "region|measure|year Oslo|Value|2012=5 Oslo|Value|2013=6 Oslo|Index|2012=7 Oslo|Index|2013=8"},
		{"a backslash", "Table: C:\\x\n\nregion;2012\nOslo\\Bærum;5\nBergen;6\n", "region|year Oslo\\Bærum|2012=5 Bergen|2012=6"},
		{"a line that is there twice", "region;sex;2012;2013\nOslo;M;1;..\n;F;2;3\n;M;..;4\n;F;5;..\n", "region|sex|year Oslo|M|2012=1 Oslo|M|2013=NULL.. Oslo|F|2012=2 Oslo|F|2013=3 Oslo|M|2012=NULL.. Oslo|M|2013=4 Oslo|F|2012=5 Oslo|F|2013=NULL.. (Oslo, F, 2012 twice)"},
		{"two texts across", "Folk, etter region, kjønn og statistikk\n\nregion;Menn;Menn;Kvinner;Kvinner\n;Født;Død;Født;Død\nOslo;1;2;3;4\n", "region|kjønn|statistikk Oslo|Menn|Født=1 Oslo|Menn|Død=2 Oslo|Kvinner|Født=3 Oslo|Kvinner|Død=4"},
		{"headings written again", "Folkemengde\n\n;\"2012\";\"2012\";\"2013\";\"2013\"\n;Menn;Kvinner;Menn;Kvinner\nNorge;1;2;3;..\n", "column1|year|variable Norge|2012|Menn=1 Norge|2012|Kvinner=2 Norge|2013|Menn=3 Norge|2013|Kvinner=NULL.."},
		{"merged headings", ";Menn;;Kvinner;\nregion;2012;2013;2012;2013\nOslo;1;2;3;4\nBergen;5;6;7;8\n",
			"region|variable|year Oslo|Menn|2012=1 Oslo|Menn|2013=2 Oslo|Kvinner|2012=3 Oslo|Kvinner|2013=4 Bergen|Menn|2012=5 Bergen|Menn|2013=6 Bergen|Kvinner|2012=7 Bergen|Kvinner|2013=8"},
		{"thousands by points", "a;2012;2013\nx;1.234;5,5\ny;1.234.567;6\n", "a|year x|2012=1234 x|2013=5.5 y|2012=1.234567e+06 y|2013=6"},
		{"decimal commas in quotes", "a,2012,2013\nx,\"12,5\",\"1,234\"\ny,3,4\n", "a|year x|2012=12.5 x|2013=1.234 y|2012=3 y|2013=4"},
		{"thousands in quotes", "a,2012,2013\nx,\"12,500\",\"1,234,567\"\ny,3,4\n", "a|year x|2012=12500 x|2013=1.234567e+06 y|2012=3 y|2013=4"},
		{"decimal points", "a;2012;2013\nx;1.234;5.5\ny;2;6\n", "a|year x|2012=1.234 x|2013=5.5 y|2012=2 y|2013=6"},
		{"thousands or decimals", "a;2012;2013\nx;1,234;999\ny;12,345;5.5\n", "a|year x|2012=1.234 x|2013=999 y|2012=12.345 y|2013=5.5 doubtful"},
		{"points likewise", "a;2012;2013\nx;1.234;999\ny;12.345;7\n", "a|year x|2012=1.234 x|2013=999 y|2012=12.345 y|2013=7 doubtful"},
		{"three decimals", "a;2012;2013\nx;1,234;0,999\ny;45.111;1\n", "a|year x|2012=1.234 x|2013=0.999 y|2012=45111 y|2013=1"},
		{"both signs", "a;2012;2013\nx;1,234;1.999,5\n", "a|year x|2012=1.234 x|2013=1999.5"},
		{"codes with a point", "a;2012\n45.111;1\n45.112;2\n", "a|year 45.111|2012=1 45.112|2012=2"},
		{"quarters", "a;2012K1;2012K2\nx;1;2\ny;3;4\n", "a|period x|2012K1=1 x|2012K2=2 y|2012K1=3 y|2012K2=4"},
		{"flags", "a;2012;2013\nx;1 234 e;5*\ny;: c;7 b\n", "a|year x|2012=1234e x|2013=5* y|2012=NULL: c y|2013=7b"},
		{"notes below", "a;2012;2013\nx;1;2\ny;3;4\n\nNote: a\nsecond\n", "a|year x|2012=1 x|2013=2 y|2012=3 y|2013=4"},
		{"a line cut short", "a;2012;2013\nx;1\ny;3;4\nz;5;6\n", "line 2 has 2 cells, and the lines around it 3"},
		{"a text among numbers", "a;2012;2013\nx;1;2\ny;three;4\n", `line 3, column 2: "three" is neither a number nor a mark for none`},
		{"a quoted line end", "a;2012;2013\n\"x\ny\";1;2\nz;3;4\n", "a|year x\ny|2012=1"},
		{"UTF-16 without a mark", "a\x00;\x002\x000\x001\x002\x00;\x002\x000\x001\x003\x00\n\x00x\x00;\x001\x00;\x002\x00\n\x00", "a|year x|2012=1 x|2013=2"},
		{"nothing", "", "no table is found in it"},
		{"more columns than a table has", strings.Repeat("a;", 50_000) + "2012\n" + strings.Repeat("x;", 50_000) + "1\n", "it has 50001 columns of categories"},
		{"prose", "Once upon\na time\n", "no table is found in it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := read(c.text); !strings.HasPrefix(got, c.want) || strings.HasSuffix(got, "doubtful") != strings.HasSuffix(c.want, "doubtful") || strings.Contains(got, "twice") != strings.Contains(c.want, "twice") {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, name := range []string{"1_statbank.csv", "2_regneark.csv", "3_eurostat.tsv", "4_sdmx.csv", "5_to_hoder.csv", "6_internasjonal.csv"} {
		text, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		table, err := Parse(text)
		if err != nil {
			return
		}
		for i, row := range table.Rows {
			if len(row) != len(table.Names) || len(table.Value) != len(table.Rows) || len(table.Status) != len(table.Rows) {
				t.Fatalf("row %d is %q of %q", i, row, table.Names)
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	text, err := os.ReadFile("testdata/1_statbank.csv")
	if err != nil {
		b.Fatal(err)
	}
	lines := strings.SplitAfter(string(text), "\n")
	large := []byte(strings.Join(lines[:3], "") + strings.Repeat(strings.Join(lines[3:len(lines)-1], ""), 2000))
	b.SetBytes(int64(len(large)))
	for b.Loop() {
		if _, err := Parse(large); err != nil {
			b.Fatal(err)
		}
	}
}
