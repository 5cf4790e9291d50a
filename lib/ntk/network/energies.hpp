// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"
#include "ntk/network/parameters.hpp"
#include "ntk/numeric/threads.hpp"
#include "ntk/sphere/zonal.hpp"

#include <vector>

namespace ntk {

/// ||Pi_k g||^2 in L^2(rho) for k = 0..K, Pi_k the projection on the spherical harmonics of degree k.
struct DegreeEnergies {
    std::vector<double> energy;
    double error_estimate;  ///< of any entry: errors of the ridge coefficients and rounding
    double tail_bound;      ///< of the sum over k > K: (m^{-1/2} sum_l |a_l| s_l)^2, s_l^2 = sum_{k>K} N Lambda_k(l)^2
    double tail_estimate;  ///< of the same sum, for neurons that add up like independent ones: m^{-1} sum_l a_l^2 s_l^2
};

/// The energies of the network's function,
///     (N/m) sum_{l,l'} a_l a_l' Lambda_k(l) Lambda_k(l') P_k(<w^_l, w^_l'>)  for k >= 1,
///     (m^{-1/2} sum_l a_l Lambda_0(l) + b_0)^2                              for k = 0.
/// The rests s_l come from Parseval, sum_k N Lambda_k^2 = c_d int sigma(rt+b)^2 (1-t^2)^{(d-3)/2} dt, and cannot fall
/// below the rounding of that sum. Cost: m^2/2 pairs times d + 3(K+1) multiplications, in tiles without an m x m array.
/// The blocks of pairs do not depend on the number of threads and are added in order. Throws std::domain_error for a
/// max_degree below 0 or above 900, and like ridge_table.
DegreeEnergies degree_energies(const NetworkShape& shape, const Activation& activation, const Eigen::VectorXd& theta,
                               int max_degree, ThreadPool& pool, SimdLevel level = simd_level());

/// The same for the residual r = f - f* with a zonal target: ||Pi_k r||^2 = ||Pi_k f||^2 - 2 <f, Pi_k f*> +
/// ||Pi_k f*||^2. The tail is that of f; throws std::domain_error if the target has a degree above max_degree.
DegreeEnergies residual_energies(const NetworkShape& shape, const Activation& activation, const Eigen::VectorXd& theta,
                                 const ZonalTarget& target, int max_degree, ThreadPool& pool,
                                 SimdLevel level = simd_level());

}  // namespace ntk
