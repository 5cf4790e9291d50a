// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/random_terms.hpp"

#include "../golden.hpp"
#include "ntk/deviation/experiment.hpp"
#include "ntk/deviation/start_quantities.hpp"
#include "ntk/numeric/random.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <memory>
#include <stdexcept>

using namespace ntk;
using namespace ntk::deviation;

namespace {

KernelTerm erf_term(bool antisymmetric, OutputWeights outputs) {
    KernelTerm term{make_activation("erf")->constants(), {antisymmetric, outputs, 1}, {3, 64, true, true}, 0.3, 0.8};
    return term;
}

}  // namespace

TEST_CASE("Pinelis: the bound solves its equation") {
    for (const double delta : {0.3, 1e-3, 1e-9}) {
        for (const double scale : {0.0, 0.1, 5.0}) {
            const double r = pinelis_bound(2, scale, 50, delta);
            CHECK(std::abs(50 * r * r / (2 * std::log(2 / delta) * (2 + scale * r)) - 1) <= 1e-10);
        }
    }
    CHECK_THROWS_AS(pinelis_bound(1, 1, 10, 0), std::domain_error);
    CHECK_THROWS_AS(sampling_bound({}, 1), std::domain_error);
}

TEST_CASE("bounds with probability: which inequality wins where") {
    // Small variance: Bernstein. Large failure probability: Chebyshev. Few points: Hoeffding.
    CHECK(sampling_bound({1000, 3, 2, 0.5, 0.5, 0.1}, 1e-3).inequality == "Bernstein");
    CHECK(sampling_bound({1000, 3, 2, 0.5, 0.5, 0.1}, 0.9).inequality == "Chebyshev");
    CHECK(sampling_bound({2, 1, 1, 1, 1, 0}, 1e-3).inequality == "Hoeffding");
    CHECK(gradient_gap_bound({10000, 30, 2, 2, 0.1}, 1e-6).inequality == "Pinelis");
    CHECK(gradient_gap_bound({4, 1.4, 2, 2, 0.1}, 1e-6).inequality == "bounded differences");
    const RandomBound signs = kernel_gap_bound(erf_term(true, OutputWeights::rademacher), 1e-3);
    const RandomBound gaussian = kernel_gap_bound(erf_term(true, OutputWeights::gaussian), 1e-3);
    CHECK(signs.value < gaussian.value);
    CHECK(gaussian.inequality == "sub-exponential");
    CHECK(kernel_gap_bound(erf_term(true, OutputWeights::gaussian), 0.2).inequality == "Chebyshev with fourth moments");
    // Half as many draws with pairs.
    KernelTerm plain = erf_term(false, OutputWeights::rademacher), pairs = erf_term(true, OutputWeights::rademacher);
    pairs.shape.width *= 2;
    CHECK(kernel_gap_bound(plain, 0.01).value == kernel_gap_bound(pairs, 0.01).value);
}

TEST_CASE("the envelope of <w,x> + b") {
    NetworkShape shape{3, 4, true, true};
    CHECK(std::abs(gaussian_envelope({true, OutputWeights::rademacher, 0.5}, shape) - 1.5) <= 1e-14);
    InitialLaw sphere{true, OutputWeights::rademacher, 0.5};
    sphere.weights = RadialLaw{{{Rational(3), Rational(1, 2)}, {Rational(1), Rational(1, 2)}}};
    CHECK(std::abs(gaussian_envelope(sphere, shape) - 3.5) <= 1e-14);
}

TEST_CASE("coverage: the random terms of many small starts stay below their bounds as often as they must") {
    const int seeds = test::full_size() ? 400 : test::least_size() ? 10 : 100;
    constexpr double delta = 0.1;
    for (const bool unbounded : {false, true}) {
        KernelSpec spec{make_activation(unbounded ? "gelu" : "erf")};
        spec.layers.front().bias_variance = 1;
        spec.train_bias = spec.output_bias = true;
        const Kernel kernel(spec);
        const Eigen::Vector3d pole(0, 0, 1);
        TrajectorySetup setup{{3, 8, true, true},
                              {!unbounded, unbounded ? OutputWeights::gaussian : OutputWeights::rademacher, 1},
                              0,
                              12,
                              {{make_zonal_probe(1, pole)}, {1}},
                              {make_zonal_probe(1, pole), make_zonal_probe(2, pole)},
                              1,
                              1e-9,
                              {}};
        const std::vector<ledger::Measured> eigenvalues = probe_eigenvalues(kernel, {}, 3, setup.probes);
        const double at_one = kernel.at(1.0);
        const auto pool = std::make_shared<ThreadPool>(1);
        int exceeded = 0;
        double squares = 0, gap_squares = 0;
        for (int seed = 0; seed < seeds; ++seed) {
            setup.seed = static_cast<std::uint64_t>(seed);
            const TrainingProblem problem = make_training_problem(spec.activation, setup, pool);
            const StartQuantities start = start_quantities(problem, setup, eigenvalues, at_one, {0, 1});
            const ProbeStart& probe = start.probes[1];
            const double mu = eigenvalues[1].value;
            const KernelTerm kernel_term{spec.activation->constants(), setup.law, setup.shape, mu,
                                         probe.mean_of_absolute};
            const GradientTerm gradient_term{12, probe.largest, start.kernel_bound, at_one, mu};
            exceeded += probe.kernel_gap.value > kernel_gap_bound(kernel_term, delta).value;
            exceeded += probe.gradient_gap.value > gradient_gap_bound(gradient_term, delta).value;
            squares += probe.gradient_gap.value * probe.gradient_gap.value / seeds;
            gap_squares += probe.kernel_gap.value * probe.kernel_gap.value / seeds;
        }
        CHECK(exceeded <= 2 * delta * seeds);
        const double mu = eigenvalues[1].value;
        // E Z^2 = (kappa(1) - mu)/n exactly; the mean over seeds is known to about 30 % at 100 of them.
        if (!test::least_size()) CHECK(std::abs(squares / ((at_one - mu) / 12) - 1) <= 0.4);
        // E ||h_0||^2 <= B mu/m' for bounded sigma and signs.
        const ActivationConstants c = spec.activation->constants();
        if (!unbounded) CHECK(gap_squares <= (c.c_infinity * c.c_infinity + 2 * c.L1 * c.L1) * mu / 4);
    }
}
