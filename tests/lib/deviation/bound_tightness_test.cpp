// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/bound_lines.hpp"
#include "ntk/deviation/chain_lines.hpp"

#include "../golden.hpp"
#include "instances.hpp"
#include "ntk/flow/gradient_flow.hpp"

#include <algorithm>
#include <ctime>
#include <iostream>
#include <optional>

using namespace ntk;
using namespace ntk::deviation;
using namespace ntk::test;

namespace {

struct AtOneRate {
    double best, measured, separates;
};

/// Erf, d = 2, hidden and output bias, antisymmetric, n = infinity, a target of degree 1 and amplitude 1/2, at
/// t = 1/mu_1: the best bound known before training, and what is measured.
AtOneRate at_one_rate(int width, std::uint64_t seed) {
    Instance given;
    given.dim = 2;
    given.population = true;
    given.width = width;
    given.seed = seed;
    given.output_times = {};
    given.largest_degree = 1;
    given.one_degree = true;
    given.strength = 0.5;
    KernelSpec spec{make_activation("erf")};
    spec.layers.front().bias_variance = 1;
    spec.train_bias = spec.output_bias = true;
    const std::vector<ZonalProbe> first = {make_zonal_probe(1, Eigen::Vector2d(0, 1))};
    given.time = 1 / probe_eigenvalues(Kernel(spec), {}, 2, first).front().value;
    const Experiment experiment = experiment_of(given);
    const TrajectoryResult& run = *experiment.trajectory;
    const std::vector<DriftForm> forms(drift_forms.begin(), drift_forms.end());
    const double split = linear_split_line(run, 1, BoundMutation::none).back().value;
    AtOneRate result{};
    result.best = std::min({line_before_training(run, 1, forms, BoundMutation::none).back().value,
                            bootstrap_line(run, 1, BoundMutation::none).back().value, split});
    result.separates = usefulness(run, 1).separates.back();
    result.measured = chain_line(run, run.seen, 1, ChainLine::deviation, ChainMutation::none).back().value;
    return result;
}

double quantile(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    const double place = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}

}  // namespace

TEST_CASE(
    "the best bound known before training at t = 1/mu_1: informative at m = 256, near what is measured at 16384") {
    const int seeds = test::full_size() ? 20 : test::least_size() ? 1 : 3;
    const int wide = test::full_size() ? 16384 : test::least_size() ? 64 : 1024;
    int informative = 0;
    std::vector<double> ratios;
    for (int seed = 1; seed <= seeds; ++seed) {
        const AtOneRate narrow = at_one_rate(test::least_size() ? 64 : 256, static_cast<std::uint64_t>(seed));
        CHECK(narrow.best >= narrow.measured);
        informative += narrow.best < narrow.separates ? 1 : 0;
        const AtOneRate at = at_one_rate(wide, static_cast<std::uint64_t>(seed));
        CHECK(at.best >= at.measured);
        ratios.push_back(at.best / at.measured);
    }
    CHECK(2 * informative > seeds);
    // The middle one, as what is measured can pass through zero.
    if (!test::least_size()) CHECK(quantile(ratios, 0.5) <= 5);
    if (!test::full_size()) return;
    std::cout << "tightness at t = 1/mu_1: informative at m = 256 for " << informative << " of " << seeds
              << " seeds; best bound over deviation at m = " << wide << ": quartiles " << quantile(ratios, 0.25) << ", "
              << quantile(ratios, 0.5) << ", " << quantile(ratios, 0.75) << '\n';
}

TEST_CASE("the chain of eight probes costs less than the trajectory") {
    Instance given;
    given.width = test::full_size() ? 4096 : test::least_size() ? 16 : 128;
    given.samples = test::full_size() ? 512 : test::least_size() ? 8 : 32;
    given.largest_degree = 7;
    given.output_times.clear();
    const int times = test::full_size() ? 200 : 20;
    for (int i = 1; i < times; ++i) given.output_times.push_back(2.0 * i / times);
    // Processor time of all threads.
    const auto seconds = [](const auto& work) {
        const std::clock_t begin = std::clock();
        work();
        return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    };
    std::optional<Experiment> experiment;
    const double trajectory = seconds([&] { experiment = experiment_of(given); });
    const TrajectoryResult& run = *experiment->trajectory;
    const double start = seconds([&] {
        const StartQuantities again =
            start_quantities(*run.problem, setup_of(given), run.eigenvalues, 1, run.grid.breakpoints());
        CHECK(again.probes.size() == 8);
    });
    const double lines = seconds([&] {
        std::vector<CheckDefinition> chain = all_bounds();
        for (const CheckDefinition& definition : chain_checks()) chain.push_back(definition);
        for (const CheckDefinition& definition : chain) definition.evaluate(*experiment, Variant::claim);
    });
    FlowOptions options{setup_of(given).tolerance, run.grid.times(), {}};
    options.observe = [](double, const Eigen::VectorXd&) {};
    const double bare = seconds(
        [&] { integrate_gradient_flow(run.problem->network, run.problem->start, run.problem->labels, options); });
    if (test::full_size()) {
        std::cout << "cost: chain of 8 probes at " << run.grid.breakpoints().size() << " times " << start + lines
                  << " s of processor time (start and bootstrap " << start << ", lines " << lines
                  << "), the observed trajectory with its error " << trajectory << " s, ratio "
                  << (start + lines) / trajectory << "; one integration without observation " << bare << " s at "
                  << run.grid.times().size() << " states\n";
        // Read strictly: an integration that nobody looks at, from which no bound can be made.
        CHECK(start + lines < bare);
    }
    CHECK(start + lines < trajectory);
}
