// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/ball.hpp"

#include <vector>

namespace ntk {

/// The zonal polynomial P_{j,d+1}(u) of S^d on the parallel sphere u = (t + V)/(1+V), t = <x,x'> on S^{d-1}, V =
/// bias_variance > 0, is a convex combination of P_{k,d}(t), k <= j (addition theorem). Entry j <= last of the result
/// encloses the share of the degrees k > max_degree:
///     1 - sum_{k <= min(j, max_degree)} m_{jk},
///     m_{jk} = N(d,k) N(2k+d+1, j-k) / N(d+1, j) * c_{2k+d+1}/c_{d+1} * (1+V)^{-k} * P_{j-k, 2k+d+1}(sqrt(V/(1+V)))^2.
/// max_degree >= -1, last >= 0. Cost O(max_degree * last) steps of the recurrence in fixed point.
std::vector<Ball> restriction_shares(int dim, const Rational& bias_variance, int max_degree, int last);

}  // namespace ntk
