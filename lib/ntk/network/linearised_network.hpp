// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/network/fused_linearisation.hpp"
#include "ntk/network/network.hpp"

#include <Eigen/Core>

#include <memory>
#include <optional>
#include <vector>

namespace ntk {

/// The loss Phi(theta) = 1/2 sum_j q_j (f(x_j) - y_j)^2 around one theta, with weights q_j > 0 of the sample (1/n for
/// the empirical loss), for
///     grad^2 Phi v = sum_j q_j [ <grad f_j, v> grad f_j + (f_j - y_j) grad^2 f_j v ].
/// sigma, sigma' and sigma'' of all neurons are kept while they fit (numerics.md, "Second derivatives of networks") and
/// computed again otherwise. Blocks of neurons are added in order: bit-identical for every number of threads. At a kink
/// sigma'' is what Activation::second_derivative says, 0 for ReLU: exact where no preactivation is zero.
class LinearisedNetwork {
public:
    /// The network must outlive the object. Where one follows another, a store that they share saves them asking the
    /// system for memory. Throws std::domain_error for sizes that do not fit, for a theta, labels or
    /// weights that are not finite, and for a weight that is not positive.
    LinearisedNetwork(const Network& network, const Eigen::VectorXd& theta, const Eigen::VectorXd& labels,
                      const Eigen::VectorXd& sample_weights,
                      const std::shared_ptr<BufferStore>& store = std::make_shared<BufferStore>());

    /// Whether what hessian_product reads is kept for so many points and neurons. Where it is not, a product costs
    /// about two evaluations of the activation on the whole sample, in place of a part of one.
    static bool keeps(Eigen::Index samples, int width);

    /// f(x_j) - y_j
    const Eigen::VectorXd& residual() const { return residual_; }
    double loss() const;
    /// -grad Phi
    const Eigen::VectorXd& velocity() const { return velocity_; }
    /// grad^2 Phi v. Cost: two passes over the kept numbers, no activation. Throws std::domain_error for a direction of
    /// another size.
    Eigen::VectorXd hessian_product(const Eigen::VectorXd& direction) const;

private:
    /// sigma, sigma' and sigma'' of some neurons on the whole sample: n x (neurons of the block).
    struct Block {
        Eigen::MatrixXd value, slope, curvature;
    };
    Block evaluate(int index) const;
    int block_count() const;
    Eigen::Index first_of(int index) const;
    Eigen::Index count_of(int index) const;
    /// act(block, index) for all blocks, in parallel.
    template <class Action>
    void for_blocks(const Action& act) const;
    Eigen::MatrixXd preactivations(const Eigen::VectorXd& theta, int index) const;
    void take_fast_path(const std::shared_ptr<BufferStore>& store);
    void compute_plain_velocity();
    Eigen::VectorXd plain_hessian_product(const Eigen::VectorXd& direction) const;
    void write_gradient(int index, const Eigen::VectorXd& by_output, const Eigen::MatrixXd& slopes,
                        Eigen::VectorXd& gradient) const;

    const Network& network_;
    Eigen::VectorXd theta_;
    Eigen::VectorXd labels_;
    Eigen::VectorXd sample_weights_;
    Eigen::MatrixXd points_by_row_;  ///< n x d
    /// Where the activation has a vector kernel at the network's SIMD level and what it keeps is not too much.
    std::optional<FusedLinearisation> fused_;
    std::vector<Block> kept_;  ///< of the plain path; empty where it is too much
    Eigen::VectorXd residual_;
    Eigen::VectorXd velocity_;
};

}  // namespace ntk
