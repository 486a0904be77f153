package sur

import (
	"fmt"

	"utvandring/udf/equation"
)

// EquationError is an error in one equation of a model.
type EquationError struct {
	Equation string // its name
	Err      error
}

func (e *EquationError) Error() string { return "equation " + e.Equation + ": " + e.Err.Error() }

func (e *EquationError) Unwrap() error { return e.Err }

// errorf is an error in e.
func (e Equation) errorf(format string, args ...any) error {
	return &EquationError{e.Name, fmt.Errorf(format, args...)}
}

// YearError says that the sample cannot begin or end where Options has it.
type YearError struct {
	First, Last *int64 // those of Options that it is about, else nil
	text        string
}

func (e *YearError) Error() string { return e.text }

// NoParameterError says that no formula has a parameter.
type NoParameterError struct {
	Formula string   // the first
	Columns []string // that the formulas read
}

func (e *NoParameterError) Error() string {
	return fmt.Sprintf("no equation has a $parameter: there is nothing to estimate (a parameter is written $name; an identity such as %s is only simulated)",
		equation.Excerpt(e.Formula))
}
