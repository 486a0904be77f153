package prompt

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// History is what was entered, oldest first, in memory and in a file of one
// entry a line, readable by its owner only. Every entry is in it once, where it
// was entered last.
type History struct {
	path    string // "": memory only
	entries []string
}

// The file is written anew when it has twice as many lines.
const mostEntries = 5000

// OpenHistory reads a history. A file that cannot be read or written is no
// reason not to work: then there is no history of earlier sessions.
func OpenHistory(path string) *History {
	h := &History{path: path}
	text, err := os.ReadFile(path)
	if err != nil {
		return h
	}
	seen := map[string]bool{}
	all := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	for _, line := range slices.Backward(all) {
		entry := cleanPaste(unescapeEntry(line))
		if strings.TrimSpace(entry) != "" && !seen[entry] && len(h.entries) < mostEntries {
			seen[entry] = true
			h.entries = append(h.entries, entry)
		}
	}
	slices.Reverse(h.entries)
	if len(all) > 2*mostEntries {
		h.rewrite()
	}
	return h
}

// HistoryPath is where the history is: $UTVANDRING_HISTORY, or a file in
// $XDG_STATE_HOME, or in ~/.local/state.
func HistoryPath() string {
	if path := os.Getenv("UTVANDRING_HISTORY"); path != "" {
		return path
	}
	if state := os.Getenv("XDG_STATE_HOME"); state != "" {
		return filepath.Join(state, "utvandring", "history")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return filepath.Join(home, ".local", "state", "utvandring", "history")
}

// Add appends an entry. An entry that begins with a space is not kept, as in
// many shells.
func (h *History) Add(entry string) {
	entry = strings.TrimRight(entry, " \t\r\n")
	if entry == "" || entry[0] == ' ' {
		return
	}
	if n := len(h.entries); n > 0 && h.entries[n-1] == entry {
		return
	}
	h.entries = slices.DeleteFunc(h.entries, func(old string) bool { return old == entry })
	h.entries = append(h.entries, entry)
	if h.path == "" {
		return
	}
	os.MkdirAll(filepath.Dir(h.path), 0o700)
	file, err := os.OpenFile(h.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return
	}
	defer file.Close()
	file.WriteString(escapeEntry(entry) + "\n")
}

// Entries are all of them, oldest first.
func (h *History) Entries() []string { return slices.Clone(h.entries) }

// rewrite replaces the file by what is in memory.
func (h *History) rewrite() {
	var b strings.Builder
	for _, entry := range h.entries {
		b.WriteString(escapeEntry(entry) + "\n")
	}
	temporary := h.path + ".new"
	if os.WriteFile(temporary, []byte(b.String()), 0o600) == nil {
		os.Rename(temporary, h.path)
	}
}

var (
	escapeEntry   = strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\r", `\r`).Replace
	unescapeEntry = strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\r`, "\r").Replace
)

// recall walks through the history. What was changed on the way stays changed
// until the entry is finished.
type recall struct {
	texts []string
	at    int
}

func (h *History) recall() recall {
	return recall{append(slices.Clone(h.entries), ""), len(h.entries)}
}

func (r *recall) move(current string, by int) (string, bool) {
	if r.at+by < 0 || r.at+by >= len(r.texts) {
		return "", false
	}
	r.texts[r.at] = current
	r.at += by
	return r.texts[r.at], true
}
