// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"
#include "ntk/network/fused_network.hpp"
#include "ntk/network/parameters.hpp"
#include "ntk/numeric/threads.hpp"

#include <Eigen/Core>

#include <memory>

namespace ntk {

/// A network of one shape on a fixed sample x_1..x_n of S^{d-1}. Everything is computed in blocks of neurons whose size
/// does not depend on the number of threads, and block results are added in order: bit-identical for every thread
/// count. Above the SIMD level `baseline` an activation with a vector kernel takes the fused path (fused_network.hpp);
/// every other one the plain path of matrix products, which also is what tests compare the fused one with. Relative
/// error of values, gradients and Gram matrices: about 1e-15 of the sum of the sizes of their terms. Beyond 8 million
/// activations no n x m array is formed. All functions of theta throw std::domain_error for parameters that are not
/// finite. An object serves one call at a time.
class Network {
public:
    /// points: d x n, columns of norm 1. Throws std::domain_error where the shapes do not fit or a point is not finite.
    Network(NetworkShape shape, ActivationPtr activation, Eigen::MatrixXd points, std::shared_ptr<ThreadPool> pool,
            SimdLevel level = simd_level());

    const NetworkShape& shape() const { return shape_; }
    const Activation& activation() const { return *activation_; }
    const Eigen::MatrixXd& points() const { return points_; }
    Eigen::Index sample_count() const { return points_.cols(); }
    ThreadPool& pool() const { return *pool_; }
    /// The same network on one thread of its own, for work that is parallel over states.
    Network on_one_thread() const {
        return Network(shape_, activation_, points_, std::make_shared<ThreadPool>(1), level_);
    }
    /// The same network on other points, for a part of the sample.
    Network on_points(Eigen::MatrixXd points) const {
        return Network(shape_, activation_, std::move(points), pool_, level_);
    }
    SimdLevel level() const { return level_; }

    /// f(x_j; theta), n entries.
    Eigen::VectorXd values(const Eigen::VectorXd& theta) const;
    /// sum_j weights_j grad f(x_j; theta), p entries: J^T weights.
    Eigen::VectorXd transposed_jacobian_product(const Eigen::VectorXd& theta, const Eigen::VectorXd& weights) const;
    /// <grad f(x_j; theta), direction> for all j, n entries: J direction.
    Eigen::VectorXd jacobian_product(const Eigen::VectorXd& theta, const Eigen::VectorXd& direction) const;
    /// G weights = (1/n) J (J^T weights) without the matrix; n entries. Cost about two velocities.
    Eigen::VectorXd gram_product(const Eigen::VectorXd& theta, const Eigen::VectorXd& weights) const;
    /// J times each column of a p x q matrix, n x q, on the plain path; the activation is evaluated once for all
    /// columns.
    Eigen::MatrixXd jacobian_products(const Eigen::VectorXd& theta, const Eigen::MatrixXd& directions) const;
    /// The velocity of gradient flow on (1/2n) sum (f(x_j) - y_j)^2: theta' = -(1/n) J^T (f - y).
    Eigen::VectorXd velocity(const Eigen::VectorXd& theta, const Eigen::VectorXd& labels) const;
    /// G = (1/n) J J^T, the empirical NTK on the sample; symmetric n x n. Cost n^2 m (d+2).
    Eigen::MatrixXd gram_matrix(const Eigen::VectorXd& theta) const;

private:
    struct Block;
    Block evaluate_block(const Eigen::VectorXd& theta, int index, bool with_derivative) const;
    void add_transposed_product(const Eigen::VectorXd& theta, const Block& block, const Eigen::VectorXd& weights,
                                const Eigen::MatrixXd& weighted_points, Eigen::VectorXd& result) const;
    int block_count() const;
    Eigen::VectorXd plain_velocity(const Eigen::VectorXd& theta, const Eigen::VectorXd& labels) const;
    Eigen::MatrixXd plain_gram_matrix(const Eigen::VectorXd& theta) const;
    /// The fused path if these parameters can take it, else null. Throws where they are not finite.
    const FusedNetwork* fused_for(const Eigen::VectorXd& theta) const;

    NetworkShape shape_;
    ActivationPtr activation_;
    Eigen::MatrixXd points_;
    std::shared_ptr<ThreadPool> pool_;
    SimdLevel level_;
    std::unique_ptr<const FusedNetwork> fused_;
};

}  // namespace ntk
