package engine

import (
	"context"
	"strings"
	"testing"

	"utvandring/udf/sqltext"
)

// DuckDB reads SQL as package sqltext does: what its tokens are parted by, space or
// not, comment or not, makes no difference to the answer.
func TestLexAsDuckDB(t *testing.T) {
	t.Parallel()
	db := empty(t)
	answer := func(sql string) string {
		r, err := db.Query(context.Background(), sql)
		if err != nil {
			return "error"
		}
		defer r.Close()
		var texts []string
		for row := range r.Rows() {
			for i, c := range r.Columns {
				texts = append(texts, c.Name, row.Text(i))
			}
		}
		return strings.Join(texts, "|")
	}
	for _, sql := range []string{
		"SELECT 1 -- c\r, 2\n, 3 AS x",
		"SELECT 1 AS x-- c\n/* a /* b */ c */FROM range(1)",
		"SELECT 'a'\n'b' AS x, e'a' -- c\n '\\'\\\\' AS y",
		"SELECT e'\\'', E'\\\\', 'a\\', x'41', b'101', n'a'",
		`SELECT "a ""b""" FROM (SELECT 1 AS "a ""b""")`,
		"SELECT $a$ $$;' $b$ $a$, $$x$$, $æ$y$æ$",
		"SELECT a$b, æ FROM (SELECT 1 AS a$b, 2 AS æ)",
		"SELECT 1a, 1e, 1_000, 0x1F, 1__0, 1.5e-3, .5, 1., 1_0.5_0e1_0",
		"SELECT 1+-+1, 2<>-1, 1<-1, 5!, 4//-3, 1*-1, 2**-1",
		"SELECT 1::INTEGER::TEXT, [1,2,3][1:2], {'a':1}.a, list_transform([1], lambda x:x+1)",
		"SELECT 4 +--c\n2, 4//*c*/2, 1-/*c*/-1",
		"SELECT\u00a01,\u20032,\u30003,\ufeff4,\u205f5 AS x\u200b",
		"SELECT #1 AS x FROM range(3)",
		"SELECT 'it''s', '', '''', 'a' AS \"'\"",
		"FROM range(3) t(\"order\") SELECT \"order\", t.order WHERE t.order>=1 AND t.order!=2",
	} {
		want := answer(sql)
		if want == "error" {
			t.Errorf("%q is no SQL", sql)
		}
		for parted, of := range map[string][]sqltext.Token{"\n": sqltext.Code(sql), "/**/": sqltext.Lex(sql)} {
			var texts []string
			for _, token := range of {
				texts = append(texts, token.Text)
			}
			if parted == "/**/" && strings.Contains(sql, "'\n") || strings.Contains(sql, "'a' -- c\n") {
				continue // one text, parted by a line end
			}
			if got := answer(strings.Join(texts, parted)); got != want {
				t.Errorf("%q parted by %q: %s, want %s", sql, parted, got, want)
			}
		}
	}
	// What a name ends with in DuckDB, ends here.
	for _, sql := range []string{"SELECT\v1", "SELECT\u20281", "SELECT\u200d1", "SELECT 1 @- 2", "SELECT 2^-1", "SELECT $$a$$$$b$$", "SELECT 1..2"} {
		if got := answer(sql); got != "error" {
			t.Errorf("%q: %s, want an error", sql, got)
		}
	}
}
