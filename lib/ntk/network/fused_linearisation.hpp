// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/activation.hpp"
#include "ntk/network/packed_neurons.hpp"
#include "ntk/numeric/large_buffer.hpp"
#include "ntk/numeric/threads.hpp"

#include <Eigen/Core>

#include <memory>
#include <vector>

namespace ntk {

/// The fast path of LinearisedNetwork: sigma, sigma' and sigma'' of all neurons on the sample, and the sums over them
/// fused in loops over vectors of neurons. Blocks as in FusedNetwork, added in order. Memory: 3 n m numbers.
class FusedLinearisation {
public:
    /// `kernels` and `pool` must outlive the object. What it keeps lies in buffers of the store, which get back to it.
    FusedLinearisation(const NetworkShape& shape, const Activation& activation, const VectorKernel& function,
                       const fused::FusedKernels& kernels, const Eigen::MatrixXd& points, const Eigen::VectorXd& theta,
                       ThreadPool& pool, std::shared_ptr<BufferStore> store);
    FusedLinearisation(FusedLinearisation&&) = default;
    ~FusedLinearisation();

    /// <grad f(x_j), direction> for all j.
    Eigen::VectorXd jacobian_product(const Eigen::VectorXd& direction) const;
    /// sum_j [change_j grad f(x_j) + residual_j grad^2 f(x_j) direction].
    Eigen::VectorXd second_order_product(const Eigen::VectorXd& direction, const Eigen::VectorXd& change,
                                         const Eigen::VectorXd& residual) const;

private:
    struct KeptBlock {
        PackedNeurons packed;
        LargeBuffer numbers;
        fused::KeptActivations kept;
    };
    KeptBlock keep_block(const Activation& activation, const VectorKernel& function, const Eigen::VectorXd& theta,
                         int index) const;

    NetworkShape shape_;
    const fused::FusedKernels& kernels_;
    Eigen::Index samples_;
    PaddedSample sample_;
    ThreadPool& pool_;
    std::shared_ptr<BufferStore> store_;
    std::vector<KeptBlock> blocks_;
};

}  // namespace ntk
