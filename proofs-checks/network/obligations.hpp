// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proofs-checks/engine/obligation.hpp"

/// From the network to the bounds of kernel drift and linearisation remainder: basic, (H), (A2), (A2l2).
namespace ntk::proofs {

std::vector<Obligation> network_obligations();

Obligation neuron_derivatives();
Obligation basic_drift();
Obligation basic_remainder();
Obligation hessian_block_norm();
Obligation hessian_drift();
Obligation hessian_remainder();
Obligation hessian_kernel_gap();
Obligation hessian_gram_drift();
Obligation gram_norm_by_entries();
Obligation pair_cancellation();
Obligation pair_velocities();
Obligation pair_values();
Obligation pair_slopes();
Obligation pair_drift();
Obligation pair_remainder();
Obligation pair_sums();
Obligation pair_drift_l2();
Obligation pair_remainder_l2();

}  // namespace ntk::proofs
