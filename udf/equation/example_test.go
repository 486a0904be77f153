package equation_test

import (
	"fmt"
	"log"

	"utvandring/udf/equation"
)

// A formula is taken apart into regressors, differentiated and computed.
func Example() {
	e, err := equation.Parse("ln(emigrants) = $a + $b*lag(wage) - 0.5*price + $b*price")
	if err != nil {
		log.Fatal(err)
	}
	linear, err := e.Linear()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(equation.String(linear.Left), "less", equation.String(linear.Offset), "is")
	for _, t := range linear.Terms {
		fmt.Printf("  $%s times %s\n", t.Parameter, equation.String(t.Regressor))
	}

	x, err := equation.ParseExpr("x^2 + 3*x")
	if err != nil {
		log.Fatal(err)
	}
	slope := equation.Diff(x, "x")
	program := equation.Compile(slope) // of one column, x
	y := make([]float64, 2)
	program.Eval(y, [][]float64{{2, 10}})
	fmt.Println("the derivative of", equation.String(x), "is", equation.String(slope), "and at 2 and 10", y)
	// Output:
	// ln(emigrants) less -(0.5*price) is
	//   $a times 1
	//   $b times lag(wage) + price
	// the derivative of x^2 + 3*x is 2*x + 3 and at 2 and 10 [7 23]
}
