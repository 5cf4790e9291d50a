// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"

namespace ntk {

/// sigma(z) = c_0 + c_1 z + ... Dual activation: F = sum_j (E[sigma^{(j)}(sqrt(q) g)])^2 c^j / j! for a standard normal
/// g, G = F'. Constants are infinite where a derivative is unbounded. InputError for no coefficient.
ActivationPtr make_polynomial(const std::vector<Rational>& coefficients);

/// The coefficients of p'.
std::vector<Rational> polynomial_derivative(const std::vector<Rational>& coefficients);

/// The coefficients (E[p^{(j)}(sqrt(q) g)])^2 / j! of F in powers of the covariance c, exactly, q the variance.
std::vector<Rational> polynomial_dual(std::vector<Rational> coefficients, const Rational& variance);

}  // namespace ntk
