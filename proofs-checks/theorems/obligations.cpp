// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/theorems/obligations.hpp"

namespace ntk::proofs {

std::vector<Obligation> theorem_obligations() {
    return {underparameterised_theorem(), corollary_on_sphere(), extension_of_arora(), extension_of_su_and_yang()};
}

}  // namespace ntk::proofs
