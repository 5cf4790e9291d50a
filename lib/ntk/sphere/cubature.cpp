// SPDX-FileCopyrightText: 2026 the ntk authors
// SPDX-License-Identifier: Apache-2.0
#include "ntk/sphere/cubature.hpp"

#include "ntk/numeric/errors.hpp"
#include "ntk/numeric/message_number.hpp"
#include "ntk/numeric/quadrature.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <string>

namespace ntk {
namespace {

int layer_count(int degree) { return degree / 2 + 1; }

/// (cos, sin) of the angle 2 pi step/count. Whole numbers bring the angle down to [0, pi/4], so that the points of a
/// rule are images of each other under the symmetries of the square to the last bit.
Eigen::Vector2d circle_point(long step, long count) {
    const long quadrant = 4 * step / count;
    const long rest = 4 * step - quadrant * count;  // the angle within the quadrant is (pi/2) rest/count
    const bool beyond_diagonal = 2 * rest > count;
    const double angle = std::numbers::pi / 2 *
                         (static_cast<double>(beyond_diagonal ? count - rest : rest) / static_cast<double>(count));
    // At pi/4 itself cos and sin are one number.
    const double large = std::cos(angle), small = 2 * rest == count ? large : std::sin(angle);
    Eigen::Vector2d point(beyond_diagonal ? small : large, beyond_diagonal ? large : small);
    for (long turn = 0; turn < quadrant; ++turn) point = Eigen::Vector2d(-point(1), point(0));
    return point;
}

SphereCubature circle_rule(int degree) {
    const long count = degree + 1;
    SphereCubature rule{Eigen::MatrixXd(2, count), Eigen::VectorXd::Constant(count, 1 / static_cast<double>(count)),
                        degree};
    for (long step = 0; step < count; ++step) rule.points.col(step) = circle_point(step, count);
    return rule;
}

/// The Gauss rule of the probability weight c_d (1-t^2)^{(d-3)/2}, nodes and weights exactly symmetric.
QuadratureRule layers(int dim, int count) {
    QuadratureRule rule = dim == 3 ? gauss_legendre(count) : gauss_gegenbauer(dim, count);
    const auto last = static_cast<std::size_t>(count - 1);
    for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
        const double node = i <= last - i ? rule.nodes[i] : -rule.nodes[last - i];
        rule.nodes[i] = i == last - i ? 0.0 : node;
        rule.weights[i] = rule.weights[std::min(i, last - i)];
    }
    double sum = 0;
    for (const double weight : rule.weights) sum += weight;
    for (double& weight : rule.weights) weight /= sum;
    return rule;
}

/// From S^{d-2} to S^{d-1}.
SphereCubature suspended(const SphereCubature& lower) {
    const int dim = lower.dim() + 1;
    const QuadratureRule rule = layers(dim, layer_count(lower.degree));
    const auto count = static_cast<Eigen::Index>(rule.nodes.size());
    const Eigen::Index each = lower.size();
    SphereCubature made{Eigen::MatrixXd(dim, count * each), Eigen::VectorXd(count * each), lower.degree};
    for (Eigen::Index i = 0; i < count; ++i) {
        const double t = rule.nodes[static_cast<std::size_t>(i)];
        made.points.block(0, i * each, dim - 1, each) = std::sqrt((1 - t) * (1 + t)) * lower.points;
        made.points.row(dim - 1).segment(i * each, each).setConstant(t);
        made.weights.segment(i * each, each) = rule.weights[static_cast<std::size_t>(i)] * lower.weights;
    }
    return made;
}

}  // namespace

double cubature_point_count(int dim, int degree) {
    if (dim < 2 || degree < 0) {
        throw std::domain_error("sphere_cubature: dim = " + std::to_string(dim) +
                                ", degree = " + std::to_string(degree) + ": dim must be >= 2 and degree >= 0");
    }
    return (degree + 1.0) * std::pow(static_cast<double>(layer_count(degree)), dim - 2);
}

SphereCubature sphere_cubature(int dim, int degree, double most_points) {
    const double count = cubature_point_count(dim, degree);
    if (!(count <= most_points)) {
        throw ResourceError("sphere_cubature: dim = " + std::to_string(dim) + ", degree = " + std::to_string(degree) +
                            ": the product rule has " + message_number(count, 15) + " points, more than the " +
                            message_number(most_points, 15) + " allowed");
    }
    SphereCubature rule = circle_rule(degree);
    while (rule.dim() < dim) rule = suspended(rule);
    return rule;
}

}  // namespace ntk
