// Package sqltext reads SQL as text, as DuckDB's own lexer does: Lex cuts it into
// tokens that joined are the text again, Code leaves out space and comments, a
// Splitter cuts a script into statements as it arrives, and QuoteName and
// QuoteText write a name or a text so that SQL reads it back.
//
// It knows no grammar and no database. A formula (package equation) is not lexed
// here: it reads letters and typeset characters otherwise, and says what is wrong
// with them.
package sqltext
