// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/drift_bounds.hpp"

/// Training problems that can be solved by hand, on which the bounds of drift_bounds.hpp are equalities or nearly so
/// (lib/ntk/bounds.md, "Instances where the bounds are met"). The mutation controls of loose bounds are run on them.
namespace ntk::deviation {

/// One neuron f = a <v, x~>, sigma(z) = z, on one point: a_0 = ||v_0|| = 1, v along x~, R = ||x~|| = sqrt(2), label R +
/// beta. Then a = ||v|| = e^gamma with gamma = R tau, and u = e^{2 gamma} solves u' = 2 R u (Y - R u), Y = R + beta.
struct LinearNeuron {
    double residual_norm;  ///< beta > 0

    /// What happened up to a time.
    struct State {
        double residual_norm;
        Reach reach;           ///< tau, ||theta_t - theta_0|| and J with the supremum of the movement
        double kernel_change;  ///< K_t - K_0
        double remainder;      ///< f_t - f_0 - grad f_0 . (theta_t - theta_0)
    };
    State at(double time) const;
    /// G_0, the only eigenvalue.
    double eigenvalue() const;
    /// The bounds for it; of a mutation control with another R.
    DriftBounds bounds(double radius) const;
    static double radius();
};

/// Two neurons (1, v), (-1, v) with sigma(z) = z and ||v|| = 1 on one point: a_+ = ||v_+|| = e^gamma, -a_- = ||v_-|| =
/// e^{-gamma}, gamma = R tau/sqrt(2).
struct LinearPair {
    struct State {
        Reach reach;
        double kernel_change;
        double remainder;
    };
    static State at(double gamma);
    static DriftBounds bounds(double radius);
    static double radius();
};

}  // namespace ntk::deviation
