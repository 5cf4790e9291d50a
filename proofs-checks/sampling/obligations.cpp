// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/sampling/obligations.hpp"

namespace ntk::proofs {

std::vector<Obligation> sampling_obligations() {
    return {sampling_identity(),     sampling_bound(),          mean_of_independent_vectors(),
            kernel_error_at_start(), gradient_error_at_start(), largest_kernel_value(),
            hoeffding_solved(),      mcdiarmid_solved(),        bernstein_solved(),
            pinelis_solved(),        union_of_events(),         random_terms(),
            centred_feature_norm(),  empirical_spectrum_bound()};
}

}  // namespace ntk::proofs
