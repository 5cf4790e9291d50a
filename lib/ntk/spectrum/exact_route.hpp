// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/kernel/kernel.hpp"
#include "ntk/numeric/exact.hpp"

#include <vector>

namespace ntk {

/// Whether every eigenvalue of the kernel has a closed form that this page knows: a positively homogeneous activation
/// (ReLU, leaky ReLU) without random hidden biases.
bool has_exact_route(const Kernel& kernel);

/// The eigenvalues of such a kernel for degrees 0..max_degree on S^{d-1}, exactly: rational for odd d, in Q + Q/pi^2
/// for even d.
///     F: d (lambda_k^{(1)})^2,  G: (lambda_k^{(0)})^2,  t G: ((k+d-2) nu_{k+1} + k nu_{k-1})/(2k+d-2) with nu = G's
///     (nu_1 at k = 0), lambda_k^{(p)} = c_d int_0^1 t^p P_k(t) (1-t^2)^{(d-3)/2} dt,  lambda_{k+2}^{(p)} =
///     (p-k)/(p+k+d) lambda_k^{(p)}
/// (theory.md, "Closed forms"); leaky slopes enter by linearity. Throws std::domain_error if has_exact_route is false,
/// dim < 2 or max_degree < 0. Cost O(max_degree) rational operations.
std::vector<Exact> exact_eigenvalues(const Kernel& kernel, int dim, int max_degree);

/// (lambda_k^{(p)})^2 for k = 0..max_degree, p = 0 or 1: rational, or rational over pi^2.
std::vector<Exact> squared_power_moments(int dim, int power, int max_degree);

}  // namespace ntk
