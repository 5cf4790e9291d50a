// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/flow/trajectory.hpp"
#include "ntk/network/network.hpp"

namespace ntk {

/// Gradient flow theta' = -(1/n) J^T (f - y) from theta_0. Integrator::automatic takes Dormand–Prince unless
/// lambda_max(G_0) t is large (then its steps would be limited by stability, not by accuracy) and the activation is
/// smooth. For ReLU and leaky ReLU Dormand–Prince locates the kinks (kink_flow.hpp): a run that comes to slide along
/// one has Trajectory::sliding and no states from there on. The tolerance is not the error: see integrate_pair. Throws
/// std::domain_error for bad options or an exponential integrator with an activation that has kinks, Unreachable with
/// time and quantity if a value stops being finite or the step collapses.
Trajectory integrate_gradient_flow(const Network& network, const Eigen::VectorXd& start, const Eigen::VectorXd& labels,
                                   const FlowOptions& options);

/// The same for the loss (1/2) sum_j q_j (f(x_j) - y_j)^2 with weights q_j > 0 of the sample.
Trajectory integrate_gradient_flow(const Network& network, const Eigen::VectorXd& start, const Eigen::VectorXd& labels,
                                   const Eigen::VectorXd& weights, const FlowOptions& options);

/// What `wanted` comes to for a flow from theta_0 over this length of time. Throws std::domain_error for an exponential
/// integrator with an activation that has kinks.
Integrator chosen_integrator(const Network& network, const Eigen::VectorXd& start, Integrator wanted, double duration);

/// The tolerance of the second of two runs, as a part of that of the first. A smaller part states errors that are too
/// large, a larger one distances that are no errors (numerics.md, "Trajectories", has the measurements).
constexpr double tight_part = 1.0 / 30;

/// The same flow at the tolerance and at tight_part of it. Observables are computed on both; the difference estimates
/// the error of the looser one and is reported as the error of the tighter one, which is the one that is used.
struct TrajectoryPair {
    Trajectory loose;
    Trajectory tight;
};

TrajectoryPair integrate_pair(const Network& network, const Eigen::VectorXd& start, const Eigen::VectorXd& labels,
                              const FlowOptions& options);

}  // namespace ntk
