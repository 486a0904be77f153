package udf

import "context"

// _names makes a list of a name or a list of names, so that a macro can take
// either: simulate('4.1', …) and simulate(['4.1', '4.7'], …).
var _ = add(Function{
	Name:   "_names",
	Args:   1,
	Result: []Column{{"", Text}},
	Run: func(_ context.Context, args []Value) (*Table, error) {
		if args[0].Null() {
			return nil, nil
		}
		names, err := args[0].Texts()
		if err != nil {
			return nil, err
		}
		return NewTable(names), nil
	},
})
