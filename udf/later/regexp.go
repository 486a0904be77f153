// Package later compiles regular expressions when they are first asked. The program has a
// hundred, of which a start asks a few, and to compile all took it longer than all else that it
// does before it opens a database.
package later

import (
	"regexp"
	"sync"
)

// Pattern is a regular expression.
type Pattern func() *regexp.Regexp

// Compile is regexp.MustCompile, when the pattern is first asked.
func Compile(text string) Pattern {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}

func (p Pattern) MatchString(s string) bool              { return p().MatchString(s) }
func (p Pattern) FindString(s string) string             { return p().FindString(s) }
func (p Pattern) FindAllString(s string, n int) []string { return p().FindAllString(s, n) }
func (p Pattern) FindStringSubmatch(s string) []string   { return p().FindStringSubmatch(s) }
func (p Pattern) FindStringSubmatchIndex(s string) []int { return p().FindStringSubmatchIndex(s) }
func (p Pattern) FindAllStringSubmatch(s string, n int) [][]string {
	return p().FindAllStringSubmatch(s, n)
}
func (p Pattern) Split(s string, n int) []string       { return p().Split(s, n) }
func (p Pattern) ReplaceAllString(s, by string) string { return p().ReplaceAllString(s, by) }
func (p Pattern) ReplaceAllStringFunc(s string, by func(string) string) string {
	return p().ReplaceAllStringFunc(s, by)
}
