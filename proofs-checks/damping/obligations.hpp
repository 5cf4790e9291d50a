// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proofs-checks/engine/obligation.hpp"

/// Damping: inequalities for real numbers that the bounds of theory.md rest on.
namespace ntk::proofs {

std::vector<Obligation> damping_obligations();

Obligation quarter();
Obligation damping_factor_bounds();
Obligation damping_factor_monotone();
Obligation damping_factor_is_integral();
Obligation damped_supremum();
Obligation damped_half_rate();
Obligation movement_inequalities();
Obligation movement_comparison();
Obligation movement_integrals();
Obligation bounded_movement();
Obligation parameter_movement();
Obligation weighted_movement();

}  // namespace ntk::proofs
