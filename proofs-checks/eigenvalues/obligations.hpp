// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "proofs-checks/engine/obligation.hpp"

/// Eigenvalues of kernels on the sphere: Funk–Hecke coefficients, their rules, closed forms and decay.
namespace ntk::proofs {

std::vector<Obligation> eigenvalue_obligations();

Obligation t_multiplication();
Obligation coefficient_by_derivative();
Obligation coefficient_neighbours();
Obligation coefficient_sum_rule();
Obligation monomial_eigenvalues();
Obligation monomial_trace();
Obligation half_moment_start();
Obligation half_moments();
Obligation half_moment_zeros();
Obligation radial_moments();
Obligation relu_power_eigenvalues();
Obligation relu_even_eigenvalues();
Obligation relu_odd_eigenvalues();
Obligation relu_two_steps();
Obligation relu_monotone();
Obligation relu_zero_bias_monotone();
Obligation relu_decay_form();
Obligation step_decay_form();
Obligation relu_decay_bounds();
Obligation step_decay_bounds();
Obligation hidden_bias_recurrence();
Obligation hidden_bias_climb();
Obligation dual_powers();
Obligation hidden_bias_odd_dimensions();
Obligation hidden_bias_even_dimensions();
Obligation hidden_bias_all_variances();
Obligation hidden_bias_values();

}  // namespace ntk::proofs
