// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/numeric/ball.hpp"

namespace ntk {

/// An upper bound of sum_{k > max_degree} N(d,k) (lambda_k^{(p)})^2, p = power = 0 or 1, where
/// lambda_k^{(p)} = c_d int_0^1 t^p P_k(t) (1-t^2)^{(d-3)/2} dt. max_degree >= -1. The terms are summed one by one up
/// to a degree beyond which a telescoping majorant, verified by exact integers, takes over; within one percent of the
/// sum.
Ball power_moment_tail(int dim, int power, int max_degree);

/// N(d,k) (lambda_k^{(p)})^2 of one degree.
Ball power_moment_term(int dim, int power, int degree);

}  // namespace ntk
