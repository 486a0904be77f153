package prompt

import "strings"

// searching is a search back through the history, Ctrl-R.
type searching struct {
	query  string
	before buffer // to come back to
	skip   int    // matches that were passed over by another Ctrl-R
	failed bool
}

func (f *searching) prompt() string {
	if f.failed {
		return "(nothing has '" + f.query + "') "
	}
	return "(search '" + f.query + "') "
}

// pressSearching handles a key within a search; false when the search is over
// and the key still has to be done.
func (e *Editor) pressSearching(k key) bool {
	f := e.find
	switch k.action {
	case insert:
		f.query += k.text
		f.skip = 0
	case backspace:
		if f.query == "" {
			e.find = nil
			return true
		}
		runes := []rune(f.query)
		f.query = string(runes[:len(runes)-1])
		f.skip = 0
	case search:
		f.skip++
	case cancel, interrupt:
		e.buf = f.before
		e.find = nil
		return true
	default:
		e.find = nil
		return false
	}
	e.searchHistory()
	return true
}

// searchHistory shows the newest entry that has the query in it, without regard
// to case.
func (e *Editor) searchHistory() {
	f := e.find
	query := strings.ToLower(f.query)
	left := f.skip
	for i := len(e.history.entries) - 1; i >= 0 && query != ""; i-- {
		entry := e.history.entries[i]
		at := strings.Index(strings.ToLower(entry), query)
		if at < 0 {
			continue
		}
		if left--; left < 0 {
			f.failed = false
			e.buf.set(entry)
			e.buf.pos = len([]rune(strings.ToLower(entry)[:at]))
			return
		}
	}
	f.failed = query != ""
	if f.failed && f.skip > 0 {
		f.skip--
	}
}
