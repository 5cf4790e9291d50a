// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/damping/obligations.hpp"

namespace ntk::proofs {

std::vector<Obligation> damping_obligations() {
    return {quarter(),
            damping_factor_bounds(),
            damping_factor_monotone(),
            damping_factor_is_integral(),
            damped_supremum(),
            damped_half_rate(),
            movement_inequalities(),
            movement_comparison(),
            movement_integrals(),
            bounded_movement(),
            parameter_movement(),
            weighted_movement()};
}

}  // namespace ntk::proofs
