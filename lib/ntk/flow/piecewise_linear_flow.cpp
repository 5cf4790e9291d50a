// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/piecewise_linear_flow.hpp"

#include <cmath>
#include <stdexcept>
#include <utility>
#include <vector>

namespace ntk {
namespace {

/// The rows of V = [W b] stand one behind the other in theta: W by columns, then b.
Eigen::Map<const Eigen::MatrixXd> inner_weights(const NetworkShape& shape, const Eigen::VectorXd& theta) {
    return {theta.data() + shape.weights_at(), shape.width, shape.dim + (shape.hidden_bias ? 1 : 0)};
}

}  // namespace

bool PiecewiseLinearFlow::applies_to(const Activation& activation) {
    const std::optional<Homogeneous> homogeneous = activation.homogeneous();
    return homogeneous && homogeneous->power == 1 && homogeneous->negative_factor != 1;
}

PiecewiseLinearFlow::PiecewiseLinearFlow(const Network& network, Eigen::VectorXd labels, Eigen::VectorXd weights)
    : network_(network),
      labels_(std::move(labels)),
      weights_(std::move(weights)),
      points_(network.points()),
      scale_(1 / std::sqrt(static_cast<double>(network.shape().width))) {
    if (!applies_to(network.activation())) {
        throw std::domain_error("PiecewiseLinearFlow: " + network.activation().name() +
                                ": expected one slope on either side of a kink at 0");
    }
    negative_slope_ = network.activation().homogeneous()->negative_factor.convert_to<double>();
    if (shape().hidden_bias) {
        points_.conservativeResize(points_.rows() + 1, Eigen::NoChange);
        points_.bottomRows(1).setOnes();
    }
    sides_ = Eigen::MatrixXd::Ones(points_.cols(), shape().width);
    slopes_ = Eigen::MatrixXd::Constant(points_.cols(), shape().width, positive_slope_);
}

void PiecewiseLinearFlow::set_side(Eigen::Index point, Eigen::Index neuron, double side) {
    sides_(point, neuron) = side;
    slopes_(point, neuron) = slope(side);
}

Eigen::MatrixXd PiecewiseLinearFlow::preactivations(const Eigen::VectorXd& theta, Eigen::Index first,
                                                    Eigen::Index count) const {
    return points_.transpose() * inner_weights(shape(), theta).middleRows(first, count).transpose();
}

Eigen::VectorXd PiecewiseLinearFlow::weighted_errors(const Eigen::VectorXd& theta,
                                                     std::vector<Eigen::MatrixXd>& values) const {
    values.resize(static_cast<std::size_t>(block_count()));
    Eigen::MatrixXd partial(points_.cols(), block_count());
    for_blocks([&](int block, Eigen::Index first, Eigen::Index count) {
        Eigen::MatrixXd& value = values[static_cast<std::size_t>(block)];
        value = preactivations(theta, first, count).cwiseProduct(slopes_.middleCols(first, count));
        partial.col(block) = value * theta.segment(shape().output_weights_at() + first, count);
    });
    Eigen::VectorXd f = scale_ * partial.rowwise().sum();
    if (shape().output_bias) f.array() += theta(shape().output_bias_at());
    return weights_.cwiseProduct(labels_ - f);
}

Eigen::VectorXd PiecewiseLinearFlow::weighted_errors(const Eigen::VectorXd& theta) const {
    std::vector<Eigen::MatrixXd> values;
    return weighted_errors(theta, values);
}

Eigen::VectorXd PiecewiseLinearFlow::velocity(const Eigen::VectorXd& theta) const {
    std::vector<Eigen::MatrixXd> values;
    const Eigen::VectorXd errors = weighted_errors(theta, values);
    const Eigen::MatrixXd weighted_points = errors.asDiagonal() * points_.transpose();
    Eigen::VectorXd result(shape().parameter_count());
    Eigen::Map<Eigen::MatrixXd> inner(result.data() + shape().weights_at(), shape().width, points_.rows());
    for_blocks([&](int block, Eigen::Index first, Eigen::Index count) {
        const Eigen::VectorXd outer = scale_ * theta.segment(shape().output_weights_at() + first, count);
        result.segment(shape().output_weights_at() + first, count) =
            scale_ * (values[static_cast<std::size_t>(block)].transpose() * errors);
        inner.middleRows(first, count) =
            outer.asDiagonal() * (slopes_.middleCols(first, count).transpose() * weighted_points);
    });
    if (shape().output_bias) result(shape().output_bias_at()) = errors.sum();
    return result;
}

}  // namespace ntk
