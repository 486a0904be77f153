package statbank

import (
	"fmt"
	"slices"
	"strings"

	"utvandring/udf/later"
)

// observations is SDMX-CSV and every other table with a line per number and a column
// OBS_VALUE or value. What stands before the number are its dimensions, but for what says
// where the file comes from.
func observations(rows []Row, n *reader) (*Table, error) {
	head, at := -1, -1
	for i, r := range rows {
		for j, c := range r.Cells {
			if (strings.EqualFold(c, "OBS_VALUE") || strings.EqualFold(c, "value") && len(r.Cells) > 1) && isHeading(r, n) {
				head, at = i, j
			}
		}
		if head >= 0 || i > 50 {
			break
		}
	}
	if head < 0 {
		return nil, nil
	}
	sdmx := strings.EqualFold(rows[head].Cells[at], "OBS_VALUE")
	t := &Table{}
	power := slices.IndexFunc(rows[head].Cells, func(c string) bool { return strings.EqualFold(c, "UNIT_MULT") })
	t.Scaled = power >= 0 && slices.ContainsFunc(rows[head+1:], func(r Row) bool { return power < len(r.Cells) && strings.Trim(r.Cells[power], "0") != "" })
	var dims, flags []int
	for j, name := range rows[head].Cells {
		lower := strings.ToLower(strings.NewReplacer(" ", "_", "-", "_").Replace(name))
		switch {
		case slices.Contains([]string{"obs_flag", "obs_status", "conf_status", "status", "flag", "flags"}, lower):
			flags = append(flags, j)
		case j == at || name == "" || slices.Contains([]string{"dataflow", "last_update", "structure", "structure_id", "structure_name", "action"}, lower):
		case j < at || !sdmx || t.Scaled && j == power:
			dims = append(dims, j)
			t.Names = append(t.Names, name)
		}
	}
	for _, r := range rows[head+1:] {
		if len(r.Cells) <= at {
			if strings.Join(r.Cells, "") != "" && len(r.Cells) > 1 {
				return nil, fmt.Errorf("line %d has %d cells, and the headings %d", r.Line, len(r.Cells), len(rows[head].Cells))
			}
			continue // a note, or nothing
		}
		x, status, err := n.value(r, at)
		if err != nil {
			return nil, err
		}
		for _, j := range flags {
			if j < len(r.Cells) && r.Cells[j] != "" {
				status = strings.TrimSpace(status + " " + r.Cells[j])
			}
		}
		categories := make([]string, len(dims))
		for i, j := range dims {
			if j < len(r.Cells) {
				categories[i] = r.Cells[j]
			}
		}
		t.add(categories, x, status)
	}
	return t, nil
}

func (t *Table) add(categories []string, x float64, status string) {
	t.Rows, t.Value, t.Status = append(t.Rows, categories), append(t.Value, x), append(t.Status, status)
}

func notNumber(r Row, column int) error {
	shown := []rune(r.Cells[column])
	if len(shown) > 30 {
		shown = append(shown[:29], '…')
	}
	return fmt.Errorf("line %d, column %d: %q is neither a number nor a mark for none", r.Line, column+1, string(shown))
}

// eurostat is "freq,unit,geo\TIME_PERIOD", then the periods; its lines begin likewise.
func eurostat(rows []Row, n *reader) (*Table, error) {
	head, at := -1, -1
	for i, r := range rows[:min(len(rows), 50)] {
		if at = slices.IndexFunc(r.Cells, func(c string) bool { return strings.Contains(c, `\`) }); at >= 0 && at+1 < len(r.Cells) && isHeading(r, n) {
			head = i
			break
		}
	}
	if head < 0 {
		return nil, nil
	}
	first, across, _ := strings.Cut(rows[head].Cells[at], `\`)
	packed := strings.Split(first, ",")
	t := &Table{wide: true, Names: slices.Concat(rows[head].Cells[:at], packed, []string{across})}
	for _, r := range rows[head+1:] {
		if len(r.Cells) <= at+1 {
			continue
		}
		own := strings.Split(r.Cells[at], ",")
		if len(own) != len(packed) {
			return nil, fmt.Errorf("line %d begins with %d categories, and the headings with %d", r.Line, len(own), len(packed))
		}
		for j := at + 1; j < len(r.Cells) && j < len(rows[head].Cells); j++ {
			x, status, err := n.value(r, j)
			if err != nil {
				return nil, err
			}
			t.add(slices.Concat(r.Cells[:at], own, []string{rows[head].Cells[j]}), x, status)
		}
	}
	return t, nil
}

// wide is a table as it is printed: headings of one or more lines over columns of numbers.
func wide(rows []Row, n *reader) (*Table, error) {
	width := commonWidth(rows)
	if width < 2 {
		return nil, nil
	}
	full := func(r Row) bool {
		return len(r.Cells) == width || len(r.Cells) > width && strings.Join(r.Cells[width:], "") == ""
	}
	head := slices.IndexFunc(rows, full)
	title := ""
	for _, r := range rows[:head] {
		if s := strings.Join(r.Cells, " "); title == "" && strings.TrimSpace(s) != "" {
			title = s
		}
	}
	end := head + 1
	for end < len(rows) && end < head+4 && goesOn(rows[end-1].Cells[1:width]) && full(rows[end]) && isHeading(rows[end], n) {
		end++
	}
	body, err := bodyOf(rows[end:], full, n)
	if err != nil || len(body) == 0 {
		return nil, err
	}
	headings := make([][]string, end-head)
	for i := range headings {
		headings[i] = slices.Clone(rows[head+i].Cells[:width])
		if i < len(headings)-1 { // a heading stands over the columns to its right
			for j := 2; j < width; j++ {
				if headings[i][j] == "" {
					headings[i][j] = headings[i][j-1]
				}
			}
		}
	}
	for width > 1 && headings[len(headings)-1][width-1] == "" && !slices.ContainsFunc(body, func(r Row) bool { return r.Cells[width-1] != "" }) {
		width-- // the line ends with a delimiter
	}
	stub := stubWidth(headings, body, width, n)
	if stub == width {
		return nil, fmt.Errorf("no column of numbers is found under the headings in line %d", rows[head].Line)
	}
	return unpivot(headings, body, stub, width, title, n)
}

// commonWidth is how many cells most lines have.
func commonWidth(rows []Row) int {
	counts := map[int]int{}
	best := 0
	for _, r := range rows {
		w := len(r.Cells)
		if w < 2 {
			continue
		}
		if counts[w]++; counts[w] > counts[best] || counts[w] == counts[best] && w > best {
			best = w
		}
	}
	return best
}

// goesOn reports whether headings need another line under them: they stand over several columns,
// written once or again.
func goesOn(headings []string) bool {
	sorted := slices.Sorted(slices.Values(headings))
	return sorted[0] == "" || len(slices.Compact(sorted)) < len(headings)
}

// isHeading reports whether a line has no numbers but periods.
func isHeading(r Row, n *reader) bool {
	for _, c := range r.Cells {
		if _, _, k := n.read(c); (k == number || k == mark) && !isPeriod(c) {
			return false
		}
	}
	return true
}

// bodyOf are the lines with numbers: notes stand below them.
func bodyOf(rows []Row, full func(Row) bool, n *reader) (body []Row, err error) {
	for i, r := range rows {
		if full(r) {
			body = append(body, r)
			continue
		}
		if strings.Join(r.Cells, "") == "" {
			continue
		}
		for _, later := range rows[i:] {
			if full(later) && slices.ContainsFunc(later.Cells, func(c string) bool { _, _, k := n.read(c); return k == number }) {
				return nil, fmt.Errorf("line %d has %d cells, and the lines around it %d", r.Line, len(r.Cells), len(later.Cells))
			}
		}
		break
	}
	return body, nil
}

var ofDimensions = later.Compile(`(?i)^(?:år|year|aar|ar|tid|time|time_period|periode|period|kvartal|quarter|måned|month|uke|week|vuosi|jahr|dato|date|.*(?:kode|code|nr|nummer|_id|id))$`)

// age is the number that people are most often told apart by.
var age = later.Compile(`(?i)^(?:alder|ålder|age|alter|ikä)$`)

// stubWidth is how many columns have categories: those before the first period, or before
// the columns that have nothing but numbers.
func stubWidth(headings [][]string, body []Row, width int, n *reader) int {
	for j := range width {
		for _, h := range headings {
			if _, _, ok := splitPeriod(h[j]); (ok || isPeriod(h[j])) && j > 0 {
				return j
			}
		}
	}
	stub := width
	for stub > min(1, len(body)-1) { // several lines are told apart by a column at least
		j := stub - 1
		numbers := false
		fits := !slices.ContainsFunc(body, func(r Row) bool {
			_, _, k := n.read(r.Cells[j])
			numbers = numbers || k == number || k == mark
			return k == text
		})
		if heading := headings[len(headings)-1][j]; !fits || !numbers || ofDimensions.MatchString(heading) || age.MatchString(heading) {
			break
		}
		stub--
	}
	return stub
}

// unpivot makes a row of each cell.
func unpivot(headings [][]string, body []Row, stub, width int, title string, n *reader) (*Table, error) {
	t := &Table{}
	for j := range stub {
		name := ""
		for _, h := range headings {
			if h[j] != "" {
				name = h[j]
			}
		}
		t.Names = append(t.Names, name)
	}
	var across []column
	for _, h := range headings {
		across = append(across, levels(h[stub:width])...)
	}
	if len(across) == 1 && !across[0].period && width-stub == 1 && slices.Contains([]string{"value", "verdi"}, strings.ToLower(across[0].values[0])) {
		across = nil
	}
	t.wide = title != "" || slices.ContainsFunc(across, func(c column) bool { return c.period })
	t.Names = append(t.Names, nameLevels(across, t.Names, title)...)
	above := make([]string, stub)
	for _, r := range body {
		for j := range stub {
			if r.Cells[j] == "" && j < stub-1 {
				r.Cells[j] = above[j] // written once for the lines below
			}
			above[j] = r.Cells[j]
		}
		for j := stub; j < width; j++ {
			x, status, err := n.value(r, j)
			if err != nil {
				return nil, err
			}
			categories := slices.Clone(r.Cells[:stub])
			for _, level := range across {
				categories = append(categories, level.values[j-stub])
			}
			t.add(categories, x, status)
		}
	}
	return t, nil
}

// levels are the columns that a line of headings makes: one, or two where it has
// "Emigrations 2012".
func levels(headings []string) []column {
	rest, when := make([]string, len(headings)), make([]string, len(headings))
	both, only := true, true
	for i, h := range headings {
		var ok bool
		rest[i], when[i], ok = splitPeriod(h)
		both = both && ok
		only = only && isPeriod(h)
	}
	switch {
	case both:
		return []column{{values: rest}, {values: when, period: true}}
	case only:
		return []column{{values: headings, period: true}}
	}
	return []column{{values: headings}}
}

var namesIn = later.Compile(`(?i)(?:, ?|^|\s)(?:etter|efter|by|nach|par|muuttujina)\s+(.+)$`)

// nameLevels names the columns made of headings: after the title, "…, by sex, age and
// year", where that names as many as there are.
func nameLevels(across []column, stub []string, title string) []string {
	names := make([]string, len(across))
	var left []string
	if m := namesIn.FindStringSubmatch(title); m != nil {
		list := strings.NewReplacer(" og ", ", ", " och ", ", ", " and ", ", ", " und ", ", ", " et ", ", ", " ja ", ", ").Replace(m[1])
		for _, name := range strings.Split(list, ",") {
			if name = strings.TrimSpace(name); name != "" && !slices.ContainsFunc(stub, func(s string) bool { return strings.EqualFold(s, name) }) {
				left = append(left, name)
			}
		}
	}
	if len(left) == len(across) {
		isTime := func(name string) bool { return ofDimensions.MatchString(name) }
		for i, level := range across { // periods first: their names are known
			if at := slices.IndexFunc(left, isTime); level.period && at >= 0 {
				names[i] = left[at]
				left = slices.Delete(left, at, at+1)
			}
		}
		for i := range across {
			if names[i] == "" {
				names[i], left = left[0], left[1:]
			}
		}
		return names
	}
	for i, level := range across {
		switch {
		case level.period && !slices.ContainsFunc(level.values, func(s string) bool { return len(s) != 4 }):
			names[i] = "year"
		case level.period:
			names[i] = "period"
		case len(across) == 1 || i == 0 && !across[len(across)-1].period:
			names[i] = "contents"
		default:
			names[i] = "variable"
		}
	}
	return names
}
