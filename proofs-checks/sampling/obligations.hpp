// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proofs-checks/engine/obligation.hpp"

/// Sampling: how the deviation splits into the error of the sample and that of the kernel, and how large both are at
/// the start.
namespace ntk::proofs {

std::vector<Obligation> sampling_obligations();

Obligation sampling_identity();
Obligation sampling_bound();
Obligation mean_of_independent_vectors();
Obligation kernel_error_at_start();
Obligation gradient_error_at_start();
Obligation largest_kernel_value();
Obligation hoeffding_solved();
Obligation mcdiarmid_solved();
Obligation bernstein_solved();
Obligation pinelis_solved();
Obligation union_of_events();
Obligation random_terms();
Obligation centred_feature_norm();
Obligation empirical_spectrum_bound();

}  // namespace ntk::proofs
