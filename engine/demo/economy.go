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
	parameter map[string]float64
}

// kinds of immigrants of a group: women of the report's six age groups, then men.
const kinds = 12

// kindAt is the index of a kind.
func kindAt(sex uint8, age int) int {
	k := 5
	for i, top := range [...]int{6, 17, 34, 62, 70} {
		if age <= top {
			k = i
			break
		}
	}
	return k + 6*int(sex)
}

// panel is what the equations read of a register: by group, kind and year.
type panel struct {
	emi, anko, anme [3][kinds][years]float64
	beh             [3][years]float64
}

func readEconomy() (*economy, error) {
	e := &economy{macro: map[string][years]float64{}}
	groupOf := map[string]int{}
	err := readCSV(sql.Files, "data/model.csv", func(get func(string) string) error {
		g, err := strconv.Atoi(get("country_group"))
		groupOf[get("model")] = g - 1
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
		e.law[g][k] = law{parsed.Right, parameter[get("model")]}
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
	l := &e.law[group][kind]
	return equation.Value(l.right, value, func(p *equation.Parameter) float64 {
		if v, ok := l.parameter[p.Name]; ok {
			return v
		}
		return math.NaN()
	})
}

// reach is how far the common shock of a group, which is that of its 18-62-year-olds,
// reaches its children and its old, whose models were estimated each by itself.
var reach = [3]float64{.4, 1, .5}

// common is the shock that moves a kind in a year of the register, in standard
// deviations. Children left less from 2004 on than their equations say: 6 to 8 of 100
// under seven years (report, section 5.2.6).
func (f *factors) common(group, kind, y int) float64 {
	block := kind % 6 / 2
	z := reach[block] * f.Common[group][y]
	if block > 0 {
		return z
	}
	if registerYear+y >= 2004 {
		return z - .6
	}
	return z + .6*10/12 // so that the mean of 1992-2013 is none
}

// lead is how much the frequency of a kind answers to a common shock of one: the
// first column of the covariance's Cholesky factor.
func (e *economy) lead(group, kind int) float64 {
	return e.factor[group][kind%6/2].At(kind/6*2+kind%2, 0)
}
