// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/population_sample.hpp"

#include "ntk/flow/trajectory.hpp"
#include "ntk/network/linearised_network.hpp"
#include "ntk/network/population.hpp"
#include "ntk/numeric/errors.hpp"
#include "ntk/sphere/points.hpp"
#include "tests/lib/golden.hpp"
#include "tests/lib/network/cubature.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>

using namespace ntk;

namespace {

PopulationProblem make_problem(const std::string& activation, int dim, int width) {
    const Eigen::MatrixXd axes = uniform_points(dim, 2, RandomStream(31, "axes of the target"));
    return {{dim, width, true, true},
            make_activation(activation),
            {{make_zonal_probe(1, axes.col(0)), make_zonal_probe(3, axes.col(1))}, {1, 0.5}},
            std::make_shared<ThreadPool>(1)};
}

Eigen::VectorXd make_state(const PopulationProblem& problem, std::uint64_t seed) {
    return draw_parameters(problem.shape, {false, OutputWeights::rademacher, 1}, seed);
}

/// By a rule of the tests, which shares no points and no code with the library's.
Eigen::VectorXd true_velocity(const PopulationProblem& problem, const Eigen::VectorXd& theta, int count) {
    const int dim = problem.shape.dim;
    const test::Cubature rule = dim == 2   ? test::circle_cubature(count)
                                : dim == 3 ? test::sphere_cubature(count)
                                           : test::suspended(test::sphere_cubature(count), 4, count);
    const SphereCubature fine{rule.points, rule.weights, 0};
    return population_velocity(problem, fine, theta);
}

/// theta' = - grad of the loss of a weighted sample.
class WeightedFlow final : public FlowSystem {
public:
    WeightedFlow(const PopulationProblem& problem, const PopulationSample& sample)
        : network_(problem.shape, problem.activation, sample.rule.points, problem.pool), sample_(sample) {}
    Eigen::Index size() const override { return network_.shape().parameter_count(); }
    Eigen::VectorXd velocity(const Eigen::VectorXd& theta) const override {
        return LinearisedNetwork(network_, theta, sample_.labels, sample_.rule.weights).velocity();
    }
    std::unique_ptr<Linearisation> linearise(const Eigen::VectorXd&) const override { return nullptr; }

private:
    Network network_;
    const PopulationSample& sample_;
};

}  // namespace

TEST_CASE("the velocity of the chosen rule is as exact as it says") {
    for (const int dim : {2, 3, 4}) {
        for (const std::string activation : {"erf", "tanh", "gelu"}) {
            for (const double figure : {1e-4, 1e-7, 1e-10}) {
                if (dim == 4 && figure < 1e-6) continue;
                CAPTURE(dim);
                CAPTURE(activation);
                CAPTURE(figure);
                const PopulationProblem problem = make_problem(activation, dim, 8);
                const std::vector<Eigen::VectorXd> states = {make_state(problem, 1), make_state(problem, 2)};
                PopulationOptions options;
                options.velocity_error = figure;
                const PopulationSample sample = population_sample(problem, states, options);
                double largest = 0;
                for (const Eigen::VectorXd& state : states) {
                    const Eigen::VectorXd exact = true_velocity(problem, state, dim == 2 ? 1200 : dim == 3 ? 90 : 24);
                    largest = std::max(largest, (population_velocity(problem, sample.rule, state) - exact).norm());
                }
                CHECK(sample.velocity_error <= figure);
                CHECK(largest <= 2 * sample.velocity_error);
                CHECK(largest >= sample.velocity_error / 4);
                CHECK(sample.states == 2);
                CHECK(sample.labels == problem.target.at(sample.rule.points));
                CHECK(sample.compared_degree == sample.degrees_tried.back());
            }
        }
    }
}

TEST_CASE("activations with kinks need more points, and the estimate still is of the size of the error") {
    for (const int dim : {2, 3}) {
        for (const double figure : {3e-2, 3e-3}) {
            const PopulationProblem problem = make_problem("relu", dim, 8);
            const Eigen::VectorXd state = make_state(problem, 3);
            PopulationOptions options;
            options.velocity_error = figure;
            const PopulationSample sample = population_sample(problem, {state}, options);
            const Eigen::VectorXd exact = true_velocity(problem, state, dim == 2 ? 400000 : 500);
            CAPTURE(dim);
            CAPTURE(figure);
            CHECK((population_velocity(problem, sample.rule, state) - exact).norm() <= 3 * figure);
        }
    }
}

TEST_CASE("the part of the velocity that belongs to the target is the gradient of its population coefficients") {
    // E[f* grad f] = sum_i amplitude_i grad C_i, in closed form by ridge coefficients.
    for (const int dim : {2, 3, 5}) {
        const PopulationProblem problem = make_problem("erf", dim, 6);
        PopulationProblem without = problem;
        without.target = {};
        const Eigen::VectorXd state = make_state(problem, 4);
        const SphereCubature rule = sphere_cubature(dim, dim == 5 ? 21 : 61);
        const PopulationCoefficients exact =
            population_coefficients(problem.shape, *problem.activation, state, problem.target.probes);
        const Eigen::VectorXd expected = exact.gradient.col(0) + 0.5 * exact.gradient.col(1);
        const Eigen::VectorXd found =
            population_velocity(problem, rule, state) - population_velocity(without, rule, state);
        CAPTURE(dim);
        CHECK((found - expected).norm() < (dim == 5 ? 1e-4 : 1e-12));
        CHECK(expected.norm() > 0.1);
    }
}

TEST_CASE("a trajectory of the population: the rule serves the whole of it") {
    const bool least = test::least_size();
    const PopulationProblem problem = make_problem("erf", 3, least ? 2 : 6);
    const Eigen::VectorXd start = make_state(problem, 5);
    PopulationOptions options;
    options.velocity_error = least ? 1e-4 : 1e-6;
    const auto run = [&](const PopulationSample& sample, double tolerance) {
        const WeightedFlow flow(problem, sample);
        return integrate_dormand_prince(flow, start, {tolerance, {1, 2, 4, 8}, {}}).parameters;
    };
    int runs = 0;
    const PopulationSample sample = population_sample_along(problem, start, options, [&](const PopulationSample& at) {
        ++runs;
        return run(at, 1e-8);
    });
    CHECK(runs >= 1);
    CHECK(sample.states == 5);
    CHECK(sample.velocity_error <= options.velocity_error);
    // The same flow by a rule of the tests: the states differ by what the velocities do, times the time and what the
    // flow makes of it.
    const int order = least ? 30 : 60;
    const test::Cubature fine = test::sphere_cubature(order);
    PopulationSample other;
    other.rule = {fine.points, fine.weights, 2 * order - 1};
    other.labels = problem.target.at(fine.points);
    const double tolerance = least ? 1e-8 : 1e-11;
    const double moved = (run(sample, tolerance).back() - run(other, tolerance).back()).norm();
    CHECK(moved < 8 * 10 * sample.velocity_error);
    CHECK(moved > 1e-12);
}

TEST_CASE("a trajectory that needs a finer rule than its start is run again with one") {
    const PopulationProblem problem = make_problem("tanh", 2, 6);
    const Eigen::VectorXd start = 0.3 * make_state(problem, 6);
    PopulationOptions options;
    options.velocity_error = 1e-7;
    std::vector<int> degrees;
    const PopulationSample sample = population_sample_along(problem, start, options, [&](const PopulationSample& at) {
        degrees.push_back(at.rule.degree);
        return std::vector<Eigen::VectorXd>{Eigen::VectorXd(10 * start)};
    });
    REQUIRE(degrees.size() == 2);
    CHECK(degrees[0] < degrees[1]);
    CHECK(sample.rule.degree == degrees[1]);
    CHECK(population_sample(problem, {start}, options).rule.degree == degrees[0]);
}

TEST_CASE("what cannot be reached is said, with the figure that was") {
    const PopulationProblem problem = make_problem("erf", 3, 4);
    const Eigen::VectorXd state = make_state(problem, 7);
    PopulationOptions options;
    options.velocity_error = 1e-30;
    options.most_points = 3000;
    std::string message;
    try {
        population_sample(problem, {state}, options);
    } catch (const Unreachable& error) {
        message = error.what();
    }
    // 63 + 63/4, made odd, is 79, with 80 * 40 points.
    CHECK(message.find("3000 points allow rules of degree up to 63 on S^2") != std::string::npos);
    CHECK(message.find("wanted 1e-30") != std::string::npos);
    options.most_points = 10;
    CHECK_THROWS_AS(population_sample(problem, {state}, options), ResourceError);
    options.most_points = 100;
    CHECK_THROWS_AS(population_sample(problem, {}, options), std::domain_error);
    CHECK_THROWS_AS(population_sample(problem, {state.head(3)}, options), std::domain_error);
    options.velocity_error = 0;
    CHECK_THROWS_AS(population_sample(problem, {state}, options), std::domain_error);
}
