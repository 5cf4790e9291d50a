// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/checks.hpp"

#include "../golden.hpp"
#include "ntk/numeric/random.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <limits>

using namespace ntk;
using namespace ntk::deviation;
using ledger::Verdict;

namespace {

struct Instance {
    std::string activation = "erf";
    int dim = 3;
    int width = 64;
    int samples = 24;
    bool antisymmetric = true;
    bool gaussian = false;
    bool hidden_bias = true;
    bool output_bias = true;
    double bias_variance = 1;
    double strength = 1;
    double time = 2;
    std::uint64_t seed = 3;
    std::vector<double> output_times = {0.5};
    bool population = false;
    int largest_degree = 3;
};

TrajectorySetup setup_of(const Instance& given) {
    Eigen::VectorXd pole = Eigen::VectorXd::Unit(given.dim, given.dim - 1);
    Eigen::VectorXd oblique = Eigen::VectorXd::Ones(given.dim);
    std::vector<ZonalProbe> probes;
    for (int degree = 0; degree <= given.largest_degree; ++degree) probes.push_back(make_zonal_probe(degree, pole));
    TrajectorySetup setup{
        {given.dim, given.width, given.hidden_bias, given.output_bias},
        {given.antisymmetric, given.gaussian ? OutputWeights::gaussian : OutputWeights::rademacher,
         given.hidden_bias ? given.bias_variance : 0},
        given.seed,
        given.samples,
        {{make_zonal_probe(1, pole), make_zonal_probe(2, oblique)}, {given.strength, given.strength / 2}},
        probes,
        given.time,
        1e-9,
        given.output_times};
    setup.population = given.population;
    return setup;
}

Experiment experiment_of(const Instance& given) {
    KernelSpec spec{make_activation(given.activation)};
    spec.layers.front().bias_variance = given.hidden_bias ? Rational(given.bias_variance) : Rational(0);
    spec.train_bias = given.hidden_bias;
    spec.output_bias = given.output_bias;
    Experiment experiment{"instance", Kernel(spec), given.dim, std::nullopt, std::nullopt, "", ""};
    experiment.trajectory = compute_trajectory(experiment.kernel, setup_of(given), std::make_shared<ThreadPool>(2), {});
    return experiment;
}

CheckDefinition definition_of(const std::string& id) {
    for (const CheckDefinition& definition : standard_checks()) {
        if (definition.id == id) return definition;
    }
    FAIL("no check with the id " << id);
    return {};
}

std::vector<CheckDefinition> all_bounds() {
    std::vector<CheckDefinition> all = bound_checks();
    for (const CheckDefinition& one : ingredient_checks()) all.push_back(one);
    return all;
}

bool fine(Verdict verdict) { return verdict == Verdict::holds || verdict == Verdict::vacuous; }

const Experiment& shared_experiment() {
    static const Experiment experiment = experiment_of({});
    return experiment;
}

/// The start of a copy can be changed.
Experiment with_start(const Experiment& original, const std::function<void(StartQuantities&)>& change) {
    Experiment copy = original;
    StartQuantities start = *original.trajectory->start;
    change(start);
    copy.trajectory->start = std::make_shared<const StartQuantities>(std::move(start));
    return copy;
}

std::string reason_of(const std::string& id, const Experiment& experiment) {
    const ledger::Check check = run_check(definition_of(id), experiment);
    CHECK(check.verdict == Verdict::not_applicable);
    for (const ledger::Hypothesis& one : check.hypotheses) {
        if (!one.holds) return one.reason;
    }
    return "";
}

}  // namespace

TEST_CASE("every bound known before training holds on a small network, and every control is violated") {
    for (const CheckDefinition& definition : all_bounds()) {
        const ledger::Check check = run_check(definition, shared_experiment());
        CAPTURE(check.id);
        CHECK(fine(check.verdict));
        REQUIRE(check.mutation_control.has_value());
        CHECK(check.mutation_control->verdict == Verdict::violated);
        CHECK_FALSE(check.errors.empty());
    }
    const ledger::Check split = run_check(definition_of("linear-split"), shared_experiment());
    CHECK(split.note.find("Ratio of the right side to the left: median") != std::string::npos);
    CHECK(split.note.find("degree 2: never") != std::string::npos);
}

TEST_CASE(
    "at small times each line known before training is near the line before it: a bound that loosens is noticed") {
    for (const auto& [id, most] :
         {std::pair<std::string, double>{"U4-A2", 1.5}, {"U4-bootstrap", 1.1}, {"linear-split", 1.1}}) {
        const ledger::Check check = run_check(definition_of(id), shared_experiment());
        CAPTURE(id);
        double nearest = std::numeric_limits<double>::infinity();
        for (const ledger::Series& series : check.series) {
            nearest = std::min(nearest, series.right[1].value / series.left[1].value);
        }
        CHECK(nearest <= most);
    }
    // At late times damping shows: the degree that is learned fastest has forgotten the start.
    const ledger::Check marched = run_check(definition_of("U4-bootstrap"), shared_experiment());
    const ledger::Series& fastest = marched.series[1];
    const double mu = shared_experiment().trajectory->eigenvalues[1].value;
    double undamped = 0;
    const Bootstrap& known = *shared_experiment().trajectory->start->bootstrap;
    const ProbeStart& start = shared_experiment().trajectory->start->probes[1];
    for (std::size_t i = 1; i < known.time.size(); ++i) {
        undamped += (known.time[i] - known.time[i - 1]) *
                    (mu * (start.sampling.value + known.movement[i] * start.gradient_gap.value) +
                     known.residual_norm[i - 1] * (start.kernel_gap.value + start.mean_of_absolute * known.drift[i]));
    }
    CHECK(fastest.right.back().value < 0.98 * undamped);
}

TEST_CASE("n = infinity: the bounds hold for the weights of a cubature rule, and nothing is sampled") {
    Instance given;
    given.population = true;
    given.dim = test::least_size() ? 2 : 3;
    given.width = 24;
    const Experiment experiment = experiment_of(given);
    const StartQuantities& start = *experiment.trajectory->start;
    for (const ProbeStart& probe : start.probes) CHECK(probe.gradient_gap.value <= 1e-6);
    for (const CheckDefinition& definition : all_bounds()) {
        const ledger::Check check = run_check(definition, experiment);
        CAPTURE(check.id);
        CHECK(fine(check.verdict));
        CHECK(check.mutation_control->verdict == Verdict::violated);
    }
    CHECK(run_check(definition_of("U5"), experiment).note.find("(n = infinity)") != std::string::npos);
}

TEST_CASE("no inequality of the order fails on random small instances, and few controls stay silent") {
    const std::vector<std::string> activations = {"erf", "tanh", "softplus:1", "gelu", "sin", "gaussian", "silu"};
    const int count = test::full_size() ? 200 : test::least_size() ? 2 : 20;
    int judged = 0, silent = 0;
    for (int i = 0; i < count; ++i) {
        const RandomStream stream(static_cast<std::uint64_t>(i), "random instance");
        const auto choice = [&](std::uint64_t at, int below) { return static_cast<int>(stream.uniform(at) * below); };
        Instance given;
        given.activation = activations[static_cast<std::size_t>(choice(0, 7))];
        given.dim = 2 + choice(1, 4);
        given.width = i % 5 == 0 ? 12 : 8 + 2 * choice(2, 40);
        given.samples = i % 5 == 0 ? 8 : 4 + choice(3, 30);
        given.strength = i % 5 == 0 ? 4 : 0.3 + stream.uniform(4);
        given.antisymmetric = choice(5, 3) > 0;
        given.gaussian = choice(6, 2) == 0;
        given.hidden_bias = choice(7, 2) == 0;
        given.output_bias = choice(8, 2) == 0;
        given.bias_variance = choice(9, 2);
        given.time = 0.5 + 4 * stream.uniform(10);
        given.seed = static_cast<std::uint64_t>(1000 + i);
        const Experiment experiment = experiment_of(given);
        std::vector<CheckDefinition> checks = all_bounds();
        for (const CheckDefinition& one : chain_checks()) checks.push_back(one);
        for (const CheckDefinition& definition : checks) {
            const ledger::Check check = run_check(definition, experiment);
            CAPTURE(i);
            CAPTURE(check.id);
            CAPTURE(given.activation);
            CAPTURE(given.width);
            CHECK(check.verdict != Verdict::violated);
            if (check.verdict == Verdict::not_applicable) continue;
            ++judged;
            if (check.verdict == Verdict::inconclusive) {
                ++silent;
                MESSAGE("instance " << i << ": " << check.id << " inconclusive");
            }
        }
    }
    MESSAGE(silent << " of " << judged << " verdicts inconclusive");
    CHECK(20 * silent <= judged);
}

TEST_CASE("halving the time grid changes no verdict") {
    Instance given;
    given.width = 32;
    const Experiment coarse = experiment_of(given);
    const std::vector<double>& breakpoints = coarse.trajectory->grid.breakpoints();
    for (std::size_t i = 1; i < breakpoints.size(); ++i) {
        given.output_times.push_back(breakpoints[i]);
        given.output_times.push_back((breakpoints[i - 1] + breakpoints[i]) / 2);
    }
    const Experiment fine_grid = experiment_of(given);
    CHECK(fine_grid.trajectory->grid.breakpoints().size() >= 2 * breakpoints.size() - 1);
    std::vector<CheckDefinition> checks = all_bounds();
    for (const CheckDefinition& one : chain_checks()) checks.push_back(one);
    for (const CheckDefinition& definition : checks) {
        CAPTURE(definition.id);
        CHECK(run_check(definition, coarse).verdict == run_check(definition, fine_grid).verdict);
    }
}

TEST_CASE("U5 exceeded in one run is an event of small probability, not a violation") {
    const Experiment unlucky = with_start(shared_experiment(), [](StartQuantities& start) {
        for (ProbeStart& probe : start.probes) probe.sampling.value = 100;
    });
    const ledger::Check check = run_check(definition_of("U5"), unlucky);
    CHECK(check.verdict == Verdict::inconclusive);
    CHECK(check.note.find("probability at most") != std::string::npos);
}

TEST_CASE("a start that is not the one of the trajectory is noticed") {
    const auto verdict = [](const std::string& id, const std::function<void(StartQuantities&)>& change) {
        return run_check(definition_of(id), with_start(shared_experiment(), change)).verdict;
    };
    // The rate of the linearised network, its residual, its sampling error, h_0, and a network that does not move.
    CHECK(verdict("residual-bound", [](StartQuantities& start) {
              for (double& y : start.bootstrap->residual_norm) y *= 0.9;
          }) == Verdict::violated);
    CHECK(verdict("movement-bound", [](StartQuantities& start) {
              for (double& P : start.bootstrap->movement) P = 0;
          }) == Verdict::violated);
    CHECK(verdict("drift-bound", [](StartQuantities& start) {
              for (double& drift : start.bootstrap->drift) drift = 0;
          }) == Verdict::violated);
    for (const std::string id : {"U4-bootstrap", "U4"}) {
        CHECK(verdict(id, [](StartQuantities& start) {
                  for (ProbeStart& probe : start.probes) probe.kernel_gap.value = 0;
              }) == Verdict::violated);
    }
    CHECK(verdict("linear-split", [](StartQuantities& start) { start.linearised->residual *= 0.5; }) ==
          Verdict::violated);
}

TEST_CASE("what does not apply says why") {
    Instance given;
    given.width = 16;
    given.samples = 6;
    given.activation = "relu";
    given.time = 0.05;
    given.output_times = {};
    const Experiment relu = experiment_of(given);
    CHECK(reason_of("U4", relu) == "sigma has no bounded second derivative");
    CHECK(reason_of("U4-A2", relu) == "sigma has no bounded second derivative");
    CHECK(run_check(definition_of("movement-bound"), relu).verdict == Verdict::holds);
    given.activation = "erf";
    given.time = 2;
    given.antisymmetric = false;
    const Experiment plain = experiment_of(given);
    CHECK(reason_of("U4-A2", plain) == "the start is not antisymmetric");
    CHECK(reason_of("U4-A2l2", plain) == "the start is not antisymmetric");
    CHECK(fine(run_check(definition_of("U5"), plain).verdict));
    CHECK(run_check(definition_of("chain-order"), plain).note.find("U3 <= U4 (A2)") != std::string::npos);
    const auto with_design = [&](const std::function<void(StartDesign&)>& change) {
        return with_start(plain, [&](StartQuantities& start) { change(start.design); });
    };
    CHECK(reason_of("U5", with_design([](StartDesign& design) { design.exact_labels = false; })) ==
          "the labels are noisy or given");
    CHECK(reason_of("U5", with_design([](StartDesign& design) { design.start_is_drawn = false; })) ==
          "the start is given");
    CHECK(reason_of("U5", with_design([](StartDesign& design) { design.sample_is_drawn = false; })) ==
          "the points are given");
    const Experiment many = with_start(plain, [](StartQuantities& start) { start.linearised.reset(); });
    CHECK(reason_of("linear-split", many) == "the sample has more than 1024 points");
    Experiment bare = plain;
    bare.trajectory.reset();
    bare.no_trajectory = "the study has no [network]";
    for (const CheckDefinition& definition : all_bounds()) {
        CHECK(reason_of(definition.id, bare) == "the study has no [network]");
    }
}

TEST_CASE("degrees that parity forbids are left out of U1, which says so") {
    Instance given;
    given.hidden_bias = given.output_bias = false;
    const ledger::Check check = run_check(definition_of("U1"), experiment_of(given));
    CHECK(check.verdict == Verdict::holds);
    CHECK(check.note == "Left out, as nothing deviates there: degree 0, degree 2");
}

TEST_CASE("the start against the first state of the trajectory") {
    const TrajectoryResult& run = *shared_experiment().trajectory;
    const StartQuantities& start = *run.start;
    CHECK(std::abs(start.residual_norm / run.seen.residual_norm(0) - 1) <= 1e-13);
    for (std::size_t i = 0; i < run.probes.size(); ++i) {
        const auto row = static_cast<Eigen::Index>(i);
        const ProbeStart& probe = start.probes[i];
        CHECK(std::abs(probe.sampling.value - std::abs(run.seen.sampling(row, 0))) <= 1e-13);
        CHECK(std::abs(probe.kernel_gap.value - run.seen.kernel_gap(row, 0)) <= 1e-13);
        CHECK(std::abs(probe.coefficient - run.seen.coefficient(row, 0)) <= 1e-13);
        CHECK(probe.sample_mean_of_absolute <= probe.largest * (1 + 1e-12));
        // ||g_0||_q through the eigenvectors of G_0: Parseval, with g = mu phi - h.
        CHECK(probe.along.norm() <= start.kernel_bound);
    }
    // ||J_0^T Q r_0||^2 = <r_0, G_0 r_0>, and the trace of G_0 is at most K_max.
    const LinearisedFlow& flow = *start.linearised;
    const double speed = flow.eigenvalues.dot(flow.residual.cwiseAbs2());
    CHECK(std::abs(speed / run.seen.squared_speed(0) - 1) <= 1e-11);
    CHECK(flow.eigenvalues.sum() <= start.kernel_bound);
    const Eigen::VectorXd diagonal = run.problem->network.gram_matrix(run.problem->start).diagonal() *
                                     static_cast<double>(run.problem->labels.size());
    CHECK(diagonal.maxCoeff() <= start.kernel_bound);
    CHECK(diagonal.maxCoeff() >= 0.3 * start.kernel_bound);
}

TEST_CASE("erf, d = 2, n = infinity: the best bound known before training says something at t = 1/mu_1") {
    struct AtOneRate {
        double best, measured, separates;
    };
    const auto at_one_rate = [](int width, std::uint64_t seed) {
        Instance given;
        given.dim = 2;
        given.population = true;
        given.width = width;
        given.seed = seed;
        given.output_times = {};
        KernelSpec spec{make_activation("erf")};
        spec.layers.front().bias_variance = 1;
        spec.train_bias = spec.output_bias = true;
        const std::vector<ZonalProbe> first = {make_zonal_probe(1, Eigen::Vector2d(0, 1))};
        given.time = 1 / probe_eigenvalues(Kernel(spec), {}, 2, first).front().value;
        const Experiment experiment = experiment_of(given);
        AtOneRate result{std::numeric_limits<double>::infinity(), 0, 0};
        for (const std::string id : {"U4", "U4-bootstrap", "linear-split"}) {
            const ledger::Series series = run_check(definition_of(id), experiment).series[1];
            result.best = std::min(result.best, series.right.back().value);
            result.separates = series.separates.back();
        }
        const Observables& seen = experiment.trajectory->seen;
        result.measured =
            std::abs(seen.coefficient(1, seen.coefficient.cols() - 1) - std::exp(-1) * seen.coefficient(1, 0));
        return result;
    };
    const AtOneRate narrow = at_one_rate(256, 3);
    CHECK(narrow.best < narrow.separates);
    CHECK(narrow.best >= narrow.measured);
    if (!test::full_size()) return;
    // What is measured passes through zero from start to start: the middle one of three.
    std::vector<double> ratios;
    for (const std::uint64_t seed : {3, 5, 6}) {
        const AtOneRate wide = at_one_rate(16384, seed);
        ratios.push_back(wide.best / wide.measured);
    }
    std::sort(ratios.begin(), ratios.end());
    MESSAGE("best bound over deviation at m = 16384: " << ratios[0] << ", " << ratios[1] << ", " << ratios[2]);
    CHECK(ratios[1] <= 5);
}

TEST_CASE("the chain of eight probes costs less than the trajectory") {
    Instance given;
    given.width = test::full_size() ? 4096 : test::least_size() ? 16 : 128;
    given.samples = test::full_size() ? 512 : test::least_size() ? 8 : 32;
    given.largest_degree = 7;
    given.output_times.clear();
    const int times = test::full_size() ? 200 : 20;
    for (int i = 1; i < times; ++i) given.output_times.push_back(2.0 * i / times);
    const auto clock = [] { return std::chrono::steady_clock::now(); };
    const auto begin = clock();
    const Experiment experiment = experiment_of(given);
    const auto trained = clock();
    const TrajectoryResult& run = *experiment.trajectory;
    const StartQuantities again =
        start_quantities(*run.problem, setup_of(given), run.eigenvalues, 1, run.grid.breakpoints());
    for (const CheckDefinition& definition : all_bounds()) definition.evaluate(experiment, Variant::claim);
    for (const CheckDefinition& definition : chain_checks()) definition.evaluate(experiment, Variant::claim);
    const auto done = clock();
    const double trajectory = std::chrono::duration<double>(trained - begin).count();
    const double chain = std::chrono::duration<double>(done - trained).count();
    MESSAGE("trajectory " << trajectory << " s, chain " << chain << " s, " << run.grid.breakpoints().size()
                          << " times");
    CHECK(again.probes.size() == 8);
    CHECK(chain < trajectory);
}
