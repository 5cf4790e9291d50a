// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/given_trajectory.hpp"

#include <algorithm>
#include <functional>
#include <stdexcept>

namespace ntk::deviation {
namespace {

void require_valid(const GivenTrajectory& given, const std::vector<double>& recorded) {
    const bool increasing =
        std::adjacent_find(given.times.begin(), given.times.end(), std::greater_equal<>()) == given.times.end();
    if (given.times.empty() || given.times.front() != 0 || !increasing ||
        given.times.size() != given.parameters.size()) {
        throw std::domain_error("follow: " + std::to_string(given.parameters.size()) + " states at " +
                                std::to_string(given.times.size()) +
                                " times: expected as many, with times that increase from 0");
    }
    for (const double time : given.times) {
        if (!std::binary_search(recorded.begin(), recorded.end(), time)) {
            throw std::domain_error("follow: the given time " + std::to_string(time) + " is not recorded");
        }
    }
}

}  // namespace

Trajectory follow(const GivenTrajectory& given, const Network& network, const Eigen::VectorXd& labels,
                  const FlowOptions& options) {
    require_valid(given, options.record_times);
    Trajectory path;
    path.tolerance = options.tolerance;
    path.integrator = "given states";
    const std::vector<double>& recorded = options.record_times;
    for (std::size_t segment = 0; segment < given.times.size(); ++segment) {
        const double start = given.times[segment];
        const auto from = std::lower_bound(recorded.begin(), recorded.end(), start);
        const auto to = segment + 1 < given.times.size()
                            ? std::lower_bound(recorded.begin(), recorded.end(), given.times[segment + 1])
                            : recorded.end();
        FlowOptions within = options;
        within.start_time = start;
        within.record_times.assign(from, to);
        if (options.progress) {
            within.progress = [&](double time, long evaluations) {
                options.progress(time, path.evaluations + evaluations);
            };
        }
        const Trajectory piece = integrate_gradient_flow(network, given.parameters[segment], labels, within);
        require_complete(piece);
        path.integrator = "given states, between them " + piece.integrator;
        path.times.insert(path.times.end(), from, to);
        path.parameters.insert(path.parameters.end(), piece.parameters.begin(), piece.parameters.end());
        path.evaluations += piece.evaluations;
        path.steps += piece.steps;
    }
    return path;
}

}  // namespace ntk::deviation
