// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/duhamel/obligations.hpp"

namespace ntk::proofs {

std::vector<Obligation> duhamel_obligations() {
    return {kernel_flow(),
            damped_identity_on_sample(),
            damped_identity_on_sample_as_series(),
            damped_identity_on_sphere(),
            damped_identity_on_sphere_as_series(),
            damped_identity_of_probe(),
            damped_identity_of_probe_as_series(),
            damped_identity_of_descent(),
            damped_identity_of_first_steps()};
}

}  // namespace ntk::proofs
