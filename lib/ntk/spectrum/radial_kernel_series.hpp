// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/spectrum/ridge_route.hpp"

#include <vector>

namespace ntk {

/// kappa(t) in double for a shallow kernel whose hidden weights have a discrete radial law:
///     kappa(t) = sum_{k <= K} N(d,k) mu_k P_k(t) + rest,   |rest| <= kappa(1) - sum_{k <= K} N(d,k) mu_k,
/// since |P_k| <= 1 and no eigenvalue is negative. K is doubled until that is at most `tolerance` kappa(1); eigenvalues
/// and kappa(1) are certified (ridge_route.hpp). Kernels of smooth activations need few degrees; those of activations
/// with a kink fall like a power of k and do not get there.
class RadialKernelSeries {
public:
    /// tolerance > 0 and errors as ridge_eigenvalues; Unreachable if degrees up to 256 leave more than the tolerance.
    RadialKernelSeries(const KernelSpec& spec, const RadialLaw& law, int dim, double tolerance);

    /// -1 <= t <= 1. Error: the tolerance and rounding of about 1e-15, both relative to kappa(1). Cost O(K).
    double at(double t) const;
    double at_one() const { return at_one_; }

private:
    int dim_;
    double at_one_;
    std::vector<double> shares_;  ///< N(d,k) mu_k
};

}  // namespace ntk
