// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/spectrum/eigenvalues.hpp"

#include <optional>
#include <vector>

namespace ntk {

/// sum_k N(d,k) mu_k over the given eigenvalues.
Ball trace_sum(const std::vector<Eigenvalue>& eigenvalues);

/// A certified upper bound of the rest sum_{k > K} N(d,k) mu_k of the trace, from the eigenvalues of the degrees 0, 1,
/// ..., K in this order (numerics.md, "Tails of the trace"). kappa(1) minus their sum would be right for any numbers
/// and check nothing; instead homogeneous activations without random biases have a telescoping majorant of their exact
/// terms, other activations that read the angle a Poisson integral of differences of the kernel, kernels with a power
/// series in t exact moments and a geometric rest. Only Hermite series and deep kernels of smooth activations know
/// their rest from E[sigma^2] and E[sigma'^2], see tail_avoids_diagonal. Within one percent of the true rest (more for
/// Hermite series with slowly falling coefficients and large K); empty where no bound was found. Throws
/// std::domain_error for other degrees or dim < 2.
std::optional<Ball> trace_tail_bound(const Kernel& kernel, int dim, const std::vector<Eigenvalue>& eigenvalues);

/// Whether that bound is found without kappa(1) and without the means E[sigma^2], E[sigma'^2] that make it up.
bool tail_avoids_diagonal(const Kernel& kernel);

}  // namespace ntk
