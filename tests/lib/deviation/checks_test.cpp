// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/checks.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace ntk;
using namespace ntk::deviation;
using ledger::Verdict;

namespace {

TrajectorySetup small_setup(std::uint64_t seed, bool antisymmetric) {
    const Eigen::Vector3d pole(0, 0, 1);
    std::vector<ZonalProbe> probes;
    for (int degree = 0; degree <= 3; ++degree) probes.push_back(make_zonal_probe(degree, pole));
    return {{3, 48, true, true},
            {antisymmetric, OutputWeights::rademacher, 1},
            seed,
            24,
            {{make_zonal_probe(1, pole), make_zonal_probe(2, Eigen::Vector3d(1, 2, 2))}, {1, 0.5}},
            probes,
            4,
            1e-10,
            {1}};
}

Experiment small_experiment(std::uint64_t seed, bool antisymmetric) {
    KernelSpec spec{make_activation("erf")};
    spec.layers.front().bias_variance = 1;
    spec.train_bias = true;
    spec.output_bias = true;
    Experiment experiment{"small", Kernel(spec), 3, std::nullopt, std::nullopt, "", ""};
    experiment.spectrum = compute_spectrum(experiment.kernel, 3, {0, 1, 2, 3, 4, 5}, 20);
    experiment.trajectory =
        compute_trajectory(experiment.kernel, small_setup(seed, antisymmetric), std::make_shared<ThreadPool>(2), {});
    return experiment;
}

const Experiment& shared_experiment() {
    static const Experiment experiment = small_experiment(3, true);
    return experiment;
}

/// Checks that follow from a certificate of convergence.
bool needs_certificate(const std::string& id) { return id == "O2" || id == "O3" || id == "O3-curve"; }

CheckDefinition definition_of(const std::string& id) {
    for (const CheckDefinition& definition : standard_checks()) {
        if (definition.id == id) return definition;
    }
    FAIL("no check with the id " << id);
    return {};
}

/// Of gradient descent (descent_checks_test.cpp): not applicable to gradient flow.
bool is_of_descent(const std::string& id) {
    for (const auto& group : {descent_sample_checks(), descent_checks()}) {
        for (const CheckDefinition& definition : group) {
            if (definition.id == id) return true;
        }
    }
    return false;
}

}  // namespace

TEST_CASE("every standard check holds on a small network and its mutation control is violated") {
    for (const CheckDefinition& definition : standard_checks()) {
        const ledger::Check check = run_check(definition, shared_experiment());
        CAPTURE(check.id);
        // erf is not homogeneous, and 24 points are too many for a certificate of convergence at this width.
        if (check.id == "conservation" || needs_certificate(check.id) || is_of_descent(check.id)) {
            CHECK(check.verdict == Verdict::not_applicable);
            continue;
        }
        CHECK((check.verdict == Verdict::holds || check.verdict == Verdict::vacuous));
        REQUIRE(check.mutation_control.has_value());
        CHECK(check.mutation_control->verdict == Verdict::violated);
        CHECK_FALSE(check.errors.empty());
        CHECK_FALSE(check.claim.empty());
        CHECK_FALSE(check.formula.empty());
    }
}

TEST_CASE("the checks hold for weights on a sphere and Gaussian output weights of variance 5/4; the routes are one") {
    TrajectorySetup setup = small_setup(5, false);
    setup.law.weights = RadialLaw{{{Rational(3, 2), 1}}};
    setup.law.output_weights = OutputWeights::gaussian;
    setup.law.output_weight_variance = 1.25;
    KernelSpec spec = shared_experiment().kernel.spec();
    spec.output_weight_variance = Rational(5, 4);
    Experiment experiment{"sphere", Kernel(spec), 3, std::nullopt, std::nullopt, "", "", setup.law.weights};
    experiment.spectrum = compute_spectrum(experiment.kernel, 3, {0, 1, 2, 3}, 20, setup.law.weights);
    experiment.trajectory = compute_trajectory(experiment.kernel, setup, std::make_shared<ThreadPool>(2), {});
    for (std::size_t k = 0; k <= 3; ++k) {
        const Ball& mu = experiment.spectrum->eigenvalues[k].enclosure;
        CHECK(std::abs(mu.midpoint() - experiment.trajectory->eigenvalues[k].value) <= 1e-15);
        const Ball gaussian = certified_eigenvalues(experiment.kernel, 3, {static_cast<int>(k)}, 20).front().enclosure;
        CHECK(std::abs(mu.midpoint() / gaussian.midpoint() - 1) > 1e-3);
    }
    // The diagonal of G^inf is kappa(1)/n.
    const Eigen::ArrayXd diagonal = 24 * experiment.trajectory->kernel_gram.diagonal().array();
    CHECK((diagonal - experiment.spectrum->kappa_at_one.midpoint()).abs().maxCoeff() <= 1e-13);
    for (const CheckDefinition& definition : standard_checks()) {
        CAPTURE(definition.id);
        const Verdict verdict = run_check(definition, experiment).verdict;
        if (definition.id == "trace" || definition.id == "routes" || definition.id == "conservation" ||
            definition.id.starts_with("U4-A2") || needs_certificate(definition.id) || is_of_descent(definition.id)) {
            CHECK(verdict == Verdict::not_applicable);
        } else {
            CHECK((verdict == Verdict::holds || verdict == Verdict::vacuous));
        }
    }
}

TEST_CASE("no inequality of the chain fails on random small instances") {
    for (std::uint64_t seed = 100; seed < 104; ++seed) {
        const Experiment experiment = small_experiment(seed, seed % 2 == 0);
        for (const CheckDefinition& definition : standard_checks()) {
            CAPTURE(seed);
            CAPTURE(definition.id);
            CHECK(run_check(definition, experiment).verdict != Verdict::violated);
        }
    }
}

TEST_CASE("a wrong sign in D3, a wrong eigenvalue, a lost factor 1/n and a frozen kernel are each caught") {
    // D3 with the deviation's sign turned in the data.
    Experiment turned = shared_experiment();
    turned.trajectory->seen.deviation *= -1;
    turned.trajectory->compared.front().deviation *= -1;
    CHECK(run_check(definition_of("D3"), turned).verdict == Verdict::violated);
    // Eigenvalues off by a part in a thousand.
    Experiment shifted = shared_experiment();
    for (Measured& eigenvalue : shifted.trajectory->eigenvalues) eigenvalue.value *= 1.001;
    CHECK(run_check(definition_of("D3"), shifted).verdict == Verdict::violated);
    // The Gram matrix may be any fixed symmetric one: D1 is an identity. The empirical one must not lose its factor
    // 1/n.
    Experiment scaled = shared_experiment();
    scaled.trajectory->kernel_gram *= 1.5;
    CHECK(run_check(definition_of("D1"), scaled).verdict == Verdict::holds);
    scaled.trajectory->seen.gram_residual *= 24;
    scaled.trajectory->compared.front().gram_residual *= 24;
    CHECK(run_check(definition_of("D1"), scaled).verdict == Verdict::violated);
    // K_t frozen at K_0: the Gram matrix times the residual taken from the first instant.
    Experiment frozen = shared_experiment();
    frozen.trajectory->seen.gram_residual.colwise() = Eigen::VectorXd(frozen.trajectory->seen.gram_residual.col(0));
    frozen.trajectory->compared.front().gram_residual = frozen.trajectory->seen.gram_residual;
    CHECK(run_check(definition_of("D1"), frozen).verdict == Verdict::violated);
}

TEST_CASE("a trajectory of unknown error makes identities inconclusive, not true") {
    Experiment noisy = shared_experiment();
    noisy.trajectory->compared.front().coefficient.array() += 0.05;
    const Verdict verdict = run_check(definition_of("D3"), noisy).verdict;
    CHECK(verdict == Verdict::inconclusive);
}

TEST_CASE("without a trajectory the checks of the dynamics are not applicable and say why") {
    Experiment bare = shared_experiment();
    bare.trajectory.reset();
    bare.no_trajectory = "the study has no [network]";
    for (const std::string id : {"D1", "D3", "U1", "U1-prime", "U2", "U3"}) {
        const ledger::Check check = run_check(definition_of(id), bare);
        CHECK(check.verdict == Verdict::not_applicable);
        CHECK_FALSE(check.mutation_control.has_value());
        CHECK(check.hypotheses.front().reason == "the study has no [network]");
    }
    CHECK(run_check(definition_of("damping-factor"), bare).verdict == Verdict::holds);
}

TEST_CASE("a check whose control is not violated shows nothing") {
    CheckDefinition blunt = definition_of("damping-factor");
    blunt.evaluate = [original = blunt.evaluate](const Experiment& experiment, Variant) {
        return original(experiment, Variant::claim);
    };
    const ledger::Check check = run_check(blunt, shared_experiment());
    CHECK(check.verdict == Verdict::inconclusive);
    CHECK_FALSE(check.note.empty());
}

TEST_CASE("a user's own check runs like the library's") {
    CheckDefinition own = definition_of("damping-factor");
    own.id = "residual-decreases";
    own.relation = ledger::Relation::at_most;
    own.evaluate = [](const Experiment& experiment, Variant variant) {
        Evaluation result;
        result.hypotheses = {has_trajectory(experiment)};
        const TrajectoryResult& run = *experiment.trajectory;
        ledger::Series series;
        series.label = "residual norm";
        for (std::size_t i = 0; i < run.grid.breakpoints().size(); ++i) {
            series.time.push_back(run.grid.breakpoints()[i]);
            const double now = run.seen.residual_norm(static_cast<Eigen::Index>(run.grid.place(i)));
            series.left.push_back({now, 1e-8});
            series.right.push_back({(variant == Variant::mutated ? 0.1 : 1) * run.seen.residual_norm(0), 0});
        }
        result.series = {series};
        return result;
    };
    const ledger::Check check = run_check(own, shared_experiment());
    CHECK(check.verdict == Verdict::holds);
    CHECK(check.mutation_control->verdict == Verdict::violated);
}

TEST_CASE("results do not depend on the number of threads") {
    const Kernel& kernel = shared_experiment().kernel;
    const TrajectoryResult one = compute_trajectory(kernel, small_setup(3, true), std::make_shared<ThreadPool>(1), {});
    const TrajectoryResult& two = *shared_experiment().trajectory;
    CHECK(one.seen.residual == two.seen.residual);
    CHECK(one.seen.deviation == two.seen.deviation);
    CHECK(one.compared.front().kernel_gap == two.compared.front().kernel_gap);
}
