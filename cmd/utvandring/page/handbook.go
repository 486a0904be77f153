package page

import (
	_ "embed"
	"html/template"
	"io"
)

// Handbook is a page on everything that has help, by subject.
type Handbook struct {
	Title    string
	Intro    string
	Chapters []Chapter
}

// Chapter is a subject.
type Chapter struct {
	Title, ID string
	Articles  []Article
}

// Article is about one object, or several that share their help.
type Article struct {
	ID         string
	Heading    string
	Others     []string // further names, each an anchor of its own
	Kind       string
	Signatures []string
	Parts      []Part
	Options    []Option
}

// Part is a paragraph, a row of a list (with Term), a table that stands as it is written,
// or an example.
type Part struct {
	Term, Text string
	Pre, SQL   bool
	// Opens and Closes: the list begins or ends with this row.
	Opens, Closes bool
}

// Option is an argument that the text leaves to another's.
type Option struct{ Name, Type, Help string }

//go:embed handbook.tmpl
var handbookText string

//go:embed search.js
var search string

var handbook = template.Must(template.New("handbook").Parse(handbookText))

// Write writes the page.
func (h Handbook) Write(w io.Writer) error {
	return handbook.Execute(w, map[string]any{"Handbook": h, "Style": template.CSS(style), "Search": template.JS(search)})
}
