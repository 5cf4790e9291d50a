// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/checks.hpp"
#include "ntk/network/energies.hpp"
#include "ntk/numeric/damping.hpp"
#include "tests/lib/golden.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace ntk;
using namespace ntk::deviation;
using ledger::Verdict;

namespace {

TrajectorySetup setup_on(int dim) {
    const Eigen::VectorXd axis = Eigen::VectorXd::Unit(dim, dim - 1);
    Eigen::VectorXd other = Eigen::VectorXd::Ones(dim);
    std::vector<ZonalProbe> probes;
    for (int degree = 0; degree <= 2; ++degree) probes.push_back(make_zonal_probe(degree, axis));
    return {{dim, 24, true, true},
            {true, OutputWeights::rademacher, 1},
            5,
            15,
            {{probes[1], make_zonal_probe(3, other)}, {1, 0.4}},
            probes,
            2,
            1e-9,
            {1}};
}

Experiment experiment_of(const std::string& activation, const TrajectorySetup& setup) {
    KernelSpec spec{make_activation(activation)};
    spec.layers.front().bias_variance = 1;
    spec.train_bias = true;
    spec.output_bias = true;
    Experiment experiment{"sphere", Kernel(spec), setup.shape.dim, std::nullopt, std::nullopt, "", ""};
    experiment.trajectory = compute_trajectory(experiment.kernel, setup, std::make_shared<ThreadPool>(1), {});
    return experiment;
}

const Experiment& on_circle() {
    static const Experiment experiment = experiment_of("erf", setup_on(2));
    return experiment;
}

CheckDefinition definition_of(const std::string& id) {
    for (const CheckDefinition& definition : sphere_checks()) {
        if (definition.id == id) return definition;
    }
    FAIL("no check with the id " << id);
    return {};
}

double apart(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) { return (a - b).cwiseAbs().maxCoeff(); }

}  // namespace

TEST_CASE("D2 and the bounds on spans, degrees and all of L^2 hold on S^1 and S^2, and their controls are violated") {
    for (int dim = 2; dim <= (ntk::test::least_size() ? 2 : 3); ++dim) {
        const Experiment own = dim == 2 ? on_circle() : experiment_of("erf", setup_on(3));
        CAPTURE(own.trajectory->no_sphere);
        REQUIRE(own.trajectory->sphere);
        MESSAGE("dimension " << dim << ": " << own.trajectory->sphere->rules.rule.size() << " points");
        for (const CheckDefinition& definition : sphere_checks()) {
            const ledger::Check check = run_check(definition, own);
            CAPTURE(check.id);
            for (const ledger::Series& one : check.series) {
                CAPTURE(one.label);
                CHECK((one.verdict == Verdict::holds || one.verdict == Verdict::vacuous));
            }
            CHECK((check.verdict == Verdict::holds || check.verdict == Verdict::vacuous));
            REQUIRE(check.mutation_control);
            CHECK(check.mutation_control->verdict == Verdict::violated);
        }
    }
}

TEST_CASE("the data on the sphere agree with the population coefficients, the degree energies and the spectrum") {
    const TrajectoryResult& run = *on_circle().trajectory;
    const SphereData& data = *run.sphere;
    const Eigen::VectorXd& weights = data.rules.rule.weights;
    // At the end, and at the start, both grids have a state.
    for (const bool end : {false, true}) {
        const Eigen::Index here = end ? data.seen.residual.cols() - 1 : 0, there = end ? run.seen.times() - 1 : 0;
        const Eigen::VectorXd r = data.seen.residual.col(here), image = data.seen.image.col(here);
        for (std::size_t p = 0; p < run.probes.size(); ++p) {
            const auto row = static_cast<Eigen::Index>(p);
            const Eigen::VectorXd phi = run.probes[p].at(data.rules.rule.points).cwiseProduct(weights);
            const double c = phi.dot(r);
            CHECK(std::abs(c - run.seen.coefficient(row, there)) < 1e-9);
            const double delta = run.eigenvalues[p].value * c - phi.dot(image);
            CHECK(std::abs(delta - run.seen.deviation(row, there)) < 1e-8);
        }
    }
    // Eigenvalues: the leading ones of the circle come twice, but for degree 0.
    for (std::size_t i = 0; i < data.degrees.size(); ++i) {
        const double mu = data.degree_eigenvalues[i].value;
        const auto near = (data.eigenvalues.array() - mu).abs() < 1e-8;
        CHECK(near.count() == (data.degrees[i] == 0 ? 1 : 2));
    }
}

TEST_CASE("degree energies of the residual by the rule are those of pairs of neurons") {
    TrajectorySetup setup = setup_on(3);
    const NetworkShape& shape = setup.shape;
    const Eigen::VectorXd theta = draw_parameters(shape, {false, OutputWeights::gaussian, 1}, 4);
    const ActivationPtr tanh = make_activation("tanh");
    const auto pool = std::make_shared<ThreadPool>(1);
    const SphereCubature rule = sphere_cubature(3, 41);
    const Network network(shape, tanh, rule.points, pool);
    const OnSphere seen{network.values(theta) - setup.target.at(rule.points), Eigen::MatrixXd::Zero(rule.size(), 1)};
    const DegreeEnergies pairs = residual_energies(shape, *tanh, theta, setup.target, 6, *pool);
    for (int degree = 0; degree <= 6; ++degree) {
        const double energy = along_degree(rule, seen, degree, 0.5).path.squaredNorm();
        CHECK(std::abs(energy - pairs.energy[static_cast<std::size_t>(degree)]) < 1e-7);
    }
}

TEST_CASE("both rules state the same norms, and a wrong operator is noticed") {
    const SphereData& data = *on_circle().trajectory->sphere;
    const Eigen::Index all = data.eigenvalues.size();
    const SphereNorms rule = norms_of(data.grid, along_eigenfunctions(data, data.seen, all));
    const SphereNorms finer = norms_by_finer(data);
    CHECK(apart(rule.deviation, finer.deviation) < 1e-8);
    CHECK(apart(rule.learned, finer.learned) < 1e-8);
    CHECK(apart(rule.source, finer.source) < 1e-8);
    // T_n^s without its factor 1/n; T_n^s that is frozen at its first instant; the residual of another time.
    for (const int mutant : {0, 1, 2}) {
        Experiment wrong = on_circle();
        SphereData changed = data;
        for (OnSphere* run : {&changed.seen, &changed.compared.front(), &changed.finer}) {
            if (mutant == 0) run->image *= 15;
            if (mutant == 1) run->image.colwise() = Eigen::VectorXd(run->image.col(0));
            if (mutant == 2) run->residual.rowwise().reverseInPlace();
        }
        wrong.trajectory->sphere = std::make_shared<const SphereData>(changed);
        CAPTURE(mutant);
        CHECK(run_check(definition_of("D2"), wrong).verdict == Verdict::violated);
    }
}

TEST_CASE("D2 of a kernel that does not move is the closed form") {
    // One direction, rate 0.5, source s(t) = e^{-t}: c(t) = e^{-t/2} + int e^{-(t-s)/2} e^{-s} ds = 3 e^{-t/2} - 2
    // e^{-t}.
    const TimeGrid grid = sphere_grid(4, 1, {1.5});
    const Eigen::Map<const Eigen::ArrayXd> t(grid.times().data(), static_cast<Eigen::Index>(grid.times().size()));
    ProjectedRun run{Eigen::VectorXd::Constant(1, 0.5), (3 * (-t / 2).exp() - 2 * (-t).exp()).matrix().transpose(),
                     (-t).exp().matrix().transpose()};
    const SphereNorms norms = norms_of(grid, run);
    const auto supremum = grid.running_supremum(norms.source);
    for (std::size_t i = 1; i < grid.breakpoints().size(); ++i) {
        const double time = grid.breakpoints()[i];
        const auto at = static_cast<Eigen::Index>(i);
        CHECK(std::abs(norms.deviation(at) - 2 * (std::exp(-time / 2) - std::exp(-time))) < 1e-14);
        CHECK(std::abs(supremum[i].value - 1) < 1e-14);
        CHECK(norms.deviation(at) < damping_factor(0.5, time));
    }
    bool marked = false;
    for (const double time : grid.breakpoints()) marked = marked || time == 1.5;
    CHECK(marked);
}

TEST_CASE("on a sphere of high dimension no rule is small enough, and the checks say so") {
    TrajectorySetup setup = setup_on(6);
    setup.time = 0.1;
    setup.output_times = {};
    setup.target = {{setup.probes[1]}, {1}};
    const Experiment experiment = experiment_of("erf", setup);
    CHECK_FALSE(experiment.trajectory->sphere);
    const ledger::Check check = run_check(definition_of("D2"), experiment);
    CHECK(check.verdict == Verdict::not_applicable);
    CHECK(check.hypotheses.back().reason.find("S^5") != std::string::npos);
}
