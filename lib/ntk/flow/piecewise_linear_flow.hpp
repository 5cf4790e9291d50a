// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/network/network.hpp"

#include <Eigen/Core>

#include <algorithm>
#include <vector>

namespace ntk {

/// Gradient flow theta' = -J^T Q (f - y) of a network whose activation has one slope for z > 0 and another for z < 0,
/// on one piece: the side of every pair (neuron l, point j) is held, z_lj = <v_l, x~_j>, and sigma(z) = slope z with
/// the slope of that side wherever z is. So continued, the velocity is a polynomial in theta. x~ = (x,1), v = (w,b)
/// with hidden biases, else x~ = x, v = w. Blocks of neurons of a fixed size are computed in parallel and added in
/// order: the same bits for every number of threads. Cost of a velocity: about 4 n m (d+1) multiplications; memory 3 n
/// m numbers.
class PiecewiseLinearFlow {
public:
    /// Whether sigma' jumps at 0 and is constant on either side: ReLU and leaky ReLU.
    static bool applies_to(const Activation& activation);

    /// weights: q_j. The network must outlive the object. All sides are +1. Throws std::domain_error for another
    /// activation; labels and weights as NetworkFlow wants them.
    PiecewiseLinearFlow(const Network& network, Eigen::VectorXd labels, Eigen::VectorXd weights);

    const NetworkShape& shape() const { return network_.shape(); }
    ThreadPool& pool() const { return network_.pool(); }
    /// x~_j, one per column.
    const Eigen::MatrixXd& points() const { return points_; }
    /// m^{-1/2}
    double scale() const { return scale_; }
    double slope(double side) const { return side > 0 ? positive_slope_ : negative_slope_; }

    /// +1 or -1, n x m.
    const Eigen::MatrixXd& sides() const { return sides_; }
    void set_side(Eigen::Index point, Eigen::Index neuron, double side);

    /// theta'
    Eigen::VectorXd velocity(const Eigen::VectorXd& theta) const;
    /// q_j (y_j - f(x_j)) on this piece.
    Eigen::VectorXd weighted_errors(const Eigen::VectorXd& theta) const;
    /// z_lj of `count` neurons from `first` on, n x count.
    Eigen::MatrixXd preactivations(const Eigen::VectorXd& theta, Eigen::Index first, Eigen::Index count) const;

    /// Calls body(block, first neuron, number of neurons) for all blocks, in parallel.
    template <class Body>
    void for_blocks(const Body& body) const {
        pool().parallel_for(block_count(), [&](int block) {
            const Eigen::Index first = static_cast<Eigen::Index>(block) * block_size;
            body(block, first, std::min<Eigen::Index>(block_size, shape().width - first));
        });
    }
    int block_count() const { return (shape().width + block_size - 1) / block_size; }

private:
    static constexpr int block_size = 64;

    Eigen::VectorXd weighted_errors(const Eigen::VectorXd& theta, std::vector<Eigen::MatrixXd>& values) const;

    const Network& network_;
    Eigen::VectorXd labels_;
    Eigen::VectorXd weights_;
    Eigen::MatrixXd points_;
    double scale_;
    double positive_slope_ = 1;
    double negative_slope_;
    Eigen::MatrixXd sides_;
    Eigen::MatrixXd slopes_;  ///< slope(side), n x m
};

}  // namespace ntk
