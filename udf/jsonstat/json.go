package jsonstat

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"utvandring/udf/cube"
)

// raw is a value of a JSON text that is known to be valid: its bytes, where it begins and
// ends. Nothing of it is read before it is asked for, so that an array of millions of
// numbers costs no more than going past it.
type raw []byte

// valid is the error of a text that is not JSON.
func valid(b []byte) error {
	if json.Valid(b) {
		return nil
	}
	err := json.Unmarshal(b, &anything{}) // which says where
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		line := 1 + strings.Count(string(b[:min(int(syntax.Offset), len(b))]), "\n")
		return cube.Faultf(line, "", "not JSON: %s", syntax)
	}
	return err
}

// anything is read without being kept.
type anything struct{}

func (*anything) UnmarshalJSON([]byte) error { return nil }

// space goes past white space from i on.
func (b raw) space(i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t') {
		i++
	}
	return i
}

// skip gives the end of the value that begins at i.
func (b raw) skip(i int) int {
	switch b[i] {
	case '"':
		for i++; b[i] != '"'; i++ {
			if b[i] == '\\' {
				i++
			}
		}
		return i + 1
	case '{', '[':
		for depth := 0; ; i++ {
			switch b[i] {
			case '{', '[':
				depth++
			case '}', ']':
				if depth--; depth == 0 {
					return i + 1
				}
			case '"':
				i = b.skip(i) - 1
			}
		}
	}
	for i < len(b) && !ends[b[i]] {
		i++
	}
	return i
}

// ends are the bytes after a number, true, false or null.
var ends = [256]bool{',': true, ']': true, '}': true, ' ': true, '\n': true, '\r': true, '\t': true}

func (b raw) isObject() bool { return len(b) > 0 && b[0] == '{' }
func (b raw) isArray() bool  { return len(b) > 0 && b[0] == '[' }
func (b raw) isText() bool   { return len(b) > 0 && b[0] == '"' }
func (b raw) isNull() bool   { return len(b) == 0 || b[0] == 'n' }

// iterator gives the values of an array or object one by one.
type iterator struct {
	b  raw
	at int
}

func (b raw) iterate() *iterator { return &iterator{b, 1} }

// next gives the next value, of an object with its key; ok is false after the last.
func (it *iterator) next() (key string, v raw, ok bool) {
	b := it.b
	i := b.space(it.at)
	if i < len(b) && b[i] == ',' {
		i = b.space(i + 1)
	}
	if i >= len(b)-1 {
		return "", nil, false
	}
	if b[0] == '{' {
		end := b.skip(i)
		key = b[i:end].text()
		i = b.space(b.space(end) + 1) // past the colon
	}
	end := b.skip(i)
	it.at = end
	return key, b[i:end], true
}

// member is a value of an object.
type member struct {
	key   string
	value raw
}

// members are the values of an object in its order; none of anything else.
func (b raw) members() (list []member) {
	if !b.isObject() {
		return nil
	}
	for it := b.iterate(); ; {
		key, v, ok := it.next()
		if !ok {
			return list
		}
		list = append(list, member{key, v})
	}
}

// elements are the values of an array; none of anything else.
func (b raw) elements() (list []raw) {
	if !b.isArray() {
		return nil
	}
	for it := b.iterate(); ; {
		_, v, ok := it.next()
		if !ok {
			return list
		}
		list = append(list, v)
	}
}

// object is what an object has by key; nothing of anything else. Of two, the last counts.
type object map[string]raw

func (b raw) object() object {
	o := object{}
	for _, m := range b.members() {
		o[m.key] = m.value
	}
	return o
}

// text is a text as it reads, and anything else as it stands.
func (b raw) text() string {
	if !b.isText() {
		return string(b)
	}
	inside := b[1 : len(b)-1]
	if !slices.ContainsFunc(inside, func(c byte) bool { return c == '\\' || c >= 0x80 }) {
		return string(inside)
	}
	var s string
	json.Unmarshal(b, &s)
	return s
}
