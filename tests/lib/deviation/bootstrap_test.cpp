// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/bootstrap.hpp"

#include "ntk/deviation/tight_instances.hpp"
#include "ntk/network/reference.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

using namespace ntk;
using namespace ntk::deviation;

namespace {

Bootstrap march_of(const LinearNeuron& neuron, const std::vector<double>& times, const BootstrapOptions& options) {
    const DriftBounds bounds = neuron.bounds(LinearNeuron::radius());
    const LinearisedFlow flow{Eigen::VectorXd::Constant(1, neuron.eigenvalue()),
                              Eigen::VectorXd::Constant(1, neuron.residual_norm), 1e-15};
    return march(bounds, flow, neuron.residual_norm, bounds.kernel_diagonal(), times, options);
}

}  // namespace

TEST_CASE("instances solved by hand against Runge-Kutta steps of the network written out plainly") {
    const double half = std::sqrt(0.5), beta = 0.7;
    // x = e_1 and x~ = (1,0,1) = sqrt(2) times the unit vector v.
    const NetworkShape shape{2, 1, true, false};
    const ReferenceNetwork<double> network{shape, make_activation("polynomial:0,1"), {{1, 0}}};
    std::vector<double> theta = {1, half, 0, half};
    const std::vector<double> start = theta, labels = {std::sqrt(2.0) + beta};
    CHECK(std::abs(network.values(theta)[0] - std::sqrt(2.0)) <= 1e-15);
    const double time = 0.3;
    constexpr int steps = 400;
    const auto moved = [](const std::vector<double>& from, double by, const std::vector<double>& along) {
        std::vector<double> result = from;
        for (std::size_t i = 0; i < result.size(); ++i) result[i] += by * along[i];
        return result;
    };
    double tau = 0;
    for (int step = 0; step < steps; ++step) {
        const double h = time / steps;
        const double before = labels[0] - network.values(theta)[0];
        const auto k1 = network.velocity(theta, labels), k2 = network.velocity(moved(theta, h / 2, k1), labels);
        const auto k3 = network.velocity(moved(theta, h / 2, k2), labels);
        const auto k4 = network.velocity(moved(theta, h, k3), labels);
        for (std::size_t i = 0; i < theta.size(); ++i) theta[i] += h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
        tau += h * (before + labels[0] - network.values(theta)[0]) / 2;
    }
    const LinearNeuron::State state = LinearNeuron{beta}.at(time);
    const auto gradient = network.gradient(theta, 0), gradient_before = network.gradient(start, 0);
    double now = 0, then = 0, distance = 0, linear = network.values(start)[0];
    for (std::size_t i = 0; i < theta.size(); ++i) {
        now += gradient[i] * gradient[i];
        then += gradient_before[i] * gradient_before[i];
        distance += (theta[i] - start[i]) * (theta[i] - start[i]);
        linear += gradient_before[i] * (theta[i] - start[i]);
    }
    CHECK(std::abs(then - LinearNeuron{beta}.eigenvalue()) <= 1e-13);
    CHECK(std::abs(state.residual_norm - (labels[0] - network.values(theta)[0])) <= 1e-9);
    CHECK(std::abs(state.kernel_change - (now - then)) <= 1e-8);
    CHECK(std::abs(state.reach.movement - std::sqrt(distance)) <= 1e-9);
    CHECK(std::abs(state.remainder - (network.values(theta)[0] - linear)) <= 1e-9);
    CHECK(std::abs(state.reach.residual_integral - tau) <= 1e-5);
}

TEST_CASE("instances solved by hand: the drift bounds are met within a factor 2") {
    const LinearNeuron neuron{1};
    for (const double time : {0.001, 0.1, 0.5}) {
        const LinearNeuron::State state = neuron.at(time);
        for (const DriftForm form : {DriftForm::basic, DriftForm::hessian}) {
            const DriftAndRemainder bound = neuron.bounds(LinearNeuron::radius()).bound(form, state.reach);
            CHECK(std::abs(bound.drift / state.kernel_change - 1) <= 1e-12);
            CHECK(std::abs(bound.remainder / state.remainder - 1) <= 1e-12);
            // What the mutation control says: with R = 1 they are no bounds.
            CHECK(neuron.bounds(1).bound(form, state.reach).drift < state.kernel_change);
            CHECK(neuron.bounds(1).bound(form, state.reach).remainder < state.remainder);
        }
    }
    for (const double gamma : {0.001, 0.05}) {
        const LinearPair::State state = LinearPair::at(gamma);
        for (const DriftForm form : {DriftForm::pairs, DriftForm::pairs_l2}) {
            CAPTURE(to_string(form));
            const DriftAndRemainder bound = LinearPair::bounds(LinearPair::radius()).bound(form, state.reach);
            CHECK(bound.drift >= state.kernel_change);
            CHECK(bound.drift <= 2 * state.kernel_change);
            CHECK(bound.remainder >= state.remainder);
            CHECK(bound.remainder <= 2 * state.remainder);
        }
    }
}

TEST_CASE("the bootstrap is above a problem solved by hand, and near it while the drift is small") {
    for (const double beta : {1e-3, 0.1, 1.0}) {
        const LinearNeuron neuron{beta};
        std::vector<double> times = {0};
        for (int i = 1; i <= 20; ++i) times.push_back(0.1 * i / neuron.eigenvalue());
        for (const std::size_t parts : {1, 4, 24}) {
            const Bootstrap known = march_of(neuron, times, {{drift_forms.begin(), drift_forms.end()}, parts});
            for (std::size_t i = 1; i < times.size(); ++i) {
                CAPTURE(beta);
                CAPTURE(parts);
                CAPTURE(i);
                const LinearNeuron::State state = neuron.at(times[i]);
                const std::size_t at = known.place(i);
                CHECK(known.time[at] == times[i]);
                CHECK(known.residual_norm[at] >= state.residual_norm);
                CHECK(known.movement[at] >= state.reach.movement);
                CHECK(known.drift[at] >= state.kernel_change);
                CHECK(known.gram_drift[at] >= state.kernel_change);
                CHECK(known.remainder[at] >= state.remainder);
                if (beta > 0.01 || parts < 24) continue;
                CHECK(known.residual_norm[at] <= 1.01 * state.residual_norm);
                CHECK(known.movement[at] <= 1.01 * state.reach.movement);
                CHECK(known.drift[at] <= 1.2 * state.kernel_change);
            }
        }
    }
}

TEST_CASE("the bootstrap is above a residual that falls more slowly than that of the linearised network") {
    // The linear neuron with a label below its value: the kernel shrinks, and with b = -beta the solution is the same.
    const double R = LinearNeuron::radius(), b = -0.5;
    const LinearNeuron neuron{0.5};
    std::vector<double> times = {0};
    for (int i = 1; i <= 12; ++i) times.push_back(0.2 * i / neuron.eigenvalue());
    const Bootstrap known = march_of(neuron, times, {});
    for (std::size_t i = 1; i < times.size(); ++i) {
        const double left = std::exp(-2 * R * (R + b) * times[i]);
        const double residual = std::abs(b - R * b * (1 - left) / (R + b * left));
        CHECK(residual > 0.5 * std::exp(-neuron.eigenvalue() * times[i]));
        CHECK(known.residual_norm[known.place(i)] >= residual);
    }
}

TEST_CASE("the bootstrap: what is known before training is never exceeded, and fewer forms never help") {
    const LinearNeuron neuron{0.5};
    const std::vector<double> times = {0, 0.02, 0.1, 0.3, 1, 3};
    const Bootstrap all = march_of(neuron, times, {});
    const Bootstrap one = march_of(neuron, times, {{DriftForm::basic}, 24});
    for (std::size_t i = 0; i < all.time.size(); ++i) {
        const Reach before = reach_before_training(neuron.residual_norm, all.time[i]);
        CHECK(all.movement[i] <= before.movement);
        CHECK(all.residual_norm[i] <= neuron.residual_norm);
        CHECK(all.residual_norm[i] <= one.residual_norm[i]);
        CHECK(all.drift[i] <= one.drift[i]);
        CHECK(std::isinf(one.hessian_movement[i]) == (i > 0));
    }
    // Without a linearised flow the residual stays where it is.
    const DriftBounds bounds = neuron.bounds(LinearNeuron::radius());
    const Bootstrap blind = march(bounds, std::nullopt, 0.5, bounds.kernel_diagonal(), times);
    CHECK(blind.residual_norm.back() == 0.5);
    CHECK(blind.movement.back() >= all.movement.back());
}

TEST_CASE("the linearised flow against sums in closed form; an error of G_0 is added") {
    const LinearisedFlow flow{Eigen::Vector3d(0, 0.5, 4), Eigen::Vector3d(1, -2, 0.5), 0};
    const double t = 0.7;
    const double residual = std::sqrt(1 + 4 * std::exp(-2 * 0.5 * t) + 0.25 * std::exp(-2 * 4 * t));
    CHECK(std::abs(flow.residual_norm(t) / residual - 1) <= 1e-13);
    const double a = (1 - std::exp(-0.5 * t)) / 0.5 * 2, b = (1 - std::exp(-4 * t)) / 4 * 0.5;
    CHECK(std::abs(flow.movement(t) / std::sqrt(0.5 * a * a + 4 * b * b) - 1) <= 1e-13);
    CHECK(std::abs(flow.gradient_norm() - 2) <= 1e-13);
    const LinearisedFlow rough{flow.eigenvalues, flow.residual, 1e-3};
    CHECK(rough.residual_norm(t) >= residual + 0.7e-3);
    CHECK(rough.movement(t) > flow.movement(t));
}

TEST_CASE("the bootstrap refuses what it cannot march over") {
    const LinearNeuron neuron{1};
    CHECK_THROWS_AS(march_of(neuron, {0.1, 1}, {}), std::domain_error);
    CHECK_THROWS_AS(march_of(neuron, {0, 1}, {{DriftForm::basic}, 0}), std::domain_error);
    const DriftBounds relu(make_activation("relu")->constants(),
                           {Eigen::ArrayXd::Ones(2), Eigen::ArrayXd::Ones(2), false}, 1);
    CHECK_THROWS_AS(march(relu, std::nullopt, 1, 1, {0, 1}), std::domain_error);
}
