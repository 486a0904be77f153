package sql

import (
	"fmt"
	"slices"
	"strings"

	"utvandring/udf/later"
	"utvandring/udf/sqltext"
)

// expand writes out what the files leave to be written out, so that an option that
// many macros have stands in one of them only:
//
//	{{as sur}}   among the arguments of a macro: those of macro sur that have a default
//	{{options}}  in its body: {name: name, …} of its own arguments that have a default,
//	             by which the function in Go gets them. {{options of sur}}: only those
//	             that are arguments of sur, where others are for the SQL around it
//	{{answer}}   its body: the rows that the function in Go of the same name gives, of the
//	             catalogue, a panel and {{options}}
//	{{of sur}}   a line that is the macro sur_of: sur over a list of formulas, which has
//	             no column for the model
//
// What differs follows after commas: {{as sur, std_errors := 'small_sample'}} is
// another default, {{as sur, estimator for method}} another name, {{as simulate,
// without cohorts}} leaves one out; {{options, hypotheses}} has one more, which must
// be given.
//
// {{caption}} in the comment of a figure is what report_figure says of it, and
// {{frequency_by a, b}} a frequency view for every set of these dimensions.
func expand(files []File) (err error) {
	e := expander{macros: map[string]string{}, known: map[string][]parameter{}}
	captions := map[string]string{}
	for i, file := range files {
		if file.Name == "report/report_figure.sql" {
			captions = readCaptions(file.Text)
		}
		all := pieces(file.Text)
		for j, piece := range all {
			if head, name := macro(piece); name != "" {
				all[j] = answered(piece, name)
				e.macros[name] = all[j][len(head):]
			}
		}
		files[i].Text = strings.Join(all, "")
	}
	for i := range files {
		if files[i].Text, err = captioned(files[i].Text, captions); err == nil {
			files[i].Text, err = e.ofFormulas(files[i].Text)
		}
		if err == nil {
			files[i].Text, err = e.file(frequencyViews(files[i].Text))
		}
		if err != nil {
			return fmt.Errorf("sql/%s: %w", files[i].Name, err)
		}
	}
	return nil
}

// answered writes {{answer}} out.
func answered(piece, name string) string {
	if !strings.Contains(piece, "{{answer") {
		return piece
	}
	return writeOut(strings.ReplaceAll(piece, " {{answer", "{{answer"), "{{answer", func(further string) string {
		return `
  SELECT unnest(_answer, recursive := true)
  FROM (SELECT _` + name + `(model, _models, _equations, _rows, {{options` + further + `}}) AS _answer
        FROM _model_input(panel))`
	})
}

// writeOut writes out what a text has from begin to the next "}}". Every start of the program
// does so with all files: a regular expression takes ten times as long to look for it.
func writeOut(text, begin string, write func(within string) string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, begin)
		within, after, ended := strings.Cut(rest, "}}")
		if !found || !ended {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(before)
		b.WriteString(write(within))
		text = after
	}
}

var change = later.Compile(`^(?:without (\w+)|(\w+) for (\w+)|(\w+) := (.+))$`)

// parameter is an argument of a macro; one without a default must be given.
type parameter struct{ name, byDefault string }

func (p parameter) String() string {
	if p.byDefault == "" {
		return p.name
	}
	return p.name + " := " + p.byDefault
}

type expander struct {
	macros map[string]string      // what the files have after their names
	known  map[string][]parameter // the arguments of those that were asked for
	open   []string               // macros whose arguments are being looked up
}

// ofFormulas writes the macros of a file out that are others over formulas.
func (e *expander) ofFormulas(text string) (_ string, err error) {
	if !strings.Contains(text, "{{of ") {
		return text, nil
	}
	formulas := strings.NewReplacer("(model, panel", "(formulas, panel", "(model, _models, _equations,", "(formulas, NULL, NULL,",
		"_model_input(panel)", "_panel_rows(panel)", ", model AS model", "")
	text = writeOut("\n"+text, "\n{{of ", func(name string) string {
		body, _, ended := strings.Cut(e.macros[name], ";\n")
		if !ended || !strings.Contains(body, "_model_input(panel)") {
			err = fmt.Errorf("{{of %s}}: there is no such macro of a model", name)
		}
		e.macros[name+"_of"] = formulas.Replace(body) + ";"
		return "\nCREATE OR REPLACE MACRO " + name + "_of" + e.macros[name+"_of"]
	})
	return text[1:], err
}

// file expands the macros of a file.
func (e *expander) file(text string) (string, error) {
	if !strings.Contains(text, "{{") {
		return text, nil
	}
	all := pieces(text)
	for i, piece := range all {
		head, name := macro(piece)
		if name == "" || !strings.Contains(piece, "{{") {
			continue
		}
		given := sqltext.Bracketed(e.macros[name])
		rest := piece[len(head)+len(given):]
		parameters, err := e.parameters(name)
		if err != nil {
			return "", fmt.Errorf("macro %s: %w", name, err)
		}
		if strings.Contains(given, "{{") {
			given = "(" + wrapped(parameters, len(head)+1) + ")"
		}
		rest = writeOut(rest, "{{", func(within string) string {
			options, failed := e.optionsOf(within, parameters)
			if failed != nil {
				err = fmt.Errorf("macro %s: %w", name, failed)
			}
			return options
		})
		if err != nil {
			return "", err
		}
		all[i] = head + given + rest
	}
	return strings.Join(all, ""), nil
}

// pieces are a text cut before every line that begins with CREATE.
func pieces(text string) (list []string) {
	for {
		end := strings.Index(text, "\nCREATE ") + 1
		if end == 0 {
			return append(list, text)
		}
		list = append(list, text[:end])
		text = text[end:]
	}
}

// macro is the name of the macro that a piece creates, with what stands before its
// arguments; "" where it creates something else.
func macro(piece string) (head, name string) {
	rest, ok := strings.CutPrefix(piece, "CREATE ")
	rest = strings.TrimPrefix(rest, "OR REPLACE ")
	rest, macro := strings.CutPrefix(rest, "MACRO ")
	name, _, arguments := strings.Cut(rest, "(")
	if !ok || !macro || !arguments {
		return "", ""
	}
	return piece[:len(piece)-len(rest)+len(name)], name
}

// parameters are the arguments of a macro, those of others among them. They are not to be
// changed.
func (e *expander) parameters(macro string) ([]parameter, error) {
	if list, ok := e.known[macro]; ok {
		return list, nil
	}
	text, ok := e.macros[macro]
	if !ok {
		return nil, fmt.Errorf("no macro %s", macro)
	}
	if slices.Contains(e.open, macro) {
		return nil, fmt.Errorf("its arguments are those of %s, and so on in a circle", strings.Join(e.open, ", "))
	}
	e.open = append(e.open, macro)
	defer func() { e.open = e.open[:len(e.open)-1] }()
	text = sqltext.Bracketed(text)
	var list []parameter
	for _, item := range items(text[1 : len(text)-1]) {
		if within, ok := strings.CutPrefix(item, "{{"); ok {
			others, err := e.as(strings.TrimSuffix(within, "}}"))
			if err != nil {
				return nil, err
			}
			list = append(list, others...)
			continue
		}
		name, byDefault, _ := strings.Cut(item, ":=")
		list = append(list, parameter{strings.TrimSpace(name), strings.TrimSpace(byDefault)})
	}
	e.known[macro] = list
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
	list = slices.DeleteFunc(slices.Clone(list), func(p parameter) bool { return p.byDefault == "" })
	for _, part := range parts[1:] {
		m := change.FindStringSubmatch(part)
		at := -1
		if m != nil {
			at = slices.IndexFunc(list, func(p parameter) bool { return p.name == m[1]+m[3]+m[4] })
		}
		switch {
		case at < 0:
			return nil, fmt.Errorf("{{%s}}: %s is no change to an argument of %s", text, part, macro)
		case m[1] != "":
			list = slices.Delete(list, at, at+1)
		case m[3] != "":
			list[at].name = m[2]
		default:
			list[at].byDefault = m[5]
		}
	}
	return list, nil
}

// optionsOf writes out {{options, …}}.
func (e *expander) optionsOf(text string, parameters []parameter) (string, error) {
	parts := items(text)
	known := parameters
	if other, ok := strings.CutPrefix(parts[0], "options of "); ok {
		var err error
		if known, err = e.parameters(other); err != nil {
			return "", err
		}
	} else if parts[0] != "options" {
		return "", fmt.Errorf("{{%s}} is not {{options, …}}", text)
	}
	var fields []parameter
	for _, p := range parameters {
		if p.byDefault != "" && slices.ContainsFunc(known, func(k parameter) bool { return k.name == p.name && k.byDefault != "" }) || slices.Contains(parts[1:], p.name) {
			fields = append(fields, parameter{name: p.name + ": " + p.name})
		}
	}
	for _, part := range parts[1:] {
		if !slices.ContainsFunc(parameters, func(p parameter) bool { return p.name == part }) {
			return "", fmt.Errorf("{{%s}}: it has no argument %s", text, part)
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

// items are the parts of a list between its commas, without comments.
func items(text string) (list []string) {
	for _, item := range sqltext.Items(sqltext.Lex(text)) {
		var b strings.Builder
		for _, t := range item {
			switch t.Kind {
			case sqltext.Comment:
			case sqltext.Space:
				b.WriteByte(' ')
			default:
				b.WriteString(t.Text)
			}
		}
		list = append(list, strings.TrimSpace(b.String()))
	}
	return list
}
