// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/network/linearised_network.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace ntk {
namespace {

/// Neurons per block: what a product needs of 64 neurons and a few hundred samples stays in the second-level cache.
constexpr int block_size = 64;
/// Up to this many activations sigma, sigma' and sigma'' (together 768 MiB) are kept.
constexpr double most_kept = 32 << 20;

void require(bool condition, const std::string& what) {
    if (!condition) throw std::domain_error("LinearisedNetwork: " + what);
}

}  // namespace

LinearisedNetwork::LinearisedNetwork(const Network& network, const Eigen::VectorXd& theta,
                                     const Eigen::VectorXd& labels, const Eigen::VectorXd& sample_weights,
                                     const std::shared_ptr<BufferStore>& store)
    : network_(network),
      theta_(theta),
      labels_(labels),
      sample_weights_(sample_weights),
      points_by_row_(network.points().transpose()) {
    const Eigen::Index n = network_.sample_count();
    require(theta_.size() == network_.shape().parameter_count() && theta_.allFinite(),
            "theta has " + std::to_string(theta_.size()) + " entries: expected " +
                std::to_string(network_.shape().parameter_count()) + ", all of them finite");
    require(labels_.size() == n && labels_.allFinite() && sample_weights_.size() == n && sample_weights_.allFinite() &&
                sample_weights_.minCoeff() > 0,
            std::to_string(labels_.size()) + " labels and " + std::to_string(sample_weights_.size()) +
                " weights: expected " + std::to_string(n) + " finite labels and positive weights");
    take_fast_path(store);
    if (!fused_) {
        compute_plain_velocity();
        return;
    }
    // f is linear in the output weights: <grad_a f, a> + b_0.
    const NetworkShape& shape = network_.shape();
    Eigen::VectorXd outputs = Eigen::VectorXd::Zero(theta_.size());
    outputs.head(shape.width) = theta_.head(shape.width);
    if (shape.output_bias) outputs(shape.output_bias_at()) = theta_(shape.output_bias_at());
    residual_ = fused_->jacobian_product(outputs) - labels_;
    velocity_ = fused_->second_order_product(Eigen::VectorXd::Zero(theta_.size()),
                                             -sample_weights_.cwiseProduct(residual_), Eigen::VectorXd::Zero(n));
}

void LinearisedNetwork::take_fast_path(const std::shared_ptr<BufferStore>& store) {
    const NetworkShape& shape = network_.shape();
    const std::optional<VectorKernel> function = network_.activation().vector_kernel();
    const fused::FusedKernels* kernels = fused_kernels(network_.level());
    const bool fits = keeps(network_.sample_count(), shape.width);
    if (!function || kernels == nullptr || !fits || !accepts_preactivations(*function, shape, theta_)) return;
    fused_.emplace(shape, network_.activation(), *function, *kernels, network_.points(), theta_, network_.pool(),
                   store);
}

int LinearisedNetwork::block_count() const { return (network_.shape().width + block_size - 1) / block_size; }

Eigen::Index LinearisedNetwork::first_of(int index) const { return static_cast<Eigen::Index>(index) * block_size; }

Eigen::Index LinearisedNetwork::count_of(int index) const {
    return std::min<Eigen::Index>(block_size, network_.shape().width - first_of(index));
}

/// <w_l, x_j> + b_l, also of a direction: n x (neurons of the block).
Eigen::MatrixXd LinearisedNetwork::preactivations(const Eigen::VectorXd& theta, int index) const {
    const ParameterView view(network_.shape(), theta);
    Eigen::MatrixXd z = points_by_row_ * view.weights.middleRows(first_of(index), count_of(index)).transpose();
    if (view.biases != nullptr) {
        z.rowwise() += Eigen::Map<const Eigen::RowVectorXd>(view.biases + first_of(index), count_of(index));
    }
    return z;
}

LinearisedNetwork::Block LinearisedNetwork::evaluate(int index) const {
    const Eigen::MatrixXd z = preactivations(theta_, index);
    Block block{Eigen::MatrixXd(z.rows(), z.cols()), Eigen::MatrixXd(z.rows(), z.cols()),
                Eigen::MatrixXd(z.rows(), z.cols())};
    const auto count = static_cast<std::size_t>(z.size());
    evaluate_at(network_.level(), network_.activation(), z.data(), block.value.data(), block.slope.data(), count);
    network_.activation().second_derivatives(z.data(), block.value.data(), block.slope.data(), block.curvature.data(),
                                             count);
    return block;
}

template <class Action>
void LinearisedNetwork::for_blocks(const Action& act) const {
    network_.pool().parallel_for(block_count(), [&](int index) {
        if (kept_.empty()) return act(evaluate(index), index);
        act(kept_[static_cast<std::size_t>(index)], index);
    });
}

/// The part of a gradient that belongs to the neurons of a block: by_output for the output weights, and for every
/// sample (row) what multiplies (x_j, 1) for the weights and biases.
void LinearisedNetwork::write_gradient(int index, const Eigen::VectorXd& by_output, const Eigen::MatrixXd& slopes,
                                       Eigen::VectorXd& gradient) const {
    const NetworkShape& shape = network_.shape();
    gradient.segment(first_of(index), count_of(index)) = by_output;
    const Eigen::MatrixXd by_weight = slopes.transpose() * points_by_row_;
    for (int i = 0; i < shape.dim; ++i) {
        const Eigen::Index at = shape.weights_at() + static_cast<Eigen::Index>(i) * shape.width + first_of(index);
        gradient.segment(at, count_of(index)) = by_weight.col(i);
    }
    if (shape.hidden_bias) {
        gradient.segment(shape.biases_at() + first_of(index), count_of(index)) = slopes.colwise().sum().transpose();
    }
}

void LinearisedNetwork::compute_plain_velocity() {
    const NetworkShape& shape = network_.shape();
    const double scale = 1 / std::sqrt(static_cast<double>(shape.width));
    const ParameterView view(shape, theta_);
    const Eigen::Index n = network_.sample_count();
    if (keeps(n, shape.width)) {
        std::vector<Block> blocks(static_cast<std::size_t>(block_count()));
        for_blocks([&](const Block& block, int index) { blocks[static_cast<std::size_t>(index)] = block; });
        kept_ = std::move(blocks);
    }
    Eigen::MatrixXd partial(n, block_count());
    for_blocks([&](const Block& block, int index) {
        partial.col(index) = block.value * view.output_weights.segment(first_of(index), count_of(index));
    });
    residual_ = (scale * partial.rowwise().sum()).array() + view.output_bias;
    residual_ -= labels_;
    const Eigen::VectorXd weighted = -sample_weights_.cwiseProduct(residual_);
    velocity_.resize(theta_.size());
    for_blocks([&](const Block& block, int index) {
        const auto output = view.output_weights.segment(first_of(index), count_of(index));
        const Eigen::MatrixXd slopes = weighted.asDiagonal() * block.slope * (scale * output).asDiagonal();
        write_gradient(index, scale * (block.value.transpose() * weighted), slopes, velocity_);
    });
    if (shape.output_bias) velocity_(shape.output_bias_at()) = weighted.sum();
}

bool LinearisedNetwork::keeps(Eigen::Index samples, int width) {
    return static_cast<double>(samples) * width <= most_kept;
}

double LinearisedNetwork::loss() const { return residual_.cwiseAbs2().dot(sample_weights_) / 2; }

Eigen::VectorXd LinearisedNetwork::hessian_product(const Eigen::VectorXd& direction) const {
    require(direction.size() == theta_.size(), "a direction has " + std::to_string(direction.size()) +
                                                   " entries: expected " + std::to_string(theta_.size()));
    if (!fused_) return plain_hessian_product(direction);
    const Eigen::VectorXd change = fused_->jacobian_product(direction);
    return fused_->second_order_product(direction, sample_weights_.cwiseProduct(change),
                                        sample_weights_.cwiseProduct(residual_));
}

Eigen::VectorXd LinearisedNetwork::plain_hessian_product(const Eigen::VectorXd& direction) const {
    const NetworkShape& shape = network_.shape();
    const double scale = 1 / std::sqrt(static_cast<double>(shape.width));
    const ParameterView at(shape, theta_), along(shape, direction);
    const auto part = [&](const auto& vector, int index) { return vector.segment(first_of(index), count_of(index)); };
    // <grad f_j, v> = m^{-1/2} sum_l [da_l sigma + a_l sigma' dz_l] + db_0
    Eigen::MatrixXd partial(network_.sample_count(), block_count());
    for_blocks([&](const Block& block, int index) {
        const Eigen::MatrixXd dz = preactivations(direction, index);
        partial.col(index) = block.value * part(along.output_weights, index) +
                             block.slope.cwiseProduct(dz) * part(at.output_weights, index);
    });
    const Eigen::VectorXd change = (scale * partial.rowwise().sum()).array() + along.output_bias;
    const Eigen::VectorXd by_change = scale * sample_weights_.cwiseProduct(change);
    const Eigen::VectorXd by_residual = scale * sample_weights_.cwiseProduct(residual_);
    Eigen::VectorXd result(theta_.size());
    for_blocks([&](const Block& block, int index) {
        const Eigen::MatrixXd dz = preactivations(direction, index);
        const Eigen::ArrayXXd weighted_slope = by_residual.asDiagonal() * block.slope;
        const Eigen::ArrayXXd bent = weighted_slope * dz.array();
        const auto a = part(at.output_weights, index), da = part(along.output_weights, index);
        const Eigen::VectorXd by_output =
            block.value.transpose() * by_change + bent.colwise().sum().matrix().transpose();
        Eigen::MatrixXd slopes = (by_change.asDiagonal() * block.slope).eval() * a.asDiagonal();
        slopes += weighted_slope.matrix() * da.asDiagonal();
        slopes += (by_residual.asDiagonal() * block.curvature.cwiseProduct(dz)).eval() * a.asDiagonal();
        write_gradient(index, by_output, slopes, result);
    });
    if (shape.output_bias) result(shape.output_bias_at()) = sample_weights_.dot(change);
    return result;
}

}  // namespace ntk
