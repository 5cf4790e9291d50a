// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/descent_experiment.hpp"
#include "ntk/deviation/start_quantities.hpp"

#include <vector>

namespace ntk::deviation {

/// How far gradient descent on the whole sample has come after J steps, known before training (theory.md, "Gradient
/// descent", U4): bounds of the sum eta sum ||r_j||_q, of the movement and of eta sum ||r_j||_q P_j, with t = eta J:
///     L = (||M_0|| + H beta sqrt(t))^2 + beta H,  H the norm of the Hessians of f for tau = beta t, G_0 = M_0 M_0^T;
///     where eta L <= 1:  tau = beta t,  P = beta sqrt(t/(2 - eta L)),  J = (2/3) beta^2 t^{3/2}/sqrt(2 - eta L).
/// Everything is rounded up; infinite where eta L > 1.
struct DescentReach {
    double smoothness;     ///< L: of the loss, on all segments between the states
    double gradient_norm;  ///< >= ||M_j||, M_j M_j^T = G_j
    double hessian_norm;   ///< H
    Reach reach;
};
DescentReach descent_reach(const StartQuantities& start, double step, long steps);

/// U4 of gradient descent for the probe after J steps; infinite where eta L > 1. `damping_steps`: of the damping
/// factor, J unless a mutation control wants another number.
ledger::Measured bound_before_descent(const StartQuantities& start, std::size_t probe, double mu, double step,
                                      long steps, long damping_steps);

}  // namespace ntk::deviation
