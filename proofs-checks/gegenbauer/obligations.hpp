// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proofs-checks/engine/obligation.hpp"

/// Gegenbauer polynomials P_k = P_{k,d} with P_k(1) = 1, and the sphere that they belong to.
namespace ntk::proofs {

std::vector<Obligation> gegenbauer_obligations();

Obligation gegenbauer_recurrence();
Obligation gegenbauer_at_one();
Obligation gegenbauer_equation();
Obligation gegenbauer_derivative();
Obligation gegenbauer_structure();
Obligation gegenbauer_parity();
Obligation gegenbauer_bound();
Obligation gegenbauer_derivative_bound();
Obligation gegenbauer_orthogonality();
Obligation gegenbauer_norm();
Obligation sphere_moments();
Obligation sphere_normalisation();
Obligation harmonic_dimension();
Obligation harmonic_generating_function();
Obligation addition_theorem_small();

}  // namespace ntk::proofs
