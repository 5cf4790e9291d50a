// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "proofs-checks/eigenvalues/obligations.hpp"

namespace ntk::proofs {

std::vector<Obligation> eigenvalue_obligations() {
    return {t_multiplication(),
            coefficient_by_derivative(),
            coefficient_neighbours(),
            coefficient_sum_rule(),
            monomial_eigenvalues(),
            monomial_trace(),
            half_moment_start(),
            half_moments(),
            half_moment_zeros(),
            radial_moments(),
            relu_power_eigenvalues(),
            relu_even_eigenvalues(),
            relu_odd_eigenvalues(),
            relu_two_steps(),
            relu_monotone(),
            relu_zero_bias_monotone(),
            relu_decay_form(),
            step_decay_form(),
            relu_decay_bounds(),
            step_decay_bounds(),
            hidden_bias_recurrence(),
            hidden_bias_climb(),
            dual_powers(),
            hidden_bias_odd_dimensions(),
            hidden_bias_even_dimensions(),
            hidden_bias_all_variances(),
            hidden_bias_values()};
}

}  // namespace ntk::proofs
