// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/real.hpp"

#include <functional>
#include <vector>

namespace ntk {

/// state' = F(state) in Real, by the Dormand–Prince pair of orders 5 and 4 (Boost.odeint) with step control and dense
/// output, at the working precision of the caller (RealPrecision): for references of small problems. `tolerance` is
/// that of a step, absolute and relative per entry, and must lie above the working precision; the error of the states
/// is of its order. Returns the states at `times`, which increase from >= 0, the time of `start`. The cost grows like
/// tolerance^{-1/5}: 20 digits take about a hundred steps per unit of time and rate. Throws std::domain_error for times
/// or a tolerance of another kind, Unreachable if the step size collapses. Not for several threads at once.
std::vector<std::vector<Real>> integrate_real_flow(
    const std::function<std::vector<Real>(const std::vector<Real>&)>& velocity, const std::vector<Real>& start,
    const std::vector<Real>& times, const Real& tolerance);

}  // namespace ntk
