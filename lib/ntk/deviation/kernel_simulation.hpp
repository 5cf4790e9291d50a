// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/simulation.hpp"

namespace ntk::deviation {

/// Training at m = infinity from f = 0, in closed form (kernel_flow.hpp): the residual on the sample, and by
///     f_t = -sum_j q_j R_t(x_j) K^inf(., x_j),  R_t = int_0^t r_s ds (gradient descent: eta sum_{i<j} r_i),
/// the coefficients of probes and the degree energies
///     ||Pi_k f_t||^2 = N(d,k) mu_k^2 sum_ij q_i q_j R_t(x_i) R_t(x_j) P_k(<x_i,x_j>).
/// For n = infinity everything decays like e^{-mu_k t} by itself. Throws std::domain_error for a setup of finite width,
/// with a start other than f = 0, with mini-batches, or with n = infinity and noise, own data or an unknown target.
/// Errors: rounding and those of the eigenvalues. Cost O(n^3) once, O(n^2) per time and degree.
SimulationResult simulate_infinite_width(const Kernel& kernel, const TrajectorySetup& setup, int max_degree);

}  // namespace ntk::deviation
