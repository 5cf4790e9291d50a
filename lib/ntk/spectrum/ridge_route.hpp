// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/ridge/weight_law.hpp"
#include "ntk/spectrum/eigenvalues.hpp"

#include <vector>

namespace ntk {

/// Whether ridge_eigenvalues knows this kernel: one hidden layer, and with random biases a polynomial or
/// homogeneous activation or one with a strip of analyticity. Otherwise the reason, for people.
std::optional<std::string> no_ridge_route(const KernelSpec& spec);

/// Eigenvalues mu_k of the shallow kernel whose hidden weights have the given law instead of the Gaussian one, with at
/// least `digits` certified significant digits each (theory.md, "Ridge route"): with the ridge coefficients Lambda_k of
/// sigma and Lambda'_k of sigma', b ~ N(0, s_b^2), nu_k = E_{r,b}[Lambda'_k^2],
///     mu_k = sigma_w^2 E_{r,b}[Lambda_k^2]
///            + E[a^2] sigma_w^2 (((k+d-2) nu_{k+1} + k nu_{k-1})/(2k+d-2) + 1_bias nu_k) + 1_{b0} 1[k=0],
/// nu_1 at k = 0; `part` selects summands as in Kernel. All summands are >= 0, so none of their digits are lost. A zero
/// is exact, with exact form 0. Errors as certified_eigenvalues; std::domain_error also if no_ridge_route gives a
/// reason.
std::vector<Eigenvalue> ridge_eigenvalues(const KernelSpec& spec, const RadialLaw& law, int dim,
                                          const std::vector<int>& degrees, long digits);

/// kappa(1) = sigma_w^2 (E[sigma^2] + E[a^2] (1 + 1_bias) E[sigma'^2]) + 1_{b0} of the same kernel, with `digits`
/// certified digits. Same errors.
Ball ridge_kernel_at_one(const KernelSpec& spec, const RadialLaw& law, int dim, long digits);

}  // namespace ntk
