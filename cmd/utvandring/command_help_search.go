package main

import (
	"cmp"
	"embed"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"utvandring/cmd/utvandring/prompt"
	"utvandring/engine"
	"utvandring/engine/width"
	"utvandring/udf/natural"
)

//go:embed help/*.txt
var helpFiles embed.FS

// topics are what help knows that is neither a command nor in the database. The second
// line of each says in parentheses what it is about.
var topics = sync.OnceValue(func() map[string]string {
	all := map[string]string{"keys": prompt.KeyHelp}
	files, _ := helpFiles.ReadDir("help")
	for _, f := range files {
		text, _ := helpFiles.ReadFile("help/" + f.Name())
		all[strings.TrimSuffix(f.Name(), ".txt")] = string(text)
	}
	return all
})

func topicNames() []string {
	return slices.Sorted(maps.Keys(topics()))
}

// hit is something that help knows of a word.
type hit struct {
	name, text string
	rank       int // 0 in the name, 1 in a column, 2 in the text, 3 in an example
}

// most hits that are listed: more nobody reads.
const mostHits = 40

// helpSearch lists what has the words in its name, columns or text, or with a pattern
// of % and _ or * in its name.
func helpSearch(s *session, words string) bool {
	inName, inText := matchers(words)
	var hits []hit
	add := func(name, summary, text string, columns []string) {
		switch line, rank := lineWith(text, inText); {
		case inName(name):
			hits = append(hits, hit{name, summary, 0})
		case inText == nil:
		case slices.ContainsFunc(columns, inName):
			hits = append(hits, hit{name, summary, 1})
		case rank > 0:
			hits = append(hits, hit{name, line, rank})
		}
	}
	for _, c := range commandTable() {
		add("."+c.name, c.help, c.help+"\n"+c.long, nil)
	}
	for _, name := range topicNames() {
		lines := strings.SplitN(topics()[name], "\n", 3)
		add(name, strings.Trim(lines[1], "()"), lines[2], nil)
	}
	columns := map[string][]string{}
	rows, _ := s.texts("SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal ORDER BY column_index")
	for _, row := range rows {
		columns[row[0]] = append(columns[row[0]], row[1])
	}
	for _, e := range engine.Entries() {
		add(e.Name, e.Summary(), e.Comment, columns[e.Name])
		delete(columns, e.Name)
	}
	for name := range columns { // the user's own
		if !strings.HasPrefix(name, "_") {
			add(name, "", "", columns[name])
		}
	}
	slices.SortFunc(hits, func(a, b hit) int { return cmp.Or(a.rank-b.rank, natural.Compare(a.name, b.name)) })
	s.printHits(hits)
	return len(hits) > 0
}

// printHits lists hits with what they say on one line each, large families as one.
func (s *session) printHits(hits []hit) {
	var names []string
	text := map[string]string{}
	for _, h := range hits {
		names = append(names, h.name)
		text[h.name] = h.text
	}
	if len(names) > mostHits {
		names = collapse(names)
	}
	more := max(len(names)-mostHits, 0)
	names = names[:len(names)-more]
	widest := 0
	for _, name := range names {
		widest = max(widest, min(width.Of(name), 30))
	}
	for _, name := range names {
		line := "  " + width.Pad(name, widest) + "  " + text[name]
		if s.screen() != nil {
			line = width.Cut(line, s.width())
		}
		fmt.Fprintln(s.out.standard, strings.TrimRight(line, " "))
	}
	if more > 0 {
		fmt.Fprintf(s.out.standard, "  and %d more\n", more)
	}
	if len(names) > 0 {
		fmt.Fprintln(s.out.standard, ".help NAME tells all about one of them")
	}
}

// matchers find words in names, where they may begin behind any _, and in texts; for a
// pattern there is none in texts.
func matchers(words string) (inName func(string) bool, inText *regexp.Regexp) {
	if strings.ContainsAny(words, "%*?") {
		pattern := strings.NewReplacer("%", ".*", `\*`, ".*", `\?`, ".", "_", ".").Replace(regexp.QuoteMeta(words))
		return regexp.MustCompile("(?i)^" + pattern + "$").MatchString, nil
	}
	fields := strings.Fields(words)
	for i, f := range fields {
		fields[i] = regexp.QuoteMeta(strings.TrimSuffix(f, "s"))
	}
	inText = regexp.MustCompile(`(?i)(^|[^\pL])` + strings.Join(fields, `\pL*[\s_-]+`))
	return inText.MatchString, inText
}

// lineWith is the first line of a text that has what is looked for. One of an example
// counts where no other has it.
func lineWith(text string, wanted *regexp.Regexp) (line string, rank int) {
	if wanted == nil {
		return "", 0
	}
	for l := range strings.Lines(text) {
		if !wanted.MatchString(l) {
			continue
		}
		if !strings.HasPrefix(l, "  ") && !strings.HasPrefix(l, "Example") {
			return strings.TrimSpace(l), 2
		}
		line, rank = cmp.Or(line, strings.TrimSpace(l)), 3
	}
	return line, rank
}
