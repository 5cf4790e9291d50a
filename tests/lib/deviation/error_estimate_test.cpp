// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/simulation.hpp"

#include "ntk/flow/real_flow.hpp"
#include "ntk/network/reference.hpp"
#include "ntk/numeric/random.hpp"
#include "tests/lib/golden.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <limits>

/// Whether the error that a simulation states is true: on random small problems, against runs by another integrator
/// that are a thousand times more accurate, and against the same flow in Real.
using namespace ntk;
using namespace ntk::deviation;

namespace {

/// Random numbers of one problem, in order.
class Chance {
public:
    explicit Chance(std::uint64_t problem) : stream_(problem, "random problems") {}
    double uniform() { return stream_.uniform(next_++); }
    int whole(int least, int most) { return least + static_cast<int>(uniform() * (most - least + 1)); }
    bool coin() { return uniform() < 0.5; }
    double log_uniform(double least, double most) { return least * std::pow(most / least, uniform()); }
    Eigen::VectorXd axis(int dim) {
        Eigen::VectorXd made(dim);
        for (int i = 0; i < dim; ++i) made(i) = stream_.normal(next_++);
        return made;
    }

private:
    RandomStream stream_;
    std::uint64_t next_ = 0;
};

struct RandomProblem {
    Kernel kernel;
    TrajectorySetup setup;
};

/// `tiny`: for Real.
RandomProblem random_problem(std::uint64_t number, bool tiny) {
    Chance chance(number);
    const std::vector<std::string> activations = {"erf",  "tanh", "sigmoid", "softplus:1", "softplus:3",
                                                  "gelu", "silu", "sin",     "cos",        "gaussian"};
    KernelSpec spec{make_activation(activations[static_cast<std::size_t>(chance.whole(0, 9))])};
    spec.train_bias = chance.coin();
    if (spec.train_bias) spec.layers.front().bias_variance = 1;
    spec.output_bias = chance.coin();
    const int dim = chance.whole(2, tiny ? 3 : 5);
    const bool antisymmetric = chance.coin();
    const int width = tiny ? 2 : 2 * chance.whole(1, 12);
    const InitialLaw law{antisymmetric, chance.coin() ? OutputWeights::rademacher : OutputWeights::gaussian,
                         spec.train_bias ? 1.0 : 0.0};
    RandomProblem problem{Kernel(spec),
                          {{dim, width, spec.train_bias, spec.output_bias},
                           law,
                           number + 1,
                           chance.whole(1, tiny ? 3 : 16),
                           {{make_zonal_probe(chance.whole(0, 3), chance.axis(dim))}, {chance.log_uniform(0.1, 10)}},
                           {make_zonal_probe(0, chance.axis(dim)), make_zonal_probe(1, chance.axis(dim))},
                           chance.log_uniform(0.1, tiny ? 3 : 300),
                           chance.log_uniform(1e-7, 1e-4),
                           {}}};
    problem.setup.output_times = {problem.setup.time / 3};
    problem.setup.integrator = chance.coin() ? Integrator::dormand_prince : Integrator::exponential_rosenbrock;
    return problem;
}

SimulationResult simulate(const RandomProblem& problem, double tolerance, Integrator integrator) {
    TrajectorySetup setup = problem.setup;
    setup.tolerance = tolerance;
    setup.integrator = integrator;
    const Simulation simulation(problem.kernel, setup, std::make_shared<ThreadPool>(1), 3);
    SimulationState state = simulation.start();
    while (!simulation.done(state)) simulation.advance(state, {});
    return simulation.result(state);
}

Integrator other_than(Integrator integrator) {
    return integrator == Integrator::dormand_prince ? Integrator::exponential_rosenbrock : Integrator::dormand_prince;
}

/// One stated error and the true one; `unsure` bounds the error of the true one.
struct Comparison {
    double stated, true_error, unsure;
    bool covers() const { return stated + unsure >= true_error; }
    /// The true error is known to three digits.
    bool is_sharp() const { return unsure <= 1e-3 * true_error; }
};

/// The norm of the residual and the coefficients at the checkpoints, and the parameters at the end.
std::vector<Comparison> comparisons(const SimulationResult& found, const SimulationResult& reference) {
    std::vector<Comparison> all = {
        {found.state_error, (found.states.back() - reference.states.back()).norm(), reference.state_error}};
    const auto add = [&](const MeasuredPath& path, const MeasuredPath& truth, Eigen::Index at) {
        all.push_back({path.error(at), std::abs(path.value(at) - truth.value(at)), truth.error(at)});
    };
    for (std::size_t i = 1; i < found.state_times.size(); ++i) {
        const auto place = std::lower_bound(found.times.begin(), found.times.end(), found.state_times[i]);
        const Eigen::Index at = place - found.times.begin();
        add(found.residual_norm, reference.residual_norm, at);
        for (std::size_t k = 0; k < found.coefficients.size(); ++k) {
            add(found.coefficients[k], reference.coefficients[k], at);
        }
    }
    return all;
}

double quantile(std::vector<double> values, double share) {
    REQUIRE(!values.empty());
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

std::vector<Real> in_real(const Eigen::VectorXd& vector) { return {vector.begin(), vector.end()}; }

}  // namespace

TEST_CASE("stated errors of simulations are true, not much too large, and fall with the tolerance") {
    const std::uint64_t problems = test::full_size() ? 500 : test::least_size() ? 2 : 40;
    std::uint64_t covered = 0;
    std::vector<double> ratios, falls;
    for (std::uint64_t number = 0; number < problems; ++number) {
        const RandomProblem problem = random_problem(number, false);
        const Integrator integrator = problem.setup.integrator;
        const double tolerance = problem.setup.tolerance;
        const SimulationResult found = simulate(problem, tolerance, integrator);
        const SimulationResult reference = simulate(problem, 1e-11, other_than(integrator));
        bool covers = true;
        for (const Comparison& one : comparisons(found, reference)) {
            covers = covers && one.covers();
            if (one.is_sharp()) ratios.push_back(one.stated / one.true_error);
        }
        covered += covers ? 1 : 0;
        const SimulationResult tighter = simulate(problem, tolerance / 100, integrator);
        // Below a tenth of its tolerance an error is limited by the segments: nothing needs to fall.
        if (found.state_error > tolerance / 10) falls.push_back(found.state_error / tighter.state_error);
    }
    const double share = static_cast<double>(covered) / static_cast<double>(problems);
    CHECK(share >= 0.99);
    if (test::least_size()) return;
    CHECK(quantile(ratios, 0.5) <= 100);
    CHECK(quantile(ratios, 0.99) <= 1e4);
    CHECK(quantile(falls, 0.05) >= 10);
    std::cout << "stated errors of " << problems << " simulations: all of " << 100 * share
              << " % of them at least the true ones; stated/true over " << ratios.size() << " errors: 1 % "
              << quantile(ratios, 0.01) << ", median " << quantile(ratios, 0.5) << ", 99 % " << quantile(ratios, 0.99)
              << "; fall for a hundredth of the tolerance: 5 % " << quantile(falls, 0.05) << ", median "
              << quantile(falls, 0.5) << "\n";
}

TEST_CASE("stated errors of simulations contain the distance from the flow in Real") {
    const std::uint64_t problems = test::full_size() ? 50 : test::least_size() ? 2 : 8;
    const RealPrecision precision(30);
    std::uint64_t covered = 0;
    for (std::uint64_t number = 0; number < problems; ++number) {
        const RandomProblem problem = random_problem(1'000'000 + number, true);
        const SimulationResult found = simulate(problem, problem.setup.tolerance, problem.setup.integrator);
        ReferenceNetwork<Real> network{problem.setup.shape, problem.kernel.spec().activation, {}};
        for (Eigen::Index j = 0; j < found.points.cols(); ++j) network.points.push_back(in_real(found.points.col(j)));
        const std::vector<Real> labels = in_real(found.labels);
        const auto states =
            integrate_real_flow([&](const std::vector<Real>& theta) { return network.velocity(theta, labels); },
                                in_real(found.states.front()), {Real(problem.setup.time)}, Real("1e-15"));
        Real squared = 0;
        for (std::size_t i = 0; i < states[0].size(); ++i) {
            const Real apart = states[0][i] - found.states.back()(static_cast<Eigen::Index>(i));
            squared += apart * apart;
        }
        const auto true_error = static_cast<double>(sqrt(squared));
        covered += found.state_error >= true_error ? 1 : 0;
        CHECK(true_error <= 3 * found.state_error);
    }
    CHECK(static_cast<double>(covered) >= 0.99 * static_cast<double>(problems) - 0.5);
}
