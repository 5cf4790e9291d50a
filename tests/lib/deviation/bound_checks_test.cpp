// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/checks.hpp"

#include "../golden.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

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
    experiment.trajectory =
        compute_trajectory(experiment.kernel, setup_of(given), std::make_shared<ThreadPool>(2), {});
    return experiment;
}

void show(const Experiment& experiment) {
    auto all = bound_checks();
    for (auto& c : ingredient_checks()) all.push_back(c);
    for (const CheckDefinition& definition : all) {
        const ledger::Check check = run_check(definition, experiment);
        std::printf("%-14s %-14s control %-12s %.3fs %s\n", check.id.c_str(), to_string(check.verdict).c_str(),
                    check.mutation_control ? to_string(check.mutation_control->verdict).c_str() : "-", check.seconds,
                    check.note.c_str());
        for (const auto& one : check.series) {
            if (one.verdict < Verdict::inconclusive) continue;
            std::printf("      %s %s\n", one.label.c_str(), to_string(one.verdict).c_str());
            for (std::size_t i = 1; i < one.time.size(); i += 4)
                std::printf("         %g: %.12g +- %.3g <= %.12g +- %.3g\n", one.time[i], one.left[i].value,
                            one.left[i].error, one.right[i].value, one.right[i].error);
        }
        for (const auto& h : check.hypotheses)
            if (!h.holds) std::printf("      %s\n", h.reason.c_str());
    }
}

}  // namespace

TEST_CASE("bound checks: table") {
    Instance given;
    if (const char* w = std::getenv("W")) given.width = std::atoi(w);
    if (const char* w = std::getenv("N")) given.samples = std::atoi(w);
    if (const char* w = std::getenv("D")) given.dim = std::atoi(w);
    if (const char* w = std::getenv("T")) given.time = std::atof(w);
    if (const char* w = std::getenv("S")) given.strength = std::atof(w);
    if (const char* w = std::getenv("ACT")) given.activation = w;
    if (std::getenv("PLAIN")) given.antisymmetric = false;
    if (std::getenv("POP")) given.population = true;
    show(experiment_of(given));
}
