package demo

import (
	"fmt"
	"math"
	"strconv"

	"gonum.org/v1/gonum/mat"

	"utvandring/sql"
	"utvandring/udf/equation"
)

// economy is the report's 36 equations with its coefficients: how large a part of
// each kind of immigrant leaves Norway in a year (chapter 4, tables 4.2-4.10).
type economy struct {
	law   [3][kinds]law
	macro map[string][years]float64
	// The covariance of a model's residuals (annex C), and its lower triangular factor.
	// Index: group, block of four kinds.
	spread [3][3][4][4]float64
	factor [3][3]*mat.TriDense
}

// law is an equation: the emigration frequency of one kind, a number of 0-1.
type law struct {
	right     equation.Node
	names     []string // of the parameters
	parameter map[string]float64
	first     int // year of the sample
}

// panel is what the equations read of a register: by group, kind and year.
type panel struct {
	emi, anko, anme [3][kinds][years]float64
	beh             [3][years]float64
}

func readEconomy() (*economy, error) {
	e := &economy{macro: map[string][years]float64{}}
	groupOf, first := map[string]int{}, map[string]int{}
	err := readCSV(sql.Files, "data/model.csv", func(get func(string) string) error {
		g, err := strconv.Atoi(get("country_group"))
		groupOf[get("model")] = g - 1
		if err == nil {
			first[get("model")], err = strconv.Atoi(get("first_year"))
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	parameter := map[string]map[string]float64{}
	err = readCSV(sql.Files, "data/published_coefficient.csv", func(get func(string) string) error {
		model := get("model")
		if parameter[model] == nil {
			parameter[model] = map[string]float64{}
		}
		v, err := strconv.ParseFloat(get("estimate"), 64)
		parameter[model][get("parameter")] = v
		return err
	})
	if err != nil {
		return nil, err
	}
	place := map[string][3]int{} // group, block, number in the block, of an equation
	err = readCSV(sql.Files, "data/equation.csv", func(get func(string) string) error {
		parsed, err := equation.Parse(get("formula"))
		if err != nil {
			return err
		}
		k := kindNamed(get("dependent")[4:])
		g := groupOf[get("model")]
		e.law[g][k] = law{parsed.Right, parsed.Parameters(), parameter[get("model")], first[get("model")]}
		place[get("equation")] = [3]int{g, k % 6 / 2, k/6*2 + k%2}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = readCSV(sql.Files, "data/published_residual_covariance.csv", func(get func(string) string) error {
		i, j := place[get("equation_i")], place[get("equation_j")]
		v, err := strconv.ParseFloat(get("covariance"), 64)
		c := &e.spread[i[0]][i[1]]
		c[i[2]][j[2]], c[j[2]][i[2]] = v, v
		return err
	})
	if err != nil {
		return nil, err
	}
	err = readCSV(sql.Files, "data/macro.csv", func(get func(string) string) error {
		year, err := strconv.Atoi(get("year"))
		if err != nil || year < registerYear || year > lastYear {
			return err
		}
		for _, name := range []string{"relinnt1", "relinnt2", "relinnt3", "lednor", "led1", "led2"} {
			series := e.macro[name]
			if series[year-registerYear], err = strconv.ParseFloat(get(name), 64); err != nil {
				return err
			}
			e.macro[name] = series
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	e.factorise()
	return e, nil
}

// kindNamed is the kind that the report calls k1 … m6.
func kindNamed(name string) int {
	k := int(name[1] - '1')
	if name[0] == 'm' {
		k += 6
	}
	return k
}

// fitted is what the equation of a kind gives for a year. What is earlier than
// the register is as in its first year.
func (e *economy) fitted(p *panel, group, kind, year int) float64 {
	l := &e.law[group][kind]
	return e.value(p, group, kind, year, func(name string) float64 {
		if v, ok := l.parameter[name]; ok {
			return v
		}
		return math.NaN()
	})
}

// value is what the equation of a kind gives with other parameters.
func (e *economy) value(p *panel, group, kind, year int, parameter func(name string) float64) float64 {
	value := func(c *equation.Column) float64 {
		y := max(year-c.Lag, registerYear) - registerYear
		if series, ok := e.macro[c.Name]; ok {
			return series[y]
		}
		switch name := c.Name; {
		case name == "trend":
			return float64(year - registerYear + 1)
		case len(name) == 4 && name[:3] == "beh":
			return p.beh[name[3]-'1'][y]
		case name[:3] == "emi":
			return p.emi[group][kindNamed(name[4:])][y]
		case name[:4] == "anko":
			return p.anko[group][kindNamed(name[5:])][y]
		case name[:4] == "anme":
			return p.anme[group][kindNamed(name[5:])][y]
		default:
			panic(fmt.Sprintf("demo: no column %s", name))
		}
	}
	return equation.Value(e.law[group][kind].right, value, func(p *equation.Parameter) float64 { return parameter(p.Name) })
}

// factorise finds the Cholesky factor of every model's covariance. Where a sign is
// lost in print the matrix may have none; such covariances count as zero.
func (e *economy) factorise() {
	for g := range e.spread {
		for block := range e.spread[g] {
			c := mat.NewSymDense(4, nil)
			for i := range 4 {
				for j := range i + 1 {
					c.SetSym(i, j, e.spread[g][block][i][j])
				}
			}
			var chol mat.Cholesky
			if !chol.Factorize(c) {
				for i := range 4 {
					for j := range i {
						c.SetSym(i, j, 0)
					}
				}
				chol.Factorize(c)
			}
			e.factor[g][block] = mat.NewTriDense(4, mat.Lower, nil)
			chol.LTo(e.factor[g][block])
		}
	}
}
