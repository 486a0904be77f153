package udf

import (
	"fmt"
	"strconv"
	"strings"

	"utvandring/udf/nearest"
	"utvandring/udf/sqltext"
)

// The kinds of options. at is the place in a T that one goes to.

// word is a text that the package it is handed to checks, against the same words.
func word[T any](name, byDefault string, allowed []string, help string, at func(*T) *string) option[T] {
	return option[T]{
		Option: Option{name, "VARCHAR", sqltext.QuoteText(byDefault), allowed, help},
		preset: func(to *T) { *at(to) = byDefault },
		read: func(to *T, v Value) error {
			text, err := v.Text()
			switch {
			case err != nil:
				return fmt.Errorf("%s %w", name, err)
			case text == "":
				return fmt.Errorf("%s is empty", name)
			}
			*at(to) = text
			return nil
		},
	}
}

// wordOrNull is a word where NULL says that it follows from other options.
func wordOrNull[T any](name string, allowed []string, help string, at func(*T) *string) option[T] {
	o := word(name, "", allowed, help, at)
	o.Default = "NULL"
	return orNull(o)
}

// choice is one of the words allowed, in any case.
func choice[T any](name, byDefault string, allowed []string, help string, at func(*T) *string) option[T] {
	o := word(name, byDefault, allowed, help, at)
	o.read = func(to *T, v Value) error {
		text, err := v.Text()
		if err != nil {
			return fmt.Errorf("%s %w", name, err)
		}
		for _, a := range allowed {
			if strings.EqualFold(a, text) {
				*at(to) = a
				return nil
			}
		}
		all := make([]string, len(allowed))
		for i, a := range allowed {
			all[i] = sqltext.QuoteText(a)
		}
		last := len(all) - 1
		return fmt.Errorf("%s is %q, not %s or %s%s", name, text, strings.Join(all[:last], ", "), all[last], nearest.Hint(text, allowed))
	}
	return o
}

// whole is a whole number.
func whole[T any, N int | int64](name string, byDefault N, help string, at func(*T) *N) option[T] {
	return option[T]{
		Option: Option{name, "BIGINT", strconv.FormatInt(int64(byDefault), 10), nil, help},
		preset: func(to *T) { *at(to) = byDefault },
		read: func(to *T, v Value) error {
			n, err := v.Int()
			if err != nil {
				return fmt.Errorf("%s %w", name, err)
			}
			*at(to) = N(n)
			return nil
		},
	}
}

// wholeOrNull is a whole number, or a nil pointer where it is NULL.
func wholeOrNull[T any](name, help string, at func(*T) **int64) option[T] {
	return orNull(option[T]{
		Option: Option{name, "BIGINT", "NULL", nil, help},
		read: func(to *T, v Value) error {
			n, err := v.Int()
			if err != nil {
				return fmt.Errorf("%s %w", name, err)
			}
			*at(to) = &n
			return nil
		},
	})
}

// texts are a text or a list of texts; there is no default but NULL.
func texts[T any](name, help string, at func(*T) *[]string) option[T] {
	return option[T]{
		Option: Option{name, "VARCHAR[]", "NULL", nil, help},
		read: func(to *T, v Value) (err error) {
			if *at(to), err = v.Texts(); err != nil {
				err = fmt.Errorf("%s %w", name, err)
			}
			return err
		},
	}
}

// decimal is any number.
func decimal[T any](name string, byDefault float64, help string, at func(*T) *float64) option[T] {
	return option[T]{
		Option: Option{name, "DOUBLE", strings.Replace(strconv.FormatFloat(byDefault, 'g', -1, 64), "e-0", "e-", 1), nil, help},
		preset: func(to *T) { *at(to) = byDefault },
		read: func(to *T, v Value) (err error) {
			if *at(to), err = v.Float(); err != nil {
				err = fmt.Errorf("%s %w", name, err)
			}
			return err
		},
	}
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
