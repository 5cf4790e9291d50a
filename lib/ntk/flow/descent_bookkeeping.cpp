// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/flow/descent_bookkeeping.hpp"

#include "ntk/network/gram_spectrum.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace ntk {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();
/// Of the sum of the sizes of the terms of a value or product of a network.
constexpr double network_rounding = 2e-15;

/// Bounds, or sizes, of sigma and sigma' for |z| <= reach.
struct Sizes {
    double value;
    double slope;
};

Sizes sizes_up_to(const Activation& activation, const ActivationConstants& constants, double reach) {
    if (std::isfinite(constants.L1)) {
        return {std::min(constants.c_infinity, constants.c0 + constants.L1 * reach), constants.L1};
    }
    Sizes found{0, 0};
    for (const double z : {-reach, 0.0, reach}) {
        found.value = std::max(found.value, std::abs(activation.value(z)));
        found.slope = std::max(found.slope, std::abs(activation.derivative(z)));
    }
    return found;
}

/// |v_l| of a direction or ||w_l|| + |b_l| of the parameters: the largest |preactivation| over the sphere.
Eigen::VectorXd reaches(const NetworkShape& shape, const Eigen::VectorXd& theta) {
    const ParameterView view(shape, theta);
    Eigen::VectorXd reach = view.weights.rowwise().norm();
    if (view.biases != nullptr) reach += Eigen::Map<const Eigen::VectorXd>(view.biases, shape.width).cwiseAbs();
    return reach;
}

void check(bool condition, const std::string& what) {
    if (!condition) throw std::domain_error("DescentIdentity: " + what);
}

}  // namespace

double value_rounding(const Network& network, const Eigen::VectorXd& theta) {
    const NetworkShape& shape = network.shape();
    const ActivationConstants constants = network.activation().constants();
    const ParameterView view(shape, theta);
    const Eigen::VectorXd reach = reaches(shape, theta);
    double sum = 0;
    for (Eigen::Index l = 0; l < shape.width; ++l) {
        sum += std::abs(view.output_weights(l)) * sizes_up_to(network.activation(), constants, reach(l)).value;
    }
    return network_rounding * (sum / std::sqrt(static_cast<double>(shape.width)) + std::abs(view.output_bias));
}

double product_rounding(const Network& network, const Eigen::VectorXd& theta, const Eigen::VectorXd& direction) {
    const NetworkShape& shape = network.shape();
    const ActivationConstants constants = network.activation().constants();
    const ParameterView view(shape, theta), along(shape, direction);
    const Eigen::VectorXd reach = reaches(shape, theta), moved = reaches(shape, direction);
    double sum = 0;
    for (Eigen::Index l = 0; l < shape.width; ++l) {
        const Sizes sizes = sizes_up_to(network.activation(), constants, reach(l));
        sum +=
            std::abs(along.output_weights(l)) * sizes.value + std::abs(view.output_weights(l)) * sizes.slope * moved(l);
    }
    return network_rounding * (sum / std::sqrt(static_cast<double>(shape.width)) + std::abs(along.output_bias));
}

DescentBookkeeping::DescentBookkeeping(const Network& network, const Eigen::VectorXd& labels, double step, int nodes)
    : network_(network), labels_(labels), step_(step) {
    if (nodes == 0) return;
    rule_ = gauss_legendre(nodes);
    shorter_rule_ = gauss_legendre(nodes - 1);
}

const DescentStep& DescentBookkeeping::step(long index, const Eigen::VectorXd& theta, const Eigen::VectorXd& next,
                                            const Eigen::VectorXd* gradient) {
    if (has_residual_) {
        std::swap(made_.residual, made_.next_residual);
    } else {
        made_.residual = network_.values(theta) - labels_;
        has_residual_ = true;
    }
    made_.index = index;
    made_.next_residual = network_.values(next) - labels_;
    const Eigen::VectorXd change = next - theta;
    const Eigen::VectorXd moved = network_.jacobian_product(theta, change);
    made_.product_error = product_rounding(network_, theta, change);
    if (gradient == nullptr) {
        made_.gram_term = -moved;
        made_.noise = Eigen::VectorXd::Zero(moved.size());
    } else {
        made_.gram_term = network_.jacobian_product(theta, step_ * *gradient);
        made_.noise = moved + made_.gram_term;
        made_.product_error += 2 * product_rounding(network_, theta, step_ * *gradient);
    }
    made_.residual_error = std::max(value_rounding(network_, theta), value_rounding(network_, next)) +
                           epsilon * std::max(labels_.cwiseAbs().maxCoeff(), made_.residual.cwiseAbs().maxCoeff());
    if (rule_) {
        integrate_remainder(theta, change, moved);
    } else {
        made_.remainder = made_.next_residual - made_.residual - moved;
        made_.remainder_error = 2 * made_.residual_error + made_.product_error;
    }
    return made_;
}

void DescentBookkeeping::integrate_remainder(const Eigen::VectorXd& theta, const Eigen::VectorXd& change,
                                             const Eigen::VectorXd& moved) {
    const auto by = [&](const QuadratureRule& rule) {
        Eigen::VectorXd sum = Eigen::VectorXd::Zero(moved.size());
        for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
            const Eigen::VectorXd between = theta + (1 + rule.nodes[i]) / 2 * change;
            sum += rule.weights[i] / 2 * (network_.jacobian_product(between, change) - moved);
        }
        return sum;
    };
    made_.remainder = by(*rule_);
    made_.remainder_error =
        (made_.remainder - by(*shorter_rule_)).cwiseAbs().maxCoeff() + 2 * product_rounding(network_, theta, change);
}

DescentIdentity::DescentIdentity(Eigen::MatrixXd gram, double step) : gram_(std::move(gram)), step_(step) {
    check(gram_.rows() > 0 && gram_.rows() == gram_.cols() && gram_.allFinite() && gram_ == gram_.transpose(),
          "a matrix " + std::to_string(gram_.rows()) + " x " + std::to_string(gram_.cols()) +
              ": expected a symmetric one with finite entries");
    check(step_ > 0 && std::isfinite(step_), "step = " + std::to_string(step_) + ": must be finite and > 0");
    const SpectrumEnds ends = spectrum_ends(gram_);
    growth_ = std::max(std::abs(1 - step_ * ends.smallest), std::abs(1 - step_ * ends.largest)) +
              step_ * ends.error_estimate + epsilon;
    gram_norm_ = std::max(std::abs(ends.smallest), std::abs(ends.largest)) + ends.error_estimate;
    frobenius_norm_ = gram_.norm();
}

double DescentIdentity::norm(const Eigen::VectorXd& v) const {
    return v.norm() / std::sqrt(static_cast<double>(v.size()));
}

double DescentIdentity::distance() const { return norm(residual_ - damped_ - deviation_); }

void DescentIdentity::advance(const DescentStep& step) {
    check(step.residual.size() == gram_.rows() && (steps_ == 0 || step.index == next_index_),
          "step " + std::to_string(step.index) + " with " + std::to_string(step.residual.size()) +
              " residuals: expected step " + std::to_string(next_index_) + " with " + std::to_string(gram_.rows()));
    if (steps_ == 0) {
        damped_ = step.residual;
        deviation_ = Eigen::VectorXd::Zero(step.residual.size());
        right_error_ = step.residual_error;
    }
    const Eigen::VectorXd at_kernel = step_ * (gram_ * step.residual);
    const Eigen::VectorXd source = at_kernel - step.gram_term + step.noise + step.remainder;
    // A product with G is off by at most n units of |G| |v| (unit 2^-53, n + 2 of them, rounded up), a sum of a few
    // terms by a few units of their sizes.
    const double n = static_cast<double>(gram_.rows());
    const double products = step_ * frobenius_norm_ * (norm(damped_) + norm(deviation_) + norm(step.residual));
    const double sums = norm(damped_) + norm(deviation_) + norm(at_kernel) + norm(step.gram_term) + norm(step.noise) +
                        norm(step.remainder);
    const double arithmetic = epsilon * ((n + 2) * products + 4 * sums);
    const double told = step_ * gram_norm_ * step.residual_error + 2 * step.product_error + step.remainder_error;
    damped_ -= step_ * (gram_ * damped_).eval();
    deviation_ += source - step_ * (gram_ * deviation_).eval();
    right_error_ = growth_ * right_error_ + arithmetic + told;
    residual_ = step.next_residual;
    residual_error_ = step.residual_error;
    largest_deviation_ = std::max(largest_deviation_, norm(deviation_));
    ++steps_;
    next_index_ = step.index + 1;
}

}  // namespace ntk
