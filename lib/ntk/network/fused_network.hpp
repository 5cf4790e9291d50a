// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/vector_kernel.hpp"
#include "ntk/network/packed_neurons.hpp"
#include "ntk/numeric/large_buffer.hpp"
#include "ntk/numeric/threads.hpp"

#include <Eigen/Core>

#include <memory>
#include <vector>

namespace ntk {

/// The fast path of a Network: vectors of neurons, activation and linear algebra fused in one loop, for the activations
/// that have a VectorKernel. Two passes over the sample, because the residuals need all neurons before any gradient can
/// be formed; what the first pass computes (signs suffice for ReLU) is kept for the second up to most_kept numbers and
/// computed again beyond, so that the memory is at most 64 MiB, and n times the number of blocks of 256 neurons. The
/// blocks do not depend on the number of threads and are added in order. An object serves one call at a time.
class FusedNetwork {
public:
    /// 64 MiB: what a core reads back faster than it computes an erf again.
    static constexpr double most_kept = 8 << 20;

    /// `kernels` must outlive the object.
    FusedNetwork(const NetworkShape& shape, VectorKernel function, const fused::FusedKernels& kernels,
                 Eigen::MatrixXd points, std::shared_ptr<ThreadPool> pool);

    /// Whether the kernels may be used on these finite parameters: sine and cosine do not take large arguments.
    bool accepts(const Eigen::VectorXd& theta) const { return accepts_preactivations(function_, shape_, theta); }

    Eigen::VectorXd values(const Eigen::VectorXd& theta) const;
    Eigen::VectorXd transposed_jacobian_product(const Eigen::VectorXd& theta, const Eigen::VectorXd& weights) const;
    Eigen::VectorXd jacobian_product(const Eigen::VectorXd& theta, const Eigen::VectorXd& direction) const;
    Eigen::VectorXd velocity(const Eigen::VectorXd& theta, const Eigen::VectorXd& labels) const;
    Eigen::MatrixXd gram_matrix(const Eigen::VectorXd& theta) const;

private:
    enum class Keep { no, yes };
    PackedNeurons pack(const Eigen::VectorXd& theta, int index) const {
        return pack_neurons(shape_, kernels_.pack_size, theta, index);
    }
    int block_count() const { return fused_block_count(shape_); }
    fused::Sample sample() const { return sample_.view(); }
    /// What is kept of one block, in numbers.
    Eigen::Index kept_size() const { return fused_block_size * sample_.count() * kernels_.kept_bits(function_) / 64; }
    Eigen::VectorXd forward(const Eigen::VectorXd& theta, Keep keep) const;
    Eigen::VectorXd backward(const Eigen::VectorXd& theta, const Eigen::VectorXd& weights) const;
    /// What was kept of a block, or null if nothing was or it cannot be used.
    double* kept_of_block(int index) const;

    NetworkShape shape_;
    VectorKernel function_;
    const fused::FusedKernels& kernels_;
    Eigen::MatrixXd points_;
    std::shared_ptr<ThreadPool> pool_;
    PaddedSample sample_;
    /// What the first pass left for the second: a part of kept_numbers_ for every block that has it.
    mutable LargeBuffer kept_numbers_;
    mutable std::vector<char> has_kept_;
};

/// The kernels of a level, or null for the baseline and for a level that is not available.
const fused::FusedKernels* fused_kernels(SimdLevel level);

}  // namespace ntk
