// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/dual/obligations.hpp"

namespace ntk::proofs {

std::vector<Obligation> dual_obligations() {
    return {dual_derivative_rule(), hermite_expansion(),  hermite_derivative_rule(),    closed_dual_of_leaky_relu(),
            closed_dual_of_erf(),   closed_dual_of_sin(), closed_dual_of_cos(),         closed_dual_of_gaussian(),
            closed_dual_of_gelu(),  relu_dual_by_angle(), closed_dual_of_relu_powers(), dual_against_integrals(),
            relu_dual_of_library()};
}

}  // namespace ntk::proofs
