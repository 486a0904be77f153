package px

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"utvandring/udf/cube"
	"utvandring/udf/long"
)

// head is a header of two dimensions without what is being tested.
const head = `CHARSET="ANSI";
MATRIX="T";SUBJECT-CODE="X";SUBJECT-AREA="X";CONTENTS="C";UNITS="number";DECIMALS=0;TITLE="A table";
STUB="region";
HEADING="year";
VALUES("region")="Oslo","Bergen";
VALUES("year")="2012","2013";
`

// read writes what a file has on a line: codes of each dimension, cells with their marks,
// warnings and the error.
func read(text, language string) string {
	var b strings.Builder
	t, err := Open(strings.NewReader(text), language)
	if err != nil {
		return err.Error()
	}
	for _, d := range t.Dimensions {
		fmt.Fprintf(&b, "%s%q%q ", d.Name, d.Labels, d.Codes)
	}
	// Two cells at a time, so that reading goes on where it stopped.
	value, status := make([]float64, 2), make([]string, 2)
	for n := -1; n != 0; {
		if n, err = t.Read(value, status); err != nil {
			return err.Error()
		}
		for i := range n {
			if math.IsNaN(value[i]) {
				fmt.Fprintf(&b, "NULL%s ", status[i])
			} else {
				fmt.Fprintf(&b, "%g%s ", value[i], status[i])
			}
		}
	}
	for _, w := range t.Warnings {
		fmt.Fprintf(&b, "[%s] ", w)
	}
	return strings.TrimSpace(b.String())
}

func TestRead(t *testing.T) {
	const plain = `region["Oslo" "Bergen"]["Oslo" "Bergen"] year["2012" "2013"]["2012" "2013"] `
	for _, c := range []struct{ name, text, want string }{
		{"plain", head + "DATA=1 2\n3 4;", plain + "1 2 3 4"},
		{"marks", head + `DATA="." ".." "......" "-";`, plain + "NULL. NULL.. NULL...... 0-"},
		{"marks without quotes", head + "DATA=.. : -\n-5;", plain + "NULL.. NULL: 0- -5"},
		{"all delimiters", head + "DATA=1,2;\t3\r\n4\r\n;\x1a", plain + "1 2 3 4"},
		{"an empty text", head + `DATA="" 2 3 4;`, plain + "NULL 2 3 4"},
		{"numbers", head + "DATA=1e3 -0.5 123456789012345678 .25;", plain + "1000 -0.5 1.2345678901234568e+17 0.25"},
		{"no semicolon", head + "DATA=1 2 3 4", plain + "1 2 3 4 [7: DATA: no closing semicolon]"},
		{"too few", head + "DATA=1 2 3;", "7: DATA: 3 values, 4 expected"},
		{"too many", head + "DATA=1 2 3 4 5\n6;", "7: DATA: 6 values, 4 expected"},
		{"glued", head + "DATA=1 2\n3.4.5 4;", "8: DATA: not a number: 3.4.5"},
		{"an open quote", head + "DATA=1 2\n\"..;", "8: DATA: quote never closed"},
		{"no data", head, "7: DATA: keyword missing"},
		{"none of ours", "a,b\n1,2\n", "3: DATA: keyword missing: this is no PX file"},
		{"a NUL", "\x00\x00", "1: a NUL byte: this is no PX file"},
		{"codes", head + `CODES("region")="0301","4601";TIMEVAL("year")=TLIST(A1),"2012","2013";DATA=1 2 3 4;`,
			`region["Oslo" "Bergen"]["0301" "4601"] year["2012" "2013"]["2012" "2013"] 1 2 3 4`},
		{"an empty code", head + "CODES(\"region\")=\"0301\",;\nDATA=1 2 3 4;",
			`region["Oslo" "Bergen"]["0301" ""] year["2012" "2013"]["2012" "2013"] 1 2 3 4 [7: CODES("region"): an empty code]`},
		{"a code of two", head + "CODES(\"region\")=\"1\",\"1\";\nDATA=1 2 3 4;",
			`region["Oslo" "Bergen"]["1" "1"] year["2012" "2013"]["2012" "2013"] 1 2 3 4 [7: CODES("region"): "1" stands there twice]`},
		{"a label of two", strings.Replace(head, `"Bergen"`, `"Oslo"`, 1) + "CODES(\"region\")=\"1\",\"2\";\nDATA=1 2 3 4;",
			`region["Oslo" "Oslo"]["1" "2"] year["2012" "2013"]["2012" "2013"] 1 2 3 4`},
		{"a code too many", head + `CODES("region")="1","2","3";DATA=1 2 3 4;`, `7: CODES("region"): 3 codes for 2 values`},
		{"a span of months", strings.Replace(head, `"2012","2013"`, `"Dec","Jan"`, 1) + `TIMEVAL("year")=TLIST(M1,"201212"-"201301");DATA=1 2 3 4;`,
			`region["Oslo" "Bergen"]["Oslo" "Bergen"] year["Dec" "Jan"]["201212" "201301"] 1 2 3 4`},
		{"a span of years", strings.Replace(head, `"2012","2013"`, `"a","b"`, 1) + `TIMEVAL("year")=TLIST(A1,"2012"-"2013");DATA=1 2 3 4;`,
			`region["Oslo" "Bergen"]["Oslo" "Bergen"] year["a" "b"]["2012" "2013"] 1 2 3 4`},
		{"a month 13", head + `TIMEVAL("year")=TLIST(M1,"201213"-"201302");DATA=1 2 3 4;`, plain + `1 2 3 4 [7: TIMEVAL("year"): its first or last period is no period]`},
		{"periods too few", head + `TIMEVAL("year")=TLIST(A1),"2012";DATA=1 2 3 4;`, plain + `1 2 3 4 [7: TIMEVAL("year"): 1 periods for 2 values]`},
		{"a long text in pieces", head + "NOTE=\"one; \"\n\"two\";\nDATA=1 2 3 4;", plain + "1 2 3 4"},
		{"a semicolon after a text", head + "NOTE=\"one\";\n\"two\";\nDATA=1 2 3 4;", plain + `1 2 3 4 [8: "two";: not a keyword]`},
		{"a quotation mark inside", head + "NOTE=\"say \"no\" here\";\nDATA=1 2 3 4;", plain + "1 2 3 4 [7: NOTE: quotation mark inside a value]"},
		{"a quotation mark where it matters", strings.Replace(head, `"region"`, `"re"gion"`, 1), "3: STUB: quotation mark inside a value"},
		{"no keyword", head + "LAST.UPDATED=\"2011\";\nDATA=1 2 3 4;", plain + `1 2 3 4 [7: LAST.UPDATED="2011";: not a keyword]`},
		{"no values", strings.Replace(head, `VALUES("year")`, `VALUES("yaer")`, 1) + "DATA=1;", `4: VALUES("year"): missing for a variable of STUB/HEADING`},
		{"no dimensions", "CHARSET=\"ANSI\";\nDATA=1;", "2: STUB/HEADING: both missing: no dimensions"},
		{"mandatory", strings.Replace(head, "DECIMALS=0;", "", 1) + "DATA=1 2 3 4;", plain + "1 2 3 4 [DECIMALS: mandatory keyword missing]"},
		{"hierarchies", head + `HIERARCHIES("region")="Oslo","Oslo":"Bergen";DATA=1 2 3 4;`, plain + "1 2 3 4"},
		{"about nothing", head + `ELIMINATION("regoin")=YES;DATA=1 2 3 4;`, plain + `1 2 3 4 [7: ELIMINATION("regoin"): no such variable]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := read(c.text, ""); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// With KEYS, a row says which it is, and one that is not there is zero.
func TestKeys(t *testing.T) {
	h := head + `CODES("region")="1","2";KEYS("region")=CODES;` + "\n"
	for _, c := range []struct{ name, text, want string }{
		{"a row left out", h + "DATA=\n\"2\",3 \"..\";", "0 0 3 NULL.."},
		{"another order", h + "DATA=\n\"2\",3,4\n\"1\",1,2;", "1 2 3 4"},
		{"none", h + "DATA=\n;", "0 0 0 0"},
		{"by values", strings.Replace(h, "=CODES;", "=VALUES;", 1) + "DATA=\n\"Bergen\",3 4;", "0 0 3 4"},
		{"unknown", h + "DATA=\n\"3\",3,4;", `9: DATA: unknown key "3" of region`},
		{"twice", h + "DATA=\n\"1\",3,4\n\"1\",1,2;", `10: DATA: a second row with the keys ["1"]`},
		{"too few", h + "DATA=\n\"1\",3\n\"2\",1,2;", "9: DATA: 1 values in a row, 2 expected"},
		{"no key", h + "DATA=\n1,3;", "9: DATA: key missing in a row"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := read(c.text, ""); !strings.HasSuffix(got, c.want) {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestLanguages(t *testing.T) {
	text := head + `LANGUAGE="no";LANGUAGES="no","en";CODES("region")="0301","4601";
STUB[en]="area";VALUES[en]("area")="Oslo town","Bergen town";VALUES[en]("year")="MMXII","MMXIII";
DATA=1 2 3 4;`
	for language, want := range map[string]string{
		"":   `region["Oslo" "Bergen"]["0301" "4601"] year["2012" "2013"]`,
		"no": `region["Oslo" "Bergen"]["0301" "4601"] year["2012" "2013"]`,
		"en": `region["Oslo" "Bergen"]["0301" "4601"] year["MMXII" "MMXIII"]["2012" "2013"] 1 2 3 4`, // it translates one name only
		"sv": `LANGUAGES: there is no "sv": the file is in no, en`,
	} {
		if got := read(text, language); !strings.HasPrefix(got, want) {
			t.Errorf("%q: %s, want %s", language, got, want)
		}
	}
	text = strings.Replace(text, `STUB[en]="area";`, `STUB[en]="area";HEADING[en]="time";`, 1)
	if got := read(text, "EN"); !strings.HasPrefix(got, `area["Oslo town" "Bergen town"]["0301" "4601"] time["MMXII" "MMXIII"]`) {
		t.Errorf("both names translated: %s", got)
	}
}

// Bytes are what a code page says, unless they are UTF-8.
func TestCharacters(t *testing.T) {
	for _, c := range []struct{ name, declared, bytes, want string }{
		{"ANSI", "", "\xd8lesund \x96", "Ølesund –"},
		{"iso-8859-15", `CODEPAGE="iso-8859-15";`, "\xa4", "€"},
		{"windows-1251", `CODEPAGE="Windows-1251";`, "\xd0\xb3\xea", "Рік"},
		{"850", `CODEPAGE="850";`, "\x9d", "Ø"},
		{"UTF-8, whatever is declared", `CODEPAGE="iso-8859-1";`, "Ålesund", "Ålesund"},
		{"unknown", `CODEPAGE="klingon";`, "\xd8", "Ø"},
		{"declared UTF-8, and is none", `CODEPAGE="utf-8";`, "\xd8", "Ø"},
	} {
		text := strings.ReplaceAll(head, "Oslo", c.bytes) + c.declared + "DATA=1 2 3 4;"
		if got := read(text, ""); !strings.HasPrefix(got, fmt.Sprintf("region[%q ", c.want)) {
			t.Errorf("%s: %s", c.name, got)
		}
	}
	if got := read(strings.ReplaceAll(strings.Replace(head, `CHARSET="ANSI";`, "", 1), "Oslo", "\x9d")+"DATA=1 2 3 4;", ""); !strings.HasPrefix(got, `region["Ø"`) {
		t.Errorf("DOS: %s", got)
	}
	utf16 := "\xff\xfe"
	for _, r := range head + "DATA=1 2 3 4;" {
		utf16 += string([]byte{byte(r), byte(r >> 8)})
	}
	if got := read(utf16, ""); !strings.HasPrefix(got, `region["Oslo"`) || !strings.HasSuffix(got, "1 2 3 4") {
		t.Errorf("UTF-16: %s", got)
	}
}

func TestMetadata(t *testing.T) {
	table, err := Open(strings.NewReader(head+`UNITS[en]="persons";NOTE("region")="of "
"1 January";VALUENOTE("region","Oslo")="a county";TIMEVAL("year")=TLIST(A1,"2012"-"2013");ELIMINATION("region")=YES;HIERARCHIES("region")="a","a":"b";DATA=1 2 3 4;`), "")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, m := range table.Metadata() {
		fmt.Fprintf(&b, "%s|%s|%s|%s|%s\n", m.Property, m.Language, m.Dimension, m.Element, m.Value)
	}
	for _, want := range []string{
		"title||||A table\n", "units||||number\n", "units|en|||persons\n", "note||region||of 1 January\n", "note||region|Oslo|a county\n",
		"timeval||year||TLIST(A1,\"2012\"-\"2013\")\n", "elimination||region||YES\n", "hierarchies||region||a, a:b\n", "dimension||region||2\n",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}

// endless is a file that does not end.
type endless struct {
	begin string
	again byte
}

func (e *endless) Read(p []byte) (int, error) {
	n := copy(p, e.begin)
	e.begin = e.begin[n:]
	for i := n; i < len(p); i++ {
		p[i] = e.again
	}
	return len(p), nil
}

func TestEndless(t *testing.T) {
	defer func(most int) { mostHeader = most }(mostHeader)
	mostHeader = long.Runs(1<<20, 1<<18)
	for _, begin := range []string{"", `TITLE="`, "TITLE", "TITLE=", `TITLE("a`, "TITLE[", head + `DATA="`, head + "DATA=1"} {
		for _, c := range []byte{0, 'a', ' ', ';', '1'} {
			if strings.HasSuffix(begin, "1") && c != 'a' && c != '1' {
				continue // cells, delimiters and all, may be as many as they like
			}
			t, err := Open(&endless{begin, c}, "")
			if err == nil {
				_, err = t.Read(make([]float64, 5), make([]string, 5))
			}
			if err == nil {
				panic(fmt.Sprintf("%q and then %q for ever is read", begin, c))
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, data := range []string{
		"DATA=1 2 3 4;", "DATA=\".\" \"..\" : -;", `CODES("region")="1",;KEYS("region")=CODES;DATA="1",1,2;`, `LANGUAGE="no";LANGUAGES="no","en";VALUES[en]("region")="a","b";DATA=1 2 3 4;`,
		`TIMEVAL("year")=TLIST(Q1,"20121"-"20122");HIERARCHIES("region")="a":"b";NOTE="a ""b";DATA=1 2 3 4`, `CODEPAGE="utf-8";CONTVARIABLE="region";UNITS("Oslo")="x";DATA=1;`,
	} {
		f.Add([]byte(head+data), "en")
	}
	f.Fuzz(func(t *testing.T, text []byte, language string) {
		table, err := Open(bytes.NewReader(text), language)
		if err != nil {
			return
		}
		size, _ := cube.Size(table.Dimensions, math.MaxInt32)
		value, status := make([]float64, 64), make([]string, 64)
		for total, n := 0, -1; n != 0 && total < 1<<16; total += n {
			if n, err = table.Read(value, status); err != nil {
				return
			}
			if n == 0 && total != size {
				t.Fatalf("%d cells of %d", total, size)
			}
		}
		table.Metadata()
	})
}

// The speed is that of the file's bytes.
func BenchmarkRead(b *testing.B) {
	var text bytes.Buffer
	text.WriteString(strings.NewReplacer(`"Oslo","Bergen"`, strings.Repeat(`"Oslo",`, 9999)+`"Oslo"`, `"2012","2013"`, strings.Repeat(`"2012",`, 99)+`"2012"`).Replace(head) + "DATA=\n")
	for i := range 1_000_000 {
		switch i % 10 {
		case 3:
			text.WriteString(`".." `)
		case 7:
			fmt.Fprintf(&text, "%d.%d ", i, i%100)
		default:
			fmt.Fprintf(&text, "%d ", i)
		}
		if i%100 == 99 {
			text.WriteByte('\n')
		}
	}
	text.WriteString(";")
	b.SetBytes(int64(text.Len()))
	value, status := make([]float64, 2048), make([]string, 2048)
	for b.Loop() {
		t, err := Open(bytes.NewReader(text.Bytes()), "")
		for n := -1; n != 0 && err == nil; {
			n, err = t.Read(value, status)
		}
		if err != nil && err != io.EOF {
			b.Fatal(err)
		}
	}
}
