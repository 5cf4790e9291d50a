// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/chain/obligations.hpp"

namespace ntk::proofs {

std::vector<Obligation> chain_obligations() {
    return {mean_of_probe(), before_training(), linear_split(), span_of_eigenfunctions(), projected_exponential()};
}

}  // namespace ntk::proofs
