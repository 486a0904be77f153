package main

import (
	"path"
	"strings"

	"utvandring/cmd/utvandring/page"
	"utvandring/engine"
)

// rooms are the subjects of the handbook: the folders of sql in the order of a study.
var rooms = []struct{ folder, title string }{
	{"register", "The register"},
	{"count", "Counting"},
	{"protect", "Safe figures"},
	{"panel", "Yearly series"},
	{"estimate", "Estimating"},
	{"simulate", "Simulating"},
	{"report", "The report"},
	{"file", "Published tables"},
}

// handbookPage is all help as one page: what the files of sql say of every object, the
// dot-commands and the topics.
func handbookPage() string {
	h := page.Handbook{Title: "utvandring: handbook", Intro: "Every table, view and macro by subject, then the dot-commands and topics: what .help NAME says at the prompt. " + version() + "."}
	for _, room := range rooms {
		h.Chapters = append(h.Chapters, page.Chapter{Title: room.title, ID: "chapter-" + room.folder, Articles: articles(room.folder)})
	}
	commands := page.Chapter{Title: "Dot-commands", ID: "chapter-commands"}
	for _, group := range commandGroups() {
		for _, c := range group.commands {
			a := page.Article{ID: "command-" + c.name, Heading: "." + c.name, Kind: strings.ToLower(group.title),
				Signatures: []string{strings.TrimSpace("." + c.name + " " + c.args)}, Parts: []page.Part{{Text: c.help}}}
			if c.long != "" {
				a.Parts = append(a.Parts, page.Part{Text: c.long, Pre: true})
			}
			commands.Articles = append(commands.Articles, a)
		}
	}
	about := page.Chapter{Title: "Topics", ID: "chapter-topics"}
	for _, name := range topicNames() {
		_, text, _ := strings.Cut(topics()[name], "\n")
		about.Articles = append(about.Articles, page.Article{ID: "topic-" + name, Heading: name, Parts: []page.Part{{Text: strings.TrimSpace(text), Pre: true}}})
	}
	h.Chapters = append(h.Chapters, commands, about)
	var b strings.Builder
	if err := h.Write(&b); err != nil {
		panic(err) // a strings.Builder takes everything
	}
	return b.String()
}

// articles are those of a folder of sql. Objects that share a comment share an article.
func articles(folder string) []page.Article {
	var list []page.Article
	var last engine.Entry
	for _, e := range engine.Entries() {
		if path.Base(path.Dir(e.File)) != folder {
			continue
		}
		macro := strings.HasSuffix(e.Kind, "macro")
		if e.File == last.File && e.Comment == last.Comment && len(list) > 0 {
			a := &list[len(list)-1]
			a.Others = append(a.Others, e.Name)
			if macro {
				a.Signatures = append(a.Signatures, foldArguments(e.Signature, 90))
			}
			continue
		}
		last = e
		a := page.Article{ID: e.Name, Heading: e.Name, Kind: e.Kind + ", " + e.File, Parts: parts(e)}
		switch {
		case macro:
			a.Signatures = []string{foldArguments(e.Signature, 90)}
		case e.Kind == "table":
			a.Parts = append(a.Parts, page.Part{Text: e.SQL, Pre: true})
		}
		for _, o := range unsaidOptions(e) {
			a.Options = append(a.Options, page.Option{Name: o[0], Type: o[1], Help: o[2]})
		}
		list = append(list, a)
	}
	return list
}

// parts are the blocks of a comment as the page has them.
func parts(e engine.Entry) []page.Part {
	var list []page.Part
	blocks := e.Blocks()
	for i, b := range blocks {
		p := page.Part{Term: b.Term, Text: b.Text, Pre: b.Kind == engine.TableBlock, SQL: b.Kind == engine.ExampleBlock}
		if b.Kind == engine.ItemBlock {
			p.Opens = i == 0 || blocks[i-1].Kind != engine.ItemBlock
			p.Closes = i == len(blocks)-1 || blocks[i+1].Kind != engine.ItemBlock
		}
		list = append(list, p)
	}
	return list
}
