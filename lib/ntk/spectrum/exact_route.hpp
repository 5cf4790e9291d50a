// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/kernel/kernel.hpp"
#include "ntk/numeric/exact.hpp"

#include <vector>

namespace ntk {

/// Whether every eigenvalue of the kernel has a closed form: one hidden layer and a positively homogeneous activation
/// (ReLU and its powers, leaky ReLU, step) without random biases or with biases of variance 1 (exact_bias.hpp), or a
/// polynomial activation with a short_polynomial_degree.
bool has_exact_route(const Kernel& kernel);

/// The eigenvalues of such a kernel for degrees 0..max_degree on S^{d-1}, exactly.
/// Homogeneous activation of power p without biases: rational for odd d, in Q + Q/pi^2 for even d, with Lambda_k of
/// squared_ridge_coefficients and E[r^{2p}] = d (d+2) ... (d+2p-2),
///     F: E[r^{2p}] Lambda_k^2,  G: p^2 E[r^{2p-2}] Lambda_k^2 of the power p-1,
///     t G: ((k+d-2) nu_{k+1} + k nu_{k-1})/(2k+d-2) with nu = G's (nu_1 at k = 0)
/// (theory.md, "Closed forms"); beyond degree p + 3 by a two-term recurrence in steps of 2. Polynomial activation:
/// rational, any depth and biases. Throws std::domain_error if has_exact_route is false, dim < 2 or max_degree < 0.
/// Cost: O(max_degree) rational operations (homogeneous), with biases O(dim + max_degree) on rationals of about 2.5
/// (dim + max_degree) bits.
std::vector<Exact> exact_eigenvalues(const Kernel& kernel, int dim, int max_degree);

}  // namespace ntk
