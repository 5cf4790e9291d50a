// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"
#include "ntk/numeric/exact.hpp"

#include <vector>

namespace ntk {

/// (lambda_k^{(p)})^2 for k = 0..max_degree, lambda_k^{(p)} = c_d int_0^1 t^p P_k(t) (1-t^2)^{(d-3)/2} dt: rational, or
/// rational over pi^2 (even d and k + p odd). Recurrences lambda_{k+2}^{(p)} = (p-k)/(p+k+d) lambda_k^{(p)} and
/// lambda_k^{(p+2)} = (p+1)(p+2)/((p-k+2)(p+k+d)) lambda_k^{(p)}. Throws std::domain_error for dim < 2, power < 0 or
/// max_degree < 0.
std::vector<Exact> squared_power_moments(int dim, int power, int max_degree);

/// Lambda_k^2 of sigma(z) = z^p (z > 0), factor z^p (z < 0) at radius 1: (1 + (-1)^{p+k} factor)^2 (lambda_k^{(p)})^2.
std::vector<Exact> squared_ridge_coefficients(int dim, const Homogeneous& activation, int max_degree);

/// N(d,k) Lambda_k^2 of one degree.
Ball ridge_energy(int dim, const Homogeneous& activation, int degree);

/// An upper bound of sum_{k > max_degree} N(d,k) Lambda_k^2, max_degree >= -1. The terms are summed one by one up to a
/// degree beyond which a telescoping majorant, verified by exact integers, takes over; within one percent of the sum.
Ball ridge_energy_tail(int dim, const Homogeneous& activation, int max_degree);

}  // namespace ntk
