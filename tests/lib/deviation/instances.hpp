// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/checks.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

namespace ntk::test {

/// A small network and its training, for the tests of the chain of bounds.
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
    bool one_degree = false;  ///< a target of degree 1 alone
};

inline deviation::TrajectorySetup setup_of(const Instance& given) {
    Eigen::VectorXd pole = Eigen::VectorXd::Unit(given.dim, given.dim - 1);
    Eigen::VectorXd oblique = Eigen::VectorXd::Ones(given.dim);
    std::vector<ZonalProbe> probes;
    for (int degree = 0; degree <= given.largest_degree; ++degree) probes.push_back(make_zonal_probe(degree, pole));
    deviation::TrajectorySetup setup{
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
    if (given.one_degree) setup.target = {{make_zonal_probe(1, pole)}, {given.strength}};
    return setup;
}

inline Kernel kernel_of(const Instance& given) {
    KernelSpec spec{make_activation(given.activation)};
    spec.layers.front().bias_variance = given.hidden_bias ? Rational(given.bias_variance) : Rational(0);
    spec.train_bias = given.hidden_bias;
    spec.output_bias = given.output_bias;
    return Kernel(spec);
}

inline deviation::Experiment experiment_of(const Instance& given) {
    deviation::Experiment experiment{"instance", kernel_of(given), given.dim, std::nullopt, std::nullopt, "", ""};
    experiment.trajectory =
        deviation::compute_trajectory(experiment.kernel, setup_of(given), std::make_shared<ThreadPool>(2), {});
    return experiment;
}

inline deviation::CheckDefinition definition_of(const std::string& id) {
    for (const deviation::CheckDefinition& definition : deviation::standard_checks()) {
        if (definition.id == id) return definition;
    }
    FAIL("no check with the id " << id);
    return {};
}

/// The checks of what is known before training and of what it is made of.
inline std::vector<deviation::CheckDefinition> all_bounds() {
    std::vector<deviation::CheckDefinition> all = deviation::bound_checks();
    for (const deviation::CheckDefinition& one : deviation::ingredient_checks()) all.push_back(one);
    return all;
}

inline bool fine(ledger::Verdict verdict) {
    return verdict == ledger::Verdict::holds || verdict == ledger::Verdict::vacuous;
}

}  // namespace ntk::test
