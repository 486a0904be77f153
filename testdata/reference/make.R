# Recompute the numbers "expected" and "variants" of the cases here with systemfit,
# and what the tests of udf print of other programs' numbers.
#
#   Rscript make.R        compares with every */case.json; fails above a relative 1e-9
#
# Made with R 4.2.2 and systemfit 1.1-28 (Debian: r-base-core, r-cran-systemfit,
# r-cran-jsonlite). The program and its tests need none of them.
suppressMessages({library(systemfit); library(jsonlite)})

worst <- 0
compare <- function(what, got, want) {
  d <- max(abs(got - want) / pmax(abs(want), 1e-300))
  worst <<- max(worst, d)
  cat(sprintf("%-55s %.1e\n", what, d))
}

# T R^2 of e^2 on a constant and x, and its p-value of chi-squared(1).
lm_test <- function(e, x) {
  s <- length(e) * summary(lm(I(e^2) ~ x))$r.squared
  c(s, pchisq(s, 1, lower.tail = FALSE))
}

for (folder in list.dirs(recursive = FALSE, full.names = FALSE)) {
  if (!file.exists(file.path(folder, "case.json"))) next
  case <- fromJSON(file.path(folder, "case.json"), simplifyVector = FALSE)
  d <- read.csv(file.path(folder, case$data_csv))
  names <- character(0); system <- list(); place <- list()
  for (i in seq_along(case$equations)) {
    side <- trimws(strsplit(case$equations[[i]], "=")[[1]])
    terms <- strsplit(trimws(strsplit(side[2], "\\+")[[1]]), "\\*")
    parameter <- sapply(terms, function(w) trimws(w)[1])
    x <- sapply(terms[lengths(terms) == 2], function(w) trimws(w)[2])
    names <- union(names, parameter)
    place[[i]] <- parameter
    system[[case$equation_names[[i]]]] <- as.formula(paste(side[1], "~", paste(x, collapse = " + ")))
  }
  shared <- outer(unlist(place), names, "==") + 0 # coefficients = shared %*% parameters
  restrict <- if (nrow(shared) > ncol(shared)) shared else NULL
  fit <- function(method, divisor, iterations) {
    f <- systemfit(system, method, data = d, restrict.regMat = restrict, methodResidCov = divisor,
      maxiter = iterations, tol = 1e-12)
    first <- match(names, unlist(place)) # where each parameter stands first
    list(fit = f, b = coef(f)[first], se = sqrt(diag(vcov(f)))[first])
  }
  check <- function(name, f, want) {
    e <- as.matrix(residuals(f$fit)); n <- nrow(e); m <- ncol(e)
    sigma <- crossprod(e) / n
    get <- function(list, key) sapply(list, function(p) p[[key]])
    compare(paste(folder, name, "estimates"), f$b, get(want$params, "estimate"))
    if (is.null(want$params[[1]]$std_error)) return()
    compare(paste(folder, name, "standard errors"), f$se, get(want$params, "std_error"))
    compare(paste(folder, name, "residual covariance T"), sigma, matrix(unlist(want$resid_cov_T), m))
    compare(paste(folder, name, "residual covariance"), crossprod(e) / f$divisor(n), matrix(unlist(want$resid_cov), m))
    compare(paste(folder, name, "log-likelihood"), -n * m / 2 * (1 + log(2 * pi)) - n / 2 * log(det(sigma)), want$loglik)
    for (i in 1:m) {
      y <- fitted(f$fit)[, i] + e[, i]
      h <- fitted(f$fit)[, i]
      q <- want$equations[[i]]
      compare(paste(folder, name, q$name), c(1 - sum(e[, i]^2) / sum((y - mean(y))^2), sum(diff(e[, i])^2) / sum(e[, i]^2), sum(e[, i]^2), lm_test(e[, i], h^2), lm_test(e[, i], h)),
        c(q$r2, q$dw, q$ssr, q$lm_het_stat_yhat2, q$lm_het_p, q$lm_het_stat_yhat, q$lm_het_p_yhat))
    }
  }
  # k_i: free parameters of each equation.
  k <- sapply(place, function(p) length(unique(p)))
  t_divisor <- function(n) n
  geomean <- function(n) sqrt(outer(n - k, n - k))
  one <- startsWith(case$method, "two-step")
  f <- fit("SUR", "noDfCor", if (one) 1 else 2000); f$divisor <- t_divisor
  check("expected", f, case$expected)
  for (v in base::names(case$variants)) {
    f <- switch(v,
      two_step_T = fit("SUR", "noDfCor", 1),
      two_step_geomean = fit("SUR", "geomean", 1),
      iterated_geomean = fit("SUR", "geomean", 2000),
      ols = fit("OLS", "geomean", 1))
    f$divisor <- if (v == "two_step_T") t_divisor else geomean
    check(v, f, case$variants[[v]])
  }
  if (folder == "kmenta") for (method in c("OLS", "SUR")) { # udf/sur/summary_test.go
    s <- summary(fit(method, "geomean", 1)$fit)
    cat(method, "determinant", s$detResidCov, "McElroy", s$mcelroy.r.squared, "\n")
  }
}

# Points of distributions in the tests of udf, as any table has them.
cat("udf/sur/parameter_test.go:", sprintf("%.10g", c(qnorm(.975), qt(.975, 28))), "\n")
cat("udf/simulate/stochastic_test.go:", sprintf("%.7g", c(qnorm(.975), dnorm(qnorm(.975)), qnorm(.84))), "\n")
cat("udf/interval/interval_test.go, Poisson:\n")
for (n in c(0, 1, 2, 3, 5, 10, 20, 50, 100)) cat(" ", n, sprintf("%.4f", poisson.test(n)$conf.int), "\n")
cat("udf/interval/interval_test.go, binomial:\n")
for (c in list(c(0, 10), c(1, 10), c(5, 10), c(10, 10))) cat(" ", c, sprintf("%.4f", binom.test(c[1], c[2])$conf.int), "\n")

if (worst > 1e-9) stop("the largest difference is ", worst)
