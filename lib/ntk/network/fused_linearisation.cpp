// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/network/fused_linearisation.hpp"

#include <cmath>

namespace ntk {

FusedLinearisation::FusedLinearisation(const NetworkShape& shape, const Activation& activation,
                                       const VectorKernel& function, const fused::FusedKernels& kernels,
                                       const Eigen::MatrixXd& points, const Eigen::VectorXd& theta, ThreadPool& pool,
                                       std::shared_ptr<BufferStore> store)
    : shape_(shape),
      kernels_(kernels),
      samples_(points.cols()),
      sample_(points),
      pool_(pool),
      store_(std::move(store)),
      blocks_(static_cast<std::size_t>(fused_block_count(shape))) {
    pool_.parallel_for(fused_block_count(shape_), [&](int index) {
        blocks_[static_cast<std::size_t>(index)] = keep_block(activation, function, theta, index);
    });
}

FusedLinearisation::~FusedLinearisation() {
    for (KeptBlock& block : blocks_) store_->give_back(std::move(block.numbers));
}

FusedLinearisation::KeptBlock FusedLinearisation::keep_block(const Activation& activation, const VectorKernel& function,
                                                             const Eigen::VectorXd& theta, int index) const {
    KeptBlock block{pack_neurons(shape_, kernels_.pack_size, theta, index), {}, {}};
    const auto count = static_cast<std::size_t>(block.packed.neurons.count * sample_.count());
    block.numbers = store_->take(3 * count);
    double* numbers = block.numbers.data();
    block.kept = {numbers, numbers + count, numbers + 2 * count};
    kernels_.keep(function, sample_.view(), block.packed.neurons, block.kept);
    activation.second_derivatives(block.kept.curvatures, block.kept.values, block.kept.slopes, block.kept.curvatures,
                                  count);
    return block;
}

Eigen::VectorXd FusedLinearisation::jacobian_product(const Eigen::VectorXd& direction) const {
    Eigen::MatrixXd partial(sample_.count(), fused_block_count(shape_));
    pool_.parallel_for(fused_block_count(shape_), [&](int index) {
        const KeptBlock& block = blocks_[static_cast<std::size_t>(index)];
        const PackedNeurons change = pack_neurons(shape_, kernels_.pack_size, direction, index);
        std::vector<double> sums(static_cast<std::size_t>(sample_.count() * kernels_.lanes), 0.0);
        kernels_.kept_tangent(sample_.view(), block.kept, block.packed.neurons, change.neurons, sums.data(),
                              partial.col(index).data());
    });
    const double scale = 1 / std::sqrt(static_cast<double>(shape_.width));
    const double output_bias = ParameterView(shape_, direction).output_bias;
    return (partial.topRows(samples_).rowwise().sum() * scale).array() + output_bias;
}

Eigen::VectorXd FusedLinearisation::second_order_product(const Eigen::VectorXd& direction,
                                                         const Eigen::VectorXd& change,
                                                         const Eigen::VectorXd& residual) const {
    const double scale = 1 / std::sqrt(static_cast<double>(shape_.width));
    Eigen::VectorXd by_change = Eigen::VectorXd::Zero(sample_.count()), by_residual = by_change;
    by_change.head(samples_) = scale * change;
    by_residual.head(samples_) = scale * residual;
    Eigen::VectorXd result(shape_.parameter_count());
    pool_.parallel_for(fused_block_count(shape_), [&](int index) {
        const KeptBlock& block = blocks_[static_cast<std::size_t>(index)];
        const PackedNeurons along = pack_neurons(shape_, kernels_.pack_size, direction, index);
        Eigen::MatrixXd gradient(block.packed.neurons.count, shape_.dim + 2);
        kernels_.second_order(sample_.view(), block.kept, block.packed.neurons, along.neurons, by_change.data(),
                              by_residual.data(), gradient.data());
        const Eigen::Index first = block.packed.first, count = block.packed.count;
        const auto by_neuron = gradient.topRows(count);
        result.segment(first, count) = by_neuron.col(0);
        for (int i = 0; i < shape_.dim; ++i) {
            const Eigen::Index at = shape_.weights_at() + static_cast<Eigen::Index>(i) * shape_.width + first;
            result.segment(at, count) = by_neuron.col(1 + i);
        }
        if (shape_.hidden_bias) result.segment(shape_.biases_at() + first, count) = by_neuron.col(1 + shape_.dim);
    });
    if (shape_.output_bias) result(shape_.output_bias_at()) = change.sum();
    return result;
}

}  // namespace ntk
