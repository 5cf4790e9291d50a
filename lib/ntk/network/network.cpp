// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/network/network.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

namespace ntk {
namespace {

/// Neurons per block: 64 neurons times a few hundred samples stay in the second-level cache.
constexpr int block_size = 64;
/// Up to this many activations (sigma and sigma' together 64 MiB) are kept between the two passes of the velocity;
/// beyond it they are computed twice.
constexpr double most_stored = 4 << 20;

}  // namespace

/// sigma and sigma' of a block of neurons on the whole sample: n x (neurons of the block).
struct Network::Block {
    Eigen::Index first = 0;
    Eigen::Index count = 0;
    Eigen::MatrixXd value;
    Eigen::MatrixXd derivative;
};

Network::Network(NetworkShape shape, ActivationPtr activation, Eigen::MatrixXd points, std::shared_ptr<ThreadPool> pool,
                 SimdLevel level)
    : shape_(shape),
      activation_(std::move(activation)),
      points_(std::move(points)),
      pool_(std::move(pool)),
      level_(level) {
    if (activation_ == nullptr || pool_ == nullptr)
        throw std::domain_error("Network: an activation and a thread pool are needed");
    if (shape_.dim < 2 || shape_.width < 1 || points_.rows() != shape_.dim || points_.cols() < 1) {
        throw std::domain_error("Network: dim = " + std::to_string(shape_.dim) +
                                ", width = " + std::to_string(shape_.width) + ", points " +
                                std::to_string(points_.rows()) + " x " + std::to_string(points_.cols()) +
                                ": expected dim >= 2, width >= 1 and dim x n points with n >= 1");
    }
    if (!points_.allFinite()) throw std::domain_error("Network: a point is not finite");
    const std::optional<VectorKernel> function = activation_->vector_kernel();
    const fused::FusedKernels* kernels = fused_kernels(level_);
    if (function && kernels != nullptr) {
        fused_ = std::make_unique<const FusedNetwork>(shape_, *function, *kernels, points_, pool_);
    }
}

const FusedNetwork* Network::fused_for(const Eigen::VectorXd& theta) const {
    if (theta.size() != shape_.parameter_count() || !theta.allFinite()) {
        throw std::domain_error("Network: theta has " + std::to_string(theta.size()) + " entries: expected " +
                                std::to_string(shape_.parameter_count()) + ", all of them finite");
    }
    return fused_ != nullptr && fused_->accepts(theta) ? fused_.get() : nullptr;
}

int Network::block_count() const { return (shape_.width + block_size - 1) / block_size; }

Network::Block Network::evaluate_block(const Eigen::VectorXd& theta, int index, bool with_derivative) const {
    const ParameterView view(shape_, theta);
    Block block;
    block.first = static_cast<Eigen::Index>(index) * block_size;
    block.count = std::min<Eigen::Index>(block_size, shape_.width - block.first);
    Eigen::MatrixXd z = points_.transpose() * view.weights.middleRows(block.first, block.count).transpose();
    if (view.biases != nullptr) {
        z.rowwise() += Eigen::Map<const Eigen::RowVectorXd>(view.biases + block.first, block.count);
    }
    block.value.resize(z.rows(), z.cols());
    if (with_derivative) block.derivative.resize(z.rows(), z.cols());
    evaluate_at(level_, *activation_, z.data(), block.value.data(), with_derivative ? block.derivative.data() : nullptr,
                static_cast<std::size_t>(z.size()));
    return block;
}

Eigen::VectorXd Network::values(const Eigen::VectorXd& theta) const {
    if (const FusedNetwork* fused = fused_for(theta)) return fused->values(theta);
    const ParameterView view(shape_, theta);
    Eigen::MatrixXd partial(sample_count(), block_count());
    pool_->parallel_for(block_count(), [&](int index) {
        const Block block = evaluate_block(theta, index, false);
        partial.col(index) = block.value * view.output_weights.segment(block.first, block.count);
    });
    const double scale = 1 / std::sqrt(static_cast<double>(shape_.width));
    return (partial.rowwise().sum() * scale).array() + view.output_bias;
}

/// Writes the part of J^T weights that belongs to the neurons of the block.
void Network::add_transposed_product(const Eigen::VectorXd& theta, const Block& block, const Eigen::VectorXd& weights,
                                     const Eigen::MatrixXd& weighted_points, Eigen::VectorXd& result) const {
    const ParameterView view(shape_, theta);
    const double scale = 1 / std::sqrt(static_cast<double>(shape_.width));
    const Eigen::VectorXd slope = scale * view.output_weights.segment(block.first, block.count);
    result.segment(block.first, block.count) = scale * (block.value.transpose() * weights);
    const Eigen::MatrixXd by_coordinate = weighted_points * block.derivative;
    for (int i = 0; i < shape_.dim; ++i) {
        result.segment(shape_.weights_at() + static_cast<Eigen::Index>(i) * shape_.width + block.first, block.count) =
            slope.cwiseProduct(by_coordinate.row(i).transpose());
    }
    if (shape_.hidden_bias) {
        result.segment(shape_.biases_at() + block.first, block.count) =
            slope.cwiseProduct(block.derivative.transpose() * weights);
    }
}

Eigen::VectorXd Network::transposed_jacobian_product(const Eigen::VectorXd& theta,
                                                     const Eigen::VectorXd& weights) const {
    if (const FusedNetwork* fused = fused_for(theta)) return fused->transposed_jacobian_product(theta, weights);
    Eigen::VectorXd result(shape_.parameter_count());
    const Eigen::MatrixXd weighted_points = points_ * weights.asDiagonal();
    pool_->parallel_for(block_count(), [&](int index) {
        add_transposed_product(theta, evaluate_block(theta, index, true), weights, weighted_points, result);
    });
    if (shape_.output_bias) result(shape_.output_bias_at()) = weights.sum();
    return result;
}

Eigen::MatrixXd Network::jacobian_products(const Eigen::VectorXd& theta, const Eigen::MatrixXd& directions) const {
    const ParameterView view(shape_, theta);
    const double scale = 1 / std::sqrt(static_cast<double>(shape_.width));
    std::vector<Eigen::MatrixXd> partial(static_cast<std::size_t>(block_count()));
    pool_->parallel_for(block_count(), [&](int index) {
        const Block block = evaluate_block(theta, index, true);
        Eigen::MatrixXd sum(sample_count(), directions.cols());
        for (Eigen::Index q = 0; q < directions.cols(); ++q) {
            const Eigen::VectorXd direction = directions.col(q);
            const ParameterView along(shape_, direction);
            // d f(x_j) = m^{-1/2} sum_l [da_l sigma + a_l sigma' (<dw_l, x_j> + db_l)]
            Eigen::MatrixXd dz = points_.transpose() * along.weights.middleRows(block.first, block.count).transpose();
            if (along.biases != nullptr) {
                dz.rowwise() += Eigen::Map<const Eigen::RowVectorXd>(along.biases + block.first, block.count);
            }
            sum.col(q) = block.value * along.output_weights.segment(block.first, block.count) +
                         block.derivative.cwiseProduct(dz) * view.output_weights.segment(block.first, block.count);
        }
        partial[static_cast<std::size_t>(index)] = std::move(sum);
    });
    Eigen::MatrixXd result = Eigen::MatrixXd::Zero(sample_count(), directions.cols());
    for (const Eigen::MatrixXd& sum : partial) result += sum;
    result *= scale;
    if (shape_.output_bias) result.rowwise() += directions.row(shape_.output_bias_at());
    return result;
}

Eigen::VectorXd Network::jacobian_product(const Eigen::VectorXd& theta, const Eigen::VectorXd& direction) const {
    if (direction.size() != theta.size() || !direction.allFinite()) {
        throw std::domain_error("Network: a direction has " + std::to_string(direction.size()) + " entries: expected " +
                                std::to_string(theta.size()) + ", all of them finite");
    }
    if (const FusedNetwork* fused = fused_for(theta)) return fused->jacobian_product(theta, direction);
    return jacobian_products(theta, direction).col(0);
}

Eigen::VectorXd Network::gram_product(const Eigen::VectorXd& theta, const Eigen::VectorXd& weights) const {
    const double n = static_cast<double>(sample_count());
    return jacobian_product(theta, transposed_jacobian_product(theta, weights / n));
}

Eigen::VectorXd Network::velocity(const Eigen::VectorXd& theta, const Eigen::VectorXd& labels) const {
    if (const FusedNetwork* fused = fused_for(theta)) return fused->velocity(theta, labels);
    return plain_velocity(theta, labels);
}

Eigen::VectorXd Network::plain_velocity(const Eigen::VectorXd& theta, const Eigen::VectorXd& labels) const {
    const double n = static_cast<double>(sample_count());
    if (n * shape_.width > most_stored) {
        return transposed_jacobian_product(theta, (labels - values(theta)) / n);
    }
    // The residuals need all neurons before any gradient can be formed: keep sigma and sigma' of the first pass.
    const ParameterView view(shape_, theta);
    std::vector<Block> blocks(static_cast<std::size_t>(block_count()));
    Eigen::MatrixXd partial(sample_count(), block_count());
    pool_->parallel_for(block_count(), [&](int index) {
        Block block = evaluate_block(theta, index, true);
        partial.col(index) = block.value * view.output_weights.segment(block.first, block.count);
        blocks[static_cast<std::size_t>(index)] = std::move(block);
    });
    const double scale = 1 / std::sqrt(static_cast<double>(shape_.width));
    const Eigen::VectorXd f = (partial.rowwise().sum() * scale).array() + view.output_bias;
    const Eigen::VectorXd weights = (labels - f) / n;
    const Eigen::MatrixXd weighted_points = points_ * weights.asDiagonal();
    Eigen::VectorXd result(shape_.parameter_count());
    pool_->parallel_for(block_count(), [&](int index) {
        add_transposed_product(theta, blocks[static_cast<std::size_t>(index)], weights, weighted_points, result);
    });
    if (shape_.output_bias) result(shape_.output_bias_at()) = weights.sum();
    return result;
}

Eigen::MatrixXd Network::gram_matrix(const Eigen::VectorXd& theta) const {
    if (const FusedNetwork* fused = fused_for(theta)) return fused->gram_matrix(theta);
    return plain_gram_matrix(theta);
}

Eigen::MatrixXd Network::plain_gram_matrix(const Eigen::VectorXd& theta) const {
    const ParameterView view(shape_, theta);
    const Eigen::Index n = sample_count();
    const double bias = shape_.hidden_bias ? 1 : 0;
    // K(x,x') = (1/m) sum_l [sigma sigma' + a^2 sigma' sigma' (<x,x'> + 1_bias)] + 1_{b0}, one block after another.
    Eigen::MatrixXd values = Eigen::MatrixXd::Zero(n, n);
    Eigen::MatrixXd slopes = Eigen::MatrixXd::Zero(n, n);
    for (int index = 0; index < block_count(); ++index) {
        const Block block = evaluate_block(theta, index, true);
        const Eigen::MatrixXd slope =
            block.derivative * view.output_weights.segment(block.first, block.count).asDiagonal();
        values.selfadjointView<Eigen::Lower>().rankUpdate(block.value);
        slopes.selfadjointView<Eigen::Lower>().rankUpdate(slope);
    }
    Eigen::MatrixXd lower = (points_.transpose() * points_).array() + bias;
    lower = (values + slopes.cwiseProduct(lower)) / static_cast<double>(shape_.width);
    if (shape_.output_bias) lower.array() += 1;
    return Eigen::MatrixXd(lower.selfadjointView<Eigen::Lower>()) / static_cast<double>(n);
}

}  // namespace ntk
