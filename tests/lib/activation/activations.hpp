// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"

#include <cmath>
#include <string>
#include <vector>

/// What the tests of activations share.
namespace ntk::test {

/// Every known activation, those with parameters several times (activation_test.cpp sees to it that none is missing).
inline std::vector<std::string> all_activations() {
    return {"cos",
            "erf",
            "gaussian",
            "gelu",
            "leaky-relu:1/5",
            "leaky-relu:-2",
            "leaky-relu:-1",
            "leaky-relu:1",
            "polynomial:1,-2,1/2",
            "polynomial:0,1/3,0,-2",
            "polynomial:2,0,1",
            "polynomial:-3/7",
            "relu",
            "relu-power:2",
            "relu-power:3",
            "relu-power:5",
            "sigmoid",
            "silu",
            "sin",
            "softplus:1",
            "softplus:7/2",
            "softplus:1/3",
            "step",
            "tanh"};
}

/// The ball around a Real, with a radius for what the Real may be off by.
inline Ball ball_around(const Real& value, double radius, long bits) {
    Ball result(bits);
    arf_set_mpfr(arb_midref(result.get()), value.backend().data());
    return Ball::with_radius(result, radius);
}

/// The correlation u as this activation reads it.
inline Correlation<Ball> correlation_at(const Activation& activation, const Rational& variance, const Rational& u,
                                        long bits) {
    const Ball cosine(u, bits);
    const bool by_angle = activation.dual_argument() == DualArgument::angle;
    return {Ball(variance, bits), by_angle ? acos(cosine) : cosine};
}

}  // namespace ntk::test
