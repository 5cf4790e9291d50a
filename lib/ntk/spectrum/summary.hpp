// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/spectrum/eigenvalues.hpp"

#include <optional>
#include <vector>

/// Numbers that sum up a spectrum, each a rigorous enclosure. Those that count all degrees need the rest
/// R_K = sum_{k > K} N(d,k) mu_k of the trace; here it is kappa(1) minus the partial sum, the one exact expression for
/// it, except where a bound found without kappa(1) is named.
namespace ntk {

/// How much of the trace the degrees up to a limit capture.
struct TraceShare {
    int degree;                           ///< the smallest K with sum_{k <= K} N mu_k >= share kappa(1)
    Ball captured;                        ///< the share captured by the degrees up to `degree`, at least the one asked
    std::optional<Ball> captured_before;  ///< by the degrees below `degree`, less than asked; empty for degree 0
    /// A lower bound of `captured` found without kappa(1): S/(S + bound), S the partial sum and the bound that of
    /// trace_tail_bound; empty where there is no such bound and for degrees above 100, where it is expensive.
    std::optional<Ball> at_least;
};

/// The smallest K whose degrees 0..K capture `share` of the trace kappa(1), 0 < share <= 1 (else std::domain_error).
/// Degrees are computed up to 16, 32, ... until the share is reached. Throws Unreachable, with the share captured, if
/// max_degree do not suffice, or if some partial sum is so near to share kappa(1) that 60 digits do not tell on which
/// side it is.
TraceShare smallest_degree_for_share(const Kernel& kernel, int dim, const Rational& share, int max_degree);

/// The effective dimension sum_k N(d,k) mu_k/(mu_k + lambda), lambda > 0, from the eigenvalues of degrees 0..K (in this
/// order; else std::domain_error). The rest lies between R_K/(lambda + R_K/N(d,K+1)) and R_K/lambda, because
/// N(d,k) mu_k <= R_K for each k > K and N(d,.) does not decrease; both ends are inside the result.
Ball effective_dimension(const Kernel& kernel, int dim, const std::vector<Eigenvalue>& eigenvalues,
                         const Rational& lambda);

/// The constant of decay C such that mu_k = C (k + (d-2)/2)^{-d} (1 + o(1)) for ReLU and leaky ReLU of slope alpha
/// (theory.md, "Decay and parity"), one hidden layer: with C(d) = 2^{d-2} Gamma(d/2)^2/pi^2 and
/// w = sigma_w^2 E[a^2] (1-alpha)^2,
///     w C(d)                           without biases, even k (odd k >= 3 vanish),
///     w C(d) (1 + 1_bias)/(2 sqrt(q))  otherwise, for both parities, q = 1 + s_b^2.
/// Empty for other activations, deep kernels, the part nngp, and where w = 0.
std::optional<Ball> decay_constant(const Kernel& kernel, int dim, long bits);

/// mu_k/(C (k + (d-2)/2)^{-d}) - 1, the relative error of the law of decay at this eigenvalue, enclosed. Empty where
/// there is no constant, for odd degrees without biases, where mu_k vanishes, and for k + (d-2)/2 = 0.
std::optional<Ball> decay_error(const Kernel& kernel, int dim, const Eigenvalue& eigenvalue);

}  // namespace ntk
