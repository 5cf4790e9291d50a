// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/deviation/sampled_drift.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace ntk::deviation {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double epsilon = std::numeric_limits<double>::epsilon();
/// Beyond this many coordinates the trace stands for the largest eigenvalue.
constexpr Eigen::Index most_coordinates = 32;

/// The points (x_j, 1), or x_j without hidden biases, as columns.
Eigen::MatrixXd inputs_of(const Network& network) {
    const Eigen::MatrixXd& points = network.points();
    if (!network.shape().hidden_bias) return points;
    Eigen::MatrixXd inputs(points.rows() + 1, points.cols());
    inputs << points, Eigen::RowVectorXd::Ones(points.cols());
    return inputs;
}

/// sup_{|u|=1} (sum_j f_j <u,x_j>^2)^{1/2} for f_j >= 0.
double spread(const Eigen::MatrixXd& inputs, const Eigen::ArrayXd& factors) {
    if (inputs.rows() > most_coordinates + 1) {
        return std::sqrt((inputs.colwise().squaredNorm().transpose().array() * factors).sum());
    }
    return root_of_largest_eigenvalue((inputs * factors.matrix().asDiagonal()) * inputs.transpose());
}

}  // namespace

double root_of_largest_eigenvalue(const Eigen::MatrixXd& matrix) {
    const double trace = matrix.trace();
    if (!(trace > 0)) return 0;
    const Eigen::MatrixXd unit = matrix / trace, squared = unit * unit, fourth = squared * squared;
    // The entries of products of matrices of norm <= 1 are off by a few units per row.
    const double rounding = 16 * epsilon * static_cast<double>(matrix.rows() * matrix.rows());
    return rounded_up(std::sqrt(trace * std::pow(fourth.norm() + rounding, 0.25)), 30);
}

double GradientDrift::gram_drift(double gradient_norm) const {
    return rounded_up(2 * gradient_norm * seen_of_sample + sample * sample, 6);
}

double GradientDrift::kernel_gap(double gradient_norm, double coefficient_gradient) const {
    return rounded_up(gradient_norm * seen_of_probe + coefficient_gradient * seen_of_sample + sample * probe, 8);
}

SampledDrift::SampledDrift(const Network& network, const Eigen::VectorXd& start, const Eigen::VectorXd& weights)
    : constants_(network.activation().constants()) {
    const NetworkShape& shape = network.shape();
    if (!std::isfinite(constants_.L1) || !std::isfinite(constants_.L2)) {
        throw std::domain_error("SampledDrift: " + network.activation().name() +
                                " has no bounded first and second derivative");
    }
    if (weights.size() != network.sample_count()) {
        throw std::domain_error("SampledDrift: " + std::to_string(weights.size()) + " weights: expected " +
                                std::to_string(network.sample_count()));
    }
    const NeuronSizes sizes = NeuronSizes::of(shape, start);
    const ParameterView view(shape, start);
    const Eigen::MatrixXd inputs = inputs_of(network);
    const Eigen::Index n = inputs.cols(), k = inputs.rows();
    width_ = shape.width;
    radius_ = rounded_up(shape.hidden_bias ? std::sqrt(2.0) : 1, 8);
    // Without a bound of the third derivative nothing of second order is known.
    pairs_ = sizes.antisymmetric && std::isfinite(constants_.L3);
    const Eigen::Index count = pairs_ ? shape.width / 2 : shape.width;
    output_weights_ = sizes.output_weights.head(count);
    values_.resize(count);
    slopes_.resize(count);
    curvatures_.resize(count);
    const double sums = 1 + static_cast<double>(n + 4 * k * k) * epsilon;
    sample_spread_ = std::min(radius_, spread(inputs, weights.array()) * sums);
    sphere_spread_ = rounded_up(shape.hidden_bias ? 1 : 1 / std::sqrt(static_cast<double>(shape.dim)), 4);
    Eigen::ArrayXd z(n), value(n), derivative(n), second(n);
    for (Eigen::Index l = 0; l < count; ++l) {
        z = (network.points().transpose() * view.weights.row(l).transpose()).array();
        if (view.biases != nullptr) z += view.biases[l];
        network.activation().evaluate(z.data(), value.data(), derivative.data(), static_cast<std::size_t>(n));
        network.activation().second_derivatives(z.data(), value.data(), derivative.data(), second.data(),
                                                static_cast<std::size_t>(n));
        // Errors of z, of sigma and of its derivatives, the latter generously: a formula may be in use.
        const double of_z = static_cast<double>(k + 4) * epsilon * sizes.input_norms(l) * radius_;
        const auto of_function = [&](double lipschitz, double largest) {
            return lipschitz * of_z + 64 * epsilon * std::max(1.0, largest);
        };
        const Eigen::ArrayXd q = weights.array();
        values_(l) = std::sqrt((q * value.square()).sum()) * sums + of_function(constants_.L1, value.abs().maxCoeff());
        slopes_(l) =
            std::min(constants_.L1 * sample_spread_, (spread(inputs, q * derivative.square()) * sums +
                                                      of_function(constants_.L2, constants_.L1) * sample_spread_));
        const double third = std::isfinite(constants_.L3) ? constants_.L3 : infinity;
        curvatures_(l) = std::min(constants_.L2 * sample_spread_, (spread(inputs, q * second.square()) * sums +
                                                                   of_function(third, constants_.L2) * sample_spread_));
    }
    for (Eigen::ArrayXd* sizes_of_neurons : {&values_, &slopes_, &curvatures_}) *sizes_of_neurons *= 1 + 8 * epsilon;
}

GradientDrift SampledDrift::at(double residual_integral, const NeuronMovement& crude) const {
    const double L1 = constants_.L1, L2 = constants_.L2, R = radius_, X = sample_spread_;
    const double L3 = pairs_ ? constants_.L3 : 0;
    const double pace = rounded_up(residual_integral / std::sqrt(width_), 4);
    const Eigen::Index count = output_weights_.size();
    const Eigen::ArrayXd &a = output_weights_, &xi = slopes_;
    const Eigen::ArrayXd crude_da = crude.output_weights.head(count), crude_dn = crude.inputs.head(count);
    // Rates from the norms on the sample, with what the crude movement can add to them.
    const Eigen::ArrayXd da = crude_da.min(pace * (values_ + L1 * X * crude_dn));
    const Eigen::ArrayXd dn = crude_dn.min(pace * (a + crude_da) * (xi + L2 * R * X * crude_dn).min(L1 * X));
    // Change of sigma in ||.||_q, and of sigma' against <u,(x,1)>.
    const Eigen::ArrayXd bend = dn.square();
    const Eigen::ArrayXd eta = (L1 * X * dn).min(xi * dn + L2 * R * X / 2 * bend);
    const Eigen::ArrayXd rough = L2 * R * X * dn;
    const Eigen::ArrayXd kappa =
        pairs_ ? Eigen::ArrayXd(rough.min(R * curvatures_ * dn + L3 * R * R * X / 2 * bend)) : rough;
    const double neurons = pairs_ ? 2 : 1;
    const auto root_mean = [&](const Eigen::ArrayXd& of_value, const Eigen::ArrayXd& of_slope, double share) {
        return rounded_up(std::sqrt((of_value.square() + of_slope.square()).sum() * share / width_), width_ + 100);
    };
    GradientDrift result{};
    result.sample = root_mean(eta, a * kappa + da * (xi + kappa), neurons);
    result.probe = root_mean(sphere_spread_ * L1 * dn, sphere_spread_ * (a * (L2 * R) * dn + L1 * da), neurons);
    result.seen_of_sample = result.sample;
    result.seen_of_probe = result.probe;
    if (!pairs_) return result;
    // ||dv_+ + dv_-|| and |da_+ - da_-|: integrals of bounds that grow at least like tau.
    const Eigen::ArrayXd turn = pace * (a * kappa + da * xi + 2.0 / 3 * da * kappa);
    const Eigen::ArrayXd apart = pace * eta;
    const Eigen::ArrayXd of_value =
        (2 * eta).min(xi * turn + (L2 * R * X * bend).min(R * curvatures_ * bend + L3 * R * R * X / 3 * bend * dn));
    const Eigen::ArrayXd of_slope =
        a * (2 * kappa).min(R * curvatures_ * turn + L3 * R * R * X * bend) + apart * xi + 2 * da * kappa;
    result.seen_of_sample = std::min(result.sample, root_mean(of_value, of_slope, 0.5));
    const Eigen::ArrayXd on_sphere = sphere_spread_ * (L1 * turn + L2 * R * bend);
    const Eigen::ArrayXd slope_on_sphere =
        sphere_spread_ * (a * (L2 * R * turn + L3 * R * R * bend) + L1 * apart + 2 * L2 * R * da * dn);
    result.seen_of_probe = std::min(result.probe, root_mean(on_sphere, slope_on_sphere, 0.5));
    return result;
}

}  // namespace ntk::deviation
