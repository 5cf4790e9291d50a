// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/descent_bound.hpp"
#include "ntk/deviation/descent_series.hpp"
#include "ntk/flow/descent_bookkeeping.hpp"
#include "ntk/flow/kernel_flow.hpp"
#include "ntk/network/linearised_network.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace ntk;
using namespace ntk::deviation;
using ledger::Verdict;

namespace {

TrajectorySetup setup_on_circle() {
    std::vector<ZonalProbe> probes;
    for (int degree = 0; degree <= 3; ++degree) probes.push_back(make_zonal_probe(degree, Eigen::Vector2d(0.6, 0.8)));
    TrajectorySetup setup{{2, 32, true, true},
                          {true, OutputWeights::rademacher, 1},
                          21,
                          10,
                          {{probes[1], make_zonal_probe(2, Eigen::Vector2d(1, 0))}, {1, 0.6}},
                          probes,
                          6,
                          1e-9,
                          {}};
    setup.method = TrainingMethod::gradient_descent;
    setup.step = 0.1;
    return setup;
}

Experiment experiment_of(const std::string& activation, const TrajectorySetup& setup, int threads = 1) {
    KernelSpec spec{make_activation(activation)};
    spec.layers.front().bias_variance = 1;
    spec.train_bias = true;
    spec.output_bias = true;
    Experiment experiment{"descent", Kernel(spec), 2, std::nullopt, std::nullopt, "no flow", ""};
    experiment.descent = compute_descent(experiment.kernel, setup, std::make_shared<ThreadPool>(threads), {});
    return experiment;
}

std::vector<CheckDefinition> all_descent_checks() {
    std::vector<CheckDefinition> all = descent_sample_checks();
    for (CheckDefinition& definition : descent_checks()) all.push_back(std::move(definition));
    return all;
}

ledger::Check check(const std::string& id, const Experiment& experiment) {
    for (const CheckDefinition& definition : all_descent_checks()) {
        if (definition.id == id) return run_check(definition, experiment);
    }
    FAIL("no check with the id " << id);
    return {};
}

bool fine(Verdict verdict) { return verdict == Verdict::holds || verdict == Verdict::vacuous; }

const Experiment& shared_experiment() {
    static const Experiment experiment = experiment_of("erf", setup_on_circle());
    return experiment;
}

/// Known before training: for smooth activations and whole steps.
bool is_known_before(const std::string& id) { return id == "U4-descent" || id == "movement-descent"; }

void require_all_fine(const Experiment& experiment) {
    for (const CheckDefinition& definition : all_descent_checks()) {
        if (is_known_before(definition.id) && (!experiment.descent->start || experiment.descent->mini_batches)) {
            CHECK(run_check(definition, experiment).verdict == Verdict::not_applicable);
            continue;
        }
        const ledger::Check found = run_check(definition, experiment);
        CAPTURE(found.id);
        for (const ledger::Series& one : found.series) {
            CAPTURE(one.label);
            CHECK(fine(one.verdict));
        }
        CHECK(fine(found.verdict));
        REQUIRE(found.mutation_control);
        CHECK(found.mutation_control->verdict == Verdict::violated);
    }
}

/// f of an erf network with all biases on the circle, by loops, parameters a, w_1, w_2, b, b_0.
double by_loops(const Eigen::VectorXd& theta, int m, double angle) {
    double sum = 0;
    for (int l = 0; l < m; ++l) {
        sum +=
            theta(l) * std::erf(theta(m + l) * std::cos(angle) + theta(2 * m + l) * std::sin(angle) + theta(3 * m + l));
    }
    return sum / std::sqrt(static_cast<double>(m)) + theta(4 * m);
}

/// <f, phi> for phi = sqrt(2) cos(k (angle - axis)) by the trapezoidal rule.
double coefficient_by_loops(const Eigen::VectorXd& theta, int m, int degree, double axis) {
    constexpr int points = 256;
    double sum = 0;
    for (int i = 0; i < points; ++i) {
        const double angle = 2 * std::numbers::pi * i / points;
        sum += by_loops(theta, m, angle) * std::sqrt(2.0) * std::cos(degree * (angle - axis));
    }
    return sum / points;
}

}  // namespace

TEST_CASE("every check of gradient descent holds for smooth networks, and its control is violated") {
    require_all_fine(shared_experiment());
    TrajectorySetup plain = setup_on_circle();
    plain.law.antisymmetric = false;
    plain.law.output_weights = OutputWeights::gaussian;
    require_all_fine(experiment_of("tanh", plain));
}

TEST_CASE("every check of gradient descent holds for ReLU, kinks or not") {
    TrajectorySetup setup = setup_on_circle();
    setup.step = 0.3;
    require_all_fine(experiment_of("relu", setup));
}

TEST_CASE("coefficients, gradients and remainders are those of a network written out by loops") {
    const TrajectorySetup setup = setup_on_circle();
    const DescentResult& run = *shared_experiment().descent;
    const int m = setup.shape.width;
    const double axis = std::atan2(0.8, 0.6);
    // Gradient descent by finite differences of the loss would lose digits: the velocity comes from the network, which
    // has tests of its own; everything else from the loops.
    const Eigen::VectorXd theta = run.problem->start;
    const Eigen::VectorXd change = setup.step * run.problem->network.velocity(theta, run.problem->labels);
    const Eigen::VectorXd next = theta + change;
    for (int k = 1; k <= 3; ++k) {
        const auto row = static_cast<Eigen::Index>(k);
        const auto c = [&](double s) { return coefficient_by_loops(theta + s * change, m, k, axis); };
        const double target = setup.target.inner_product(setup.probes[static_cast<std::size_t>(k)]);
        CHECK(std::abs(run.seen.states.coefficient(row, 0) - (c(0) - target)) < 1e-12);
        CHECK(std::abs(run.seen.states.coefficient(row, 1) - (c(1) - target)) < 1e-12);
        // grad C . Delta by central differences of sixth order.
        const auto d = [&](double h) { return (c(h) - c(-h)) / (2 * h); };
        const double h = 0.2;
        const double slope = (15 * d(h) - 6 * d(2 * h) + d(3 * h)) / 10;
        const double remainder = c(1) - c(0) - slope;
        CHECK(std::abs(run.seen.steps.probe_remainder(row, 0) - remainder) < 1e-8 + 1e-3 * std::abs(remainder));
        CHECK(run.seen.steps.probe_remainder_error(0) < 1e-9);
        const double mu = run.eigenvalues[static_cast<std::size_t>(k)].value;
        const double delta = mu * (c(0) - target) + slope / setup.step;
        CHECK(std::abs(run.seen.states.deviation(row, 0) - delta) < 1e-7);
    }
    const ProbeRemainders alone = probe_remainders(setup.shape, *make_activation("erf"), theta, next, setup.probes);
    CHECK((alone.value - run.seen.steps.probe_remainder.col(0)).cwiseAbs().maxCoeff() < 1e-15);
}

TEST_CASE("D4 is what the bookkeeping of a run finds, by other code") {
    const DescentResult& run = *shared_experiment().descent;
    DescentIdentity identity(run.kernel_gram, run.step);
    DescentOptions options;
    options.step = run.step;
    options.record_steps = {run.steps};
    options.observe = [&](const DescentStep& step) { identity.advance(step); };
    gradient_descent(run.problem->network, run.problem->start, run.problem->labels, options);
    const ledger::Check found = check("D4", shared_experiment());
    CHECK(found.verdict == Verdict::holds);
    CHECK(found.series.back().left.back().value < 1e-12);
    CHECK(identity.distance() < 1e-12);
    const double n = static_cast<double>(run.problem->labels.size());
    CHECK(std::abs(identity.residual().norm() / std::sqrt(n) - run.seen.states.residual_norm(run.steps)) < 1e-14);
}

TEST_CASE("mini-batches: their noise is one of the deviations, and is missed where it is left out") {
    TrajectorySetup setup = setup_on_circle();
    setup.batch_size = 4;
    Experiment experiment = experiment_of("erf", setup);
    require_all_fine(experiment);
    for (DescentObservation* run : {&experiment.descent->seen, &experiment.descent->compared}) {
        run->steps.noise.setZero();
        run->steps.probe_noise.setZero();
    }
    CHECK(check("D4", experiment).verdict == Verdict::violated);
    CHECK(check("D3-descent", experiment).verdict == Verdict::violated);
}

TEST_CASE("a lost factor, a wrong sign, a frozen kernel, a forgotten remainder and a wrong eigenvalue are caught") {
    const auto broken = [&](const std::string& id, const std::function<void(DescentObservation&)>& change) {
        Experiment wrong = shared_experiment();
        change(wrong.descent->seen);
        change(wrong.descent->compared);
        return check(id, wrong).verdict;
    };
    CHECK(broken("D4", [](DescentObservation& x) { x.states.gram_residual *= 10; }) == Verdict::violated);
    CHECK(broken("D4", [](DescentObservation& x) { x.steps.remainder *= -1; }) == Verdict::violated);
    CHECK(broken("D4", [](DescentObservation& x) { x.steps.remainder.setZero(); }) == Verdict::violated);
    CHECK(broken("D4", [](DescentObservation& x) {
              x.states.gram_residual.colwise() = Eigen::VectorXd(x.states.gram_residual.col(0));
          }) == Verdict::violated);
    CHECK(broken("D3-descent", [](DescentObservation& x) { x.states.deviation *= -1; }) == Verdict::violated);
    CHECK(broken("D3-descent", [](DescentObservation& x) { x.steps.probe_remainder.setZero(); }) == Verdict::violated);
    CHECK(broken("U1-descent", [](DescentObservation& x) { x.steps.probe_remainder *= -1; }) == Verdict::violated);
    Experiment shifted = shared_experiment();
    for (Measured& eigenvalue : shifted.descent->eigenvalues) eigenvalue.value *= 1.01;
    CHECK(check("D3-descent", shifted).verdict == Verdict::violated);
}

TEST_CASE("a step beyond 1/lambda leaves the identities; an unknown target leaves the sample") {
    TrajectorySetup setup = setup_on_circle();
    setup.shape.width = 128;
    setup.step = 1.05 / shared_experiment().descent->eigenvalues[0].value;
    setup.time = 12 * setup.step;
    const Experiment large = experiment_of("erf", setup);
    for (const std::string id : {"D4", "D3-descent", "U1-descent"}) {
        CAPTURE(id);
        for (const ledger::Series& one : check(id, large).series) {
            CAPTURE(one.label);
            CAPTURE(one.left.back().error);
            CAPTURE(one.right.back().error);
            CAPTURE(one.size.back());
            CHECK(one.verdict == Verdict::holds);
        }
    }
    for (const std::string id : {"U1-prime-descent", "U2-descent", "U3-descent", "O1-descent", "O4-descent"}) {
        const ledger::Check found = check(id, large);
        CHECK(found.verdict == Verdict::not_applicable);
        CHECK(found.hypotheses.back().reason.find("it is 1.") == 0);
    }
    setup = setup_on_circle();
    setup.points = shared_experiment().descent->problem->network.points();
    setup.labels = shared_experiment().descent->problem->labels;
    setup.target = {};
    const Experiment unknown = experiment_of("erf", setup);
    for (const std::string id : {"D4", "O1-descent", "O4-descent"}) CHECK(fine(check(id, unknown).verdict));
    for (const std::string id : {"D3-descent", "U2-descent"}) {
        CHECK(check(id, unknown).verdict == Verdict::not_applicable);
    }
    Experiment none = shared_experiment();
    none.descent.reset();
    none.no_descent = "the network is trained by gradient flow";
    CHECK(check("D4", none).hypotheses.front().reason == "the network is trained by gradient flow");
}

TEST_CASE("damped sums are geometric sums, maxima are those before a step, and the last step is shown") {
    const Eigen::VectorXd ones = Eigen::VectorXd::Ones(7);
    const auto sum = damped_sum(1 - 0.3 * 0.5, 0.3 * ones, 0.3 * ones);
    for (long j = 0; j <= 7; ++j) {
        const Measured& value = sum[static_cast<std::size_t>(j)];
        CHECK(std::abs(value.value - descent_damping_factor(0.5, 0.3, j)) < 1e-15);
        CHECK(value.error >= value.value);  // a source that is all error
    }
    CHECK(running_maximum(Eigen::Vector3d(1, -3, 2)) == std::vector<double>{0, 1, 3, 3});
    for (const long steps : {1L, 7L, 100L, 101L, 5000L}) {
        const std::vector<long> shown = shown_steps(steps);
        CHECK(shown.front() == 0);
        CHECK(shown.back() == steps);
        CHECK(std::adjacent_find(shown.begin(), shown.end(), std::greater_equal<>()) == shown.end());
        CHECK(shown.size() < 300);
    }
}

TEST_CASE("descent results do not depend on the number of threads") {
    const DescentResult two = *experiment_of("erf", setup_on_circle(), 2).descent;
    const DescentResult& one = *shared_experiment().descent;
    CHECK(one.seen.states.deviation == two.seen.states.deviation);
    CHECK(one.seen.steps.probe_remainder == two.seen.steps.probe_remainder);
    CHECK(one.compared.steps.remainder == two.compared.steps.remainder);
}

TEST_CASE("the smoothness known before training bounds the Hessian of the loss, and the loss falls as it says") {
    const DescentResult& run = *shared_experiment().descent;
    // 12 steps, by hand.
    Eigen::VectorXd theta = run.problem->start;
    const Network& network = run.problem->network;
    for (long j = 0; j < 12; ++j) {
        const DescentReach known = descent_reach(*run.start, run.step, j + 1);
        REQUIRE(run.step * known.smoothness <= 1);
        const LinearisedNetwork around(network, theta, run.problem->labels, run.problem->weights);
        Eigen::VectorXd direction = Eigen::VectorXd::Ones(theta.size()).normalized();
        double largest = 0;
        for (int i = 0; i < 100; ++i) {
            const Eigen::VectorXd product = around.hessian_product(direction);
            largest = product.norm();
            direction = product / largest;
        }
        CHECK(largest <= known.smoothness);
        CHECK(known.smoothness < 40 * largest);
        const Eigen::VectorXd velocity = around.velocity();
        const Eigen::VectorXd next = theta + run.step * velocity;
        const Eigen::VectorXd residual = network.values(next) - run.problem->labels;
        const double loss = residual.cwiseAbs2().dot(run.problem->weights) / 2;
        CHECK(loss <= around.loss() - run.step * (1 - run.step * known.smoothness / 2) * velocity.squaredNorm());
        CHECK((next - run.problem->start).norm() <= known.reach.movement);
        theta = next;
    }
    // One step of a vanishing size moves by eta |grad Phi| <= eta beta |M_0|, the bound by beta sqrt(eta/2).
    const DescentReach tiny = descent_reach(*run.start, 1e-12, 1);
    CHECK(std::abs(tiny.reach.movement / (run.start->residual_norm * std::sqrt(1e-12 / 2)) - 1) < 1e-9);
    // Far away nothing is known.
    CHECK(std::isinf(descent_reach(*run.start, run.step, 1000000).reach.movement));
    CHECK(std::isinf(bound_before_descent(*run.start, 1, run.eigenvalues[1].value, run.step, 1000000, 1000000).value));
}

TEST_CASE("U4 of gradient descent with small steps is nearly that of the flow, and random instances obey it") {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        TrajectorySetup setup = setup_on_circle();
        setup.seed = seed;
        setup.law.antisymmetric = seed % 2 == 0;
        setup.shape.width = seed % 3 == 0 ? 12 : 200;
        setup.step = 0.05;
        setup.time = 1;
        const Experiment experiment = experiment_of(seed % 2 == 0 ? "tanh" : "erf", setup);
        for (const std::string id : {"U4-descent", "movement-descent"}) {
            CAPTURE(seed);
            const ledger::Check found = check(id, experiment);
            CHECK((fine(found.verdict) || found.verdict == Verdict::not_applicable));
        }
    }
    // eta -> 0 at fixed time: the movement is that of the flow and the remainder goes.
    const StartQuantities& start = *shared_experiment().descent->start;
    const double mu = shared_experiment().descent->eigenvalues[1].value, time = 0.5;
    const double coarse = bound_before_descent(start, 1, mu, time / 1e4, 10000, 10000).value;
    const double fine_steps = bound_before_descent(start, 1, mu, time / 1e6, 1000000, 1000000).value;
    const ProbeStart& probe = start.probes[1];
    const Reach reach = reach_before_training(start.residual_norm, time);
    const DriftAndRemainder moved = start.bounds.smallest(reach);
    const double learned = 1 - std::exp(-mu * time);
    const double twice = probe.mean_of_absolute + probe.sample_mean_of_absolute;
    const double gap =
        std::min(probe.mean_of_absolute * moved.drift,
                 kernel_gap_drift(start.bounds.hessian_norm(reach.residual_integral) * reach.movement,
                                  probe.coefficient_gradient, probe.mean_of_absolute, start.bounds.kernel_diagonal()));
    const double flow =
        learned * (probe.sampling.value + reach.movement * probe.gradient_gap.value + twice * moved.remainder) +
        learned / mu * start.residual_norm * (probe.kernel_gap.value + gap);
    CHECK(coarse > fine_steps);
    CHECK(std::abs(fine_steps / flow - 1) < 1e-4);
}
