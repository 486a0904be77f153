package demo

var calibrated = startFactors()

func startFactors() (f factors) {
	curves := [3][8]float64{{.10, .17, .14, .10, .08, .065, .05, .045}, {.03, .07, .13, .09, .06, .05, .04, .03}, {.03, .06, .12, .07, .045, .035, .025, .02}}
	for g := range f.duration {
		for d := range f.duration[g] {
			if d < 8 {
				f.duration[g][d] = curves[g][d]
			} else {
				f.duration[g][d] = curves[g][7] * max(0.3, 1-float64(d-7)*0.06)
			}
		}
		for y := range f.period[g] {
			f.period[g][y] = 1
		}
	}
	f.age = [2][9]float64{{1.1, 1.35, 1.2, 1.0, .75, .55, .45, .3, .15}, {1.0, 1.25, 1.25, 1.1, .9, .75, .6, .35, .15}}
	for k := range f.county {
		for h := range 2 {
			f.county[k][h] = [3]float64{1, 1, 1}
			f.eastern[k][h] = 1
		}
	}
	for c := range f.central {
		for s := range f.central[c] {
			for y := range f.central[c][s] {
				f.central[c][s][y] = 1
			}
		}
	}
	return f
}
