package udf

import (
	"fmt"
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
	key := fmt.Sprintf("%q %q", names, formulas)
	models.Lock()
	m := models.of[key]
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
	models.of[key] = m
	return m, nil
}
