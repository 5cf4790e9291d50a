// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"
#include "ntk/activation/hermite_rule.hpp"

#include <vector>

namespace ntk {

/// The dual activation as a Hermite series, F(c) = sum_j a_j^2 (c/q)^j with a_j = E[sigma(sqrt(q) g) h_j(g)], h_j the
/// orthonormal Hermite polynomials, g standard normal; G likewise with sigma'.

/// The first `length` squares a_j^2 in certified balls, a_j with an absolute error of about 2^-bits, and a rest that is
/// certified by sum_j a_j^2 = E[sigma(sqrt(q) g)^2]. The coefficients of G are those of F', (j+1) a_{j+1}^2/q, its
/// value at one is E[sigma'(sqrt(q) g)^2]. Radii contain the uncertainty of q. The activation needs a strip; otherwise
/// std::domain_error. Cost: some bits/4 + sqrt(length) nodes for a strip of half-width 3/2, times length.
DualSeries hermite_dual_series(const Activation& activation, const Ball& variance, long length, long bits);

/// a_j for j < length, E[sigma^2] and E[sigma'^2] by the trapezoidal rule without its error: each ball contains what
/// the rule gives in exact arithmetic. With HermiteBound added these are the certified values; apart for tests.
struct HermiteSums {
    std::vector<Ball> coefficients;
    Ball value_square;
    Ball derivative_square;
};
HermiteSums hermite_sums(const Activation& activation, const Ball& variance, const HermiteRule& rule, long length,
                         long bits);

/// The same in the working precision of Real, by code of its own and without a bound: as many terms as that precision
/// can see, at most 16384. F comes from sigma, G from sigma'. std::domain_error without a strip.
struct RealDualSeries {
    std::vector<Real> value;
    std::vector<Real> gradient;
    /// F and G at the correlation u.
    DualValues<Real> at(const Real& u) const;
};
RealDualSeries real_hermite_dual_series(const Activation& activation, const Real& variance);

}  // namespace ntk
