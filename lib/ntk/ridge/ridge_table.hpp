// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"

#include <Eigen/Core>

#include <vector>

namespace ntk {

/// Ridge coefficients of many neurons x -> sigma(r <w^,x> + b) at once (theory.md, "Population coefficients"):
///     value     Lambda_k(r,b)   = c_d int sigma(rt+b) P_k(t) (1-t^2)^{(d-3)/2} dt,
///     bias      Lambda'_k       = the same with sigma' (the derivative in b),
///     radius    Lambda^{(r)}_k  = the same with sigma' t (the derivative in r).
/// Each is a neurons x degrees matrix.
struct RidgeTable {
    Eigen::MatrixXd value;
    Eigen::MatrixXd bias;
    Eigen::MatrixXd radius;
    int node_count;         ///< nodes of the rule that was kept
    double error_estimate;  ///< largest change of an entry against a rule with two thirds of the nodes, plus rounding:
                            ///< an estimate, not a bound
};

/// All neurons share one Gauss–Gegenbauer rule; its size grows by half until no entry changes by more than 2e-14 times
/// the size of sigma on the nodes. radii and offsets have the same length. Throws std::domain_error for an activation
/// with a kink (a shared rule cannot see it) or unequal lengths, Unreachable if 1200 nodes do not suffice. Cost:
/// neurons x nodes activations.
RidgeTable ridge_table(const Activation& activation, int dim, const Eigen::VectorXd& radii,
                       const Eigen::VectorXd& offsets, const std::vector<int>& degrees);

}  // namespace ntk
