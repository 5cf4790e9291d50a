// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/ridge/ridge_function.hpp"

#include <vector>

namespace ntk {

/// Whether offset_means knows this function: a polynomial, a power with a kink, or an activation with a strip of
/// analyticity.
bool has_offset_mean(const RidgeFunction& g);

/// Means over a random bias b ~ N(0,V) at fixed radius r, Lambda_k(r,b) as in ridge_coefficients.hpp:
///     E_b[Lambda_k(r,b)^2] of sigma or sigma',   E_b[Lambda_k(r,b)] of the square of either,
/// one enclosure per degree, of radius at most about 2^{-bits} (exact for polynomials, and exactly zero for r = 0 and k
/// >= 1). Method for powers with a kink: kink_mean.hpp. Otherwise: trapezoidal rule in b, one Gauss–Legendre rule in
/// the angle shared by all b and k; both remainders follow from the strip alone (numerics.md, "Random biases"). Cost:
/// with J (about bits) values of b and N (about bits
/// + K) nodes, J N evaluations of g and as many products per degree.
/// dim >= 2, degrees >= 0, radius >= 0, variance > 0; std::domain_error otherwise and without has_offset_mean.
std::vector<Ball> offset_means(const RidgeFunction& g, int dim, const Rational& radius, const Rational& variance,
                               const std::vector<int>& degrees, long bits);

}  // namespace ntk
