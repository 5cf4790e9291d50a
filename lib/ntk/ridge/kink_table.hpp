// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/ridge/ridge_table.hpp"

namespace ntk {

/// ridge_table for sigma(z) = z^p (z > 0) and factor z^p (z < 0), p >= 1: one Gauss–Legendre rule in the angle on each
/// side of the kink, cos theta_0 = -b/r, where the integrand is analytic. Cost: per neuron 2 x nodes x degrees.
/// Throws Unreachable where 4096 nodes do not suffice (degree + dimension of some thousands).
RidgeTable kink_table(const Homogeneous& form, int dim, const Eigen::VectorXd& radii, const Eigen::VectorXd& offsets,
                      const std::vector<int>& degrees, RidgeParts parts);

}  // namespace ntk
