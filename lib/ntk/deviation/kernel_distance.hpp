// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/experiment.hpp"

#include <vector>

namespace ntk::deviation {

/// A bound of how far ||G^inf - G_u|| can lie above its larger value at two times s < u < t of a gradient flow, where
/// it was observed: H p (2 sqrt(lambda) + H p) with p half the length of the path between the two, lambda a bound of
/// the largest eigenvalue of G_s and G_t, and H one of the Hessian of f in the parameters (overparameterised.md, "The
/// supremum of the kernel's distance"). Infinite where sigma'' has no bound.
struct KernelModulus {
    double hessian;             ///< H
    double largest_eigenvalue;  ///< lambda
    double path_length;         ///< from s to t

    double rise() const;
};

/// H = omega/sqrt(m), omega = (q + sqrt(q^2 + 4 L_1^2 R^2))/2, q = |a| L_2 R^2, where no |a_l| exceeds
/// `largest_output_weight`.
double hessian_bound(const Network& network, double largest_output_weight);

/// eps_t = sup_{s <= t} ||G^inf - G_s||_op at the breakpoints of the grid: half way between the largest value at the
/// recorded times and that value plus the modulus above, with half the modulus as error; so the supremum over the
/// continuum is proved to lie inside as far as the recorded values are true. Where sigma'' has no bound:
/// TimeGrid::running_supremum. Needs Observables::gram_gap.
std::vector<Measured> kernel_distance_supremum(const TrajectoryResult& run, const Observables& seen);

}  // namespace ntk::deviation
