package demo

import (
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"

	"gonum.org/v1/gonum/floats"
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
	t         map[string]float64 // published t values, of the same
	first     int                // year of the sample
	equation  string             // its number, 4.1.1

	// Of the mean residual and of the standard deviation of the left side, in percentage
	// points (testdata/equation_target.csv).
	tolerance, low, high float64
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
	parameter, ts := map[string]map[string]float64{}, map[string]map[string]float64{}
	err = readCSV(sql.Files, "data/published_coefficient.csv", func(get func(string) string) error {
		model := get("model")
		if parameter[model] == nil {
			parameter[model], ts[model] = map[string]float64{}, map[string]float64{}
		}
		v, err := strconv.ParseFloat(get("estimate"), 64)
		parameter[model][get("parameter")] = v
		if err == nil {
			ts[model][get("parameter")], err = strconv.ParseFloat(get("t_value"), 64)
		}
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
		model := get("model")
		e.law[g][k] = law{right: parsed.Right, names: parsed.Parameters(), parameter: parameter[model], t: ts[model], first: first[model], equation: get("equation")}
		place[get("equation")] = [3]int{g, k % 6 / 2, k/6*2 + k%2}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = readCSV(os.DirFS("."), "testdata/equation_target.csv", func(get func(string) string) error {
		at := place[get("equation")]
		l := &e.law[at[0]][kindOfBlock(at[1], at[2])]
		_, err := fmt.Sscan(get("tolerance_pp")+" "+get("series_sd_low_pp")+" "+get("series_sd_high_pp"), &l.tolerance, &l.low, &l.high)
		return err
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

// covariance is the lower factor of the covariance of residuals, divisor T.
func covariance(u *mat.Dense) *mat.TriDense {
	n, _ := u.Dims()
	var s mat.SymDense
	s.SymOuterK(1/float64(n), u.T())
	var chol mat.Cholesky
	l := mat.NewTriDense(4, mat.Lower, nil)
	if chol.Factorize(&s) {
		chol.LTo(l)
		return l
	}
	for i := range 4 { // no kind alone
		l.SetTri(i, i, math.Sqrt(s.At(i, i)))
	}
	return l
}

// lasting is what the four frequencies of a block change in the end for one more of a variable
// in every year, with a parameter that is more by some; dynamic, if they read their past.
func (e *economy) lasting(p *panel, g, block int, variable, parameter string, more float64) (change [4]float64, dynamic bool) {
	const y = 12
	value := func(i int) float64 {
		k := kindOfBlock(block, i)
		return e.value(p, g, k, registerYear+y, func(name string) float64 {
			if name == parameter {
				return e.law[g][k].parameter[name] + more
			}
			return e.law[g][k].parameter[name]
		})
	}
	left, right := mat.NewDense(4, 4, nil), mat.NewVecDense(4, nil)
	for i := range 4 {
		before := value(i)
		for j := range 4 {
			emi := &p.emi[g][kindOfBlock(block, j)][y-1]
			was := *emi
			*emi++
			a := value(i) - before
			*emi = was
			dynamic = dynamic || math.Abs(a) > 1e-9
			left.Set(i, j, -a)
		}
		left.Set(i, i, left.At(i, i)+1)
		was := e.macro[variable]
		series := was
		for t := range series {
			series[t] += .1
		}
		e.macro[variable] = series
		right.SetVec(i, 10*(value(i)-before))
		e.macro[variable] = was
	}
	var x mat.VecDense
	if err := x.SolveVec(left, right); err != nil {
		panic(err)
	}
	return [4]float64(x.RawVector().Data), dynamic
}

// reads are the derivatives of a residual by the changes of frequencies.
func (e *economy) reads(p *panel, g, k, y int) map[int]float64 {
	m := map[int]float64{cellOf(g, k, y): p.emi[g][k][y]}
	fitted := e.fitted(p, g, k, registerYear+y)
	for j := range kinds {
		for lag := 0; lag < 2 && lag <= y; lag++ {
			x := &p.emi[g][j][y-lag]
			emi := *x
			*x = emi + 1 // equations are linear in them
			if d := e.fitted(p, g, k, registerYear+y) - fitted; math.Abs(d) > 1e-9 {
				m[cellOf(g, j, y-lag)] -= d * emi
			}
			*x = emi
		}
	}
	return m
}

// column is what a parameter of a block's equations stands at, year by year.
func (e *economy) column(p *panel, group, block int, name string) []float64 {
	first := e.law[group][2*block].first
	only := func(other string) float64 {
		if other == name {
			return 1
		}
		return 0
	}
	column := make([]float64, 4*(lastYear+1-first))
	for t := range len(column) / 4 {
		for i := range 4 {
			if k := kindOfBlock(block, i); slices.Contains(e.law[group][k].names, name) {
				column[4*t+i] = e.value(p, group, k, first+t, only)
			}
		}
	}
	return column
}

// inUnits are four rows a year in units in which the covariance with the lower factor l is the
// unit matrix.
func inUnits(l *mat.TriDense, x *mat.Dense) *mat.Dense {
	x = mat.DenseCopyOf(x)
	rows, _ := x.Dims()
	for t := 0; t < rows; t += 4 {
		for i := range 4 {
			row := x.RawRowView(t + i)
			for j := range i {
				floats.AddScaled(row, -l.At(i, j), x.RawRowView(t+j))
			}
			floats.Scale(1/l.At(i, i), row)
		}
	}
	return x
}

// kindOfBlock is the kind of a block's i-th equation.
func kindOfBlock(block, i int) int { return i/2*6 + 2*block + i%2 }

// adultsFirst is the order in which a year's frequencies follow from one another: those of
// children read their parents'.
var adultsFirst = [kinds]int{2, 3, 8, 9, 4, 5, 10, 11, 0, 1, 6, 7}
