// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/sampled_spectrum.hpp"

#include "ntk/deviation/overparameterised.hpp"
#include "ntk/deviation/training.hpp"
#include "ntk/numeric/clopper_pearson.hpp"
#include "ntk/numeric/quadrature.hpp"
#include "ntk/sphere/points.hpp"
#include "tests/lib/golden.hpp"

#include <doctest/doctest.h>
#include <Eigen/Eigenvalues>

#include <cmath>
#include <numbers>
#include <stdexcept>

using namespace ntk;
using namespace ntk::deviation;
using ledger::Verdict;

namespace {

Kernel biased(const std::string& activation) {
    KernelSpec spec{make_activation(activation)};
    spec.layers.front().bias_variance = 1;
    spec.train_bias = true;
    return Kernel(spec);
}

/// E_y[kappa(<x,y>)^2] by Simpson's rule in the angle, 4000 intervals.
double mean_square(const Kernel& kernel, int dim) {
    constexpr int intervals = 4000;
    double sum = 0, mass = 0;
    for (int i = 0; i <= intervals; ++i) {
        const double angle = std::numbers::pi * i / intervals;
        const double weight = (i == 0 || i == intervals ? 1 : i % 2 == 0 ? 2 : 4) * std::pow(std::sin(angle), dim - 2);
        const double value = kernel.at(std::cos(angle));
        sum += weight * value * value;
        mass += weight;
    }
    return sum / mass;
}

Eigen::MatrixXd gram_of(const Kernel& kernel, int dim, int count, std::uint64_t seed) {
    const Eigen::MatrixXd points = uniform_points(dim, count, RandomStream(seed, "points of a spectrum"));
    return infinite_width_gram(kernel_in_double(kernel, std::nullopt, dim), points);
}

double largest_distance(const OperatorSpectrum& spectrum, const Eigen::MatrixXd& gram) {
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(gram, Eigen::EigenvaluesOnly);
    Eigen::VectorXd padded = Eigen::VectorXd::Zero(gram.rows() + 1);
    padded.head(gram.rows()) = solver.eigenvalues().reverse();
    return (padded - spectrum.eigenvalues).cwiseAbs().maxCoeff();
}

}  // namespace

TEST_CASE("sampled spectrum: sum of squares against quadrature, eigenvalues in order with their multiplicities") {
    for (const std::string activation : {"erf", "relu", "tanh"}) {
        for (const int dim : {2, 3, 5}) {
            const Kernel kernel = biased(activation);
            const OperatorSpectrum spectrum = operator_spectrum(kernel, std::nullopt, dim, 30);
            CAPTURE(activation);
            CAPTURE(dim);
            // Simpson's rule has an error of order 1e-8 at the end where ReLU's kernel has a kink in the angle's even
            // extension.
            CHECK(std::abs(spectrum.square_sum.value - mean_square(kernel, dim)) <= spectrum.square_sum.error + 1e-7);
            CHECK(spectrum.square_sum.error < 1e-3 * spectrum.square_sum.value);
            for (Eigen::Index i = 1; i < 30; ++i) CHECK(spectrum.eigenvalues(i) <= spectrum.eigenvalues(i - 1));
            CHECK(spectrum.error < 1e-2);
        }
    }
    // Degrees 0, 1, 2 of erf with biases on the 2-sphere: multiplicities 1, 3, 5.
    const OperatorSpectrum spectrum = operator_spectrum(biased("erf"), std::nullopt, 3, 9);
    CHECK(spectrum.eigenvalues(1) == spectrum.eigenvalues(3));
    CHECK(spectrum.eigenvalues(3) > spectrum.eigenvalues(4));
    CHECK(spectrum.eigenvalues(4) == spectrum.eigenvalues(8));
}

TEST_CASE("sampled spectrum: the mean of n ||T_n - T||^2 is kappa_c^2") {
    const Kernel kernel = biased("erf");
    constexpr int dim = 3, points = 16;
    const int runs = test::least_size() ? 100 : 1000;
    const OperatorSpectrum spectrum = operator_spectrum(kernel, std::nullopt, dim, points + 1);
    const double expected = std::pow(spectrum.centred_norm().value, 2);
    double sum = 0, squares = 0;
    for (int seed = 0; seed < runs; ++seed) {
        const Eigen::MatrixXd gram = gram_of(kernel, dim, points, static_cast<std::uint64_t>(seed));
        const ledger::Measured distance = operator_distance(spectrum, gram);
        const double value = points * distance.value * distance.value;
        sum += value;
        squares += value * value;
        CHECK(largest_distance(spectrum, gram) <= distance.value + distance.error + spectrum.error);
    }
    const double mean = sum / runs, spread = std::sqrt((squares / runs - mean * mean) / runs);
    // Five standard errors: a false alarm of probability below 1e-6.
    CHECK(std::abs(mean - expected) <= 5 * spread);
    CHECK(spread < 0.1 * expected);
}

TEST_CASE("sampled spectrum: the bounds of O5 cover, and bounds that are too small do not") {
    const Kernel kernel = biased("erf");
    constexpr int dim = 3, points = 20;
    constexpr double delta = 0.05;
    const long runs = test::least_size() ? 60 : 400;
    const OperatorSpectrum spectrum = operator_spectrum(kernel, std::nullopt, dim, points + 1);
    const SamplingBounds bounds = sampling_bounds(spectrum, points, delta);
    long pinelis = 0, rosasco = 0, bernstein = 0, third = 0;
    for (long seed = 0; seed < runs; ++seed) {
        const double apart =
            largest_distance(spectrum, gram_of(kernel, dim, points, 5000 + static_cast<std::uint64_t>(seed)));
        pinelis += apart > bounds.pinelis ? 1 : 0;
        rosasco += apart > bounds.rosasco ? 1 : 0;
        bernstein += apart > bounds.bernstein ? 1 : 0;
        third += apart > bounds.pinelis / 10 ? 1 : 0;
    }
    CHECK(clopper_pearson(pinelis, runs, 0.999).lower <= delta);
    CHECK(clopper_pearson(rosasco, runs, 0.999).lower <= delta);
    CHECK(clopper_pearson(bernstein, runs, 0.999).lower <= delta);
    CHECK(clopper_pearson(third, runs, 0.999).lower > delta);
    CHECK(bounds.pinelis < bounds.rosasco);
    CHECK_THROWS_AS(sampling_bounds(spectrum, 0, delta), std::domain_error);
    CHECK_THROWS_AS(sampling_bounds(spectrum, 5, 0), std::domain_error);
}

TEST_CASE("sampled spectrum: O5 on random points holds; exceeded it is an event, not a violation") {
    const Eigen::Vector3d pole(0, 0, 1);
    const Kernel kernel = biased("erf");
    const TrajectorySetup setup{{3, 16, true, false},
                                {true, OutputWeights::rademacher, 1},
                                3,
                                100,
                                {{make_zonal_probe(1, pole)}, {1}},
                                {make_zonal_probe(1, pole)},
                                0.01,
                                1e-6,
                                {}};
    Experiment experiment{"random points", kernel, 3, std::nullopt, std::nullopt, "", ""};
    experiment.trajectory = compute_trajectory(experiment.kernel, setup, std::make_shared<ThreadPool>(2), {});
    CheckDefinition o5;
    for (const CheckDefinition& definition : sampled_spectrum_checks()) {
        const ledger::Check check = run_check(definition, experiment);
        CAPTURE(check.id);
        CHECK(check.verdict == Verdict::holds);
        CHECK(check.mutation_control->verdict == Verdict::violated);
        if (definition.id == "O5") o5 = definition;
    }
    // All points in one place: the largest eigenvalue is kappa(1), far above mu_0.
    experiment.trajectory->kernel_gram.setConstant(kernel.at(1.0) / 100);
    const ledger::Check exceeded = run_check(o5, experiment);
    CHECK(exceeded.verdict == Verdict::inconclusive);
    CHECK(exceeded.note.find("event of probability at most 0.05") != std::string::npos);
    CHECK(exceeded.mutation_control->verdict == Verdict::violated);
}
