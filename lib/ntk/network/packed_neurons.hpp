// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ntk/activation/vector_kernel.hpp"
#include "ntk/network/fused_kernels.hpp"
#include "ntk/network/parameters.hpp"

#include <Eigen/Core>

#include <vector>

/// Parameters and points as the fused kernels want them: padded with zeros, neurons in blocks.
namespace ntk {

/// Enough blocks for all cores at widths where that pays, and few enough for their partial sums to be small.
inline constexpr Eigen::Index fused_block_size = 256;
inline int fused_block_count(const NetworkShape& shape) {
    return static_cast<int>((shape.width + fused_block_size - 1) / fused_block_size);
}

/// The neurons of one block.
struct PackedNeurons {
    Eigen::Index first;
    Eigen::Index count;           ///< without the padding
    std::vector<double> storage;  ///< what `neurons` points to
    fused::Neurons neurons;
};

PackedNeurons pack_neurons(const NetworkShape& shape, long pack_size, const Eigen::VectorXd& theta, int index);

/// Points padded to a multiple of fused::sample_step.
class PaddedSample {
public:
    explicit PaddedSample(const Eigen::MatrixXd& points);
    Eigen::Index count() const { return count_; }
    fused::Sample view() const { return {dim_, count_, points_.data()}; }

private:
    int dim_;
    Eigen::Index count_;
    std::vector<double> points_;
};

/// Whether a kernel may be used on these finite parameters: sine and cosine do not take large arguments.
bool accepts_preactivations(const VectorKernel& function, const NetworkShape& shape, const Eigen::VectorXd& theta);

}  // namespace ntk
