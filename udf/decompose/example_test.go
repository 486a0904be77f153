package decompose_test

import (
	"fmt"
	"log"

	"utvandring/udf/decompose"
)

// The frequency of emigration rises from 8 to 12 per cent, because there are more new
// residents, who emigrate more, and in spite of what people of the same kind do. By
// hand: (0.05+0.06)/2·(−0.3) + (0.20+0.18)/2·0.3 = 0.0405, and
// (0.8+0.5)/2·0.01 + (0.2+0.5)/2·(−0.02) = −0.0005.
func Example() {
	r, err := decompose.Difference(1, []decompose.Cell{
		{Levels: []string{"old"}, Residents: [2]float64{80, 50}, Emigrations: [2]float64{4, 3}},
		{Levels: []string{"new"}, Residents: [2]float64{20, 50}, Emigrations: [2]float64{4, 9}},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("from %.4f to %.4f: composition %+.4f, rates %+.4f\n", r.Frequency(0), r.Frequency(1), r.Composition[0], r.Rates)
	// Output:
	// from 0.0800 to 0.1200: composition +0.0405, rates -0.0005
}
