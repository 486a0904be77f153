package sql

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// expand writes out what the files leave to be written out, so that an option that
// many macros have stands in one of them only:
//
//	{{as sur}}   among the arguments of a macro: those of macro sur that have a default
//	{{options}}  in its body: {name: name, …} of its own arguments that have a default,
//	             by which the function in Go gets them
//
// What differs follows after commas: {{as sur, std_errors := 'small_sample'}} is
// another default, {{as sur, estimator for method}} another name, {{as simulate,
// without cohorts}} leaves one out; {{options, hypotheses}} has one more, which must
// be given.
func expand(files []File) (err error) {
	e := expander{macros: map[string]string{}}
	for _, file := range files {
		for _, at := range macroName.FindAllStringSubmatchIndex(file.Text, -1) {
			e.macros[file.Text[at[2]:at[3]]] = arguments(file.Text[at[3]:])
		}
	}
	for i := range files {
		if files[i].Text, err = e.file(files[i].Text); err != nil {
			return fmt.Errorf("sql/%s: %w", files[i].Name, err)
		}
	}
	return nil
}

var (
	macroName = regexp.MustCompile(`(?m)^CREATE (?:OR REPLACE )?MACRO (\w+)\(`)
	marker    = regexp.MustCompile(`(?s)\{\{(.*?)\}\}`)
)

// parameter is an argument of a macro; one without a default must be given.
type parameter struct{ name, byDefault string }

func (p parameter) String() string {
	if p.byDefault == "" {
		return p.name
	}
	return p.name + " := " + p.byDefault
}

type expander struct {
	macros map[string]string // their arguments as the files have them, in parentheses
	open   []string          // macros whose arguments are being looked up
}

// file expands the macros of a file.
func (e *expander) file(text string) (string, error) {
	starts := macroName.FindAllStringSubmatchIndex(text, -1)
	if len(starts) == 0 {
		return text, nil
	}
	var b strings.Builder
	b.WriteString(text[:starts[0][0]])
	for i, at := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		head, name, rest := text[at[0]:at[3]], text[at[2]:at[3]], text[at[3]:end]
		given := arguments(rest)
		rest = rest[len(given):]
		parameters, err := e.parameters(name)
		if err != nil {
			return "", fmt.Errorf("macro %s: %w", name, err)
		}
		if marker.MatchString(given) {
			given = "(" + wrapped(parameters, len(head)+1) + ")"
		}
		rest = marker.ReplaceAllStringFunc(rest, func(m string) string {
			options, failed := optionsOf(m, parameters)
			if failed != nil {
				err = fmt.Errorf("macro %s: %w", name, failed)
			}
			return options
		})
		if err != nil {
			return "", err
		}
		b.WriteString(head + given + rest)
	}
	return b.String(), nil
}

// parameters are the arguments of a macro, those of others among them.
func (e *expander) parameters(macro string) ([]parameter, error) {
	text, ok := e.macros[macro]
	if !ok {
		return nil, fmt.Errorf("no macro %s", macro)
	}
	if slices.Contains(e.open, macro) {
		return nil, fmt.Errorf("its arguments are those of %s, and so on in a circle", strings.Join(e.open, ", "))
	}
	e.open = append(e.open, macro)
	defer func() { e.open = e.open[:len(e.open)-1] }()
	var list []parameter
	for _, item := range items(text[1 : len(text)-1]) {
		if m := marker.FindStringSubmatch(item); m != nil {
			others, err := e.as(m[1])
			if err != nil {
				return nil, err
			}
			list = append(list, others...)
			continue
		}
		name, byDefault, _ := strings.Cut(item, ":=")
		list = append(list, parameter{strings.TrimSpace(name), strings.TrimSpace(byDefault)})
	}
	return list, nil
}

// as reads "as MACRO, …".
func (e *expander) as(text string) ([]parameter, error) {
	parts := items(text)
	macro, ok := strings.CutPrefix(parts[0], "as ")
	if !ok {
		return nil, fmt.Errorf("{{%s}} is not {{as MACRO, …}}", text)
	}
	list, err := e.parameters(macro)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(p parameter) bool { return p.byDefault == "" })
	for _, part := range parts[1:] {
		name, byDefault, value := strings.Cut(part, " := ")
		other, name2, renamed := strings.Cut(part, " for ")
		left, out := strings.CutPrefix(part, "without ")
		switch {
		case out:
			name = left
		case renamed:
			name = name2
		}
		at := slices.IndexFunc(list, func(p parameter) bool { return p.name == name })
		switch {
		case at < 0 || !value && !renamed && !out:
			return nil, fmt.Errorf("{{%s}}: %s is no change to an argument of %s", text, part, macro)
		case out:
			list = slices.Delete(list, at, at+1)
		case renamed:
			list[at].name = other
		default:
			list[at].byDefault = byDefault
		}
	}
	return list, nil
}

// optionsOf writes out {{options, …}}.
func optionsOf(marked string, parameters []parameter) (string, error) {
	text := marker.FindStringSubmatch(marked)[1]
	parts := items(text)
	if parts[0] != "options" {
		return "", fmt.Errorf("%s is not {{options, …}}", marked)
	}
	var fields []parameter
	for _, p := range parameters {
		if p.byDefault != "" || slices.Contains(parts[1:], p.name) {
			fields = append(fields, parameter{name: p.name + ": " + p.name})
		}
	}
	for _, part := range parts[1:] {
		if !slices.ContainsFunc(parameters, func(p parameter) bool { return p.name == part }) {
			return "", fmt.Errorf("%s: it has no argument %s", marked, part)
		}
	}
	return "{" + wrapped(fields, 40) + "}", nil
}

// wrapped is a list in lines of up to 120 characters, the first of which begins
// in a column.
func wrapped(list []parameter, column int) string {
	var b strings.Builder
	for i, p := range list {
		text := p.String()
		if i < len(list)-1 {
			text += ","
		}
		switch column += len(text) + 1; {
		case column > 120:
			b.WriteString("\n    ")
			column = 4 + len(text)
		case i > 0:
			b.WriteByte(' ')
		}
		b.WriteString(text)
	}
	return b.String()
}

// arguments is the "(…)" that text begins with.
func arguments(text string) string {
	depth := 0
	for i, inQuotes := 0, byte(0); i < len(text); i++ {
		switch c := text[i]; {
		case inQuotes != 0:
			if c == inQuotes {
				inQuotes = 0
			}
		case c == '\'' || c == '"':
			inQuotes = c
		case strings.IndexByte("([{", c) >= 0:
			depth++
		case strings.IndexByte(")]}", c) >= 0:
			if depth--; depth == 0 {
				return text[:i+1]
			}
		}
	}
	return text
}

// items are the parts of a list between its commas.
func items(text string) []string {
	var list []string
	for text = strings.TrimSpace(text); text != ""; {
		end := 0
		for end < len(text) && text[end] != ',' {
			switch text[end] {
			case '(', '[', '{':
				end += len(arguments(text[end:]))
			case '\'', '"':
				if n := strings.IndexByte(text[end+1:], text[end]); n >= 0 {
					end += n + 1
				}
				end++
			default:
				end++
			}
		}
		end = min(end, len(text))
		list = append(list, strings.Join(strings.Fields(text[:end]), " "))
		text = strings.TrimSpace(strings.TrimPrefix(text[end:], ","))
	}
	if list == nil {
		list = []string{""}
	}
	return list
}
