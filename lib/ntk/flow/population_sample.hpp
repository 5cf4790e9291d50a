// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/network/network.hpp"
#include "ntk/sphere/cubature.hpp"
#include "ntk/sphere/zonal.hpp"

#include <functional>
#include <memory>
#include <vector>

namespace ntk {

/// Gradient flow on the population loss, n = infinity: theta' = -E_x[(f(x; theta) - f*(x)) grad f(x; theta)].
struct PopulationProblem {
    NetworkShape shape;
    ActivationPtr activation;
    ZonalTarget target;  ///< f*
    std::shared_ptr<ThreadPool> pool;
};

/// The weighted sample that stands for the sphere: with `network` on its points, `labels` and the weights q of the
/// rule, Phi(theta) = 1/2 sum_j q_j (f(x_j) - f*(x_j))^2 is the loss of LinearisedNetwork.
struct PopulationSample {
    SphereCubature rule;
    Eigen::VectorXd labels;          ///< f*(x_j)
    int compared_degree = 0;         ///< of the finest rule that it was compared with
    double velocity_error = 0;       ///< estimated ||error of theta'|| in R^p, the largest over the states looked at
    std::size_t states = 0;          ///< how many were looked at
    std::vector<int> degrees_tried;  ///< of all rules evaluated, increasing
};

struct PopulationOptions {
    double velocity_error = 1e-10;              ///< > 0, absolute, in the Euclidean norm of R^p
    double most_points = most_cubature_points;  ///< of the finest rule that is looked at
    int first_degree = 0;  ///< of the first rule; 0 for 2 K + 1, at least 7, K the largest degree of the target
};

/// -sum_j q_j (f(x_j) - f*(x_j)) grad f(x_j) by the rule of this degree. Cost as Network::velocity on so many points.
Eigen::VectorXd population_velocity(const PopulationProblem& problem, const SphereCubature& rule,
                                    const Eigen::VectorXd& theta);

/// The first of the rules of degrees D_0 < D_1 < ... (odd, growing by a quarter) whose velocity differs by at most
/// options.velocity_error from that of the next rule and from that of the one after it, at every one of the states. The
/// larger difference is the estimate: for a smooth activation, where the error falls geometrically in the degree,
/// nearly the error itself; for one with kinks, where it falls like a power, of the size of it. It says nothing about
/// states other than these. Throws std::domain_error for bad options or sizes, ResourceError if the first rule has too
/// many points, and Unreachable with the figure reached if no rule within most_points will do (also where the wish is
/// below rounding).
PopulationSample population_sample(const PopulationProblem& problem, const std::vector<Eigen::VectorXd>& states,
                                   const PopulationOptions& options);

/// A sample that serves a whole trajectory: chosen at the start, used for `run`, which returns the states that it came
/// through (the start need not be among them), looked at again at these, and, where they need a finer rule, run again
/// with that, until the states of the last run meet the figure. `velocity_error` then is the largest along the way and
/// `states` their number. Errors as population_sample and `run`; Unreachable if eight runs did not suffice.
PopulationSample population_sample_along(
    const PopulationProblem& problem, const Eigen::VectorXd& start, const PopulationOptions& options,
    const std::function<std::vector<Eigen::VectorXd>(const PopulationSample&)>& run);

}  // namespace ntk
