package udf

import (
	"fmt"
	"slices"
	"strings"

	"utvandring/udf/nearest"
)

// Option is an argument of a macro that a function in Go reads by its name. The
// macro hands over all of them as one STRUCT; a view or macro of our own may leave
// out those that keep their default. A new one is a line in the declaration here and
// one among the arguments of the macro that the others of its family refer to
// ({{as sur}}); completion, help and the check of all signatures follow.
type Option struct {
	Name    string
	Type    string   // as SQL writes it
	Default string   // as SQL writes it; "" where it must be given
	Allowed []string // what a text may be; nil: anything
	Help    string
}

// Options are those of a function, by its name in SQL, in the order of their
// declaration; nil for a function without.
func Options(function string) []Option {
	for _, f := range functions {
		if f.Name == function {
			return f.Options
		}
	}
	return nil
}

// option is an Option together with the place in a T that it goes to.
type option[T any] struct {
	Option
	preset func(to *T) // its default; nil where it must be given, or is the zero value of its place
	read   func(to *T, v Value) error
}

// options are all that a function has: the one declaration of them.
type options[T any] []option[T]

// declared is what is known of them without a T.
func (all options[T]) declared() []Option {
	list := make([]Option, len(all))
	for i, o := range all {
		list[i] = o.Option
	}
	return list
}

// at is where one stands, -1 where there is none of that name.
func (all options[T]) at(name string) int {
	return slices.IndexFunc(all, func(o option[T]) bool { return o.Name == name })
}

func (all options[T]) has(name string) bool { return all.at(name) >= 0 }

// named is one of them.
func (all options[T]) named(name string) option[T] { return all[all.at(name)] }

// replaced puts another option in the place of one.
func (all options[T]) replaced(name string, by option[T]) options[T] {
	list := slices.Clone(all)
	list[all.at(name)] = by
	return list
}

// without leaves some out.
func (all options[T]) without(names ...string) options[T] {
	return slices.DeleteFunc(slices.Clone(all), func(o option[T]) bool { return slices.Contains(names, o.Name) })
}

// readAll takes them from the STRUCT that a macro hands over. NULL is one without
// fields.
func (all options[T]) readAll(given Value, to *T) error {
	var fields Fields
	if !given.Null() {
		var err error
		if fields, err = given.Fields(); err != nil {
			return fmt.Errorf("the value that holds the options %w", err)
		}
	}
	next, found := 0, 0
	for i := range all {
		o := &all[i]
		at := next // they come in the order of their declaration, for the most part
		if at >= len(fields.Names) || fields.Names[at] != o.Name {
			at = fields.find(o.Name)
		}
		if at < 0 {
			if o.Default == "" {
				return fmt.Errorf("%s is not given", o.Name)
			}
			if o.preset != nil {
				o.preset(to)
			}
			continue
		}
		next, found = at+1, found+1
		if err := o.read(to, fields.Value(at)); err != nil {
			return err
		}
	}
	if found == len(fields.Names) {
		return nil
	}
	var names []string
	for _, o := range all {
		names = append(names, o.Name)
	}
	for _, name := range fields.Names {
		if !slices.Contains(names, name) {
			return fmt.Errorf("there is no option %s%s", name, nearest.Hint(name, names))
		}
	}
	return fmt.Errorf("an option is given twice among %s", strings.Join(fields.Names, ", "))
}
