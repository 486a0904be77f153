// Package reference reads data with known answers, for tests: the cases of
// testdata/reference and panels in CSV.
package reference

import (
	"encoding/json"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"utvandring/udf/equation"
	"utvandring/udf/later"
)

// Case is a folder of testdata/reference: see the README there.
type Case struct {
	Names    []string // of the equations
	Formulas []string
	Panel    *equation.Panel
	File     string // where the panel was read

	Gold, Expected Fit
	Variants       map[string]Fit
}

// Fit is what an estimation of the case gives; what is not known of one is 0 or
// missing.
type Fit struct {
	Parameters []struct {
		Name     string
		Estimate Number
		StdError Number `json:"std_error"`
		T        Number
	} `json:"params"`
	ResidualCovariance [][]Number `json:"resid_cov"`
	LogLikelihood      Number     `json:"loglik"`
	Equations          []struct {
		R2           Number
		DurbinWatson Number `json:"dw"`
		SSR          Number
		LMHet        Number `json:"lm_het_stat_yhat2"`
		LMHetP       Number `json:"lm_het_p"`
		LMHetFitted  Number `json:"lm_het_stat_yhat"`
		LMHetFittedP Number `json:"lm_het_p_yhat"`
	}
}

// Number is one written as a number or as text.
type Number float64

func (n *Number) UnmarshalJSON(b []byte) error {
	x, err := strconv.ParseFloat(strings.Trim(string(b), `"`), 64)
	*n = Number(x)
	return err
}

var word = later.Compile(`[A-Za-z_]\w*`)

// ReadCase reads the case name of the folder testdata/reference that is at dir.
func ReadCase(t testing.TB, dir, name string) *Case {
	t.Helper()
	text := ReadFile(t, filepath.Join(dir, name, "case.json"))
	var file struct {
		Equations      []string
		Names          []string `json:"equation_names"`
		Gold, Expected Fit
		Variants       map[string]Fit
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	c := &Case{Names: file.Names, File: filepath.Join(dir, name, "data.csv"), Gold: file.Gold, Expected: file.Expected, Variants: file.Variants}
	c.Panel = ReadPanel(t, c.File)
	// The cases write parameters bare: what is no column is a parameter.
	for _, e := range file.Equations {
		c.Formulas = append(c.Formulas, word.ReplaceAllStringFunc(e, func(w string) string {
			if _, ok := c.Panel.Column(w); ok {
				return w
			}
			return "$" + w
		}))
	}
	return c
}
