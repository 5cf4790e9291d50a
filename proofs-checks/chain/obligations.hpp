// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proofs-checks/engine/obligation.hpp"

/// The chain of bounds of a probe: sampling error and kernel error apart (U3), what is known before training (U4), the
/// linear split, sums over eigenfunctions; the residual on the sample (O1, O3).
namespace ntk::proofs {

std::vector<Obligation> chain_obligations();

Obligation sampling_split();
Obligation mean_of_probe();
Obligation before_training();
Obligation linear_split();
Obligation span_of_eigenfunctions();
Obligation projected_exponential();
Obligation residual_under_convergence();

}  // namespace ntk::proofs
