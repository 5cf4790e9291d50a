// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/constants/obligations.hpp"

namespace ntk::proofs {

std::vector<Obligation> constant_obligations() {
    return {concave_maximum(),
            constants_of_gaussian_functions(),
            constants_of_silu(),
            constants_of_tanh_and_sigmoid(),
            constants_of_softplus(),
            constants_of_sine_and_cosine(),
            constants_of_piecewise_powers(),
            constants_of_families()};
}

}  // namespace ntk::proofs
