// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/gradient_flow.hpp"

#include "ntk/network/reference.hpp"
#include "ntk/numeric/errors.hpp"
#include "ntk/numeric/quadrature.hpp"
#include "ntk/sphere/points.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace ntk;

namespace {

struct Problem {
    NetworkShape shape;
    Eigen::MatrixXd points;
    Eigen::VectorXd start;
    Eigen::VectorXd labels;
    std::shared_ptr<Network> network;
};

Problem make_problem(int width, int samples, const std::string& activation) {
    Problem made{{3, width, true, true},
                 uniform_points(3, samples, RandomStream(2, "flow points")),
                 {},
                 Eigen::VectorXd(samples),
                 nullptr};
    made.start = draw_parameters(made.shape, {false, OutputWeights::rademacher, 1}, 6);
    for (int j = 0; j < samples; ++j) made.labels(j) = std::sin(3.0 * made.points(0, j)) + made.points(2, j);
    made.network = std::make_shared<Network>(made.shape, make_activation(activation), made.points,
                                             std::make_shared<ThreadPool>(1));
    return made;
}

double loss(const Problem& problem, const Eigen::VectorXd& theta) {
    return (problem.network->values(theta) - problem.labels).squaredNorm() /
           (2.0 * static_cast<double>(problem.labels.size()));
}

/// One Gragg-Bulirsch-Stoer step of the reference network in MPFR: extrapolation of the modified midpoint rule, order 2
/// levels.
std::vector<Real> extrapolated_step(const ReferenceNetwork<Real>& network, const std::vector<Real>& theta,
                                    const std::vector<Real>& labels, const Real& length, int levels) {
    const auto combine = [](const std::vector<Real>& x, const std::vector<Real>& y, const Real& factor) {
        std::vector<Real> sum(x);
        for (std::size_t i = 0; i < x.size(); ++i) sum[i] += factor * y[i];
        return sum;
    };
    std::vector<std::vector<Real>> table;
    for (int level = 0; level < levels; ++level) {
        const int substeps = 2 * (level + 1);
        const Real h = length / substeps;
        std::vector<Real> before = theta;
        std::vector<Real> now = combine(theta, network.velocity(theta, labels), h);
        for (int i = 1; i < substeps; ++i) {
            std::vector<Real> next = combine(before, network.velocity(now, labels), Real(2 * h));
            before = std::move(now);
            now = std::move(next);
        }
        const std::vector<Real> last = combine(before, network.velocity(now, labels), h);
        std::vector<Real> entry(theta.size());
        for (std::size_t i = 0; i < entry.size(); ++i) entry[i] = (now[i] + last[i]) / 2;
        // Aitken-Neville in h^2 along the new row.
        table.push_back(entry);
        for (int column = level - 1; column >= 0; --column) {
            const Real ratio = Real(level + 1) / Real(column + 1);
            std::vector<Real>& older = table[static_cast<std::size_t>(column)];
            const std::vector<Real>& newer = table[static_cast<std::size_t>(column) + 1];
            for (std::size_t i = 0; i < older.size(); ++i)
                older[i] = newer[i] + (newer[i] - older[i]) / (ratio * ratio - 1);
        }
    }
    return table.front();
}

}  // namespace

TEST_CASE("a linear problem has its known solution") {
    // Width 1, weights at zero gradient: only b_0 moves when a = 0 and sigma(0) = 0: r' = -r.
    const NetworkShape shape{2, 2, true, true};
    const Eigen::MatrixXd points = uniform_points(2, 5, RandomStream(1, "linear"));
    const Network network(shape, make_activation("erf"), points, std::make_shared<ThreadPool>(1));
    const Eigen::VectorXd start = Eigen::VectorXd::Zero(shape.parameter_count());
    const Eigen::VectorXd labels = Eigen::VectorXd::Constant(5, 2.0);
    const Trajectory found = integrate_gradient_flow(network, start, labels, {1e-10, {0, 0.5, 1, 3}, {}});
    REQUIRE(found.times.size() == 4);
    for (std::size_t i = 0; i < found.times.size(); ++i) {
        CHECK(std::abs(found.parameters[i](shape.output_bias_at()) - 2 * (1 - std::exp(-found.times[i]))) < 1e-8);
    }
}

TEST_CASE("the flow agrees with extrapolation in MPFR within the error of the second tolerance") {
    const RealPrecision precision(40);
    const Problem problem = make_problem(6, 5, "erf");
    const FlowOptions options{1e-8, {0, 0.5, 1, 2}, {}};
    const TrajectoryPair pair = integrate_pair(*problem.network, problem.start, problem.labels, options);
    ReferenceNetwork<Real> reference{problem.shape, make_activation("erf"), {}};
    for (Eigen::Index j = 0; j < problem.points.cols(); ++j) {
        reference.points.push_back(
            {Real(problem.points(0, j)), Real(problem.points(1, j)), Real(problem.points(2, j))});
    }
    std::vector<Real> theta(problem.start.data(), problem.start.data() + problem.start.size());
    const std::vector<Real> labels(problem.labels.data(), problem.labels.data() + problem.labels.size());
    // Steps of 1/4 with 9 levels (order 18): the last two levels differ by less than 1e-16.
    for (int step = 0; step < 8; ++step) theta = extrapolated_step(reference, theta, labels, Real(1) / 4, 9);
    double true_error = 0, estimate = 0;
    for (std::size_t i = 0; i < theta.size(); ++i) {
        const auto at = static_cast<Eigen::Index>(i);
        true_error = std::max(true_error, std::abs(pair.tight.parameters.back()(at) - static_cast<double>(theta[i])));
        estimate = std::max(estimate, std::abs(pair.tight.parameters.back()(at) - pair.loose.parameters.back()(at)));
    }
    CHECK(true_error <= estimate);
    CHECK(estimate < 1e-6);
    CHECK(true_error > 0);
}

TEST_CASE("the flow agrees with CVODE, an independent integrator") {
    if (!cvode_is_available()) {
        MESSAGE("SKIPPED: SUNDIALS was not found");
        return;
    }
    const Problem problem = make_problem(20, 12, "erf");
    const auto run = [&](Integrator integrator) {
        const FlowOptions options{1e-8, {0.3, 1, 5}, {}, integrator};
        return integrate_pair(*problem.network, problem.start, problem.labels, options);
    };
    const TrajectoryPair ours = run(Integrator::automatic), theirs = run(Integrator::cvode);
    REQUIRE(theirs.tight.times == ours.tight.times);
    for (std::size_t i = 0; i < ours.tight.times.size(); ++i) {
        const auto apart = [i](const Trajectory& a, const Trajectory& b) {
            return (a.parameters[i] - b.parameters[i]).cwiseAbs().maxCoeff();
        };
        const double estimates = apart(ours.tight, ours.loose) + apart(theirs.tight, theirs.loose);
        CHECK(apart(ours.tight, theirs.tight) <= estimates);
        CHECK(estimates < 1e-4);
    }
    CHECK(theirs.tight.derivative_products > 0);
    CHECK(theirs.tight.next_step > 0);
}

TEST_CASE("CVODE goes on from a state, and stops where the velocity fails") {
    if (!cvode_is_available()) return;
    const Problem problem = make_problem(8, 5, "tanh");
    FlowOptions options{1e-9, {0, 1, 2}, {}, Integrator::cvode};
    const Trajectory whole = integrate_gradient_flow(*problem.network, problem.start, problem.labels, options);
    options.start_time = 1;
    options.record_times = {1, 2};
    options.first_step = 0.01;
    const Trajectory half = integrate_gradient_flow(*problem.network, whole.parameters[1], problem.labels, options);
    CHECK(half.parameters[0] == whole.parameters[1]);
    CHECK((half.parameters[1] - whole.parameters[2]).norm() < 1e-6);
    const Eigen::VectorXd huge = Eigen::VectorXd::Constant(problem.start.size(), 1e308);
    CHECK_THROWS(integrate_gradient_flow(*problem.network, huge, problem.labels, options));
}

TEST_CASE("energy identity and monotone loss") {
    const Problem problem = make_problem(16, 8, "erf");
    const QuadratureRule rule = gauss_legendre(24);
    FlowOptions options{1e-11, {}, {}};
    constexpr double end = 2;
    for (const double node : rule.nodes) options.record_times.push_back(end / 2 * (1 + node));
    options.record_times.push_back(end);
    const Trajectory run = integrate_gradient_flow(*problem.network, problem.start, problem.labels, options);
    double dissipated = 0, previous = loss(problem, problem.start);
    for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
        dissipated +=
            end / 2 * rule.weights[i] * problem.network->velocity(run.parameters[i], problem.labels).squaredNorm();
        const double now = loss(problem, run.parameters[i]);
        CHECK(now < previous);
        previous = now;
    }
    CHECK(std::abs(loss(problem, problem.start) - loss(problem, run.parameters.back()) - dissipated) < 1e-9);
}

TEST_CASE("the tolerance governs the error") {
    const Problem problem = make_problem(10, 6, "erf");
    const auto end_state = [&](double tolerance) {
        return integrate_gradient_flow(*problem.network, problem.start, problem.labels, {tolerance, {3}, {}})
            .parameters.back();
    };
    const Eigen::VectorXd best = end_state(1e-13);
    const double coarse = (end_state(1e-6) - best).norm();
    const double fine = (end_state(1e-8) - best).norm();
    CHECK(fine < coarse / 10);
}

TEST_CASE("values that stop being finite end the run with time and quantity") {
    Problem problem = make_problem(4, 3, "erf");
    problem.labels(0) = 1e308;
    CHECK_THROWS_AS(integrate_gradient_flow(*problem.network, problem.start, problem.labels, {1e-6, {10}, {}}),
                    Unreachable);
    CHECK_THROWS_AS(
        integrate_gradient_flow(*problem.network, problem.start, Eigen::VectorXd::Zero(2), {1e-6, {10}, {}}),
        std::domain_error);
    CHECK_THROWS_AS(
        integrate_gradient_flow(*problem.network, problem.start, Eigen::VectorXd::Zero(3), {1e-6, {2, 1}, {}}),
        std::domain_error);
}
