// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/convergence/obligations.hpp"

namespace ntk::proofs {

std::vector<Obligation> convergence_obligations() {
    return {decay_before_exit(), path_before_exit(),        drift_increases(),
            first_exit(),        residual_follows_kernel(), blocks_of_spectrum()};
}

}  // namespace ntk::proofs
