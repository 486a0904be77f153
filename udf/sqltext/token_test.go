package sqltext

import (
	"fmt"
	"strings"
	"testing"
)

// letters of the kinds, for short tables.
const letters = " -nQS1$."

func TestLex(t *testing.T) {
	for _, test := range []struct {
		sql  string
		want string // a letter a token
		text string // the tokens but spaces, parted by |
	}{
		{"", "", ""},
		{"SELECT a, b_1", "n n. n", "SELECT|a|,|b_1"},
		{"a-- c\nb", "n- n", "a|-- c|b"},
		{"a-- c\rb", "n- n", "a|-- c|b"},
		{"a/* x /* y */ z */b", "n-n", "a|/* x /* y */ z */|b"},
		{"/*/ x */b", "-n", "/*/ x */|b"},
		{"/**/b", "-n", "/**/|b"},
		{"'it''s' ''", "S S", "'it''s'|''"},
		{`"a ""b""".c`, "Q.n", `"a ""b"""|.|c`},
		{`e'\'' E'\\' like'\'`, "S S nS", `e'\''|E'\\'|like|'\'`},
		{"e'a' -- c\n '\\''", "S -  S", "e'a'|-- c|'\\''"}, // one text to DuckDB
		{"e'a' '\\'", "S S", `e'a'|'\'`},
		{"e'a'\n,'\\'", "S .S", `e'a'|,|'\'`},
		{"x'41' b'1' n'a' æ'a'", "S S S nS", "x'41'|b'1'|n'a'|æ|'a'"},
		{"$$;$$ $a$ $$' $a$", "S S", "$$;$$|$a$ $$' $a$"},
		{"$æ$a$æ$", "S", "$æ$a$æ$"},
		{"a$b$ c$", "n n", "a$b$|c$"},
		{"$name $1 ? #1 # $", "$ $ $ $ . .", "$name|$1|?|#1|#|$"},
		{"$1a$b", "$n", "$1|a$b"},
		{"12 1_000 1.5e-3 .5 1. 1..2 1.5.5", "1 1 1 1 1 1.1 11", "12|1_000|1.5e-3|.5|1.|1|.|.2|1.5|.5"},
		{"1e 1e+ 0x1F 1__0 1a", "1n 1n. 1n 1n 1n", "1|e|1|e|+|0|x1F|1|__0|1|a"},
		{"t.a", "n.n", "t|.|a"},
		{"a=-1", "n..1", "a|=|-|1"},
		{"a<-1", "n..1", "a|<|-|1"},
		{"2^-1", "1.1", "2|^-|1"}, // DuckDB says there is no ^-
		{"a<>b<=c==d", "n.n.n.n", "a|<>|b|<=|c|==|d"},
		{"a::b:=c=>d->e", "n.n.n.n.n", "a|::|b|:=|c|=>|d|->|e"},
		{"f(x)[1:2]{;", "n.n..1.1...", "f|(|x|)|[|1|:|2|]|{|;"},
		{"4+--c\n2", "1.- 1", "4|+|--c|2"},
		{"4//*c*/2", "1.-1", "4|/|/*c*/|2"},
		{"a\u00a0b\u2003c\u3000d\ufeffe\u2028f", "n n n n n", "a|b|c|d|e\u2028f"},
		{"\v\x00\\", "...", "\v|\x00|\\"},
		{"\xff\xe2\x80", "n", "\xff\xe2\x80"},
	} {
		var kinds strings.Builder
		var texts []string
		at := 0
		for _, token := range Lex(test.sql) {
			kinds.WriteByte(letters[token.Kind])
			if token.Kind != Space {
				texts = append(texts, token.Text)
			}
			if token.Open || token.At != at || token.End() != at+len(token.Text) {
				t.Errorf("%q: %+v, at byte %d", test.sql, token, at)
			}
			at += len(token.Text)
		}
		if got := strings.Join(texts, "|"); got != test.text || kinds.String() != test.want {
			t.Errorf("%q:\n%s\n%s, want\n%s\n%s", test.sql, got, kinds.String(), test.text, test.want)
		}
	}
}

func TestLexOpen(t *testing.T) {
	for sql, want := range map[string]string{
		"a 'b": "'b", `a "b""`: `"b""`, `a "b`: `"b`, `a e'b\'`: `e'b\'`, "a $x$ b $x": "$x$ b $x", "a /* /* b */": "/* /* b */", `e'\`: `e'\`,
	} {
		tokens := Lex(sql)
		if last := tokens[len(tokens)-1]; !last.Open || last.Text != want {
			t.Errorf("%q ends in %+v, want an open %q", sql, last, want)
		}
	}
}

func TestIdent(t *testing.T) {
	for sql, want := range map[string]string{
		"Ab": "Ab", `"a ""b"" "`: `a "b" `, `"a`: "a", `"a""`: `a"`, `""""`: `"`, `"`: "", `""`: "", "'a'": "", "1": "",
	} {
		if got := Lex(sql)[0].Ident(); got != want {
			t.Errorf("%s: %q, want %q", sql, got, want)
		}
	}
}

func TestLiteral(t *testing.T) {
	for sql, want := range map[string]string{"'a'": "a", "'it''s'": "it's", "'a'''": "a'", "''": "", "'a": "a"} {
		if text, ok := Lex(sql)[0].Literal(); !ok || text != want {
			t.Errorf("%s: %q %t, want %q", sql, text, ok, want)
		}
	}
	for _, sql := range []string{"e'a'", "x'41'", "$$a$$", `"a"`, "a", "1"} {
		if text, ok := Lex(sql)[0].Literal(); ok {
			t.Errorf("%s: %q", sql, text)
		}
	}
}

func TestIs(t *testing.T) {
	if select_ := Lex("select")[0]; !select_.Is("SELECT") || Lex(`"select"`)[0].Is("SELECT") || !Lex(":=")[0].Is(":=") || Lex("';'")[0].Is(";") {
		t.Error("a keyword is taken without case, a name in quotes is none")
	}
}

func TestFirstWord(t *testing.T) {
	for statement, want := range map[string]string{
		"": "", " \n": "", "-- a": "", "select 1": "SELECT", "\t/* a */ -- b\n From": "FROM", "(select 1)": "(", "INSERT": "INSERT",
	} {
		if got := FirstWord(statement); got != want {
			t.Errorf("%q: %q, want %q", statement, got, want)
		}
	}
}

// What is quoted is read back.
func TestQuote(t *testing.T) {
	for _, text := range []string{"", "a", `a "b" 'c'`, `\`, "'", `"`, "æ\n--"} {
		name := Lex(QuoteName(text) + " x")
		if name[0].Kind != QuotedName || name[0].Ident() != text {
			t.Errorf("%q as a name: %+v", text, name[0])
		}
		literal := Lex(QuoteText(text) + " x")
		if literal[0].Kind != String || literal[0].Text != QuoteText(text) {
			t.Errorf("%q as a text: %+v", text, literal[0])
		}
	}
}

// The tokens of anything, joined, are it; and what arrives line by line is cut as
// what is there at once.
func FuzzLex(f *testing.F) {
	for _, sql := range []string{
		"SELECT $a$;$a$ -- x\n/* /* */ */ e'\\'' \"\" 1.5e-3::INT", "'\n$$.;", "e'a'\n'\\''\r'", "\u00a0\u3000\xe2\x80", "a=-1^-2--\r/", "$1 $a ? #1 1..2",
	} {
		f.Add(sql)
	}
	f.Fuzz(func(t *testing.T, sql string) {
		tokens := Lex(sql)
		var joined strings.Builder
		for i, token := range tokens {
			if token.Text == "" || token.At != joined.Len() || token.Open && i < len(tokens)-1 {
				t.Fatalf("%q: token %d is %+v", sql, i, token)
			}
			joined.WriteString(token.Text)
		}
		if joined.String() != sql {
			t.Fatalf("lost bytes: %q became %q", sql, joined.String())
		}
		// Parted by spaces, no token is another than before, but what a line end joins.
		for i, token := range tokens {
			if token.Open || token.Kind == Comment || token.Kind == String {
				continue
			}
			if alone := Lex(token.Text); len(alone) != 1 || alone[0].Kind != token.Kind {
				t.Fatalf("%q: token %d is %+v, alone %+v", sql, i, token, alone)
			}
		}
		var s scanner
		var lines []string
		for line := range strings.Lines(sql) {
			bytes := []byte(line)
			for at := 0; at < len(line); {
				within := s.inside != 0
				_, n := s.next(bytes[at:])
				if text := line[at : at+n]; within {
					lines[len(lines)-1] += text
				} else {
					lines = append(lines, text)
				}
				at += n
			}
		}
		for i, token := range tokens {
			if i >= len(lines) || lines[i] != token.Text {
				t.Fatalf("%q: by line %q, at once %+v", sql, lines, tokens)
			}
		}
	})
}

func ExampleLex() {
	for _, token := range Lex("sur('4.1', p) -- now") {
		fmt.Printf("%d:%s ", token.At, token.Text)
	}
	// Output: 0:sur 3:( 4:'4.1' 9:, 10:  11:p 12:) 13:  14:-- now
}
