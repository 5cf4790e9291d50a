// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/ball.hpp"
#include "ntk/numeric/rational.hpp"

namespace ntk {

/// Dimension N(d,k) of the spherical harmonics of degree k >= 0 on S^{d-1}, d = dim >= 2:
/// N(d,0) = 1, N(d,k) = (2k+d-2)/k * binomial(k+d-3, k-1); 2 for d = 2 and k >= 1. Exact.
/// Throws std::domain_error for dim < 2 or degree < 0. Cost O(min(k, d)) multiplications.
Integer multiplicity(int dim, int degree);

/// The same, rounded to the nearest double; +infinity beyond the range.
double multiplicity_double(int dim, int degree);

/// c_d = Gamma(d/2) / (sqrt(pi) Gamma((d-1)/2)), the factor that makes c_d (1-t^2)^{(d-3)/2} a probability density on
/// [-1,1].
Ball zonal_density_constant(int dim, long bits);

}  // namespace ntk
