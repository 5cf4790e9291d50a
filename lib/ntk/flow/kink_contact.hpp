// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/flow/piecewise_linear_flow.hpp"
#include "ntk/flow/trajectory.hpp"

#include <optional>
#include <vector>

namespace ntk {

/// A neuron on the kinks z_lj = 0 of some points at one time.
struct KinkContact {
    Eigen::Index neuron = 0;
    std::vector<Eigen::Index> points;
    /// Whether the flow came here on the sides that are set now; false at the start, where there is no side to come
    /// from.
    bool arriving = true;
};

/// On which sides the flow goes on. A side pattern s of the points in contact is consistent if the velocity with it
/// leads to it: s_j <v_l', x~_j> > 0. By Filippov's condition
/// - one kink, arriving: the side is changed if the speed z' beyond the kink leads on (or is zero: the flow stays on
///   the kink with the velocity of that side), the flow slides if both speeds lead to the kink, and the side is kept
///   where it only touches the kink: both speeds lead back;
/// - at the start and for several kinks at once: the consistent pattern if there is exactly one; more are ambiguous;
///   with none the same is asked with >= in the place of >; with none again the flow slides. Where all speeds are zero
///   the sides are kept.
/// Points whose x~ are parallel (duplicates, antipodes without biases) are one kink. The value of f does not depend on
/// the sides in contact, so contacts of different neurons at one time, as in antisymmetric starts, are independent.
/// With a_l = 0 its derivative stands in its place, and the neuron rests where that is zero, too. Patterns of up to 10
/// kinks are enumerated; for more (v_l = 0) the signs of the velocity with mean slopes are iterated to a strictly
/// consistent pattern, without a test for others, and are ambiguous where there is none. Speeds within 64 units of
/// rounding of the sum of the sizes of their terms are zero.
///
/// Sets the sides of `flow` and returns nothing, or returns why the flow ends (its time is left 0). errors:
/// flow.weighted_errors(theta).
std::optional<Sliding> resolve(PiecewiseLinearFlow& flow, const Eigen::VectorXd& theta, const Eigen::VectorXd& errors,
                               const KinkContact& contact);

/// z_lj' with sigma' of z < 0 and of z > 0 at this point and the sides of flow at all others, in a Sliding without time
/// and reason. They differ by the jump a_l m^{-1/2} errors_j (slope_+ - slope_-) |x~_j|^2.
Sliding normal_speeds(const PiecewiseLinearFlow& flow, const Eigen::VectorXd& theta, const Eigen::VectorXd& errors,
                      Eigen::Index neuron, Eigen::Index point);

}  // namespace ntk
