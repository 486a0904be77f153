package jsonstat

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"

	"utvandring/udf/cube"
)

// read writes what a file has on a line: codes and labels of each dimension, cells with
// their status, warnings and the error.
func read(text, dataset string) string {
	var b strings.Builder
	t, err := Open(strings.NewReader(text), dataset)
	if err != nil {
		return err.Error()
	}
	for _, d := range t.Dimensions {
		fmt.Fprintf(&b, "%s%q%q ", d.Name, d.Codes, d.Labels)
	}
	value, status := make([]float64, 3), make([]string, 3)
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

// of is a dataset of two regions and two years with these values, and what else there is.
func of(values string) string {
	return `{"class":"dataset","version":"2.0","label":"T","id":["r","t"],"size":[2,2],"dimension":{
"r":{"category":{"index":{"03":0,"46":1},"label":{"03":"Oslo","46":"Vestland"}}},
"t":{"category":{"index":["2019","2020"]}}},
` + values + "}"
}

func TestRead(t *testing.T) {
	const dims = `r["03" "46"]["Oslo" "Vestland"] t["2019" "2020"]["2019" "2020"] `
	v1 := `{"one":{"label":"First","value":[1,2],"dimension":{"id":["a"],"size":["2"],"a":{"category":{"label":{"x":"X","y":"Y"}}}}},
"two":{"value":{"0":5},"dimension":{"id":["a"],"size":[1],"a":{"category":{"index":{"x":0}}}}}}`
	collection := `{"class":"collection","link":{"item":[{"class":"dataset","href":"http://x"},` + of(`"value":[1,2,3,4]`) + `,` + of(`"value":[5,6,7,8]`) + `]}}`
	for _, c := range []struct{ name, text, dataset, want string }{
		{"dense", of(`"value":[1,null,3.5,-4e2]`), "", dims + "1 NULL 3.5 -400"},
		{"sparse", of(`"value":{"3":4,"1":2}`), "", dims + "NULL 2 NULL 4"},
		{"status of all", of(`"value":[1,2,3,4],"status":"p"`), "", dims + "1p 2p 3p 4p"},
		{"one status in a list", of(`"value":[1,2,3,4],"status":["p"]`), "", dims + "1p 2p 3p 4p"},
		{"status of each", of(`"value":[1,2,null,4],"status":["a",null,":"]`), "", dims + "1a 2 NULL: 4"},
		{"status of some", of(`"value":[1,2,null,4],"status":{"2":".."}`), "", dims + "1 2 NULL.. 4"},
		{"text as value", of(`"value":[1,2,"c",4]`), "", dims + `1 2 NULLc 4 [4: value: value that is not a number: c]`},
		{"no class", strings.Replace(of(`"value":[1,2,3,4]`), `"class":"dataset",`, "", 1), "", dims + "1 2 3 4"},
		{"a byte order mark", "\xef\xbb\xbf" + of(`"value":[1,2,3,4]`), "", dims + "1 2 3 4"},
		{"Latin-1", strings.Replace(of(`"value":[1,2,3,4]`), "Vestland", "V\xe6r", 1), "", `r["03" "46"]["Oslo" "Vær"]`},
		{"escapes", strings.Replace(of(`"value":[1,2,3,4]`), "Vestland", `V\u00e6r \"a\"`, 1), "", `r["03" "46"]["Oslo" "Vær \"a\""]`},
		{"an odd index", strings.Replace(of(`"value":[1,2,3,4]`), `"46":1`, `"46":7`, 1), "", dims + `1 2 3 4 [2: dimension "r": index is not 0..1]`},
		{"a code of two", strings.Replace(of(`"value":[1,2,3,4]`), `"2020"`, `"2019"`, 1), "", strings.ReplaceAll(dims, "2020", "2019") + `1 2 3 4 [3: dimension "t": "2019" stands there twice]`},
		{"too few", of(`"value":[1,2,3]`), "", "4: value: 3 values, 4 expected"},
		{"too many", of(`"value":[1,2,3,4,5,6]`), "", "4: value: 6 values, 4 expected"},
		{"an index outside", of(`"value":{"4":1}`), "", "4: value: index 4 outside 0..3"},
		{"no values", of(`"value":null`), "", "1: value: missing: there are no values in the file"},
		{"a number as value", of(`"value":7`), "", "4: value: is neither an array nor an object"},
		{"sizes", strings.Replace(of(`"value":[]`), "[2,2]", "[2]", 1), "", "1: size: 2 ids, 1 sizes"},
		{"another size", strings.Replace(of(`"value":[]`), "[2,2]", "[2,3]", 1), "", `3: dimension "t": size 3, 2 categories`},
		{"no such dimension", strings.Replace(of(`"value":[]`), `["r","t"]`, `["r","x"]`, 1), "", `1: dimension: "x" is missing`},
		{"more cells than are read", strings.NewReplacer("[2,2]", "[2,99999999]").Replace(of(`"value":{}`)), "", `3: dimension "t": size 99999999, 2 categories`},
		{"not JSON", "{\n\"a\": }", "", "2: not JSON: invalid character '}' looking for beginning of value"},
		{"empty", "", "", "1: not JSON: unexpected end of JSON input"},
		{"a list", "[1]", "", "1: not JSON-stat: no object"},
		{"other JSON", `{"a":1}`, "", "1: class: not JSON-stat: no class, no dataset"},
		{"a dimension", `{"class":"dimension"}`, "", "1: class: dimension: there are no values in the file"},
		{"links", `{"class":"collection","link":{"item":[{"class":"dataset","href":"x"}]}}`, "", "1: link: collection of 1 links and no embedded dataset"},
		{"a bundle", v1, "", "dataset: there are several, name one (dataset := …): 'one' (First), 'two'"},
		{"one of a bundle", v1, "one", `a["x" "y"]["X" "Y"] 1 2`},
		{"the second", v1, "2", `a["x"]["x"] 5`},
		{"none such", v1, "3", `dataset: there is no "3", but 'one' (First), 'two'`},
		{"a collection", collection, "2", dims + "5 6 7 8"},
		{"several in it", collection, "", "dataset: there are several, name one (dataset := …): 1 (T), 2 (T)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := read(c.text, c.dataset); !strings.HasPrefix(got, c.want) {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestMetadata(t *testing.T) {
	text := of(`"value":[1,2,3,4],"source":"Us","updated":"2020-01-01","note":["one","two"],"role":{"time":["t"]}`)
	text = strings.Replace(text, `"label":{"03"`, `"unit":{"03":{"label":"persons","decimals":0}},"child":{"03":["46"]},"note":{"46":"since 2020"},"label":{"03"`, 1)
	table, err := Open(strings.NewReader(text), "")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, m := range table.Metadata() {
		fmt.Fprintf(&b, "%s|%s|%s|%s\n", m.Property, m.Dimension, m.Element, m.Value)
	}
	for _, want := range []string{"title|||T\n", "source|||Us\n", "note|||one\nnote|||two\n", "role|t||time\n", "dimension|r||2\n", "units|r|03|persons\n", "decimals|r|03|0\n", "child|r|03|46\n", "note|r|46|since 2020\n"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}

func TestIs(t *testing.T) {
	for text, want := range map[string]bool{
		of(`"value":[]`): true, `{"version":"2.0", "class" : "collection"}`: true, `{"dataset":{"dimension":{"id":["a"],"size":[1]}}}`: true,
		`{"a":1}`: false, `[{"class":"dataset"}]`: false, "": false, `{"class":"animal"}`: false,
	} {
		if Is([]byte(text)) != want {
			t.Errorf("%s: %t", text, !want)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, values := range []string{`"value":[1,null,"c",4],"status":["a",null]`, `"value":{"3":4},"status":{"1":".."}`, `"value":[],"status":"p","role":{"time":["t"]}`} {
		f.Add([]byte(of(values)), "")
		f.Add([]byte(`{"class":"collection","link":{"item":[`+of(values)+`]}}`), "1")
	}
	f.Add([]byte(`{"one":{"value":[1],"dimension":{"id":["a"],"size":["1"],"a":{"category":{"label":{"x":"X"}}}}}}`), "one")
	f.Fuzz(func(t *testing.T, text []byte, dataset string) {
		Is(text)
		table, err := Open(bytes.NewReader(text), dataset)
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
	var index, values strings.Builder
	for i := range 1_000_000 {
		if i < 10_000 {
			fmt.Fprintf(&index, `"%d",`, i)
		}
		if i%10 == 3 {
			values.WriteString("null,")
		} else {
			fmt.Fprintf(&values, "%d.%d,", i, i%100)
		}
	}
	text := strings.NewReplacer("[2,2]", "[10000,100]", `{"03":0,"46":1}`, "["+strings.TrimSuffix(index.String(), ",")+"]", `["2019","2020"]`, "["+strings.TrimSuffix(strings.Repeat(`"a",`, 100), ",")+"]").
		Replace(of(`"value":[` + strings.TrimSuffix(values.String(), ",") + "]"))
	b.SetBytes(int64(len(text)))
	value, status := make([]float64, 2048), make([]string, 2048)
	for b.Loop() {
		t, err := Open(strings.NewReader(text), "")
		for n := -1; n != 0 && err == nil; {
			n, err = t.Read(value, status)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}
