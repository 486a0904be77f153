package udf

import (
	"context"
	"errors"
	"os"
	"sync/atomic"
)

// NoEnvironment keeps the environment, which may hold secrets, from SQL.
var NoEnvironment atomic.Bool

// _getenv is the list of the one value of a variable of the environment, empty where
// it is not set.
var _ = add(Function{
	Name:   "_getenv",
	Args:   1,
	Result: []Column{{"", Text}},
	Run: func(_ context.Context, args []Value) (*Table, error) {
		if args[0].Null() {
			return nil, nil
		}
		name, err := args[0].Text()
		if err != nil {
			return nil, err
		}
		if NoEnvironment.Load() {
			return nil, errors.New("getenv: -safe keeps the environment from scripts")
		}
		value, set := os.LookupEnv(name)
		if !set {
			return NewTable([]string{}), nil
		}
		return NewTable([]string{value}), nil
	},
})
