// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/gegenbauer/obligations.hpp"

namespace ntk::proofs {

std::vector<Obligation> gegenbauer_obligations() {
    return {gegenbauer_recurrence(),    gegenbauer_at_one(),
            gegenbauer_equation(),      gegenbauer_derivative(),
            gegenbauer_structure(),     gegenbauer_parity(),
            gegenbauer_bound(),         gegenbauer_derivative_bound(),
            sphere_normalisation(),     sphere_moments(),
            gegenbauer_orthogonality(), gegenbauer_norm(),
            harmonic_dimension(),       harmonic_generating_function(),
            addition_theorem_small()};
}

}  // namespace ntk::proofs
