// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/kink_flow.hpp"

#include "ntk/flow/chatter_watch.hpp"
#include "ntk/flow/first_descent.hpp"
#include "ntk/flow/gradient_flow.hpp"
#include "ntk/flow/network_flow.hpp"
#include "ntk/network/homogeneity.hpp"
#include "ntk/numeric/errors.hpp"
#include "ntk/numeric/quadrature.hpp"
#include "ntk/sphere/points.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace ntk;

namespace {

struct Problem {
    Network network;
    Eigen::VectorXd start;
    Eigen::VectorXd labels;

    Eigen::VectorXd weights() const {
        return Eigen::VectorXd::Constant(labels.size(), 1 / static_cast<double>(labels.size()));
    }
    Trajectory run(const FlowOptions& options) const {
        return integrate_kink_flow(network, start, labels, weights(), options);
    }
    double loss(const Eigen::VectorXd& theta) const {
        return (network.values(theta) - labels).squaredNorm() / (2.0 * static_cast<double>(labels.size()));
    }
};

Problem make_problem(int width, int samples, const std::string& activation, bool antisymmetric, std::uint64_t seed,
                     bool biases = true) {
    const NetworkShape shape{3, width, biases, biases};
    const Eigen::MatrixXd points = uniform_points(3, samples, RandomStream(2, "kink points"));
    Eigen::VectorXd labels(samples);
    for (int j = 0; j < samples; ++j) labels(j) = std::sin(3.0 * points(0, j)) + points(2, j);
    return {Network(shape, make_activation(activation), points, std::make_shared<ThreadPool>(1)),
            draw_parameters(shape, {antisymmetric, OutputWeights::rademacher, biases ? 1.0 : 0.0}, seed), labels};
}

/// One neuron without biases in the plane.
Problem one_neuron(const std::string& activation, const Eigen::MatrixXd& points, const Eigen::VectorXd& labels,
                   const Eigen::Vector3d& start) {
    return {Network({2, 1, false, false}, make_activation(activation), points, std::make_shared<ThreadPool>(1)), start,
            labels};
}

double distance(const Trajectory& a, const Trajectory& b) {
    for (const Trajectory* one : {&a, &b}) {
        INFO((one->sliding ? describe(*one->sliding) : "no sliding"));
        REQUIRE(!one->parameters.empty());
    }
    return (a.parameters.back() - b.parameters.back()).cwiseAbs().maxCoeff();
}

}  // namespace

TEST_CASE("falls of polynomials are found, also the first of several") {
    const auto of = [](const auto& function) {
        std::array<double, 6> values{};
        for (std::size_t i = 0; i < 6; ++i) values[i] = function(static_cast<double>(i) / 5);
        return bernstein_coefficients(values);
    };
    const auto found = [&](const auto& function) { return first_descent(of(function), 1e-14).value_or(-1); };
    CHECK(std::abs(found([](double s) { return 0.3 - s; }) - 0.3) < 1e-14);
    CHECK(std::abs(found([](double s) { return (0.25 - s * s) * (1 + s * s); }) - 0.5) < 1e-14);
    // Falls at 0.51 and is back at 0.52: not seen at the six places.
    CHECK(std::abs(found([](double s) { return (s - 0.51) * (s - 0.52) * (2 + s) * (1 + s * s); }) - 0.51) < 1e-11);
    CHECK(std::abs(found([](double s) { return -(s - 0.1) * (s - 0.2) * (s - 0.7) * (s + 1) * (1 + s); }) - 0.1) <
          1e-13);
    CHECK(std::abs(found([](double s) { return (0.1 - s) * (s - 0.2) * (s - 0.7) * (-s - 1); }) - 0.0) < 1e-14);
    CHECK(found([](double s) { return (s - 0.5) * (s - 0.5) + 1e-9; }) == -1);
    CHECK(found([](double s) { return s; }) == -1);
    CHECK(found([](double s) { return 1 + s * (s - 1); }) == -1);
}

TEST_CASE("a crossing that has a closed form") {
    // f = a slope z with a^2 - z^2 = c, so u = a z has u' = slope (y - slope u) (c^2 + 4 u^2)^{1/2}.
    const Eigen::MatrixXd points = Eigen::Vector2d(1, 0);
    const double y = -0.7, alpha = 0.25, a = 1.1, z = 0.5, c = a * a - z * z;
    const Problem problem = one_neuron("leaky-relu:1/4", points, Eigen::VectorXd::Constant(1, y), {a, z, 0.3});
    const auto time = [&](double from, double to, double slope) {
        const QuadratureRule rule = gauss_legendre(40);
        double sum = 0;
        for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
            const double u = from + (to - from) / 2 * (1 + rule.nodes[i]);
            sum += (to - from) / 2 * rule.weights[i] / (slope * (y - slope * u) * std::sqrt(c * c + 4 * u * u));
        }
        return sum;
    };
    const double crossing = time(a * z, 0, 1);
    const double later = crossing + time(0, -0.4, alpha);
    std::vector<double> steps;
    FlowOptions options{1e-13, {crossing, later}, {}};
    options.progress = [&](double reached, long) { steps.push_back(reached); };
    const Trajectory found = problem.run(options);
    REQUIRE(found.parameters.size() == 2);
    CHECK(found.events == 1);
    CHECK(!found.sliding);
    CHECK(std::abs(found.parameters[0](1)) < 1e-11);
    CHECK(std::abs(found.parameters[1](0) * found.parameters[1](1) + 0.4) < 1e-11);
    // The run stops at the crossing.
    double nearest = 1;
    for (const double step : steps) nearest = std::min(nearest, std::abs(step - crossing));
    CHECK(nearest < 1e-11);
}

TEST_CASE("a pair that crosses and comes back within one step") {
    // Orthogonal points: the second one takes a_l through zero, so that z of the first falls, dips and rises again.
    const Problem problem =
        one_neuron("leaky-relu:1/4", Eigen::MatrixXd::Identity(2, 2), Eigen::Vector2d(-1, -1.5), {0.6, 0.1, 1});
    const auto run = [&](double tolerance, std::vector<double>& steps) {
        FlowOptions options{tolerance, {3}, {}};
        options.first_step = 0.3;
        options.progress = [&](double time, long) { steps.push_back(time); };
        return problem.run(options);
    };
    std::vector<double> few, many;
    const Trajectory coarse = run(1e-3, few), fine = run(1e-10, many);
    CHECK(coarse.events == 2);
    CHECK(fine.events == 2);
    CHECK(distance(coarse, fine) < 1e-2);
    // Without the dip the step from 0.3 on reaches beyond both crossings.
    CHECK(few.size() < 8);
    CHECK(few[0] == 0.3);
    CHECK(std::abs(few[1] - 0.5618) < 2e-3);
    CHECK(std::abs(few[2] - 0.9979) < 2e-3);
}

TEST_CASE("the flow over kinks agrees with plain steps and its order is that of a smooth flow") {
    for (const std::string activation : {"relu", "leaky-relu:1/10"}) {
        const Problem problem = make_problem(8, 12, activation, false, 6);
        const auto at = [&](double tolerance) { return problem.run({tolerance, {3}, {}}); };
        const Trajectory best = at(1e-13);
        REQUIRE(!best.sliding);
        CHECK(best.events > 2);
        const Trajectory plain =
            integrate_dormand_prince(NetworkFlow(problem.network, problem.labels), problem.start, {1e-12, {3}, {}});
        CHECK(distance(best, plain) < 1e-8);
        const double coarse = distance(at(1e-6), best), middle = distance(at(1e-8), best),
                     fine = distance(at(1e-10), best);
        MESSAGE(activation << ": " << best.events << " events, errors " << coarse << ", " << middle << ", " << fine
                           << ", distance from plain steps " << distance(best, plain));
        CHECK(middle < coarse / 20);
        CHECK(fine < middle / 20);
        CHECK(fine < 1e-9);
    }
}

TEST_CASE("a run that slides ends at the kink") {
    Eigen::MatrixXd points(2, 2);
    points << 1, 0.6, 0, 0.8;
    const Problem problem = one_neuron("relu", points, Eigen::Vector2d(-2, 2), {0.8, 0.4, 0.5});
    const FlowOptions options{1e-12, {0, 0.1, 0.5, 1, 2, 5, 10}, {}};
    const Trajectory found = problem.run(options);
    REQUIRE(found.sliding);
    CHECK(found.sliding->reason == KinkStop::sliding);
    CHECK(found.sliding->point == 0);
    CHECK(found.sliding->negative_speed > 0);
    CHECK(found.sliding->positive_speed < 0);
    REQUIRE(found.times.size() < options.record_times.size());
    CHECK(found.parameters.size() == found.times.size());
    CHECK(found.times.back() < found.sliding->time);
    CHECK(options.record_times[found.times.size()] >= found.sliding->time);
    // Just before, the state is at the kink and the speeds differ by a_l m^{-1/2} q_j (y_j - f_j) |x_j|^2.
    const Eigen::VectorXd last = problem.run({1e-12, {found.sliding->time - 1e-13}, {}}).parameters.back();
    CHECK(std::abs(last(1)) < 1e-11);
    const double jump = last(0) * (-2 - problem.network.values(last)(0)) / 2;
    CHECK(std::abs(found.sliding->positive_speed - found.sliding->negative_speed - jump) < 1e-10);
    CHECK(describe(*found.sliding).find("sliding at time") == 0);
    // The choice by name comes here, too.
    const Trajectory chosen = integrate_gradient_flow(problem.network, problem.start, problem.labels, options);
    CHECK(chosen.sliding);
    CHECK_THROWS_AS(require_complete(chosen), Unreachable);
    // Steps over it stay on the kink: one that leads away from it by x has an error estimate of about x, so that x is of
    // the size of the tolerance. Their number grows like its inverse.
    FlowOptions without{1e-6, {found.sliding->time, 1.2 * found.sliding->time}, {}};
    without.locate_kinks = false;
    const Trajectory plain = integrate_gradient_flow(problem.network, problem.start, problem.labels, without);
    CHECK(!plain.sliding);
    CHECK(std::abs(plain.parameters.back()(1)) < 100 * without.tolerance);
}

TEST_CASE("starts on a kink") {
    Eigen::MatrixXd points(2, 2);
    points << 1, 0.6, 0, 0.8;
    const auto run = [&](const Eigen::Vector2d& labels, const Eigen::Vector3d& start) {
        return one_neuron("relu", points, labels, start).run({1e-10, {0, 1}, {}});
    };
    SUBCASE("one way on") {
        const Trajectory found = run({2, 2}, {1, 0, 0.5});
        CHECK(!found.sliding);
        CHECK(found.parameters.back()(1) > 0.1);
    }
    SUBCASE("both sides lead away") {
        const Trajectory found = run({4, -1}, {1, 0, 0.5});
        REQUIRE(found.sliding);
        CHECK(found.sliding->reason == KinkStop::ambiguous);
        CHECK(found.sliding->time == 0);
        CHECK(found.times.empty());
        CHECK(found.sliding->negative_speed < 0);
        CHECK(found.sliding->positive_speed > 0);
    }
    SUBCASE("both sides lead back") {
        const Trajectory found = run({-2, 2}, {1, 0, 0.5});
        REQUIRE(found.sliding);
        CHECK(found.sliding->reason == KinkStop::sliding);
    }
    SUBCASE("an output weight of zero: its derivative decides") {
        const Trajectory found = run({2, 2}, {0, 0, 0.5});
        CHECK(!found.sliding);
        CHECK(found.parameters.back()(1) > 0);
        CHECK(found.parameters.back()(2) > 0.5);
        // With the other sign the sides at the start would be wrong.
        CHECK(found.events == 0);
    }
    SUBCASE("zero weights: one pattern, all points on the positive side") {
        const Trajectory found = run({2, 2}, {1, 0, 0});
        CHECK(!found.sliding);
        CHECK(found.parameters.back()(1) > 0);
        CHECK(found.parameters.back()(2) > 0);
    }
    SUBCASE("all zero: only the output bias moves") {
        const NetworkShape shape{3, 4, true, true};
        const Eigen::MatrixXd sample = uniform_points(3, 20, RandomStream(1, "linear"));
        const Network network(shape, make_activation("relu"), sample, std::make_shared<ThreadPool>(1));
        const Trajectory found =
            integrate_gradient_flow(network, Eigen::VectorXd::Zero(shape.parameter_count()),
                                    Eigen::VectorXd::Constant(20, 2.0), FlowOptions{1e-10, {0, 1, 3}, {}});
        REQUIRE(found.times.size() == 3);
        CHECK(std::abs(found.parameters.back()(shape.output_bias_at()) - 2 * (1 - std::exp(-3.0))) < 1e-8);
    }
}

TEST_CASE("a neuron may end on a kink with the velocity of the dead side") {
    const Problem problem =
        one_neuron("relu", Eigen::Vector2d(1, 0), Eigen::VectorXd::Constant(1, -1.0), {1, 0.5, 0.2});
    const Trajectory found = problem.run({1e-10, {0, 5}, {}});
    CHECK(!found.sliding);
    CHECK(found.events == 1);
    CHECK(std::abs(found.parameters.back()(1)) < 1e-14);
}

TEST_CASE("duplicated points, weights and antipodes") {
    const Problem single = make_problem(6, 8, "relu", false, 8, false);
    const Eigen::MatrixXd& points = single.network.points();
    const Trajectory best = single.run({1e-12, {2}, {}});
    REQUIRE(!best.sliding);
    REQUIRE(best.events > 0);
    SUBCASE("a point twice with half its weight each") {
        Eigen::MatrixXd doubled(3, 16);
        doubled << points, points;
        Eigen::VectorXd labels(16), weights(16);
        labels << single.labels, single.labels;
        weights << 0.25 * single.weights(), 0.75 * single.weights();
        const Trajectory found =
            integrate_gradient_flow(single.network.on_points(doubled), single.start, labels, weights, {1e-12, {2}, {}});
        REQUIRE(!found.sliding);
        CHECK(found.events == 2 * best.events);
        CHECK(distance(found, best) < 1e-10);
    }
    SUBCASE("unequal weights") {
        const Eigen::VectorXd weights = Eigen::VectorXd::LinSpaced(8, 0.05, 0.3);
        const Trajectory found =
            integrate_gradient_flow(single.network, single.start, single.labels, weights, {1e-12, {2}, {}});
        REQUIRE(!found.sliding);
        const Trajectory plain = integrate_dormand_prince(NetworkFlow(single.network, single.labels, weights),
                                                          single.start, {1e-12, {2}, {}});
        CHECK(distance(found, plain) < 1e-8);
        CHECK(distance(found, best) > 1e-3);
    }
    SUBCASE("antipodes cross together") {
        Eigen::MatrixXd doubled(3, 16);
        doubled << points, -points;
        const Network network = single.network.on_points(doubled);
        Eigen::VectorXd labels(16);
        labels << single.labels, 0.3 * single.labels;
        const Trajectory found = integrate_gradient_flow(network, single.start, labels, {1e-12, {2}, {}});
        REQUIRE(!found.sliding);
        CHECK(found.events > 0);
        CHECK(found.events % 2 == 0);
        const Trajectory plain = integrate_dormand_prince(NetworkFlow(network, labels), single.start, {1e-12, {2}, {}});
        CHECK(distance(found, plain) < 1e-8);
    }
}

TEST_CASE("balances are conserved over kinks, the loss falls and pays for the length of the path") {
    for (const bool antisymmetric : {false, true}) {
        const Problem problem = make_problem(128, 40, "relu", antisymmetric, 7);
        constexpr double end = 1;
        std::vector<double> ends = {0};
        FlowOptions options{1e-12, {end}, {}};
        options.progress = [&](double time, long) { ends.push_back(time); };
        const Trajectory first = problem.run(options);
        REQUIRE(!first.sliding);
        CHECK(first.events > 2);
        // |theta'|^2 is smooth between the ends of steps, events among them.
        const QuadratureRule rule = gauss_legendre(6);
        FlowOptions fine{1e-12, {}, {}};
        std::vector<double> node_weights;
        for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
            for (std::size_t k = 0; k < rule.nodes.size(); ++k) {
                fine.record_times.push_back(ends[i] + (ends[i + 1] - ends[i]) / 2 * (1 + rule.nodes[k]));
                node_weights.push_back((ends[i + 1] - ends[i]) / 2 * rule.weights[k]);
            }
        }
        fine.record_times.push_back(end);
        const Trajectory run = problem.run(fine);
        const Eigen::VectorXd balance = balances(problem.network.shape(), 1, problem.start);
        double dissipated = 0, previous = problem.loss(problem.start), drift = 0;
        bool falls = true;
        for (std::size_t i = 0; i < node_weights.size(); ++i) {
            const Eigen::VectorXd& theta = run.parameters[i];
            dissipated += node_weights[i] * problem.network.velocity(theta, problem.labels).squaredNorm();
            drift = std::max(drift, (balances(problem.network.shape(), 1, theta) - balance).cwiseAbs().maxCoeff());
            falls = falls && problem.loss(theta) < previous + 1e-14;
            previous = problem.loss(theta);
        }
        CHECK(falls);
        CHECK(drift < 1e-10);
        const double paid = problem.loss(problem.start) - problem.loss(run.parameters.back());
        CHECK(std::abs(paid - dissipated) < 1e-10);
        MESSAGE(first.events << " events, drift of the balances " << drift << ", energy identity "
                             << std::abs(paid - dissipated));
    }
}

TEST_CASE("homogeneous activations and their balances") {
    CHECK(homogeneity(*make_activation("relu")) == 1);
    CHECK(homogeneity(*make_activation("leaky-relu:1/3")) == 1);
    CHECK(homogeneity(*make_activation("relu-power:1")) == 1);
    CHECK(homogeneity(*make_activation("relu-power:3")) == 3);
    CHECK(!homogeneity(*make_activation("erf")));
    const Problem problem = make_problem(6, 8, "relu-power:2", false, 3);
    const Trajectory run = integrate_gradient_flow(problem.network, problem.start, problem.labels, {1e-11, {2}, {}});
    const NetworkShape& shape = problem.network.shape();
    const double drift =
        (balances(shape, 2, run.parameters.back()) - balances(shape, 2, problem.start)).cwiseAbs().maxCoeff();
    CHECK(drift < 1e-8);
    // Not the balance of another degree.
    CHECK((balances(shape, 1, run.parameters.back()) - balances(shape, 1, problem.start)).cwiseAbs().maxCoeff() > 1e-4);
    CHECK_THROWS_AS(balances(shape, 0, problem.start), std::domain_error);
    CHECK_THROWS_AS(balances(shape, 1, Eigen::VectorXd::Zero(2)), std::domain_error);
}

TEST_CASE("a run in two parts, observed, is the run in one") {
    const Problem problem = make_problem(8, 12, "relu", false, 6);
    const Trajectory whole = problem.run({1e-11, {0, 1, 3}, {}});
    const Trajectory half = problem.run({1e-11, {0, 1}, {}});
    FlowOptions options{1e-11, {3}, {}};
    options.start_time = 1;
    options.first_step = half.next_step;
    std::vector<double> seen;
    Eigen::VectorXd last;
    options.observe = [&](double time, const Eigen::VectorXd& state) {
        seen.push_back(time);
        last = state;
    };
    const Trajectory rest =
        integrate_kink_flow(problem.network, half.parameters.back(), problem.labels, problem.weights(), options);
    CHECK(seen == std::vector<double>{3});
    CHECK(rest.parameters.empty());
    CHECK((last - whole.parameters.back()).cwiseAbs().maxCoeff() < 1e-9);
    CHECK(half.events + rest.events == whole.events);
}

TEST_CASE("events that accumulate are told from events that are many") {
    constexpr int neurons = 2, points = 9, most = 4 * points + 64;
    // At 1 - 2^{-k/4}: ever closer to 1.
    ChatterWatch watch(neurons, points, 1);
    int passed = 0;
    while (passed < 1000 && !watch.add(1, 1 - std::exp2(-passed / 4.0))) ++passed;
    CHECK(passed > most);
    CHECK(passed < 3 * most);
    ChatterWatch patient(neurons, points, 1);
    bool chatters = false;
    for (int i = 0; i < 10000; ++i) chatters = chatters || patient.add(i % neurons, i * 1e-7);
    CHECK(!chatters);
}

TEST_CASE("the bits do not depend on the number of threads") {
    const Problem problem = make_problem(200, 30, "relu", false, 9);
    const Network& one = problem.network;
    const Network many(one.shape(), make_activation("relu"), one.points(), std::make_shared<ThreadPool>(3));
    const FlowOptions options{1e-8, {0.5}, {}};
    const Trajectory found = problem.run(options);
    REQUIRE(found.events > 5);
    const Trajectory again = integrate_kink_flow(many, problem.start, problem.labels, problem.weights(), options);
    CHECK(found.parameters.back() == again.parameters.back());
    CHECK(found.events == again.events);
}

TEST_CASE("errors of flows with kinks") {
    Problem problem = make_problem(4, 3, "relu", false, 6);
    CHECK_THROWS_AS(problem.run({1e-6, {2, 1}, {}}), std::domain_error);
    CHECK_THROWS_AS(problem.run({0, {1}, {}}), std::domain_error);
    const Problem smooth = make_problem(4, 3, "erf", false, 6);
    CHECK_THROWS_AS(smooth.run({1e-6, {1}, {}}), std::domain_error);
    problem.labels(0) = 1e308;
    CHECK_THROWS_AS(problem.run({1e-6, {10}, {}}), Unreachable);
    problem.start(0) = std::nan("");
    CHECK_THROWS_AS(problem.run({1e-6, {10}, {}}), std::domain_error);
}

TEST_CASE("work and sliding at a realistic size") {
    for (const bool antisymmetric : {true, false}) {
        const Problem problem = make_problem(256, 64, "relu", antisymmetric, 5);
        const Trajectory found = problem.run({1e-8, {5}, {}});
        const std::string name = antisymmetric ? "antisymmetric" : "plain";
        const std::string ending = found.sliding ? describe(*found.sliding) : "no sliding";
        MESSAGE(name << " start: " << found.events << " events, " << found.steps << " steps, " << found.evaluations
                     << " evaluations, " << ending);
        CHECK(found.events > 10);
        if (found.sliding) continue;
        const Trajectory best = problem.run({1e-12, {5}, {}});
        REQUIRE(!best.sliding);
        const Trajectory plain =
            integrate_dormand_prince(NetworkFlow(problem.network, problem.labels), problem.start, {1e-8, {5}, {}});
        MESSAGE("error " << distance(found, best) << "; plain steps: " << plain.evaluations << " evaluations, error "
                         << distance(plain, best));
        CHECK(distance(found, best) < 1e-6);
    }
}
