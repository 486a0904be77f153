package engine

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"utvandring/udf"
)

// The arguments of every macro are what the function in Go that it calls declares,
// with the same defaults.
func TestSignaturesAgreeWithOptions(t *testing.T) {
	// These hand over some options by themselves, and read the others in SQL. Of own the
	// defaults are others too: actual residuals, draws of both, no replications.
	own := []string{"counterfactual", "counterfactual_band", "figure_4_1_band", "project"}
	partly := append([]string{"sur_table", "frequency_interval", "rate_of", "frequency_standardised"}, own...)
	byDefault := regexp.MustCompile(`"?(\w+)"? := ([^,]+(?:, [^=]*\])?)`)
	checked := 0
	for _, e := range Entries() {
		var declared []udf.Option
		for _, function := range privateCall.FindAllString(e.SQL, -1) {
			if declared = udf.Options(strings.TrimSuffix(function, "(")); declared != nil {
				break
			}
		}
		if declared == nil || !strings.HasSuffix(e.Kind, "macro") {
			continue
		}
		checked++
		signature := strings.TrimSuffix(e.Signature[strings.Index(e.Signature, "(")+1:], ")")
		var has []string
		for _, m := range byDefault.FindAllStringSubmatch(signature, -1) {
			has = append(has, m[1])
			at := slices.IndexFunc(declared, func(o udf.Option) bool { return o.Name == m[1] })
			switch {
			case at >= 0 && declared[at].Default != m[2] && !slices.Contains(own, e.Name):
				t.Errorf("%s: %s := %s, declared with the default %s", e.Name, m[1], m[2], declared[at].Default)
			case at < 0 && !slices.Contains(partly, e.Name):
				t.Errorf("%s: %s is not declared in Go", e.Name, m[1])
			}
		}
		for _, o := range declared {
			if o.Default != "" && !slices.Contains(has, o.Name) && !slices.Contains(partly, e.Name) {
				t.Errorf("%s has no argument %s", e.Name, o.Name)
			}
			if o.Default == "" && !slices.Contains(strings.Split(signature, ", "), o.Name) {
				t.Errorf("%s has no argument %s without a default", e.Name, o.Name)
			}
		}
	}
	if checked < 28 {
		t.Errorf("only %d macros", checked)
	}
}
