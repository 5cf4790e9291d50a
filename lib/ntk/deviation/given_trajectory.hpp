// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/flow/gradient_flow.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ntk::deviation {

/// A network that was trained elsewhere, at some times.
struct GivenTrajectory {
    std::string source;                                      ///< where it comes from, for people
    std::vector<double> times;                               ///< increasing, the first is 0
    std::vector<Eigen::VectorXd> parameters;                 ///< theta at these times (parameters.hpp)
    std::optional<Eigen::MatrixXd> points;                   ///< the sample, d x n; nothing: that of the seed
    std::optional<Eigen::VectorXd> labels;                   ///< y; nothing: the values of the target
    std::vector<std::pair<std::string, std::string>> facts;  ///< what else a report shall say about it
};

/// The path through the given states: from each of them gradient flow until the next one, where it jumps to it. At the
/// given times, which must be among options.record_times, the recorded states are the given ones. A network that was
/// trained by gradient flow has small jumps; how far they lead from the flow of theta_0 is for the caller to measure
/// (numerics.md, "Trajectories from elsewhere"). Throws std::domain_error for times that do not increase from 0 or are
/// not recorded, and like integrate_gradient_flow.
Trajectory follow(const GivenTrajectory& given, const Network& network, const Eigen::VectorXd& labels,
                  const FlowOptions& options);

}  // namespace ntk::deviation
