// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/gradient_descent.hpp"

#include "ntk/flow/gradient_flow.hpp"
#include "ntk/flow/time_units.hpp"
#include "ntk/network/reference.hpp"
#include "ntk/numeric/errors.hpp"
#include "ntk/numeric/real.hpp"
#include "ntk/sphere/points.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <set>
#include <string>

using namespace ntk;

namespace {

struct Problem {
    NetworkShape shape;
    std::shared_ptr<Network> network;
    Eigen::VectorXd start, labels;
};

Problem make_problem(const std::string& activation, int width, int samples) {
    const NetworkShape shape{3, width, true, true};
    const Eigen::MatrixXd points = uniform_points(3, samples, RandomStream(11, "points of descent"));
    return {shape,
            std::make_shared<Network>(shape, make_activation(activation), points, std::make_shared<ThreadPool>(1)),
            draw_parameters(shape, {false, OutputWeights::rademacher, 1}, 12),
            2 * points.row(0).transpose() - points.row(2).transpose()};
}

/// A network whose b_0 alone moves: a = 0 and sigma(0) = 0; lambda_max(G) = 1 and r_j = (1 - eta)^j r_0.
Problem only_output_bias() {
    Problem made = make_problem("erf", 2, 4);
    made.start.setZero();
    made.labels.setConstant(2);
    return made;
}

DescentOptions to_step(double step, std::vector<long> record) {
    DescentOptions options;
    options.step = step;
    options.record_steps = std::move(record);
    return options;
}

std::string message_of(const Problem& problem, const DescentOptions& options) {
    try {
        gradient_descent(*problem.network, problem.start, problem.labels, options);
    } catch (const Unreachable& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("gradient descent agrees with the plain network in 40 digits") {
    const RealPrecision precision(40);
    for (const std::string activation : {"erf", "relu", "tanh"}) {
        const Problem problem = make_problem(activation, 6, 5);
        const DescentRun run =
            gradient_descent(*problem.network, problem.start, problem.labels, to_step(0.3, {0, 1, 40}));
        REQUIRE(run.parameters.size() == 3);
        CHECK(run.parameters[0] == problem.start);
        ReferenceNetwork<Real> reference{problem.shape, make_activation(activation), {}};
        const Eigen::MatrixXd& points = problem.network->points();
        for (Eigen::Index j = 0; j < points.cols(); ++j) {
            reference.points.push_back({Real(points(0, j)), Real(points(1, j)), Real(points(2, j))});
        }
        std::vector<Real> theta(problem.start.begin(), problem.start.end());
        const std::vector<Real> labels(problem.labels.begin(), problem.labels.end());
        for (int step = 1; step <= 40; ++step) {
            const std::vector<Real> velocity = reference.velocity(theta, labels);
            for (std::size_t i = 0; i < theta.size(); ++i) theta[i] += Real(0.3) * velocity[i];
            if (step != 1 && step != 40) continue;
            const Eigen::VectorXd& found = run.parameters[step == 1 ? 1 : 2];
            double largest = 0;
            for (std::size_t i = 0; i < theta.size(); ++i) {
                const Real error = theta[i] - Real(found(static_cast<Eigen::Index>(i)));
                largest = std::max(largest, std::abs(static_cast<double>(error)));
            }
            CHECK(largest < 1e-14);
        }
    }
}

TEST_CASE("many small steps are the flow: the distance at a time halves with the step") {
    const Problem problem = make_problem("tanh", 10, 6);
    constexpr double time = 2;
    const Eigen::VectorXd flow =
        integrate_gradient_flow(*problem.network, problem.start, problem.labels, {1e-11, {time}, {}}).parameters.back();
    const auto distance = [&](double step) {
        const long steps = steps_to_reach(time, step);
        return (gradient_descent(*problem.network, problem.start, problem.labels, to_step(step, {steps}))
                    .parameters.back() -
                flow)
            .norm();
    };
    const double coarse = distance(0.01), fine = distance(0.005);
    CHECK(coarse / fine > 1.9);
    CHECK(coarse / fine < 2.1);
    CHECK(fine < 0.02);
}

TEST_CASE("a step beyond 2/lambda_max is warned of, and diverges where the network is linear") {
    const Problem problem = only_output_bias();
    for (const double step : {1.5, 1.99}) {
        const DescentRun run =
            gradient_descent(*problem.network, problem.start, problem.labels, to_step(step, {0, 3, 2000}));
        CHECK(std::abs(run.stability.largest_eigenvalue - 1) < 1e-12);
        CHECK(std::abs(run.stability.largest_step - 2) < 1e-12);
        CHECK(run.stability.warning.empty());
        const Eigen::Index at = problem.shape.output_bias_at();
        CHECK(std::abs(run.parameters[1](at) - 2 * (1 - std::pow(1 - step, 3))) < 1e-14);
        CHECK(std::abs(run.parameters[2](at) - 2) < 1e-8);
    }
    const DescentRun unstable = gradient_descent(*problem.network, problem.start, problem.labels, to_step(2.01, {100}));
    CHECK(unstable.stability.warning ==
          "step 2.01 exceeds the stability limit 2/lambda_max(G_0) = 2: the linearised network diverges");
    CHECK(std::abs(unstable.parameters.back()(problem.shape.output_bias_at()) - 2) > 2);
    DescentOptions unchecked = to_step(2.01, {1});
    unchecked.check_stability = false;
    CHECK(gradient_descent(*problem.network, problem.start, problem.labels, unchecked).stability.warning.empty());
    // |1 - 3|^j passes the largest double at j = 1023.
    const std::string message = message_of(problem, to_step(3, {5000}));
    CHECK(message.find("gradient descent stopped at step 102") == 0);
    CHECK(message.find("last good state at step 102") != std::string::npos);
    CHECK(message.find("exceeds the stability limit") != std::string::npos);
}

TEST_CASE("values that stop being finite end the run with step and quantity") {
    Problem problem = make_problem("erf", 4, 3);
    problem.labels(1) = 1e308;
    DescentOptions options = to_step(10, {10});
    options.check_stability = false;
    CHECK(message_of(problem, options) ==
          "gradient descent stopped at step 1: the parameters are not finite; last good state at step 0");
    problem.start(0) = 1e300;
    problem.labels(1) = 0;
    CHECK(message_of(problem, options).find("gradient descent stopped at step 0: the gradient is not finite") == 0);
}

TEST_CASE("mini-batches are subsets, every point alike, and depend on nothing but seed and step") {
    std::vector<int> counts(10);
    constexpr int draws = 4000;
    for (long step = 0; step < draws; ++step) {
        const std::vector<Eigen::Index> batch = mini_batch(5, step, 3, 10);
        REQUIRE(std::set<Eigen::Index>(batch.begin(), batch.end()).size() == 3);
        for (const Eigen::Index point : batch) ++counts[static_cast<std::size_t>(point)];
    }
    // Binomial with mean 1200 and standard deviation 29: six of them, a false alarm below 2e-8.
    for (const int count : counts) CHECK(std::abs(count - 1200) < 174);
    CHECK(mini_batch(5, 7, 3, 10) == mini_batch(5, 7, 3, 10));
    CHECK(mini_batch(5, 7, 3, 1000) != mini_batch(6, 7, 3, 1000));
    CHECK(mini_batch(5, 7, 10, 10).size() == 10);
    CHECK_THROWS_AS(mini_batch(5, 7, 11, 10), std::domain_error);
    CHECK_THROWS_AS(mini_batch(5, -1, 3, 10), std::domain_error);
}

TEST_CASE("the noise of mini-batches has the variance of draws without replacement") {
    const Problem problem = make_problem("erf", 8, 12);
    // Steps so small that the parameters stay where they are.
    constexpr long draws = 3000;
    DescentOptions options = to_step(1e-12, {draws});
    options.batch_size = 4;
    options.record_noise = true;
    const DescentRun run = gradient_descent(*problem.network, problem.start, problem.labels, options);
    REQUIRE(run.noise.size() == draws);
    double mean_square = 0;
    for (const double norm : run.noise) mean_square += norm * norm / static_cast<double>(draws);
    // E ||g_B - g||^2 = (n - B)/(B (n - 1)) (1/n) sum_j ||g_j - g||^2, g_j the gradient of (f(x_j) - y_j)^2/2.
    const Eigen::VectorXd residual = problem.network->values(problem.start) - problem.labels;
    const Eigen::VectorXd full = -problem.network->velocity(problem.start, problem.labels);
    double spread = 0;
    for (Eigen::Index j = 0; j < 12; ++j) {
        const Eigen::VectorXd one =
            problem.network->transposed_jacobian_product(problem.start, residual(j) * Eigen::VectorXd::Unit(12, j));
        spread += (one - full).squaredNorm() / 12;
    }
    const double expected = (12.0 - 4) / (4 * (12.0 - 1)) * spread;
    CHECK(std::abs(mean_square / expected - 1) < 0.08);

    options.batch_size = 12;
    options.record_steps = {20};
    for (const double norm : gradient_descent(*problem.network, problem.start, problem.labels, options).noise) {
        CHECK(norm < 1e-14);
    }
}

TEST_CASE("a run taken up again goes on to the last bit, and observing does not change it") {
    const Problem problem = make_problem("tanh", 9, 8);
    for (const Eigen::Index batch : {Eigen::Index{0}, Eigen::Index{3}}) {
        DescentOptions options = to_step(0.2, {10, 25});
        options.batch_size = batch;
        options.seed = 77;
        const DescentRun whole = gradient_descent(*problem.network, problem.start, problem.labels, options);
        options.first_step = 10;
        options.record_steps = {25};
        int observed = 0;
        options.observe = [&](const DescentStep&) { ++observed; };
        const DescentRun rest = gradient_descent(*problem.network, whole.parameters[0], problem.labels, options);
        CHECK(rest.parameters.back() == whole.parameters[1]);
        CHECK(observed == 15);
    }
}

TEST_CASE("options that make no sense are refused") {
    const Problem problem = make_problem("relu", 4, 5);
    const auto refused = [&](const DescentOptions& options) {
        CHECK_THROWS_AS(gradient_descent(*problem.network, problem.start, problem.labels, options), std::domain_error);
    };
    refused(to_step(0, {1}));
    refused(to_step(1, {}));
    refused(to_step(1, {2, 1}));
    DescentOptions options = to_step(1, {1});
    options.batch_size = 6;
    refused(options);
    options.batch_size = 0;
    options.remainder_nodes = 3;  // a kink
    refused(options);
    options.remainder_nodes = 0;
    options.first_step = 2;
    refused(options);
    CHECK_THROWS_AS(gradient_descent(*problem.network, problem.start, problem.labels.head(2), to_step(1, {1})),
                    std::domain_error);
}
