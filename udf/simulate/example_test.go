package simulate_test

import (
	"context"
	"fmt"
	"log"

	"utvandring/udf/equation"
	"utvandring/udf/simulate"
)

// Consumption is 10 and 0.8 of income, income is consumption and what the government
// spends: y = (10 + g)/(1 − 0.8).
func Example() {
	system, err := simulate.New([]simulate.Equation{
		{Model: "keynes", Name: "c", Formula: "c = $a + $b*y"},
		{Model: "keynes", Name: "y", Formula: "y = c + g"},
	})
	if err != nil {
		log.Fatal(err)
	}
	panel, err := equation.NewPanel([]int64{2000, 2001}, []string{"g"}, [][]float64{{20, 30}}, nil)
	if err != nil {
		log.Fatal(err)
	}
	problem, err := system.Bind(panel, []simulate.Coefficient{{"keynes", "a", 10}, {"keynes", "b", 0.8}}, simulate.Options{})
	if err != nil {
		log.Fatal(err)
	}
	path, err := problem.Run(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	for t, year := range path.Years {
		fmt.Printf("%d: consumption %.0f, income %.0f\n", year, path.Simulated[0][t], path.Simulated[1][t])
	}
	// Output:
	// 2000: consumption 130, income 150
	// 2001: consumption 170, income 200
}
