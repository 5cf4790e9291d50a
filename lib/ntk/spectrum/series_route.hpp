// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/positive_series.hpp"

#include <functional>
#include <vector>

namespace ntk {

/// Funk–Hecke eigenvalues of kappa(t) = sum_i c_i t^i, c_i >= 0: mu_k = sum_i c_i m_{ik} with
///     m_{ik} = c_d int t^i P_k(t) (1-t^2)^{(d-3)/2} dt >= 0, zero unless i >= k of equal parity,
///     m_{kk} = k! Gamma(d/2)/(2^k Gamma(k+d/2)),  m_{i+2,k}/m_{ik} = (i+1)(i+2)/((i-k+2)(i+k+d)).
/// Nothing cancels. What the series does not know adds at most rest/N(d,k), because sum_k N(d,k) m_{ik} = 1.
/// One certified ball per degree. Cost: degrees x length multiplications. Throws std::domain_error for dim < 2 or a
/// negative degree.
std::vector<Ball> series_eigenvalues(const PositiveSeries& kernel, int dim, const std::vector<int>& degrees);

/// Gives `length` coefficients of a kernel at `bits` bits.
using MakeSeries = std::function<PositiveSeries(long length, long bits)>;

/// The same with `digits` certified digits each: the series is made again, longer or with more bits, until its rest and
/// its rounding are small enough; no longer than 16384 terms. Throws Unreachable, naming the degree and the digits
/// reached, if that is not enough; std::domain_error as above and for digits < 1.
std::vector<Ball> certain_series_eigenvalues(const MakeSeries& make_series, int dim, const std::vector<int>& degrees,
                                             long digits);

/// For each degree k <= max_degree: N(d,k) sum_{i >= from} c_i m_{ik} over the known coefficients.
std::vector<Ball> moment_sums(const PositiveSeries& kernel, int dim, int max_degree, long from);

}  // namespace ntk
