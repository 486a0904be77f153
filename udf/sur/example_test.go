package sur_test

import (
	"context"
	"fmt"
	"log"

	"utvandring/udf/equation"
	"utvandring/udf/sur"
)

// Zellner's (1962) own example: the investment of General Electric and of
// Westinghouse, 1935–1954, on the value of their shares and their capital (columns F3
// and F4 of testdata/reference/grunfeld5). In one step, then iterated with the same
// slopes in both; systemfit has the same numbers.
func Example() {
	var year []int64
	for y := range int64(20) {
		year = append(year, 1935+y)
	}
	panel, err := equation.NewPanel(year, []string{"ge", "ge_value", "ge_capital", "w", "w_value", "w_capital"}, [][]float64{
		{33.1, 45, 77.2, 44.6, 48.1, 74.4, 113, 91.9, 61.3, 56.8, 93.6, 159.9, 147.2, 146.3, 98.3, 93.5, 135.2, 157.3, 179.5, 189.6},
		{1170.6, 2015.8, 2803.3, 2039.7, 2256.2, 2132.2, 1834.1, 1588, 1749.4, 1687.2, 2007.7, 2208.3, 1656.7, 1604.4, 1431.8, 1610.5, 1819.4, 2079.7, 2371.6, 2759.9},
		{97.8, 104.4, 118, 156.2, 172.6, 186.6, 220.9, 287.8, 319.9, 321.3, 319.6, 346, 456.4, 543.4, 618.3, 647.4, 671.3, 726.1, 800.3, 888.9},
		{12.93, 25.9, 35.05, 22.89, 18.84, 28.57, 48.51, 43.34, 37.02, 37.81, 39.27, 53.46, 55.56, 49.56, 32.04, 32.24, 54.38, 71.78, 90.08, 68.6},
		{191.5, 516, 729, 560.4, 519.9, 628.5, 537.1, 561.2, 617.2, 626.7, 737.2, 760.5, 581.4, 662.3, 583.8, 635.2, 723.8, 864.1, 1193.5, 1188.9},
		{1.8, 0.8, 7.4, 18.1, 23.5, 26.5, 36.2, 60.8, 84.4, 91.2, 92.4, 86, 111.1, 130.6, 141.8, 136.7, 129.7, 145.5, 174.8, 213.5},
	}, nil)
	if err != nil {
		log.Fatal(err)
	}
	model, err := sur.NewModel([]string{"1", "2"}, []string{
		"ge = $a + $b*ge_value + $c*ge_capital",
		"w = $d + $e*w_value + $f*w_capital",
	})
	if err != nil {
		log.Fatal(err)
	}
	fit, err := sur.Estimate(context.Background(), model, panel, sur.Options{Method: "sur"})
	if err != nil {
		log.Fatal(err)
	}
	for _, p := range fit.Parameters {
		fmt.Printf("%s %.3f (%.3f)\n", p.Name, p.Estimate, p.StdError)
	}

	same, err := sur.ParseRestrictions("b = e, c = f")
	if err != nil {
		log.Fatal(err)
	}
	if fit, err = sur.Estimate(context.Background(), model, panel, sur.Options{Restrictions: same}); err != nil {
		log.Fatal(err)
	}
	s := fit.Summary()
	fmt.Printf("log-likelihood %.3f, converged %v, bounded: %s\n", s.LogLikelihood, s.Converged, s.Bounded)
	// Output:
	// a -27.719 (27.033)
	// b 0.038 (0.013)
	// c 0.139 (0.023)
	// d -1.252 (6.956)
	// e 0.058 (0.013)
	// f 0.064 (0.049)
	// log-likelihood -160.645, converged true, bounded: proven
}
