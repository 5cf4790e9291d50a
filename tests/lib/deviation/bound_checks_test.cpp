// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/checks.hpp"

#include "../golden.hpp"
#include "instances.hpp"
#include "ntk/numeric/random.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

using namespace ntk;
using namespace ntk::deviation;
using namespace ntk::test;
using ledger::Verdict;

namespace {

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

TEST_CASE("degrees that parity forbids are left out of U1, D3 and the check of degrees, which say so") {
    Instance given;
    given.hidden_bias = given.output_bias = false;
    const Experiment experiment = experiment_of(given);
    for (const std::string id : {"U1", "D3"}) {
        const ledger::Check check = run_check(definition_of(id), experiment);
        CAPTURE(id);
        CHECK(check.verdict == Verdict::holds);
        CHECK(check.series.size() == 2);
        CHECK(check.note == "Left out, as nothing deviates there: degree 0, degree 2");
    }
    const ledger::Check degrees = run_check(definition_of("degrees"), experiment);
    CHECK(fine(degrees.verdict));
    CHECK(degrees.note.find("Left out, as nothing deviates there: degree 0, degree 2") != std::string::npos);
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
