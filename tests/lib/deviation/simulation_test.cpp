// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/simulation.hpp"

#include "ntk/deviation/kernel_simulation.hpp"
#include "ntk/flow/kernel_flow.hpp"
#include "ntk/sphere/cubature.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

using namespace ntk;
using namespace ntk::deviation;

namespace {

Kernel erf_kernel() {
    KernelSpec spec{make_activation("erf")};
    spec.layers.front().bias_variance = 1;
    spec.train_bias = true;
    spec.output_bias = true;
    return Kernel(spec);
}

TrajectorySetup small_setup() {
    const Eigen::Vector3d pole(0, 0, 1);
    TrajectorySetup setup{{3, 16, true, true},
                          {true, OutputWeights::rademacher, 1},
                          3,
                          10,
                          {{make_zonal_probe(1, pole), make_zonal_probe(2, Eigen::Vector3d(1, 2, 2))}, {1, 0.5}},
                          {make_zonal_probe(1, pole), make_zonal_probe(3, pole)},
                          2,
                          1e-8,
                          {0.5, 1}};
    return setup;
}

SimulationResult simulate(const TrajectorySetup& setup, int threads = 1) {
    const Kernel kernel = erf_kernel();
    const Simulation simulation(kernel, setup, std::make_shared<ThreadPool>(threads), 4);
    SimulationState state = simulation.start();
    while (!simulation.done(state)) simulation.advance(state, {});
    return simulation.result(state);
}

bool same(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) { return (a.array() == b.array()).all(); }

}  // namespace

TEST_CASE("simulation: checkpoints are the output times before the end, and the end") {
    TrajectorySetup setup = small_setup();
    setup.output_times = {1, 0.5, 7};
    CHECK(simulation_checkpoints(setup) == std::vector<double>{0.5, 1, 2});
    setup.output_times.clear();
    CHECK(simulation_checkpoints(setup) == std::vector<double>{0.02, 0.04, 0.1, 0.2, 0.4, 1, 2});
    setup.method = TrainingMethod::gradient_descent;
    setup.step = 0.75;
    CHECK(simulation_checkpoints(setup) == std::vector<double>{0.75, 1.5, 2.25});
}

TEST_CASE("simulation: the number of threads changes nothing") {
    for (const bool population : {false, true}) {
        TrajectorySetup setup = small_setup();
        setup.population = population;
        const SimulationResult one = simulate(setup, 1), three = simulate(setup, 3);
        CHECK(same(one.residual_norm.value, three.residual_norm.value));
        CHECK(same(one.residual_norm.error, three.residual_norm.error));
        CHECK(same(one.states.back(), three.states.back()));
    }
}

TEST_CASE("simulation: the stated errors contain a run a thousand times tighter by another integrator") {
    TrajectorySetup setup = small_setup();
    setup.tolerance = 1e-5;
    TrajectorySetup reference_setup = small_setup();
    reference_setup.tolerance = 1e-9;
    for (const bool population : {false, true}) {
        setup.population = reference_setup.population = population;
        setup.integrator = Integrator::dormand_prince;
        reference_setup.integrator = Integrator::exponential_rosenbrock;
        const SimulationResult found = simulate(setup), reference = simulate(reference_setup);
        REQUIRE(found.times == reference.times);
        const Eigen::Index last = static_cast<Eigen::Index>(found.times.size()) - 1;
        CHECK(std::abs(found.residual_norm.value(last) - reference.residual_norm.value(last)) <=
              found.residual_norm.error(last));
        CHECK(found.residual_norm.error(last) < 1e-5);
        CHECK((found.states.back() - reference.states.back()).norm() <= found.state_error);
        for (std::size_t i = 0; i < found.coefficients.size(); ++i) {
            CHECK(std::abs(found.coefficients[i].value(last) - reference.coefficients[i].value(last)) <=
                  found.coefficients[i].error(last));
        }
    }
}

TEST_CASE("simulation: n = infinity is the flow on a fine cubature rule") {
    TrajectorySetup setup = small_setup();
    setup.population = true;
    const SimulationResult found = simulate(setup);
    const SphereCubature rule = sphere_cubature(3, 60);
    const Network network(setup.shape, make_activation("erf"), rule.points, std::make_shared<ThreadPool>(1));
    const FlowOptions options{1e-12, {2}, {}};
    const Trajectory flow =
        integrate_gradient_flow(network, found.states.front(), setup.target.at(rule.points), rule.weights, options);
    CHECK((flow.parameters.back() - found.states.back()).norm() < std::max(found.state_error, 1e-9));
    CHECK(found.state_error < 1e-7);
}

TEST_CASE("simulation: setups without meaning are refused") {
    const Kernel kernel = erf_kernel();
    const auto pool = std::make_shared<ThreadPool>(1);
    const auto refused = [&](const auto& change) {
        TrajectorySetup setup = small_setup();
        change(setup);
        CHECK_THROWS_AS(Simulation(kernel, setup, pool, 4), std::domain_error);
    };
    refused([](TrajectorySetup& setup) { setup.infinite_width = true; });
    refused([](TrajectorySetup& setup) {
        setup.population = true;
        setup.noise = 0.1;
    });
    refused([](TrajectorySetup& setup) { setup.method = TrainingMethod::gradient_descent; });
    refused([](TrajectorySetup& setup) { setup.target = {}; });
}

TEST_CASE("infinite width: coefficients and energies are those of the function that the residual stands for") {
    const Kernel kernel = erf_kernel();
    TrajectorySetup setup = small_setup();
    setup.infinite_width = true;
    for (const bool descent : {false, true}) {
        if (descent) {
            setup.method = TrainingMethod::gradient_descent;
            setup.step = 0.25;
        }
        const SimulationResult found = simulate_infinite_width(kernel, setup, 4);
        // r_t on the sample, and its integral, by small steps or by the iteration itself.
        const Eigen::VectorXd equal = Eigen::VectorXd::Constant(10, 0.1);
        const Eigen::MatrixXd gram = zonal_gram_matrix([&](double t) { return kernel.at(t); }, found.points, equal);
        Eigen::VectorXd r = -found.labels, sum = Eigen::VectorXd::Zero(10);
        if (descent) {
            for (int step = 0; step < 8; ++step) {
                sum += 0.25 * r;
                r -= 0.25 * gram * r;
            }
        } else {
            const KernelFlow flow(gram, r);
            r = flow.residual(2).value;
            sum = flow.integrated_residual(2).value;
        }
        CHECK((found.residual.rightCols(1) - r).norm() < 1e-13);
        // f_t(x) = -(1/n) sum_j R_j kappa(<x, x_j>), integrated over the sphere.
        const SphereCubature rule = sphere_cubature(3, 40);
        const Eigen::MatrixXd cosines = rule.points.transpose() * found.points;
        const Eigen::VectorXd values = -cosines.unaryExpr([&](double t) {
            return kernel.at(std::clamp(t, -1.0, 1.0));
        }) * sum / 10 - setup.target.at(rule.points);
        for (std::size_t i = 0; i < setup.probes.size(); ++i) {
            const double c = rule.weights.dot(values.cwiseProduct(setup.probes[i].at(rule.points)));
            CHECK(std::abs(found.coefficients[i].value.tail(1)(0) - c) < 1e-11);
        }
        double energy = 0;
        for (const Measured& one : found.energies.back()) energy += one.value;
        const double all = rule.weights.dot(values.cwiseAbs2());
        CHECK(energy < all);
        CHECK(std::abs(energy - all) < 1e-4);  // degrees above 4
        CHECK(std::abs(found.energies.front()[2].value - 0.25) < 1e-13);
    }
}
