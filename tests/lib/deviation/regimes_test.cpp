// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/checks.hpp"
#include "ntk/flow/population_sample.hpp"

#include "tests/lib/golden.hpp"

#include <doctest/doctest.h>
#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>

using namespace ntk;
using namespace ntk::deviation;
using ledger::Verdict;

/// Experiments beyond a finite sample with a known target and a smooth activation.
namespace {

/// A network on the circle.
TrajectorySetup circle_setup() {
    std::vector<ZonalProbe> probes;
    for (int degree = 0; degree <= 3; ++degree) probes.push_back(make_zonal_probe(degree, Eigen::Vector2d(0, 1)));
    TrajectorySetup setup{{2, 24, true, true},
                          {true, OutputWeights::rademacher, 1},
                          11,
                          12,
                          {{probes[1], make_zonal_probe(2, Eigen::Vector2d(3, 4))}, {1, 0.5}},
                          probes,
                          3,
                          1e-9,
                          {1}};
    return setup;
}

Experiment experiment_of(const std::string& activation, const TrajectorySetup& setup) {
    KernelSpec spec{make_activation(activation)};
    spec.layers.front().bias_variance = 1;
    spec.train_bias = true;
    spec.output_bias = true;
    Experiment experiment{"regime", Kernel(spec), 2, std::nullopt, std::nullopt, "", ""};
    experiment.trajectory = compute_trajectory(experiment.kernel, setup, std::make_shared<ThreadPool>(1), {});
    return experiment;
}

ledger::Check check(const std::string& id, const Experiment& experiment) {
    for (const CheckDefinition& definition : standard_checks()) {
        if (definition.id == id) return run_check(definition, experiment);
    }
    FAIL("no check with the id " << id);
    return {};
}

bool fine(Verdict verdict) { return verdict == Verdict::holds || verdict == Verdict::vacuous; }

const std::vector<std::string> of_probes = {"D3", "U1", "U1-prime", "U2", "U3"};

}  // namespace

TEST_CASE("n = infinity: every line holds on the rule, nothing is left of sampling, another rule agrees") {
    TrajectorySetup setup = circle_setup();
    setup.population = true;
    const Experiment experiment = experiment_of("erf", setup);
    const TrajectoryResult& run = *experiment.trajectory;
    for (const std::string id : {"energy", "monotone", "D1", "D3", "U1", "U1-prime", "U2", "U3"}) {
        CAPTURE(id);
        const ledger::Check found = check(id, experiment);
        CHECK(fine(found.verdict));
        CHECK(found.mutation_control->verdict == Verdict::violated);
    }
    CHECK(run.rule_error > 0);
    CHECK(run.rule_error < 1e-8);
    CHECK(run.seen.sampling.cwiseAbs().maxCoeff() < 1e-9);
    // The rule with equal weights on the circle of half as many points more, integrated by hand.
    const int degree = static_cast<int>(run.problem->labels.size()) * 3 / 2 | 1;
    const SphereCubature finer = sphere_cubature(2, degree);
    const Network network(setup.shape, make_activation("erf"), finer.points, std::make_shared<ThreadPool>(1));
    FlowOptions options{1e-12, {setup.time}};
    const Trajectory other =
        integrate_gradient_flow(network, run.problem->start, setup.target.at(finer.points), finer.weights, options);
    const Eigen::VectorXd apart = network.values(other.parameters.front()) - setup.target.at(finer.points);
    for (std::size_t p = 0; p < setup.probes.size(); ++p) {
        // <r, phi> by the other rule, which shares nothing with the ridge coefficients.
        const double c = setup.probes[p].at(finer.points).cwiseProduct(finer.weights).dot(apart);
        CHECK(std::abs(c - run.seen.coefficient(static_cast<Eigen::Index>(p), run.seen.times() - 1)) <
              run.least_error());
    }
}

TEST_CASE("n = infinity: the symmetrised Gram matrix has the eigenvalues of the sphere, each twice") {
    TrajectorySetup setup = circle_setup();
    setup.population = true;
    setup.time = 0.1;
    setup.output_times = {};
    const Experiment experiment = experiment_of("erf", setup);
    const Eigen::VectorXd found =
        Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(experiment.trajectory->kernel_gram).eigenvalues().reverse();
    std::vector<double> expected;
    for (const Measured& mu : experiment.trajectory->eigenvalues) {
        expected.insert(expected.end(), expected.empty() ? 1 : 2, mu.value);
    }
    std::sort(expected.rbegin(), expected.rend());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        CHECK(std::abs(found(static_cast<Eigen::Index>(i)) - expected[i]) < 1e-9);
    }
}

TEST_CASE("a target that is known on the sample alone leaves D1 and takes the probes") {
    TrajectorySetup setup = circle_setup();
    const Experiment known = experiment_of("tanh", setup);
    setup.points = known.trajectory->problem->network.points();
    setup.labels = known.trajectory->problem->labels;
    setup.target = {};
    const Experiment unknown = experiment_of("tanh", setup);
    CHECK(unknown.trajectory->seen.residual == known.trajectory->seen.residual);
    CHECK(check("D1", unknown).verdict == Verdict::holds);
    CHECK(fine(check("monotone", unknown).verdict));
    for (const std::string& id : of_probes) {
        const ledger::Check found = check(id, unknown);
        CHECK(found.verdict == Verdict::not_applicable);
        CHECK(fine(check(id, known).verdict));
        bool says_why = false;
        for (const ledger::Hypothesis& one : found.hypotheses) {
            says_why = says_why || (!one.holds && one.reason.find("on the sample alone") != std::string::npos);
        }
        CHECK(says_why);
    }
}

TEST_CASE("label noise is part of the sampling error, and the lines hold") {
    TrajectorySetup setup = circle_setup();
    setup.noise = 0.3;
    const Experiment experiment = experiment_of("softplus:1", setup);
    for (const std::string id : {"D1", "D3", "U1", "U1-prime", "U2", "U3"}) {
        CAPTURE(id);
        CHECK(fine(check(id, experiment).verdict));
    }
    // At the start f = 0: (E - E_n)[phi r] = -<f*, phi> + (1/n) sum phi(x_j) y_j with the noise in y.
    const TrajectoryResult& run = *experiment.trajectory;
    const Eigen::VectorXd phi = setup.probes[1].at(run.problem->network.points());
    const double expected = phi.dot(run.problem->labels) / 12 - setup.target.inner_product(setup.probes[1]);
    CHECK(std::abs(run.seen.sampling(1, 0) - expected) < 1e-13);
}

TEST_CASE("ReLU: what the flow itself promises is checked, kernels along it are not") {
    TrajectorySetup setup = circle_setup();
    setup.time = 0.25;
    setup.output_times = {};
    for (const bool population : {false, true}) {
        if (population && test::least_size()) continue;  // thousands of points
        setup.population = population;
        if (population) setup.tolerance = 1e-3;  // cubature of a network with kinks
        const Experiment experiment = experiment_of("relu", setup);
        CHECK(fine(check("monotone", experiment).verdict));
        if (!population) CHECK(check("conservation", experiment).verdict == Verdict::holds);
        for (const std::string& id : of_probes) {
            const ledger::Check found = check(id, experiment);
            CHECK(found.verdict == Verdict::not_applicable);
            CHECK(experiment.trajectory->no_kernels.find("kink") != std::string::npos);
        }
        CHECK(check("D1", experiment).verdict == Verdict::not_applicable);
    }
}

TEST_CASE("a flow that slides along a kink says so") {
    // One neuron between two labels of opposite signs, as in kink_flow_test.cpp.
    TrajectorySetup setup = circle_setup();
    setup.shape = {2, 1, false, false};
    setup.law = {false, OutputWeights::rademacher, 0};
    setup.time = 10;
    Eigen::MatrixXd points(2, 2);
    points << 1, 0.6, 0, 0.8;
    setup.given = GivenTrajectory{"by hand", {0}, {Eigen::Vector3d(0.8, 0.4, 0.5)}, points, Eigen::Vector2d(-2, 2), {}};
    const Kernel kernel(KernelSpec{make_activation("relu")});
    CHECK_THROWS_AS(compute_trajectory(kernel, setup, std::make_shared<ThreadPool>(1), {}), FlowSlides);
}

TEST_CASE("infinite width, descent, and a noisy population are refused") {
    TrajectorySetup setup = circle_setup();
    setup.infinite_width = true;
    CHECK_THROWS_AS(experiment_of("erf", setup), std::domain_error);
    setup = circle_setup();
    setup.method = TrainingMethod::gradient_descent;
    CHECK_THROWS_AS(experiment_of("erf", setup), std::domain_error);
    setup = circle_setup();
    setup.population = true;
    setup.noise = 1;
    CHECK_THROWS_AS(experiment_of("erf", setup), std::domain_error);
}
