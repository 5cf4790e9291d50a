// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proofs-checks/engine/obligation.hpp"

/// The chain of bounds: what is known before training (U4), the linear split, sums over eigenfunctions; the residual on
/// the first eigendirections of the sample (O1).
namespace ntk::proofs {

std::vector<Obligation> chain_obligations();

Obligation mean_of_probe();
Obligation before_training();
Obligation linear_split();
Obligation span_of_eigenfunctions();
Obligation projected_exponential();

}  // namespace ntk::proofs
