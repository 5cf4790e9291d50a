// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/drift_bounds.hpp"
#include "ntk/deviation/sampled_drift.hpp"

#include <Eigen/Core>

#include <optional>
#include <vector>

/// Bounds of residual, movement and drift that are carried along in time, each from the others (lib/ntk/bounds.md,
/// "Bootstrap"): a residual that is known to fall lets the network move less, which lets its kernel drift less, which
/// keeps the residual near that of the linearised network.
namespace ntk::deviation {

/// Training of the network linearised at theta_0, in the eigenvectors of G_0 = Q^{1/2} J_0 J_0^T Q^{1/2}.
struct LinearisedFlow {
    Eigen::VectorXd eigenvalues;  ///< lambda_i >= 0 of G_0
    Eigen::VectorXd residual;     ///< coordinates of Q^{1/2} r_0
    double gram_error;            ///< bound or estimate of the error of G_0 in operator norm

    /// ||e^{-G_0 t} r_0||_q, rounded up; an error E of G_0 changes it by at most t ||E|| ||r_0||_q.
    double residual_norm(double time) const;
    /// || int_0^t J_0^T Q e^{-G_0 s} r_0 ds ||, how far the linearised network has moved, rounded up.
    double movement(double time) const;
    /// ||M_0|| = sqrt(lambda_max(G_0)), rounded up.
    double gradient_norm() const;
};

/// What is known before training at increasing times t_0 = 0 < t_1 < ...; the entries at t_j hold for all s <= t_j,
/// except residual_norm, which holds at t_j and, as it falls, after it.
struct Bootstrap {
    std::vector<double> time;
    std::vector<double> residual_norm;     ///< y_j >= ||r_s||_q for s >= t_j
    std::vector<double> movement;          ///< P_j >= sup_{s <= t_j} ||theta_s - theta_0||
    std::vector<double> hessian_movement;  ///< (H P)_j
    std::vector<double> drift;             ///< >= sup |K_s - K_0|
    std::vector<double> remainder;         ///< >= sup |f_s - f_0 - grad f_0 . (theta_s - theta_0)|
    std::vector<double> gram_drift;        ///< >= ||G_s - G_0||
    std::vector<GradientDrift> gradients;  ///< by the norms over the sample; infinite where these are not used
    double moving_gradient_norm;           ///< >= ||M_0|| without the output bias
    std::size_t parts;                     ///< steps between two of the breakpoints

    /// The index of the breakpoint number i.
    std::size_t place(std::size_t breakpoint) const { return breakpoint * parts; }
};

/// What the march may use.
struct BootstrapOptions {
    std::vector<DriftForm> forms = {drift_forms.begin(), drift_forms.end()};  ///< those that do not apply are skipped
    std::size_t parts = 24;                                                   ///< steps per panel
    const SampledDrift* sampled = nullptr;            ///< norms over the sample at the start, if they may be used
    std::optional<double> moving_gradient_norm = {};  ///< >= ||M_0|| without the output bias, if it is known
};

/// Marches over the breakpoints (increasing from 0), each panel in options.parts equal steps. residual_norm: beta =
/// ||r_0||_q. Without a linearised flow y stays beta, and ||M_0||^2 is bounded by kernel_bound >= sup K_0(x,x). Every
/// step uses values that are already proved for its whole length: y of its left end, and the bounds of movement and
/// drift of its right end. Needs the hypotheses of DriftForm::basic, else std::domain_error. Cost: O(m) per form and
/// O(n) per step.
Bootstrap march(const DriftBounds& bounds, const std::optional<LinearisedFlow>& linearised, double residual_norm,
                double kernel_bound, const std::vector<double>& breakpoints, const BootstrapOptions& options = {});

}  // namespace ntk::deviation
