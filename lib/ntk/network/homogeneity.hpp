// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"
#include "ntk/network/parameters.hpp"

#include <Eigen/Core>

#include <optional>

namespace ntk {

/// p >= 1 with sigma(c z) = c^p sigma(z) for c > 0 and a gradient, or nothing: 1 for ReLU and leaky ReLU, p for
/// relu-power:p.
std::optional<int> homogeneity(const Activation& activation);

/// p a_l^2 - |v_l|^2 for all neurons, v = (w,b) if hidden biases are trained, else w. For an activation homogeneous of
/// degree p they are conserved by gradient flow of every loss of the values: z sigma'(z) = p sigma(z), so <v_l, v_l'> =
/// p a_l a_l' (Du, Hu, Lee 2018, NeurIPS 31, 384). Rounding: d + 3 units of p a_l^2 + |v_l|^2. Throws std::domain_error
/// for p < 1 or a theta of another size.
Eigen::VectorXd balances(const NetworkShape& shape, int p, const Eigen::VectorXd& theta);

}  // namespace ntk
