// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/tight_instances.hpp"

#include <cmath>
#include <limits>

namespace ntk::deviation {
namespace {

/// sigma(z) = z
ActivationConstants linear_constants() {
    constexpr double unbounded = std::numeric_limits<double>::infinity();
    return {0, 1, 0, 0, unbounded};
}

NeuronSizes unit_neurons(Eigen::Index count, bool antisymmetric) {
    return {Eigen::ArrayXd::Ones(count), Eigen::ArrayXd::Ones(count), antisymmetric};
}

}  // namespace

double LinearNeuron::radius() { return std::sqrt(2.0); }

double LinearNeuron::eigenvalue() const { return 2 * radius() * radius(); }

DriftBounds LinearNeuron::bounds(double radius) const {
    return DriftBounds(linear_constants(), unit_neurons(1, false), radius);
}

LinearNeuron::State LinearNeuron::at(double time) const {
    const double R = radius(), label = R + residual_norm;
    // u - 1 without cancellation.
    const double left = std::exp(-2 * R * label * time), gone = -std::expm1(-2 * R * label * time);
    const double growth = residual_norm * gone / (R + residual_norm * left);
    const double gamma = std::log1p(growth) / 2, moved = std::expm1(gamma);
    const double distance = std::sqrt(2.0) * moved, tau = gamma / R;
    // J = (1/R) int P dgamma = (sqrt(2)/R) (e^gamma - 1 - gamma).
    return {residual_norm - R * growth,
            {tau, distance, std::sqrt(2.0) / R * (moved - gamma)},
            2 * R * R * growth,
            R * moved * moved};
}

double LinearPair::radius() { return std::sqrt(2.0); }

DriftBounds LinearPair::bounds(double radius) { return DriftBounds(linear_constants(), unit_neurons(2, true), radius); }

LinearPair::State LinearPair::at(double gamma) {
    const double R = radius();
    const auto distance = [](double at) { return std::sqrt(2.0) * std::hypot(std::expm1(at), std::expm1(-at)); };
    // J = (sqrt(2)/R) int P dgamma; P grows, so that right ends are upper bounds.
    constexpr int steps = 1000;
    double weighted = 0;
    for (int i = 1; i <= steps; ++i) weighted += distance(gamma * i / steps) * gamma / steps;
    const double half = std::sinh(gamma / 2);
    return {{std::sqrt(2.0) / R * gamma, distance(gamma), std::sqrt(2.0) / R * weighted},
            4 * R * R * std::sinh(gamma) * std::sinh(gamma),
            std::sqrt(2.0) * R * 4 * std::sinh(gamma) * half * half};
}

}  // namespace ntk::deviation
