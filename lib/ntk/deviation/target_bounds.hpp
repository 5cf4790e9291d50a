// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/sphere/zonal.hpp"

/// What the bounds with probability ask of the target f* = sum_i A_i phi_i.
namespace ntk::deviation {

/// sum_i |A_i| sqrt(N_i) >= sup |f*|, rounded up.
double target_bound(const ZonalTarget& target);

/// >= E[phi^2 f*^2]: a mean of polynomials, by a rule that is exact for them while that has few points, else from the
/// largest values of either factor. largest: >= sup |f*|.
double target_second_moment(const ZonalProbe& probe, const ZonalTarget& target, double largest);

}  // namespace ntk::deviation
