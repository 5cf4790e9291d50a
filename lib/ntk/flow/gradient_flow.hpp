// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/network/network.hpp"

#include <functional>
#include <string>
#include <vector>

namespace ntk {

/// Options of one integration of theta' = -(1/n) J^T (f - y).
struct FlowOptions {
    double tolerance = 1e-9;           ///< absolute and relative tolerance of a step, per parameter
    std::vector<double> record_times;  ///< increasing, >= 0; the integration ends at the last one
    /// Called now and then with the time reached and the number of evaluations so far.
    std::function<void(double time, long evaluations)> progress;
};

/// The parameters at the recorded times.
struct Trajectory {
    std::vector<double> times;
    std::vector<Eigen::VectorXd> parameters;
    long evaluations = 0;
    long steps = 0;
    double tolerance = 0;
    std::string integrator;
};

/// Gradient flow from theta_0 by the Dormand–Prince pair of orders 5 and 4 (Boost.odeint) with step control; recorded
/// states come from its dense output of order 4 in the step, whose error is of the order of the tolerance. The
/// tolerance is not the error: see integrate_pair. Throws std::domain_error for bad options, Unreachable with time and
/// quantity if a value stops being finite or the step collapses.
Trajectory integrate_gradient_flow(const Network& network, const Eigen::VectorXd& start, const Eigen::VectorXd& labels,
                                   const FlowOptions& options);

/// The same flow at the tolerance and at a hundredth of it. Observables are computed on both; the difference estimates
/// the error of the looser one and is reported as the error of the tighter one, which is the one that is used.
struct TrajectoryPair {
    Trajectory loose;
    Trajectory tight;
};

TrajectoryPair integrate_pair(const Network& network, const Eigen::VectorXd& start, const Eigen::VectorXd& labels,
                              const FlowOptions& options);

}  // namespace ntk
