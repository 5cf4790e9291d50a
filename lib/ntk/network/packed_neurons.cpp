// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/network/packed_neurons.hpp"

#include <algorithm>

namespace ntk {
namespace {

Eigen::Index padded(Eigen::Index count, Eigen::Index step) { return (count + step - 1) / step * step; }

/// |z| <= |w| + |b| on the sphere; the kernels of sine and cosine take angles up to 10^6.
constexpr double largest_preactivation = 1e6;

}  // namespace

PackedNeurons pack_neurons(const NetworkShape& shape, long pack_size, const Eigen::VectorXd& theta, int index) {
    const ParameterView view(shape, theta);
    PackedNeurons block{static_cast<Eigen::Index>(index) * fused_block_size, 0, {}, {}};
    block.count = std::min<Eigen::Index>(fused_block_size, shape.width - block.first);
    const Eigen::Index stride = padded(block.count, pack_size);
    const Eigen::Index columns = shape.dim + 2;
    block.storage.assign(static_cast<std::size_t>(stride * columns), 0.0);
    Eigen::Map<Eigen::MatrixXd> packed(block.storage.data(), stride, columns);
    packed.topLeftCorner(block.count, shape.dim) = view.weights.middleRows(block.first, block.count);
    if (view.biases != nullptr) {
        packed.col(shape.dim).head(block.count) =
            Eigen::Map<const Eigen::VectorXd>(view.biases + block.first, block.count);
    }
    packed.col(shape.dim + 1).head(block.count) = view.output_weights.segment(block.first, block.count);
    block.neurons = {stride, packed.data(), packed.col(shape.dim).data(), packed.col(shape.dim + 1).data()};
    return block;
}

PaddedSample::PaddedSample(const Eigen::MatrixXd& points)
    : dim_(static_cast<int>(points.rows())),
      count_(padded(points.cols(), fused::sample_step)),
      points_(static_cast<std::size_t>(count_ * points.rows()), 0.0) {
    std::copy(points.data(), points.data() + points.size(), points_.begin());
}

bool accepts_preactivations(const VectorKernel& function, const NetworkShape& shape, const Eigen::VectorXd& theta) {
    if (function.function != VectorFunction::sine && function.function != VectorFunction::cosine) return true;
    const ParameterView view(shape, theta);
    double largest = view.weights.rowwise().norm().maxCoeff();
    if (view.biases != nullptr) {
        largest += Eigen::Map<const Eigen::VectorXd>(view.biases, shape.width).cwiseAbs().maxCoeff();
    }
    return largest <= largest_preactivation;
}

}  // namespace ntk
