package render

import (
	"bufio"
	"fmt"

	"utvandring/engine"
)

func writeJSON(out *bufio.Writer, r *engine.Result, _ Options) {
	keys := jsonKeys(r)
	out.WriteByte('[')
	first := true
	for row := range r.Rows() {
		if !first {
			out.WriteString(",\n")
		}
		first = false
		writeObject(out, keys, row)
	}
	out.WriteString("]\n")
}

func writeJSONLines(out *bufio.Writer, r *engine.Result, _ Options) {
	keys := jsonKeys(r)
	for row := range r.Rows() {
		writeObject(out, keys, row)
		out.WriteByte('\n')
	}
}

// jsonKeys are the column names as JSON. A name that has been used gets a
// number, as in CREATE TABLE AS: a reader would keep only one of two equal keys.
func jsonKeys(r *engine.Result) [][]byte {
	var keys [][]byte
	used := map[string]bool{}
	for _, c := range r.Columns {
		name := c.Name
		for n := 1; used[name]; n++ {
			name = fmt.Sprintf("%s_%d", c.Name, n)
		}
		used[name] = true
		keys = append(keys, engine.AppendJSONString(nil, []byte(name)))
	}
	return keys
}

func writeObject(out *bufio.Writer, keys [][]byte, row engine.Row) {
	out.WriteByte('{')
	for i, key := range keys {
		if i > 0 {
			out.WriteByte(',')
		}
		out.Write(key)
		out.WriteByte(':')
		out.Write(row.AppendJSON(out.AvailableBuffer(), i))
	}
	out.WriteByte('}')
}
