#!/usr/bin/env python3
"""Recompute the values "gold" of the cases here, in 60-digit decimal arithmetic.

    python3 gold.py            compares with every */case.json; fails where a digit differs
    python3 gold.py grunfeld5  prints those of a case as JSON

Needs the standard library only, and takes nothing from the program: straight from the
text of data.csv, pooled least squares, then generalised least squares with the residual
covariance (divisor T) until the change is below 1e-28; once for a two-step case.
"""
import csv
import json
import math
import os
import re
import sys
from decimal import Decimal, getcontext, localcontext

getcontext().prec = 60
HERE = os.path.dirname(os.path.abspath(__file__))


def dot(x, y):
    return sum((a * b for a, b in zip(x, y)), Decimal(0))


def solve(a, b):
    """The x of a x = b and det a, by elimination with pivoting; b is a matrix."""
    n, det = len(a), Decimal(1)
    rows = [list(p) + list(q) for p, q in zip(a, b)]
    for k in range(n):
        best = max(range(k, n), key=lambda i: abs(rows[i][k]))
        if best != k:
            rows[k], rows[best], det = rows[best], rows[k], -det
        pivot = rows[k][k]
        det *= pivot
        rows[k] = [x / pivot for x in rows[k]]
        for i in range(n):
            if i != k and rows[i][k]:
                f = rows[i][k]
                rows[i] = [x - f * y for x, y in zip(rows[i], rows[k])]
    return [r[n:] for r in rows], det


def inverse(a):
    return solve(a, [[Decimal(int(i == j)) for j in range(len(a))] for i in range(len(a))])


def read(folder):
    """Left sides, and per equation the columns by parameter; names of both."""
    case = json.load(open(os.path.join(HERE, folder, "case.json")))
    table = list(csv.DictReader(open(os.path.join(HERE, folder, case["data_csv"]))))
    column = {name: [Decimal(r[name]) for r in table] for name in table[0]}
    one = [Decimal(1)] * len(table)
    names, lefts, y, z = [], [], [], []
    for text in case["equations"]:
        left, right = (side.strip() for side in text.split("="))
        lefts.append(left)
        y.append(column[left])
        z.append({})
        for term in right.split("+"):
            words = re.findall(r"\w+", term)
            parameter = next(w for w in words if w not in column)
            if parameter not in names:
                names.append(parameter)
            z[-1][names.index(parameter)] = next((column[w] for w in words if w in column), one)
    return case, names, lefts, y, z


def step(w, y, z, k):
    """b = A⁻¹ Σ w_ij Z_i'y_j and A⁻¹, A = Σ w_ij Z_i'Z_j."""
    a, g = [[Decimal(0)] * k for _ in range(k)], [Decimal(0)] * k
    for i, zi in enumerate(z):
        for j, zj in enumerate(z):
            if w[i][j]:
                for p, x in zi.items():
                    g[p] += w[i][j] * dot(x, y[j])
                    for q, v in zj.items():
                        a[p][q] += w[i][j] * dot(x, v)
    a, _ = inverse(a)
    return [dot(row, g) for row in a], a


def residuals(b, y, z):
    return [[v - sum(b[p] * x[t] for p, x in zi.items()) for t, v in enumerate(yi)] for yi, zi in zip(y, z)]


def covariance(e):
    return [[dot(x, v) / len(x) for v in e] for x in e]


def lm(e, x):
    """T R² of e² on a constant and x, and its p-value of χ²(1)."""
    square = [v * v for v in e]
    n = len(e)
    mx, ms = sum(x) / n, sum(square) / n
    dx, ds = [v - mx for v in x], [v - ms for v in square]
    statistic = n * dot(dx, ds) ** 2 / dot(dx, dx) / dot(ds, ds)
    return statistic, math.erfc(math.sqrt(statistic / 2))


def pi():
    """Machin's formula."""
    def arctan(n):
        total, power, k = Decimal(0), Decimal(1) / n, 0
        while abs(power) > Decimal(10) ** -65:
            total += power / (2 * k + 1) * (-1) ** k
            power, k = power / (n * n), k + 1
        return total
    return 4 * (4 * arctan(5) - arctan(239))


def text(x):
    with localcontext() as c:
        c.prec = 25
        return str(+x)


def gold(folder):
    case, names, lefts, y, z = read(folder)
    m, n, k = len(y), len(y[0]), len(names)
    one_step = case["method"].startswith("two-step")
    b, _ = step([[Decimal(int(i == j)) for j in range(m)] for i in range(m)], y, z, k)
    count, reached = 0, {}
    while True:
        w, _ = inverse(covariance(residuals(b, y, z)))
        last = b
        b, a = step(w, y, z, k)
        count += 1
        if one_step:
            break
        change = (sum((p - q) ** 2 for p, q in zip(b, last)) / dot(last, last)).sqrt()
        for limit in ("1E-5", "1E-8", "1E-10", "1E-12"):
            if change < Decimal(limit):
                reached.setdefault(limit, count)
        if change < Decimal("1E-28"):
            break
    e = residuals(b, y, z)
    sigma = covariance(e)
    _, det = inverse(sigma)
    out = {"iterations_to": reached, "final_iterations": count, "params": [], "equations": []}
    for p, name in enumerate(names):
        se = a[p][p].sqrt()
        out["params"].append({"name": name, "estimate": text(b[p]), "std_error": text(se), "t": text(b[p] / se)})
    out["resid_cov"] = [[text(x) for x in row] for row in sigma]
    out["loglik"] = text(-Decimal(n * m) / 2 * (1 + (2 * pi()).ln()) - Decimal(n) / 2 * det.ln())
    for i, x in enumerate(e):
        fitted = [u - v for u, v in zip(y[i], x)]
        mean = sum(y[i]) / n
        ssr = dot(x, x)
        changes = [u - v for u, v in zip(x[1:], x)]
        squared, p_squared = lm(x, [v * v for v in fitted])
        level, p_level = lm(x, fitted)
        out["equations"].append({
            "name": lefts[i], "r2": text(1 - ssr / sum((v - mean) ** 2 for v in y[i])),
            "dw": text(dot(changes, changes) / ssr), "ssr": text(ssr),
            "lm_het_stat_yhat2": text(squared), "lm_het_p": p_squared,
            "lm_het_stat_yhat": text(level), "lm_het_p_yhat": p_level})
    return out


def differences(got, want, where):
    if isinstance(got, dict):
        return sum((differences(v, want[k], where + "." + k) for k, v in got.items()), [])
    if isinstance(got, list):
        return sum((differences(v, want[i], f"{where}[{i}]") for i, v in enumerate(got)), [])
    if isinstance(got, float) and math.isclose(got, want, rel_tol=1e-14):
        return []
    return [] if got == want else [f"{where}: {got}, and the file has {want}"]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(gold(sys.argv[1]), indent=1))
        sys.exit()
    bad = []
    for folder in sorted(os.listdir(HERE)):
        if os.path.exists(os.path.join(HERE, folder, "case.json")):
            bad += differences(gold(folder), json.load(open(os.path.join(HERE, folder, "case.json")))["gold"], folder)
    print("\n".join(bad) or "every digit agrees")
    sys.exit(bool(bad))
