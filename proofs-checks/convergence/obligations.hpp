// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proofs-checks/engine/obligation.hpp"

/// Convergence of the empirical risk: the certificate, and what follows from it.
namespace ntk::proofs {

std::vector<Obligation> convergence_obligations();

Obligation decay_before_exit();
Obligation path_before_exit();
Obligation drift_increases();
Obligation first_exit();
Obligation residual_follows_kernel();
Obligation blocks_of_spectrum();

}  // namespace ntk::proofs
