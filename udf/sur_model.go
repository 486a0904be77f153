package udf

import (
	"strconv"
	"strings"
	"sync"

	"utvandring/udf/sur"
)

// models keeps the last models by their formulas: a statement that estimates one
// per group, or a prompt where one is estimated again and again, parses them
// once. A model does not change and may be used by several estimations at once.
var models = struct {
	sync.Mutex
	of map[string]*sur.Model
}{of: map[string]*sur.Model{}}

const modelsKept = 64

func modelOf(names, formulas []string) (*sur.Model, error) {
	var key strings.Builder
	for i := range names {
		for _, text := range []string{names[i], formulas[i]} {
			key.WriteString(strconv.Itoa(len(text)))
			key.WriteByte(' ')
			key.WriteString(text)
		}
	}
	models.Lock()
	m := models.of[key.String()]
	models.Unlock()
	if m != nil {
		return m, nil
	}
	m, err := sur.NewModel(names, formulas)
	if err != nil {
		return nil, err
	}
	models.Lock()
	defer models.Unlock()
	if len(models.of) == modelsKept {
		clear(models.of)
	}
	models.of[key.String()] = m
	return m, nil
}
