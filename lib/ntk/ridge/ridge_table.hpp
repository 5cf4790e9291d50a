// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"

#include <Eigen/Core>

#include <vector>

namespace ntk {

/// Ridge coefficients of many neurons x -> sigma(r <w^,x> + b) at once (theory.md, "Population coefficients"), each a
/// neurons x degrees matrix:
///     value        Lambda_k(r,b)   = c_d int sigma(rt+b) P_k(t) (1-t^2)^{(d-3)/2} dt,
///     bias         Lambda'_k       = the same with sigma' (the derivative in b),
///     radius       Lambda^{(r)}_k  = the same with sigma' t (the derivative in r),
///     over_radius  Lambda_k / r    = (Lambda'_{k-1} - Lambda'_{k+1}) / (2k+d-2) for k >= 1, also at r = 0; 0 for k = 0.
/// The last form integrates by parts (((1-t^2)^{(d-1)/2} P_k')' = -k(k+d-2) (1-t^2)^{(d-3)/2} P_k): no digits are lost
/// for small r.
struct RidgeTable {
    Eigen::MatrixXd value;
    Eigen::MatrixXd bias;
    Eigen::MatrixXd radius;
    Eigen::MatrixXd over_radius;
    int node_count;           ///< nodes of the largest rule
    double truncation_bound;  ///< proved bound of what the rules leave out of any entry
    double error_estimate;    ///< the bound and an estimate of the rounding, for any entry
};

enum class RidgeParts { value, all };

/// The number of nodes comes from a bound, neuron by neuron (numerics.md, "Ridge coefficients in double"): a strip of
/// analyticity, a polynomial, or a positively homogeneous activation, which is split at its kink. An activation of a
/// user's that has none of these gets rules that grow until no entry changes, and truncation_bound is then an estimate.
/// The parts beyond `value` are empty with RidgeParts::value. radii >= 0 and offsets have the same length, degrees >= 0.
/// Throws std::domain_error for unequal lengths or the step function, Unreachable where 4096 nodes do not suffice.
/// Cost: per neuron one activation per node (32 to 128 for radii of a few units) and nodes x degrees multiplications.
RidgeTable ridge_table(const Activation& activation, int dim, const Eigen::VectorXd& radii,
                       const Eigen::VectorXd& offsets, const std::vector<int>& degrees,
                       RidgeParts parts = RidgeParts::all, SimdLevel level = simd_level());

/// E[sigma(rt+b)^2] = c_d int sigma(rt+b)^2 (1-t^2)^{(d-3)/2} dt = sum_k N(d,k) Lambda_k(r,b)^2 of each neuron, by twice
/// the nodes that ridge_table takes for degree 0 (a kink: by the square of the homogeneous form). Errors as ridge_table.
Eigen::VectorXd ridge_square_means(const Activation& activation, int dim, const Eigen::VectorXd& radii,
                                   const Eigen::VectorXd& offsets, SimdLevel level = simd_level());

}  // namespace ntk
