// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/network/obligations.hpp"

namespace ntk::proofs {

std::vector<Obligation> network_obligations() {
    return {neuron_derivatives(),   basic_drift(),       basic_remainder(),    hessian_block_norm(),
            hessian_drift(),        hessian_remainder(), hessian_kernel_gap(), hessian_gram_drift(),
            gram_norm_by_entries(), pair_cancellation(), pair_velocities(),    pair_values(),
            pair_slopes(),          pair_drift(),        pair_remainder(),     pair_sums(),
            pair_drift_l2(),        pair_remainder_l2()};
}

}  // namespace ntk::proofs
