package engine

import (
	"strings"

	"utvandring/udf/later"
)

// Examples are the statements that the comment shows: a run of indented lines that begins
// with a word of SQL, or what follows "Example: ".
func (e Entry) Examples() []string {
	var list []string
	for _, b := range e.Blocks() {
		if b.Kind == ExampleBlock {
			list = append(list, b.Text)
		}
	}
	return list
}

// A Block is a part of a comment.
type Block struct {
	Kind BlockKind
	Term string // of an ItemBlock
	Text string
}

// BlockKind says what a Block is.
type BlockKind int

// The kinds of blocks.
const (
	TextBlock    BlockKind = iota // a paragraph, its lines joined
	ItemBlock                     // a row of a list: a term and what is said of it
	TableBlock                    // lines that are set as they stand
	ExampleBlock                  // SQL
)

var (
	beginsSQL = later.Compile(`^(FROM|SELECT|WITH|INSERT|CREATE|UPDATE|DELETE|COPY|PIVOT|SET|ATTACH|EXECUTE|PREPARE)\b|^\.[a-z]+\b`)
	item      = later.Compile(`^(\S+(?: \S+)*?)(?:  +| $)(\S.*)$`)
)

// Blocks are the parts of the comment in their order.
func (e Entry) Blocks() []Block {
	var list []Block
	parted := true // by an empty line from what is above
	for line := range strings.Lines(e.Comment) {
		line = strings.TrimRight(line, " \n")
		text := strings.TrimLeft(line, " ")
		indent := len(line) - len(text)
		var last *Block
		if len(list) > 0 && !parted {
			last = &list[len(list)-1]
		}
		within := func(kind BlockKind) bool { return last != nil && last.Kind == kind }
		sql, marked := strings.CutPrefix(text, "Example: ")
		m := item.FindStringSubmatch(text)
		switch {
		case text == "":
			parted = true
			continue
		case marked:
			list = append(list, Block{Kind: ExampleBlock, Text: sql})
		case within(ExampleBlock):
			last.Text += "\n" + strings.TrimPrefix(line, "  ")
		case indent >= 2 && beginsSQL.MatchString(text):
			list = append(list, Block{Kind: ExampleBlock, Text: text})
		case within(ItemBlock) && indent >= 4:
			last.Text += " " + text
		case indent >= 2 && within(TableBlock):
			last.Text += "\n" + line
		case indent >= 2:
			list = append(list, Block{Kind: TableBlock, Text: line})
		case m != nil:
			list = append(list, Block{Kind: ItemBlock, Term: m[1], Text: m[2]})
		case within(ItemBlock) && strings.Contains(e.Signature, strings.SplitN(text, " ", 2)[0]+" := "):
			// The longest name of a list has one space behind it.
			term, said, _ := strings.Cut(text, " ")
			list = append(list, Block{Kind: ItemBlock, Term: term, Text: said})
		case within(TextBlock):
			last.Text += " " + text
		default:
			list = append(list, Block{Kind: TextBlock, Text: text})
		}
		parted = false
	}
	return list
}
