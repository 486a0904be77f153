package sur

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"

	"utvandring/udf/equation"
)

// sizeDesign is a kind of system to draw samples of.
type sizeDesign struct {
	lags, shared bool
	years        int
	method       string
}

func (d sizeDesign) String() string {
	return fmt.Sprintf("%t,%t,%d,%s", d.lags, d.shared, d.years, d.method)
}

func sizeDesigns() (list []sizeDesign) {
	for _, years := range []int{22, 200} {
		for _, method := range []string{"isur", "ols"} {
			for _, lags := range []bool{false, true} {
				for _, shared := range []bool{false, true} {
					list = append(list, sizeDesign{lags, shared, years, method})
				}
			}
		}
	}
	return list
}

var sizeLag = []float64{0.5, 0.6, 0.3, 0.7}

func (d sizeDesign) model() *Model {
	var names, formulas []string
	for i := range sizeLag {
		form := "y# = $a# + $c#*an# + $e#*lag(rel) + $g#*lag(led)"
		if d.lags {
			form += " + $b#*lag(y#)"
		}
		if d.shared {
			form = strings.NewReplacer("$c#", "$c", "$g#", "$g").Replace(form)
		}
		names, formulas = append(names, fmt.Sprint(i+1)), append(formulas, strings.ReplaceAll(form, "#", fmt.Sprint(i+1)))
	}
	m, err := NewModel(names, formulas)
	if err != nil {
		panic(err)
	}
	return m
}

// draw makes a sample: normal errors with correlation between equations, and
// heteroskedastic ones with a standard deviation that follows a regressor.
func (d sizeDesign) draw(rng *rand.Rand, correlation float64, heteroskedastic bool) *equation.Panel {
	const burn = 30
	m, n := len(sizeLag), burn+d.years+1
	names := []string{"rel", "led"}
	data := [][]float64{make([]float64, n), make([]float64, n)}
	for i := range m {
		names = append(names, fmt.Sprint("y", i+1), fmt.Sprint("an", i+1))
		data = append(data, make([]float64, n), make([]float64, n))
	}
	rel, led := data[0], data[1]
	rel[0], led[0] = 0.3, 3.5
	for t := 1; t < n; t++ {
		rel[t] = rel[t-1] + 0.02*rng.NormFloat64()
		led[t] = 3.5 + 0.7*(led[t-1]-3.5) + 0.4*rng.NormFloat64()
		scale := 0.2
		if heteroskedastic {
			scale *= math.Exp(0.9*(led[t-1]-3.5)/0.56) / 1.5
		}
		common := rng.NormFloat64()
		for i := range m {
			y, an := data[2+2*i], data[3+2*i]
			an[t] = 2 + 0.5*rng.NormFloat64()
			e := math.Sqrt(correlation)*common + math.Sqrt(1-correlation)*rng.NormFloat64()
			y[t] = 1.2 + 0.15*an[t] - 0.4*rel[t-1] - 0.1*led[t-1] + scale*e
			if d.lags {
				y[t] += sizeLag[i] * y[t-1]
			}
		}
	}
	years := make([]int64, d.years+1)
	for t := range years {
		years[t] = int64(1990 + t)
	}
	for i := range data {
		data[i] = data[i][burn:]
	}
	p, err := equation.NewPanel(years, names, data, nil)
	if err != nil {
		panic(err)
	}
	return p
}

// drawnWith is the value of a parameter that samples are drawn with.
func drawnWith(name string) float64 {
	switch name[0] {
	case 'a':
		return 1.2
	case 'b':
		i, _ := strconv.Atoi(name[1:])
		return sizeLag[i-1]
	case 'c':
		return 0.15
	case 'e':
		return -0.4
	}
	return -0.1
}
