// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/network/fused_network.hpp"

#include <algorithm>
#include <cmath>

namespace ntk {
namespace {

constexpr Eigen::Index block_size = fused_block_size;

}  // namespace

const fused::FusedKernels* fused_kernels(SimdLevel level) {
    if (!is_available(level)) return nullptr;
    if (level == SimdLevel::avx512) return fused::fused_kernels_avx512();
    return level == SimdLevel::avx2 ? fused::fused_kernels_avx2() : nullptr;
}

FusedNetwork::FusedNetwork(const NetworkShape& shape, VectorKernel function, const fused::FusedKernels& kernels,
                           Eigen::MatrixXd points, std::shared_ptr<ThreadPool> pool)
    : shape_(shape),
      function_(std::move(function)),
      kernels_(kernels),
      points_(std::move(points)),
      pool_(std::move(pool)),
      sample_(points_) {}

double* FusedNetwork::kept_of_block(int index) const {
    if (has_kept_[static_cast<std::size_t>(index)] == 0) return nullptr;
    return kept_numbers_.data() + static_cast<Eigen::Index>(index) * kept_size();
}

/// The outputs; with Keep::yes what backward can use is kept, if it is not too much.
Eigen::VectorXd FusedNetwork::forward(const Eigen::VectorXd& theta, Keep keep) const {
    const double numbers = static_cast<double>(block_count()) * static_cast<double>(kept_size());
    const bool keeps = keep == Keep::yes && numbers > 0 && numbers <= most_kept;
    if (keeps) kept_numbers_.require(static_cast<std::size_t>(numbers));
    has_kept_.assign(static_cast<std::size_t>(block_count()), keeps ? 1 : 0);
    Eigen::MatrixXd partial(sample_.count(), block_count());
    pool_->parallel_for(block_count(), [&](int index) {
        const PackedNeurons block = pack(theta, index);
        std::vector<double> sums(static_cast<std::size_t>(sample_.count() * kernels_.lanes), 0.0);
        const bool usable = kernels_.forward(function_, sample(), block.neurons, kept_of_block(index), sums.data(),
                                             partial.col(index).data());
        has_kept_[static_cast<std::size_t>(index)] = usable ? 1 : 0;
    });
    const double scale = 1 / std::sqrt(static_cast<double>(shape_.width));
    const double output_bias = ParameterView(shape_, theta).output_bias;
    return (partial.topRows(points_.cols()).rowwise().sum() * scale).array() + output_bias;
}

Eigen::VectorXd FusedNetwork::backward(const Eigen::VectorXd& theta, const Eigen::VectorXd& weights) const {
    Eigen::MatrixXd rows = Eigen::MatrixXd::Zero(shape_.dim + 1, sample_.count());
    rows.topLeftCorner(shape_.dim, points_.cols()) = points_ * weights.asDiagonal();
    rows.row(shape_.dim).head(weights.size()) = weights.transpose();
    const Eigen::VectorXd totals = rows.rowwise().sum();
    const fused::WeightedSample weighted{rows.data(), totals.data()};
    Eigen::VectorXd result(shape_.parameter_count());
    const double scale = 1 / std::sqrt(static_cast<double>(shape_.width));
    pool_->parallel_for(block_count(), [&](int index) {
        const PackedNeurons block = pack(theta, index);
        const Eigen::Index stride = block.neurons.count;
        Eigen::MatrixXd gradient(stride, shape_.dim + 2);
        kernels_.backward(function_, sample(), block.neurons, weighted, kept_of_block(index), gradient.data());
        const Eigen::Map<const Eigen::VectorXd> output(block.neurons.output_weights, block.count);
        const Eigen::VectorXd slope = scale * output;
        const auto by_neuron = gradient.topRows(block.count);
        result.segment(block.first, block.count) = scale * by_neuron.col(0);
        for (int i = 0; i < shape_.dim; ++i) {
            const Eigen::Index at = shape_.weights_at() + static_cast<Eigen::Index>(i) * shape_.width + block.first;
            result.segment(at, block.count) = slope.cwiseProduct(by_neuron.col(1 + i));
        }
        if (shape_.hidden_bias) {
            result.segment(shape_.biases_at() + block.first, block.count) =
                slope.cwiseProduct(by_neuron.col(1 + shape_.dim));
        }
    });
    if (shape_.output_bias) result(shape_.output_bias_at()) = weights.sum();
    return result;
}

Eigen::VectorXd FusedNetwork::values(const Eigen::VectorXd& theta) const { return forward(theta, Keep::no); }

Eigen::VectorXd FusedNetwork::transposed_jacobian_product(const Eigen::VectorXd& theta,
                                                          const Eigen::VectorXd& weights) const {
    has_kept_.assign(static_cast<std::size_t>(block_count()), 0);
    return backward(theta, weights);
}

Eigen::VectorXd FusedNetwork::jacobian_product(const Eigen::VectorXd& theta, const Eigen::VectorXd& direction) const {
    Eigen::MatrixXd partial(sample_.count(), block_count());
    pool_->parallel_for(block_count(), [&](int index) {
        const PackedNeurons block = pack(theta, index), change = pack(direction, index);
        std::vector<double> sums(static_cast<std::size_t>(sample_.count() * kernels_.lanes), 0.0);
        kernels_.tangent(function_, sample(), block.neurons, change.neurons, sums.data(), partial.col(index).data());
    });
    const double scale = 1 / std::sqrt(static_cast<double>(shape_.width));
    const double output_bias = ParameterView(shape_, direction).output_bias;
    return (partial.topRows(points_.cols()).rowwise().sum() * scale).array() + output_bias;
}

Eigen::VectorXd FusedNetwork::velocity(const Eigen::VectorXd& theta, const Eigen::VectorXd& labels) const {
    const Eigen::VectorXd residual = labels - forward(theta, Keep::yes);
    return backward(theta, residual / static_cast<double>(points_.cols()));
}

Eigen::MatrixXd FusedNetwork::gram_matrix(const Eigen::VectorXd& theta) const {
    const Eigen::Index n = points_.cols();
    const Eigen::Index width = kernels_.panel_width;
    const auto panel_count = static_cast<int>((n + width - 1) / width);
    const Eigen::Index rows = panel_count * width;
    std::vector<double> points(static_cast<std::size_t>(rows * shape_.dim), 0.0);
    for (Eigen::Index j = 0; j < n; ++j) {
        for (int i = 0; i < shape_.dim; ++i) {
            points[static_cast<std::size_t>((j / width * shape_.dim + i) * width + j % width)] = points_(i, j);
        }
    }
    const fused::Panels panels{shape_.dim, panel_count, points.data()};
    // K(x,x') = (1/m) sum_l [sigma sigma' + a^2 sigma' sigma' (<x,x'> + 1_bias)] + 1_{b0}
    Eigen::MatrixXd factors = Eigen::MatrixXd::Zero(rows, rows);
    factors.topLeftCorner(n, n).noalias() = points_.transpose() * points_;
    if (shape_.hidden_bias) factors.topLeftCorner(n, n).array() += 1;
    Eigen::MatrixXd sums = Eigen::MatrixXd::Zero(rows, rows);
    const Eigen::Index panel_size = block_size * width;
    std::vector<double> values(static_cast<std::size_t>(panel_count * panel_size)), slopes(values.size());
    for (int index = 0; index < block_count(); ++index) {
        const PackedNeurons block = pack(theta, index);
        pool_->parallel_for(panel_count, [&](int panel) {
            kernels_.panel(function_, panels, panel, block.neurons, values.data() + panel * panel_size,
                           slopes.data() + panel * panel_size);
        });
        pool_->parallel_for(panel_count, [&](int column) {
            for (int row = column; row < panel_count; ++row) {
                const Eigen::Index at = column * width * rows + row * width;
                // Without the padding: zero weights do not make sigma zero.
                kernels_.add_panel_products(block.count, values.data() + column * panel_size,
                                            slopes.data() + column * panel_size, values.data() + row * panel_size,
                                            slopes.data() + row * panel_size, factors.data() + at, sums.data() + at,
                                            rows);
            }
        });
    }
    Eigen::MatrixXd lower = sums.topLeftCorner(n, n) / static_cast<double>(shape_.width);
    if (shape_.output_bias) lower.array() += 1;
    return Eigen::MatrixXd(lower.selfadjointView<Eigen::Lower>()) / static_cast<double>(n);
}

}  // namespace ntk
