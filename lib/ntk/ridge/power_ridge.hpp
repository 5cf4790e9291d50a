// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/ridge/ridge_function.hpp"

#include <vector>

/// Ridge coefficients Lambda_k(r,b) = c_d int g(rt+b) P_k(t) (1-t^2)^{(d-3)/2} dt of polynomials and of powers with one
/// kink, in closed form (numerics.md, "Ridge coefficients").
namespace ntk {

/// The neuron t -> g(radius t + offset), radius >= 0.
struct RidgePoint {
    Rational radius;
    Rational offset;
};

/// c_d int t^j P_k(t) (1-t^2)^{(d-3)/2} dt for j = 0..last_power: zero unless j - k is even and >= 0;
/// k!/(d (d+2) ... (d+2k-2)) at j = k, and the ratio from j to j+2 is (j+1)(j+2)/((j-k+2)(j+k+d)).
/// Throws std::domain_error for dim < 2 or degree < 0.
std::vector<Rational> monomial_moments(int dim, int degree, int last_power);

/// p (p-1) ... (p-degree+1) / ((d-1)(d+1) ... (d-3+2 degree)) for degree <= p, what Rodrigues' formula and `degree`
/// integrations by parts put before the integral; for degree = p + 1, with the jump of the last derivative, p! over
/// (d-1)(d+1) ... (d-1+2p). Exact.
Rational kink_factor(int power, int dim, int degree);

/// Lambda_k(r,b) of the polynomial with the given coefficients as a polynomial in b at fixed r: entry n is the
/// coefficient of b^n. Exact; empty for k above the degree of the polynomial.
std::vector<Rational> polynomial_ridge_in_offset(const std::vector<Rational>& polynomial, int dim, int degree,
                                                 const Rational& radius);

/// Lambda_k(r,b) of the polynomial, exactly.
Rational polynomial_ridge(const std::vector<Rational>& polynomial, int dim, int degree, const RidgePoint& at);

/// Lambda_k(r,b) of a power with a kink at 0, at least `digits` + 1 certified significant digits each, exactly zero
/// where it is zero. With t0 = -b/r:
///     |b| >= r: polynomial;
///     k > p:  (right - left) c_d r^p p!/((d-1)(d+1)...(d-1+2p)) P_{k-p-1,d+2p+2}(t0) (1-t0^2)^{(d-1+2p)/2};
///     k <= p: the polynomial part of `left`, plus (right - left) c_d r^p p!/(p-k)!/((d-1)...(d+2k-3)) times
///             int_{t0}^1 (t-t0)^{p-k} (1-t^2)^{(d+2k-3)/2} dt.
/// P at t0 is computed exactly, in integers, so no digits are lost in k > p. Cost O(K^2) limb operations for the
/// largest degree K. Throws std::domain_error for r = 0 = b where g jumps at 0; Unreachable if left is not zero and for
/// even d and k <= p the two parts cancel to more than 2^17 bits.
std::vector<Ball> piecewise_ridge(const PiecewisePower& g, int dim, const RidgePoint& at,
                                  const std::vector<int>& degrees, long digits);

}  // namespace ntk
