package udf

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"utvandring/udf/nearest"
	"utvandring/udf/sqltext"
)

// The kinds of options. at is the place in a T that one goes to.

// stored is an option whose value goes to its place as read gives it; the errors of read
// get its name.
func stored[T, V any](o Option, byDefault V, read func(Value) (V, error), at func(*T) *V) option[T] {
	return option[T]{
		Option: o,
		preset: func(to *T) { *at(to) = byDefault },
		read: func(to *T, v Value) error {
			value, err := read(v)
			if err != nil {
				return fmt.Errorf("%s %w", o.Name, err)
			}
			*at(to) = value
			return nil
		},
	}
}

// word is a text that the package it is handed to checks, against the same words.
func word[T any](name, byDefault string, allowed []string, help string, at func(*T) *string) option[T] {
	return stored(Option{name, "VARCHAR", sqltext.QuoteText(byDefault), allowed, help}, byDefault, func(v Value) (string, error) {
		text, err := v.Text()
		if err == nil && text == "" {
			err = errors.New("is empty")
		}
		return text, err
	}, at)
}

// wordOrNull is a word where NULL says that it follows from other options.
func wordOrNull[T any](name string, allowed []string, help string, at func(*T) *string) option[T] {
	o := word(name, "", allowed, help, at)
	o.Default = "NULL"
	return orNull(o)
}

// choice is one of the words allowed, in any case.
func choice[T any](name, byDefault string, allowed []string, help string, at func(*T) *string) option[T] {
	return stored(Option{name, "VARCHAR", sqltext.QuoteText(byDefault), allowed, help}, byDefault, func(v Value) (string, error) {
		text, err := v.Text()
		if err != nil {
			return "", err
		}
		for _, a := range allowed {
			if strings.EqualFold(a, text) {
				return a, nil
			}
		}
		all := sqltext.QuoteAll(allowed, sqltext.QuoteText)
		last := len(all) - 1
		return "", fmt.Errorf("is %q, not %s or %s%s", text, strings.Join(all[:last], ", "), all[last], nearest.Hint(text, allowed))
	}, at)
}

// whole is a whole number.
func whole[T any, N int | int64](name string, byDefault N, help string, at func(*T) *N) option[T] {
	return stored(Option{name, "BIGINT", strconv.FormatInt(int64(byDefault), 10), nil, help}, byDefault, func(v Value) (N, error) {
		n, err := v.Int()
		return N(n), err
	}, at)
}

// wholeOrNull is a whole number, or a nil pointer where it is NULL.
func wholeOrNull[T any](name, help string, at func(*T) **int64) option[T] {
	return orNull(stored(Option{name, "BIGINT", "NULL", nil, help}, nil, func(v Value) (*int64, error) {
		n, err := v.Int()
		return &n, err
	}, at))
}

// texts are a text or a list of texts; there is no default but NULL.
func texts[T any](name, help string, at func(*T) *[]string) option[T] {
	return stored(Option{name, "VARCHAR[]", "NULL", nil, help}, nil, Value.Texts, at)
}

// decimal is any number.
func decimal[T any](name string, byDefault float64, help string, at func(*T) *float64) option[T] {
	written := strings.Replace(strconv.FormatFloat(byDefault, 'g', -1, 64), "e-0", "e-", 1)
	return stored(Option{name, "DOUBLE", written, nil, help}, byDefault, Value.Float, at)
}

// other is what is read in a way of its own; read names the option in its errors.
func other[T any](name, sqlType, help string, read func(to *T, v Value) error) option[T] {
	return option[T]{Option: Option{name, sqlType, "NULL", nil, help}, read: read}
}

// orNull leaves a place as it is, empty, where the option is NULL.
func orNull[T any](o option[T]) option[T] {
	read := o.read
	o.preset = nil
	o.read = func(to *T, v Value) error {
		if v.Null() {
			return nil
		}
		return read(to, v)
	}
	return o
}

// given takes the default away: the option has none.
func given[T any](o option[T]) option[T] {
	o.Default, o.preset = "", nil
	return o
}
