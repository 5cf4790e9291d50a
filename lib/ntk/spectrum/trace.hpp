// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/spectrum/eigenvalues.hpp"

#include <optional>
#include <vector>

namespace ntk {

/// sum_k N(d,k) mu_k over the given eigenvalues.
Ball trace_sum(const std::vector<Eigenvalue>& eigenvalues);

/// A certified upper bound of the rest sum_{k > max_degree} N(d,k) mu_k of the trace kappa(1), found without kappa(1)
/// (numerics.md, "Tails of the trace"): ReLU-type activations without random biases by a telescoping majorant of the
/// exact terms; with random biases by lifting to S^d; activations with a power series in t (erf) from exact moments of
/// t^j. The first and last are within one percent of the true rest, the lift within a factor 2 (3 for max_degree <= 1).
/// Empty where no such bound is known. max_degree >= 0 and dim >= 2, else std::domain_error.
std::optional<Ball> trace_tail_bound(const Kernel& kernel, int dim, int max_degree);

}  // namespace ntk
