// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proofs-checks/engine/obligation.hpp"

/// Dual activations: the rule G = F', and the closed forms against all orders of the Hermite series.
namespace ntk::proofs {

std::vector<Obligation> dual_obligations();

Obligation dual_derivative_rule();
Obligation hermite_expansion();
Obligation hermite_derivative_rule();
Obligation closed_dual_of_leaky_relu();
Obligation closed_dual_of_erf();
Obligation closed_dual_of_sin();
Obligation closed_dual_of_cos();
Obligation closed_dual_of_gaussian();
Obligation closed_dual_of_gelu();
Obligation relu_dual_by_angle();
Obligation closed_dual_of_relu_powers();
Obligation dual_against_integrals();
Obligation relu_dual_of_library();

}  // namespace ntk::proofs
