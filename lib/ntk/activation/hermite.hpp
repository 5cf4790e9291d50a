// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"

#include <vector>

namespace ntk {

/// The dual activation as a Hermite series, F(c) = sum_j a_j^2 (c/q)^j with a_j = E[sigma(sqrt(q) g) h_j(g)], h_j the
/// orthonormal Hermite polynomials, g standard normal; G likewise with sigma'.

/// The first `length` squares a_j^2 in certified balls of absolute error about 2^-bits, and a rest that is certified by
/// sum_j a_j^2 = E[sigma(sqrt(q) g)^2]. The activation needs a strip; otherwise std::domain_error.
DualSeries hermite_dual_series(const Activation& activation, const Ball& variance, long length, long bits);

/// The same in the working precision of Real, by code of its own and without a bound: as many terms as that precision
/// can see.
struct RealDualSeries {
    std::vector<Real> value;
    std::vector<Real> gradient;
    /// F and G at the correlation u.
    DualValues<Real> at(const Real& u) const;
};
RealDualSeries real_hermite_dual_series(const Activation& activation, const Real& variance);

}  // namespace ntk
