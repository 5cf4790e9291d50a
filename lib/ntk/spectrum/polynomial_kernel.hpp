// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/kernel/kernel.hpp"
#include "ntk/numeric/exact.hpp"

#include <optional>
#include <vector>

namespace ntk {

/// (degree of sigma)^depth if sigma is a polynomial and this is at most 1024, else empty: the degree of kappa is at
/// most that. Longer polynomials are left to the routes for functions.
std::optional<int> short_polynomial_degree(const Kernel& kernel);

/// The coefficients of kappa(t) = sum_i c_i t^i for a polynomial activation of any depth and biases, exactly, from
///     F(c) = sum_j (E[sigma^{(j)}(sqrt(q) g)])^2 c^j / j!,   G = F'
/// (Hermite expansion; Gaussian integration by parts). Throws std::domain_error for an activation that is not a
/// polynomial.
std::vector<Rational> polynomial_kernel(const Kernel& kernel);

/// The eigenvalues for degrees 0..max_degree, rational and zero from some degree on: sum_i c_i m_{ik} with
/// m_{ik} = c_d int t^i P_k(t) (1-t^2)^{(d-3)/2} dt.
std::vector<Exact> polynomial_eigenvalues(const Kernel& kernel, int dim, int max_degree);

}  // namespace ntk
