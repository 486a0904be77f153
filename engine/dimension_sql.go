package engine

import (
	"fmt"
	"strings"

	"utvandring/udf/sqltext"
)

// pairs are the marks in the SQL files where the dimensions of one's own go, each followed by
// what is put for it: /*own*/ is the names of all of them, other marks say what of them.
func (s *study) pairs() []string {
	var m marks
	for i, d := range s.own {
		name, alias := sqltext.QuoteName(d.name), fmt.Sprintf("_own_%d", i+1)
		m.add("/*own*/", ", "+name)
		m.add("/*own:d*/", ", d."+name)
		if d.kind != "place" {
			m.add("/*own:not place*/", ", "+name)
		}
		switch d.kind {
		case "person":
			m.add("/*own:person*/", fmt.Sprintf(", (%s\n) AS %s", d.definition, alias))
			m.add("/*own:who*/", fmt.Sprintf(", %s AS %s", alias, name))
			m.kind(name)
			m.add("/*own:people*/", ", "+name)
		case "country":
			m.add("/*own:who*/", fmt.Sprintf(", %s.%s AS %s", alias, d.quotedColumn(), name))
			m.add("/*own:country*/", d.lookup(alias, "country_code", "birth_country"))
			m.kind(name)
			m.add("/*own:people*/", ", "+name)
		case "place":
			m.add("/*own:place*/", fmt.Sprintf(", %s.%s AS %s", alias, d.quotedColumn(), name))
			m.add("/*own:places*/", ", "+sqltext.QuoteText(d.name))
			m.add("/*own:place joins*/", d.lookup(alias, "municipality_code", "k.municipality_code"))
		case "age", "duration":
			m.add("/*own:day*/", fmt.Sprintf(", %s AS %s", d.group(), name))
			m.add("/*own:people*/", fmt.Sprintf(", %s AS %s", d.group(), name))
		case "status":
			m.add("/*own:day*/", fmt.Sprintf(`, %s."value" AS %s`, alias, name))
			m.add("/*own:day joins*/", fmt.Sprintf("\nLEFT JOIN (%s) %s ON %[2]s.person_id = d.person_id AND %[2]s.from_date <= d.status_day AND d.status_day < %[2]s.until", d.spells(), alias))
			m.add("/*own:cuts*/", fmt.Sprintf(`
  UNION ALL
  SELECT y.* EXCLUDE (from_date, until), unnest([s.from_date, s.until]) FROM _year y JOIN (%s) s ON s.person_id = y.person_id AND s.from_date < y._b AND y._a < s.until`, d.spells()))
			m.add("/*own:state*/", ", "+alias+`."value" AS `+name)
			m.add("/*own:state order*/", ", "+name+"::VARCHAR NULLS LAST")
			m.add("/*own:states*/", fmt.Sprintf(` CROSS JOIN (SELECT %s AS "value" FROM %s UNION SELECT NULL) %s`, d.quotedColumn(), d.quotedTable(), alias))
			m.add("/*own:people*/", ", "+name)
		}
	}
	if s.immigrant != "immigrant" {
		m.add("/*own:immigrant*/", fmt.Sprintf(" REPLACE (coalesce((%s\n)::BOOLEAN, false) AS immigrant)", s.immigrant))
	}
	return m.pairs
}

// marks collects what is put for each mark.
type marks struct{ pairs []string }

func (m *marks) add(mark, text string) {
	for i := 0; i < len(m.pairs); i += 2 {
		if m.pairs[i] == mark {
			m.pairs[i+1] += text
			return
		}
	}
	m.pairs = append(m.pairs, mark, text)
}

// kind tells people apart who do not change in it.
func (m *marks) kind(name string) {
	m.add("/*own:kind*/", ", "+name)
	m.add("/*own:w kind*/", fmt.Sprintf(" AND k.%[1]s IS NOT DISTINCT FROM w.%[1]s", name))
}

// lookup joins the table of a country or municipality.
func (d *dimension) lookup(alias, key, of string) string {
	return fmt.Sprintf("\nLEFT JOIN (SELECT %[1]s, any_value(%[2]s) AS %[2]s FROM %[3]s GROUP BY %[1]s) %[4]s ON %[4]s.%[1]s = %[5]s",
		key, d.quotedColumn(), d.quotedTable(), alias, of)
}

// spells are those of a status, disjoint.
func (d *dimension) spells() string {
	return fmt.Sprintf(`SELECT person_id, %[1]s AS "value", from_date, coalesce(to_date, DATE 'infinity') AS until
  FROM %[2]s ANTI JOIN (FROM _overlap WHERE dimension = '%[3]s') USING (person_id)
  UNION ALL
  SELECT person_id, "value"::%[4]s, from_date, coalesce(to_date, DATE 'infinity') FROM _overlap WHERE dimension = '%[3]s'`,
		d.quotedColumn(), d.quotedTable(), d.name, d.sqlType)
}

// group is the group of an age or duration, of a type in the order of the groups.
func (d *dimension) group() string {
	var b strings.Builder
	var labels []string
	fmt.Fprintf(&b, "CASE WHEN %s < %d THEN NULL", d.kind, d.cuts[0])
	for i, cut := range d.cuts {
		label := fmt.Sprintf("'%d+'", cut)
		if i+1 < len(d.cuts) {
			next := d.cuts[i+1]
			label = fmt.Sprintf("'%d-%d'", cut, next-1)
			if next == cut+1 {
				label = fmt.Sprintf("'%d'", cut)
			}
			fmt.Fprintf(&b, " WHEN %s < %d THEN %s", d.kind, next, label)
		} else {
			fmt.Fprintf(&b, " WHEN %s >= %d THEN %s", d.kind, cut, label)
		}
		labels = append(labels, label)
	}
	fmt.Fprintf(&b, " END::ENUM(%s)", strings.Join(labels, ", "))
	return b.String()
}
