// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/flow/trajectory.hpp"
#include "ntk/network/network.hpp"

namespace ntk {

/// Whether sigma' jumps, so that gradient flow has a velocity that jumps where <v_l, x~_j> = 0: ReLU and leaky ReLU.
bool has_velocity_jumps(const Activation& activation);

/// Gradient flow theta' = -J^T Q (f - y), Q = diag(weights), of a network whose sigma' jumps at 0, as solution of
/// Filippov's differential inclusion up to the first time at which it slides along a kink. Dormand–Prince on one piece
/// after another (PiecewiseLinearFlow); the crossings of all n m pairs are located in the dense output, which is a
/// polynomial, and the run is started anew there. In a step no crossing of the dense output is missed, however many
/// there are of one pair, except where z goes beyond zero by less than 16 (d+5) units of rounding of |v_l| |x~_j| or by
/// less than it moves in 4 units of rounding of the time. That the dense output crosses where the flow does is a matter
/// of the tolerance: where the flow nearly touches a kink, one may cross it twice and the other not at all. What
/// happens at a crossing and at a start on a kink is in kink_contact.hpp. A flow that cannot go on has
/// Trajectory::sliding; only times before it are recorded, and nothing is thrown. Chattering is more than 4 n + 64
/// events of one neuron within a millionth of the duration. Cost of an event: a step up to it (6 velocities), a
/// velocity and a value of the network; of every step about 2 velocities for the crossings. An evaluation is a velocity
/// or a value. Errors as integrate_gradient_flow, and std::domain_error for an activation without such a kink.
Trajectory integrate_kink_flow(const Network& network, const Eigen::VectorXd& start, const Eigen::VectorXd& labels,
                               const Eigen::VectorXd& weights, const FlowOptions& options);

}  // namespace ntk
