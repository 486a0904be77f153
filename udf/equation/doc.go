// Package equation reads the formulas of econometric models: text such as
//
//	emi_k3 = $a_k3 + $b_k3*lag(emi_k3) + $e_k3*ln(lag(relinnt1)) + $d*(year >= 2004)
//
// into a tree (Parse), splits a formula that is linear in its parameters into
// regressors (Equation.Linear), compiles it for fast evaluation (Compile),
// differentiates it (Diff) and writes it back as text (String).
//
// The language is SQL's expression language with a few differences that keep
// silent misreadings out:
//
//   - $name is a parameter, anything else a column; names compare without case.
//   - lag(x, k) is the value k rows (years) earlier; diff(x, k) is x - lag(x, k).
//   - log is refused (ln or log10?), and so are -x^2 and x^y^z, which SQL and
//     mathematics read differently: write the parentheses.
//   - comparisons, AND, OR and NOT give 1 or 0 and may be used as numbers;
//     an unknown (NaN) operand makes the result NaN, never 0.
//   - division is always floating-point division.
//
// The package knows nothing of databases; Panel is the only data type it has.
package equation
