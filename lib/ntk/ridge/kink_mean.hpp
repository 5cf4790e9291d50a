// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/ridge/ridge_function.hpp"

#include <vector>

namespace ntk {

/// E_b[Lambda_k(r,b)^exponent], exponent 1 or 2, for b ~ N(0,V) and a power with one kink, Lambda_k as in
/// power_ridge.hpp: one enclosure per degree, of radius about 2^{-bits}; exactly zero where g has no kink and k > p.
/// For |b| >= r the coefficient is a polynomial in b, whose mean over the tail is made of incomplete Gaussian moments.
/// For b = -r cos(phi) inside, it is an entire function of phi, integrated by a Gauss–Legendre rule in phi with a
/// proved remainder (kink_mean.cpp). Cost: N (about bits + 2K) nodes times K steps of the recurrence. dim >= 2, radius
/// >= 0, variance > 0, degrees >= 0 and not empty.
std::vector<Ball> kink_means(const PiecewisePower& g, int dim, const Rational& radius, const Rational& variance,
                             const std::vector<int>& degrees, int exponent, long bits);

}  // namespace ntk
