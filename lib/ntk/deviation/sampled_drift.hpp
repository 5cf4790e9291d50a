// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/deviation/drift_bounds.hpp"
#include "ntk/network/network.hpp"

#include <Eigen/Core>

/// How far the gradients of a network can move, from what its neurons do on the sample at the start: norms over the
/// sample stand where drift_bounds.hpp has the largest values that an activation can take (lib/ntk/bounds.md, "Norms
/// over the sample").
///
/// Glossary as in drift_bounds.hpp; M = Q^{1/2} J the gradients on the sample and C = <f, phi> the coefficient of a
/// probe of unit norm, both without the output bias, whose gradient never moves.
namespace ntk::deviation {

/// Bounds for all s with int_0^s ||r||_q <= tau.
struct GradientDrift {
    double sample;          ///< >= ||M_s - M_0||
    double probe;           ///< >= ||grad C_s - grad C_0|| for every phi with ||phi|| = 1
    double seen_of_sample;  ///< >= ||(M_s - M_0) E||, E the projection on what M_0 and grad C_0 are made of
    double seen_of_probe;   ///< >= ||E (grad C_s - grad C_0)||

    /// ||G_s - G_0|| = ||M_0 (M_s - M_0)^T + (M_s - M_0) M_0^T + (M_s - M_0)(M_s - M_0)^T||; gradient_norm >= ||M_0||.
    double gram_drift(double gradient_norm) const;
    /// ||h_s - h_0||_q; coefficient_gradient >= ||grad C_0||.
    double kernel_gap(double gradient_norm, double coefficient_gradient) const;
};

class SampledDrift {
public:
    /// weights: q_j > 0, adding up to 1. Needs a bounded second derivative of sigma, else std::domain_error. Cost: for
    /// each neuron (of an antisymmetric start each pair) three evaluations of sigma and its derivatives per point, and
    /// n (d+1)^2 operations while d <= 32.
    SampledDrift(const Network& network, const Eigen::VectorXd& start, const Eigen::VectorXd& weights);

    /// crude: DriftBounds::movement(residual_integral). In an antisymmetric start M_0 is even under the exchange of the
    /// neurons of a pair, and what is even in the change of M is of second order; else E is the identity. Rounded up.
    /// Cost O(m).
    GradientDrift at(double residual_integral, const NeuronMovement& crude) const;

    /// ||sigma_0||_q of each neuron, or of the first neuron of each pair; rounded up, as the next two.
    const Eigen::ArrayXd& values() const { return values_; }
    /// sup_{|u|=1} ||sigma'_0 <u,(x,1)>||_q
    const Eigen::ArrayXd& slopes() const { return slopes_; }
    /// sup_{|u|=1} ||sigma''_0 <u,(x,1)>||_q
    const Eigen::ArrayXd& curvatures() const { return curvatures_; }

private:
    ActivationConstants constants_;
    double width_, radius_;
    bool pairs_;
    double sample_spread_;  ///< sup_{|u|=1} ||<u,(x,1)>||_q
    double sphere_spread_;  ///< the same in L^2 of the sphere
    Eigen::ArrayXd output_weights_, values_, slopes_, curvatures_;
};

/// sqrt of the largest eigenvalue of the positive semidefinite matrix A, from above: (tr A ||(A/tr
/// A)^4||_F^{1/4})^{1/2}, at most k^{1/16} times too large for k rows.
double root_of_largest_eigenvalue(const Eigen::MatrixXd& matrix);

}  // namespace ntk::deviation
