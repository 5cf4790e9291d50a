// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/population_sample.hpp"

#include "ntk/numeric/errors.hpp"
#include "ntk/numeric/message_number.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

namespace ntk {
namespace {

constexpr int least_first_degree = 7;
constexpr int most_runs = 8;

void require(bool condition, const std::string& what) {
    if (!condition) throw std::domain_error("population_sample: " + what);
}

void require_valid(const PopulationProblem& problem, const std::vector<Eigen::VectorXd>& states,
                   const PopulationOptions& options) {
    require(problem.activation != nullptr && problem.pool != nullptr, "an activation and a thread pool are needed");
    require(options.velocity_error > 0 && options.first_degree >= 0,
            "velocity_error = " + message_number(options.velocity_error) +
                ", first_degree = " + std::to_string(options.first_degree) + ": expected > 0 and >= 0");
    require(!states.empty(), "no state was given");
    for (const Eigen::VectorXd& state : states) {
        require(state.size() == problem.shape.parameter_count() && state.allFinite(),
                "a state has " + std::to_string(state.size()) + " entries: expected " +
                    std::to_string(problem.shape.parameter_count()) + ", all of them finite");
    }
    for (const ZonalProbe& probe : problem.target.probes) {
        require(probe.dim() == problem.shape.dim, "the target lives on another sphere than the network");
    }
}

/// Odd degrees have the fewest points for what they integrate, and rules with the symmetry x -> -x.
int odd(int degree) { return degree | 1; }

int next_degree(int degree) { return odd(degree + std::max(degree / 4, 2)); }

int first_degree(const PopulationProblem& problem, const PopulationOptions& options) {
    if (options.first_degree > 0) return options.first_degree;
    int first = least_first_degree;
    // With degree K of f* in the integrand, gradients are resolved up to degree K from 2 K on.
    for (const ZonalProbe& probe : problem.target.probes) first = std::max(first, odd(2 * probe.degree));
    return first;
}

Eigen::VectorXd velocity(const Network& network, const Eigen::VectorXd& labels, const Eigen::VectorXd& weights,
                         const Eigen::VectorXd& theta) {
    return -network.transposed_jacobian_product(theta, weights.cwiseProduct(network.values(theta) - labels));
}

/// One rule and the velocities by it at all states, one per column.
struct Level {
    SphereCubature rule;
    Eigen::VectorXd labels;
    Eigen::MatrixXd velocities;
};

Level make_level(const PopulationProblem& problem, const std::vector<Eigen::VectorXd>& states, int degree,
                 double most_points) {
    Level level{sphere_cubature(problem.shape.dim, degree, most_points), {}, {}};
    level.labels = problem.target.at(level.rule.points);
    const Network network(problem.shape, problem.activation, level.rule.points, problem.pool);
    level.velocities.resize(problem.shape.parameter_count(), static_cast<Eigen::Index>(states.size()));
    for (std::size_t i = 0; i < states.size(); ++i) {
        level.velocities.col(static_cast<Eigen::Index>(i)) =
            velocity(network, level.labels, level.rule.weights, states[i]);
    }
    return level;
}

double distance(const Level& a, const Level& b) { return (a.velocities - b.velocities).colwise().norm().maxCoeff(); }

}  // namespace

Eigen::VectorXd population_velocity(const PopulationProblem& problem, const SphereCubature& rule,
                                    const Eigen::VectorXd& theta) {
    require_valid(problem, {theta}, {});
    const Network network(problem.shape, problem.activation, rule.points, problem.pool);
    return velocity(network, problem.target.at(rule.points), rule.weights, theta);
}

PopulationSample population_sample(const PopulationProblem& problem, const std::vector<Eigen::VectorXd>& states,
                                   const PopulationOptions& options) {
    require_valid(problem, states, options);
    std::vector<Level> levels;  // the last three
    std::vector<int> tried;
    double best = std::numeric_limits<double>::infinity();
    for (int degree = first_degree(problem, options);; degree = next_degree(degree)) {
        if (!tried.empty() && cubature_point_count(problem.shape.dim, degree) > options.most_points) break;
        levels.push_back(make_level(problem, states, degree, options.most_points));
        tried.push_back(degree);
        if (levels.size() < 3) continue;
        const double estimate = std::max(distance(levels[0], levels[1]), distance(levels[0], levels[2]));
        best = std::min(best, estimate);
        if (estimate <= options.velocity_error) {
            return {std::move(levels[0].rule), std::move(levels[0].labels), degree, estimate, states.size(), tried};
        }
        levels.erase(levels.begin());
    }
    throw Unreachable("population_sample: " + message_number(options.most_points) +
                      " points allow rules of degree up to " + std::to_string(tried.back()) + " on S^" +
                      std::to_string(problem.shape.dim - 1) + ", whose velocities differ by " + message_number(best) +
                      " or more: wanted " + message_number(options.velocity_error));
}

PopulationSample population_sample_along(
    const PopulationProblem& problem, const Eigen::VectorXd& start, const PopulationOptions& options,
    const std::function<std::vector<Eigen::VectorXd>(const PopulationSample&)>& run) {
    PopulationSample used = population_sample(problem, {start}, options);
    for (int attempt = 0; attempt < most_runs; ++attempt) {
        std::vector<Eigen::VectorXd> states = run(used);
        states.push_back(start);
        PopulationOptions from_here = options;
        from_here.first_degree = used.rule.degree;
        PopulationSample needed = population_sample(problem, states, from_here);
        if (needed.rule.degree == used.rule.degree) return needed;
        used = std::move(needed);
    }
    throw Unreachable("population_sample_along: " + std::to_string(most_runs) +
                      " runs did not suffice: the last one needs a rule of degree " + std::to_string(used.rule.degree) +
                      " or more");
}

}  // namespace ntk
